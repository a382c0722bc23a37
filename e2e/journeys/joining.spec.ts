/** Somebody becomes a member: openly, by invitation, by approval, and without a script; their letters really arrive. */
import { expect, test, type Browser, type BrowserContextOptions, type Page } from "../support/test.ts";
import { noFaults } from "../support/axe.ts";
import { letterTo } from "../support/letters.ts";
import { looked } from "../support/looked.ts";
import { fillJoin, linkIn, newPerson, PASSWORD, settledTown, signIn } from "../support/people.ts";
import { png } from "../support/png.ts";
import type { Town } from "../support/town.ts";
import { fits, Watch } from "../support/watch.ts";

test.describe.configure({ mode: "serial" });

let town: Town;
let staff: Page;

test.beforeAll(async ({ browser }) => {
  ({ town, page: staff } = await settledTown(browser));
});
test.afterAll(() => town.stop());

test("nobody is asked to join a site that is closed", async ({ browser }) => {
  const page = await open(browser);
  await page.goto("/");
  await expect(page.getByRole("link", { name: "Join", exact: true })).toHaveCount(0);
  await page.goto("/join");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Not open for joining");
  await noFaults(page);
  await page.context().close();
});

test("the administrator opens the site and writes its rules", async () => {
  await mode("Everybody with an e-mail address", "Be kind.\n\n- No *goats* in the fountain.");
  await noFaults(staff);
});

test("join, confirm by the letter, settle in, say more of oneself", async ({ browser }) => {
  // Four pages are looked at, each in two widths and both themes.
  test.slow();
  const page = await open(browser);
  const heard = await Watch.over(page);
  await page.goto("/");
  await page.getByRole("banner").getByRole("link", { name: "Join", exact: true }).click();
  await noFaults(page);
  await fillJoin(page, "Rosa Ibarra", "rosa", "rosa@home.example");
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Look at your mail");
  await noFaults(page);
  await page.goto("/settings");
  await expect(page).toHaveURL(/\/join\/confirmation$/);

  const letter = await letterTo(town, "rosa@home.example", "Confirm your address");
  await page.goto(linkIn(letter));
  await noFaults(page);
  await page.getByRole("button", { name: "Yes, this is my address" }).click();
  await expect(page.getByText("You are one of us now.")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Welcome, Rosa Ibarra");
  await looked(page, "welcome");
  await page.locator("#place").fill("Mesquite Flats");
  await page.getByRole("button", { name: "To the square" }).click();
  await expect(page.getByText("Settled in.")).toBeVisible();
  await page.goto("/settings/profile");
  await page.locator("#pronouns").fill("she/her");
  await page.locator("#pronouns_to").selectOption({ label: "Everyone" });
  await page.locator("#link_1").fill("not an address");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator("#link_1-problem")).toContainText("Write the address of a page");
  await page.locator("#link_1").fill("rosa.example/about");
  await page.locator("input#cover").setInputFiles({ name: "wide.png", mimeType: "image/png", buffer: png(1500, 500, 120) });
  await looked(page, "profile-form");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.goto("/@rosa/about");
  await expect(page.getByRole("main").locator("dl")).toContainText("Mesquite Flats");
  await expect(page.getByRole("main").getByRole("link", { name: "rosa.example/about" })).toBeVisible();
  await looked(page, "profile-about");
  await page.getByRole("main").getByRole("link", { name: "Photos" }).click();
  await expect(page.getByRole("main")).toContainText("Your pictures will stand here");
  await looked(page, "profile-photos");
  const guest = await open(browser);
  await guest.goto("/@rosa/about");
  await expect(guest.getByRole("main")).toContainText("she/her");
  await expect(guest.getByRole("main")).not.toContainText("Mesquite Flats");
  await guest.context().close();
  await page.goto(linkIn(letter));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This link no longer works");
  heard.nothing("joining", /410|422/);
  await page.context().close();
});

test("what is wrong is said at once, and the proof is made anew", async ({ browser }) => {
  const page = await open(browser);
  await page.goto("/join");
  await fillJoin(page, "Ada Merriweather", "ada", "other@home.example");
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page.getByRole("alert")).toContainText("who works here");
  await expect(page.locator("#handle-problem")).toContainText("Somebody has this handle.");
  await expect(page.getByLabel("E-mail address")).toHaveValue("other@home.example");
  await noFaults(page);
  await page.getByLabel("Your name").fill("Olga Meyer");
  await page.getByLabel("Handle").fill("olga");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Look at your mail");
  await page.context().close();
});

test("an address that has an account gets another letter, and the page says nothing of it", async ({ browser }) => {
  const page = await open(browser);
  await page.goto("/join");
  await fillJoin(page, "Somebody Else", "somebody_else", "rosa@home.example");
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Look at your mail");
  expect(await letterTo(town, "rosa@home.example", "You already have an account")).toContain("@rosa");
  await page.context().close();
});

