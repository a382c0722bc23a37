/** A guest reports a story with the keyboard alone, from its page; a moderator decides; letters say that it came and what was decided.
 * The same of a comment without JavaScript. What stands where a story was hidden. */
import { expect, test, type Locator, type Page } from "../support/test.ts";
import { letterTo } from "../support/letters.ts";
import { looked } from "../support/looked.ts";
import { newPerson } from "../support/people.ts";
import { startTown, type Town } from "../support/town.ts";
import { fits, Watch } from "../support/watch.ts";

let town: Town;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  town = await startTown({ demo: true });
});
test.afterAll(() => town.stop());

const main = (page: Page) => page.getByRole("main");

/** Presses Tab until this has the focus. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await expect(wanted).toHaveCount(1);
  for (let tabs = 0; tabs < 150; tabs++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("Tab does not lead there");
}

/** The address of a story on the front page. */
async function aStory(page: Page): Promise<string> {
  await page.goto("/");
  return (await main(page).locator("a[href^='/stories/']").first().getAttribute("href")) ?? "";
}

test("a guest reports a story by keyboard, and letters tell what becomes of it", async ({ browser }) => {
  test.setTimeout(240_000);
  const mo = await newPerson(browser, town, "moguest", "Mo Guestfriend", "administrator");
  const guest = await (await browser.newContext({ baseURL: town.address, reducedMotion: "reduce" })).newPage();
  const heard = await Watch.over(guest);
  const story = await aStory(guest);
  await guest.goto(story);
  await tabTo(guest, guest.getByRole("link", { name: "Report this story" }));
  await guest.keyboard.press("Enter");
  await guest.waitForURL(/\/reports\/story\//);
  await expect(guest.getByRole("heading", { name: "Report this story" })).toBeVisible();
  await looked(guest, "guest-report");
  // What is missing is said, and nothing that was written is lost. The browser itself would hold the form back.
  await guest.locator("#report").evaluate((form: HTMLFormElement) => { form.noValidate = true; });
  await tabTo(guest, guest.getByLabel("Your name"));
  await guest.keyboard.type("Ann Passerby");
  await tabTo(guest, guest.getByRole("button", { name: "Report" }));
  await guest.keyboard.press("Enter");
  await expect(guest.getByText("Say in a sentence why.").first()).toBeVisible();
  await expect(guest.getByLabel("Your name")).toHaveValue("Ann Passerby");
  await looked(guest, "guest-report-problems");
  await tabTo(guest, guest.getByLabel("Which rule of the house"));
  await guest.keyboard.type("Say what");
  await tabTo(guest, guest.getByLabel("Why, and where in it exactly?"));
  await guest.keyboard.type("The third paragraph gives a number that nobody has counted.");
  await tabTo(guest, guest.getByLabel("Your e-mail address"));
  await guest.keyboard.type("ann@passing.example");
  await tabTo(guest, guest.getByLabel("I believe in good faith"));
  await guest.keyboard.press("Space");
  await tabTo(guest, guest.getByRole("button", { name: "Report" }));
  await guest.keyboard.press("Enter");
  await expect(guest.getByRole("heading", { level: 1, name: "Thank you" })).toBeVisible();
  await expect(guest.getByText("A letter to the address that you left")).toBeVisible();
  await looked(guest, "guest-report-received");
  // The form that comes back says so by its status.
  heard.nothing("reporting", /status of 422/);
  const came = await letterTo(town, "ann@passing.example", "Your report has reached");
  expect(came).toContain(story);
  expect(came).not.toContain("nobody has counted");

  await mo.goto("/admin/queue?kind=story");
  await main(mo).locator(".queue a").first().click();
  await mo.waitForURL(/\/admin\/queue\/cases\//);
  await expect(main(mo).getByText("A guest, by their own words Ann Passerby")).toBeVisible();
  await expect(main(mo).getByText("ann@passing.example")).toHaveCount(0);
  await looked(mo, "guest-report-case");
  await mo.keyboard.press("l");
  await mo.getByLabel("The sentence over it").fill("The number is an estimate.");
  await mo.keyboard.press("Enter");
  await expect(mo.getByText("Decided. Whoever it concerns is told.")).toBeVisible();
  const told = await letterTo(town, "ann@passing.example", "is decided");
  expect(told).toContain("Something was done about it.");
  expect(told).toContain("/reports/story/");
  await guest.goto(story);
  await expect(guest.locator(".post-label")).toHaveText("The number is an estimate.");
  for (const page of [mo, guest]) await page.context().close();
});

test("a guest reports a comment without JavaScript, on a phone", async ({ browser }) => {
  test.setTimeout(180_000);
  const rosa = await newPerson(browser, town, "rosaguest", "Rosa Guestfriend", "member");
  const story = await aStory(rosa);
  await rosa.goto(story);
  await rosa.locator("#comments").getByLabel("Your comment", { exact: true }).fill("Only fools read to the end.");
  await rosa.locator("#comments").getByRole("button", { name: "Comment", exact: true }).click();
  await expect(rosa.locator("article.comment", { hasText: "Only fools read" })).toBeVisible();
  const plain = { javaScriptEnabled: false, viewport: { width: 390, height: 844 } };
  const guest = await (await browser.newContext({ baseURL: town.address, ...plain })).newPage();
  await guest.goto(story);
  await fits(guest);
  await guest.locator("article.comment", { hasText: "Only fools read" }).getByRole("link", { name: "Report the comment by Rosa Guestfriend" }).click();
  await guest.waitForURL(/\/reports\/comment\//);
  await fits(guest);
  expect(await (await guest.request.get(new URL(guest.url()).pathname)).text()).toContain("half a minute after it was opened");
  await guest.getByLabel("Which rule of the house").selectOption({ label: "Be kind" });
  await guest.getByLabel("Why, and where in it exactly?").fill("It insults everybody who reads.");
  await guest.getByLabel("I believe in good faith").check();
  await guest.getByRole("button", { name: "Report" }).click();
  await expect(guest.getByText(/send it again in \d+ seconds/).first()).toBeVisible();
  await expect(guest.getByLabel("Why, and where in it exactly?")).toHaveValue("It insults everybody who reads.");
  await fits(guest);
  const left = Number(/again in (\d+) seconds/.exec((await main(guest).textContent()) ?? "")?.[1]);
  // The wait is the feature: there is nothing else to wait for.
  await new Promise((wake) => setTimeout(wake, (left + 1) * 1000));
  await guest.getByRole("button", { name: "Report" }).click();
  await expect(guest.getByRole("heading", { level: 1, name: "Thank you" })).toBeVisible();
  await expect(guest.getByText("You left no e-mail address")).toBeVisible();
  await fits(guest);
  for (const page of [rosa, guest]) await page.context().close();
});

test("what stands where an album or a story was hidden", async ({ browser }) => {
  test.setTimeout(180_000);
  const mo = await newPerson(browser, town, "mohides", "Mo Hides", "administrator");
  const guest = await (await browser.newContext({ baseURL: town.address })).newPage();
  const story = (await aStory(guest)) || "";
  await mo.goto(story);
  await mo.getByRole("link", { name: "Report this story" }).click();
  await mo.waitForURL(/\/reports\/story\//);
  await mo.getByLabel("Which rule of the house").selectOption({ label: "Leave private things private" });
  await mo.getByRole("button", { name: "Report" }).click();
  await expect(mo.getByText("Thank you.")).toBeVisible();
  await mo.goto("/admin/queue?kind=story");
  await main(mo).locator(".queue a").first().click();
  await mo.waitForURL(/\/admin\/queue\/cases\//);
  await mo.keyboard.press("h");
  await mo.keyboard.press("Enter");
  await expect(mo.getByText("Decided. Whoever it concerns is told.")).toBeVisible();
  await mo.goto(story);
  await expect(mo.getByRole("heading", { level: 1, name: "Hidden" })).toBeVisible();
  await expect(main(mo).getByText("This shows something private of somebody who did not agree to it.")).toBeVisible();
  await looked(mo, "hidden-story");
  const gone = await guest.goto(story);
  expect(gone?.status()).toBe(410);
  await expect(guest.getByText("something private")).toHaveCount(0);
  for (const page of [mo, guest]) await page.context().close();
});
