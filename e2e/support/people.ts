/** What people do on every journey: setting a town up, signing in. */
import { expect, type Browser, type BrowserContextOptions, type Page } from "@playwright/test";
import { startTown, type Options, type Town } from "./town.ts";

export const PASSWORD = "seven quiet cactus wrens";

export interface Site {
  name: string;
  tagline: string;
  sentence: string;
  place: string;
  zone: string;
  language: string;
  person: string;
  handle: string;
  email: string;
}

export const SITE: Site = {
  name: "The Dry Fork Courier",
  tagline: "News from both sides of the wash",
  sentence: "The Courier is written by people who live in Dry Fork and answer for what they print.",
  place: "Dry Fork",
  zone: "America/Los_Angeles",
  language: "English",
  person: "Ada Merriweather",
  handle: "ada",
  email: "ada@example.org",
};

/** Fills in the setup form, without sending it. */
export async function fillSetup(page: Page, site: Site = SITE): Promise<void> {
  await page.getByLabel("Name", { exact: true }).fill(site.name);
  await page.getByLabel("Tagline").fill(site.tagline);
  await page.getByLabel("Sentence in the footer").fill(site.sentence);
  await page.getByLabel("Place").fill(site.place);
  await page.getByLabel("Time zone").fill(site.zone);
  await page.getByLabel("Language").selectOption({ label: site.language });
  await page.getByLabel("Your name").fill(site.person);
  await page.getByLabel("Handle").fill(site.handle);
  await page.getByLabel("E-mail address").fill(site.email);
  await page.getByLabel("Password").fill(PASSWORD);
}

/** Opens the setup link and sets the town up; the page is then signed in as its administrator. */
export async function setUp(page: Page, town: Town, site: Site = SITE): Promise<void> {
  await page.goto(town.setupLink);
  await fillSetup(page, site);
  await page.getByRole("button", { name: "Open the site" }).click();
  await page.waitForURL(/\/admin/);
}

/** A town that somebody has set up already, and a page of its administrator. */
export async function settledTown(browser: Browser, options: Options = {}, site: Site = SITE): Promise<{ town: Town; page: Page }> {
  const town = await startTown(options);
  const page = await (await browser.newContext({ baseURL: town.address })).newPage();
  await setUp(page, town, site);
  return { town, page };
}

export async function signIn(page: Page, town: Town, name: string, password = PASSWORD): Promise<void> {
  await page.goto(`${town.address}/sign-in`);
  await page.getByLabel("E-mail address or handle").fill(name);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await expect(page).not.toHaveURL(/sign-in/);
}

/** Fills in the form of those who join, without sending it. */
export async function fillJoin(page: Page, name: string, handle: string, email: string): Promise<void> {
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("Handle").fill(handle);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByLabel(/I have read the/).check();
}

/** The path of the link that a command or a letter holds. */
export function linkIn(text: string): string {
  const found = /https?:\/\/[^\s/]+(\/\S+)/.exec(text)?.[1];
  if (!found) throw new Error(`There is no link in:\n${text}`);
  return found;
}

/** Lets somebody choose their password by the link of the command line: works for anyone of any town. */
export async function signInByLink(page: Page, town: Town, handle: string): Promise<void> {
  await page.goto(town.address + linkIn(town.command("user", "reset-link", handle)));
  await page.getByLabel("New password").fill(PASSWORD);
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await page.waitForURL(/\/settings/);
}

/** Makes an account on the command line and a signed-in page for it. */
export async function newPerson(browser: Browser, town: Town, handle: string, name: string, level: string, options: BrowserContextOptions = {}): Promise<Page> {
  town.command("user", "add", handle, "--name", name, "--email", `${handle}@example.org`, "--level", level);
  const page = await (await browser.newContext({ baseURL: town.address, ...options })).newPage();
  await signInByLink(page, town, handle);
  return page;
}