test("by invitation: a link for two, and who came by it", async ({ browser }) => {
  await mode("Only by invitation");
  await staff.goto("/admin/joining");
  await staff.getByRole("link", { name: "Make an invitation" }).click();
  await staff.getByLabel("For whom").fill("The choir");
  await staff.getByLabel("How many people").fill("2");
  await noFaults(staff);
  await staff.getByRole("button", { name: "Make the link" }).click();
  const link = (await staff.locator(".secret").textContent()) ?? "";
  const page = await open(browser);
  await page.goto("/join");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Joining is by invitation");
  await page.goto(link);
  await expect(page.getByText("Ada Merriweather invites you.")).toBeVisible();
  await noFaults(page);
  await fillJoin(page, "Bert Lind", "bert", "bert@home.example");
  await page.getByRole("button", { name: "Join" }).click();
  await confirm(page, "bert@home.example");
  await expect(page.getByText("You are one of us now.")).toBeVisible();
  await staff.goto("/admin/joining");
  await expect(staff.getByRole("row", { name: /The choir/ })).toContainText("1 of 2");
  await noFaults(staff);
  await staff.getByRole("link", { name: "The choir" }).click();
  await expect(staff.getByRole("main")).toContainText("Bert Lind");
  await noFaults(staff);
  await staff.getByRole("button", { name: "Withdraw" }).click();
  await expect(staff.getByText("Nobody can join by it any more.")).toBeVisible();
  await page.context().clearCookies();
  await page.goto(link);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This invitation no longer works");
  await noFaults(page);
  await page.context().close();
});

test("by approval: an editor reads why, lets one in and refuses the other", async ({ browser }) => {
  await mode("Everybody may ask, and we let them in");
  const editor = await newPerson(browser, town, "edda", "Edda Fields", "editor");
  const [cleo, dora] = [await open(browser), await open(browser)];
  for (const [page, name, handle] of [[cleo, "Cleo Marsh", "cleo"], [dora, "Dora Trick", "dora"]] as const) {
    await page.goto("/join");
    await fillJoin(page, name, handle, `${handle}@home.example`);
    await page.getByLabel("Why would you like to join?").fill(`${name} lives by the wash.`);
    await page.getByRole("button", { name: "Ask to join" }).click();
    await confirm(page, `${handle}@home.example`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Almost there");
    await noFaults(page);
  }
  await editor.goto("/admin");
  await expect(editor.getByText("2 people wait to be let in")).toBeVisible();
  await editor.goto("/admin/joining");
  await expect(editor.getByText("Cleo Marsh lives by the wash.")).toBeVisible();
  await noFaults(editor);
  await editor.getByRole("button", { name: "Let in Cleo Marsh" }).click();
  await expect(editor.getByText("A letter tells them.")).toBeVisible();
  await editor.locator("summary", { hasText: "Dora Trick" }).click();
  await editor.getByLabel("Why, for the letter to them").fill("We have never met a Dora.");
  await noFaults(editor);
  await editor.getByRole("button", { name: "Refuse and delete the account" }).click();
  await expect(editor.getByText("Nobody waits")).toBeVisible();
  await letterTo(town, "cleo@home.example", "Welcome to");
  expect(await letterTo(town, "dora@home.example", "Your wish to join")).toContain("We have never met a Dora.");
  await cleo.goto("/settings");
  await expect(cleo.getByRole("heading", { level: 1 })).toHaveText("Settings");
  await dora.goto("/settings");
  await expect(dora).toHaveURL(/\/sign-in/);
  for (const page of [editor, cleo, dora]) await page.context().close();
});

test("without JavaScript it takes half a minute", async ({ browser }) => {
  await mode("Everybody with an e-mail address");
  const page = await open(browser, { javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  await page.goto("/join");
  // A browser whose scripts a test has switched off does not draw what is in noscript.
  expect(await (await page.request.get("/join")).text()).toContain("half a minute after it was opened");
  await fits(page);
  await fillJoin(page, "Flora Nez", "flora", "flora@home.example");
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page.getByText(/send it again in \d+ seconds/).first()).toBeVisible();
  await expect(page.getByLabel("Handle")).toHaveValue("flora");
  await fits(page);
  const left = Number(/again in (\d+) seconds/.exec((await page.getByRole("main").textContent()) ?? "")?.[1]);
  // The wait is the feature: there is nothing else to wait for.
  await new Promise((wake) => setTimeout(wake, (left + 1) * 1000));
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Look at your mail");
  await confirm(page, "flora@home.example");
  await expect(page.getByText("You are one of us now.")).toBeVisible();
  await page.context().close();
});

test("whoever opens the letter on another device signs in there", async ({ browser }) => {
  const [laptop, phone] = [await open(browser), await open(browser)];
  await laptop.goto("/join");
  await fillJoin(laptop, "Gil Ortega", "gil_ortega", "gil@home.example");
  await laptop.getByRole("button", { name: "Join" }).click();
  await expect(laptop.getByRole("heading", { level: 1 })).toHaveText("Look at your mail");
  await phone.goto(linkIn(await letterTo(town, "gil@home.example", "Confirm your address")));
  await phone.getByLabel("Password").fill(PASSWORD);
  await noFaults(phone);
  await phone.getByRole("button", { name: "Yes, this is my address" }).click();
  await expect(phone.getByText("You are one of us now.")).toBeVisible();
  const again = await open(browser);
  await signIn(again, town, "gil@home.example");
  for (const page of [laptop, phone, again]) await page.context().close();
});

async function open(browser: Browser, more: BrowserContextOptions = {}): Promise<Page> {
  return (await browser.newContext({ baseURL: town.address, reducedMotion: "reduce", ...more })).newPage();
}

async function mode(words: string, rules?: string): Promise<void> {
  await staff.goto("/admin/joining/rules");
  await staff.getByLabel("Who may join").selectOption({ label: words });
  if (rules) await staff.getByLabel("House rules").fill(rules);
  await staff.getByRole("button", { name: "Save" }).click();
  await expect(staff.getByText("Saved.")).toBeVisible();
}

/** Opens the link of the letter and says yes. */
async function confirm(page: Page, email: string): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Look at your mail");
  await page.goto(linkIn(await letterTo(town, email, "Confirm your address")));
  await page.getByRole("button", { name: "Yes, this is my address" }).click();
}
