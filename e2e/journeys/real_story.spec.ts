/**
 * A page of a real site, as plain text, becomes a story here: pasted in a browser, dated to the Monday of this week, read by 65.
 *
 * The text is not ours, so it is not in this repository: it lies beside it, and where it does not this journey is skipped.
 */
import { expect, test, type Page } from "../support/test.ts";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { setUp, SITE } from "../support/people.ts";
import { startTown, type Town } from "../support/town.ts";
import { begin, button, fill, paste, saved, story } from "../support/writer.ts";

const FILE = resolve(import.meta.dirname, "../../../shared/real/desert-local-news-story.txt");
const DAY = 24 * 60 * 60 * 1000;
const ZONE = "America/Los_Angeles";
const READERS = 65;
const IN_BROWSERS = 5;

test("a real story is shown whole, as its readers saw it", async ({ browser }) => {
  test.skip(!existsSync(FILE), `There is no ${FILE}: the real story is not part of the repository.`);
  test.setTimeout(180_000);
  const real = readReal(readFileSync(FILE, "utf8"));
  const town = await startTown({ env: { OCOTILLO_TRUSTED_PROXIES: "127.0.0.1", OCOTILLO_CLOCK_AHEAD_MS: String(untilWednesday()) } });
  try {
    const author = await (await browser.newContext({ baseURL: town.address, timezoneId: ZONE })).newPage();
    await setUp(author, town, { ...SITE, name: real.site, sentence: real.sentence, zone: ZONE, person: real.author, handle: real.handle });
    await addSection(author, real.section);
    const address = await write(author, real);
    await readByMany(town, address, browser);
    await expect(async () => {
      const page = await fetch(town.address + address, { headers: { "x-forwarded-for": from(0) } });
      expect(await page.text()).toContain(`${READERS} views`);
    }).toPass();
    const guest = await reader(browser, town, 0);
    await guest.goto(address);
    await looksAt(guest, real);
    await guest.setViewportSize({ width: 390, height: 844 });
    await looksAt(guest, real);
  } finally {
    await town.stop();
  }
});

interface Real {
  author: string;
  /** "Mon at 11:51 AM" */
  time: string;
  section: string;
  headline: string;
  counts: string[];
  standfirst: string;
  handle: string;
  paragraphs: string[];
  sentence: string;
  site: string;
}

/** The lines of the page, in its order; those that are only a dash part them. */
function readReal(text: string): Real {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "" && line.trim() !== "-");
  const counted = lines.findIndex((line) => /^\d+ views\b/.test(line));
  const named = lines.findIndex((line, at) => at > counted && /^\S+:$/.test(line));
  const bare = (line: string | undefined) => (line ?? "").replace(/ -$/, "");
  const sentence = lines.at(-1) ?? "";
  return {
    author: bare(lines[0]),
    time: bare(lines[1]),
    section: bare(lines[2]),
    headline: bare(lines[3]),
    counts: lines.slice(counted, counted + 4).map(bare),
    standfirst: lines[counted + 4] ?? "",
    handle: (lines[named] ?? "").replace(/:$/, ""),
    // The page names its author once more as the first line of the text.
    paragraphs: lines.slice(named, -1),
    sentence,
    site: /^At ([^,]+),/.exec(sentence)?.[1] ?? "",
  };
}

/** The day of the week in the site's zone, Monday being 0. */
function weekday(at: number): number {
  const name = new Intl.DateTimeFormat("en-US", { timeZone: ZONE, weekday: "short" }).format(at);
  return ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf(name);
}

/** Milliseconds to a Wednesday when it is earlier in the week: what was published on Monday is then told by its day. */
function untilWednesday(): number {
  return Math.max(0, 2 - weekday(Date.now())) * DAY;
}

/** The Monday of the program's week, as the form's date field takes it. */
function monday(): string {
  const now = Date.now() + untilWednesday();
  const day = new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE, dateStyle: "short" }).format(now - weekday(now) * DAY);
  return `${day}T11:51`;
}

async function addSection(page: Page, name: string): Promise<void> {
  await page.goto("/admin/sections");
  await page.getByRole("link", { name: /(new|add).*section/i }).first().click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("main").getByRole("button", { name: /save|add|make/i }).first().click();
  await page.waitForURL(/done=/);
}

async function write(page: Page, real: Real): Promise<string> {
  await begin(page);
  await fill(page, { headline: real.headline, standfirst: real.standfirst, section: real.section });
  await page.getByLabel("Date").fill(monday());
  await story(page).click();
  await paste(story(page), { "text/plain": real.paragraphs.join("\n\n") });
  await expect(story(page).locator("p")).toHaveText(real.paragraphs);
  await saved(page);
  await button(page, "Publish").click();
  await page.waitForURL(/done=published/);
  return new URL(page.url()).pathname;
}

/** A guest whom the program sees at an address of its own. */
async function reader(browser: import("@playwright/test").Browser, town: Town, number: number): Promise<Page> {
  const context = await browser.newContext({ baseURL: town.address, extraHTTPHeaders: { "x-forwarded-for": from(number) }, timezoneId: ZONE });
  return context.newPage();
}

function from(number: number): string {
  return `203.0.113.${number + 1}`;
}

/** Some in browsers, the others with the one request by which a browser fetches the page. */
async function readByMany(town: Town, address: string, browser: import("@playwright/test").Browser): Promise<void> {
  let agent = "";
  for (let number = 0; number < IN_BROWSERS; number++) {
    const page = await reader(browser, town, number);
    await page.goto(address);
    agent = await page.evaluate(() => navigator.userAgent);
    await page.context().close();
  }
  for (let number = IN_BROWSERS; number < READERS; number++) {
    const headers = { "user-agent": agent, "x-forwarded-for": from(number), accept: "text/html" };
    const answer = await fetch(town.address + address, { headers });
    expect(answer.status).toBe(200);
    await answer.text();
  }
}

/** What a reader sees, in the order of the page. Typographic marks included. */
async function looksAt(page: Page, real: Real): Promise<void> {
  const prose = page.locator(".prose > p");
  expect(await prose.evaluateAll((all) => all.map((p) => p.textContent))).toEqual(real.paragraphs);
  const article = page.getByRole("article");
  const parts = [
    article.getByRole("link", { name: real.section, exact: true }).first(),
    page.getByRole("heading", { level: 1, name: real.headline, exact: true }),
    article.getByText(real.standfirst, { exact: true }),
    article.getByRole("link", { name: real.author, exact: true }),
    article.getByText(`@${real.handle}`, { exact: true }),
    article.getByText(real.time, { exact: true }),
    article.getByText("News", { exact: true }),
    article.getByText(/^\d+ min read$/),
    ...real.counts.map((count) => article.locator(".counted").getByText(count.toLowerCase(), { exact: true })),
    prose.first(),
    prose.last(),
    page.getByRole("contentinfo").getByText(real.sentence, { exact: true }),
  ];
  for (const part of parts) await expect(part).toBeVisible();
  const places = await Promise.all(parts.map((part) => part.evaluate((element) => [...document.querySelectorAll("*")].indexOf(element))));
  expect(places).toEqual([...places].sort((a, b) => a - b));
}
