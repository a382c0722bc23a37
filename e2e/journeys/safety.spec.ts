/** Somebody is kept safe: covered pictures, who may name and ask them, the lock, the page for those at risk; also without JavaScript. */
import { expect, test, type Page } from "../support/test.ts";
import { noFaults } from "../support/axe.ts";
import { letterTo } from "../support/letters.ts";
import { open } from "../support/looking.ts";
import { newPerson } from "../support/people.ts";
import { png } from "../support/png.ts";
import { startTown, type Town } from "../support/town.ts";

let town: Town;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  town = await startTown({ demo: true });
});
test.afterAll(() => town.stop());

const width = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

test("sensitive pictures are covered, and nothing of them is fetched before they are opened", async ({ browser }) => {
  test.slow();
  const rosa = await newPerson(browser, town, "rosamond", "Rosamond Ito", "member");
  await rosa.goto("/square/local");
  const main = rosa.getByRole("main");
  await main.getByLabel("Your post").fill("The crash on the bridge");
  await main.getByText("Pictures", { exact: true }).first().click();
  await rosa.getByLabel("Choose pictures").setInputFiles([{ name: "crash.png", mimeType: "image/png", buffer: png(1200, 800, 90) }]);
  await rosa.getByLabel("What does it show?").fill("A broken car");
  await main.getByLabel(/^Sensitive/).check();
  await noFaults(rosa);
  await main.getByRole("button", { name: "Post", exact: true }).click();
  await expect(rosa.getByText("Posted.")).toBeVisible();
  const guest = await open(browser, town);
  const fetched: string[] = [];
  guest.on("request", (request) => fetched.push(request.url()));
  await guest.goto("/square/local");
  const post = guest.getByRole("article").filter({ hasText: "The crash on the bridge" }).first();
  const cover = post.locator("details.cover");
  await expect(cover).toBeVisible();
  await expect(post.getByAltText("A broken car")).toBeHidden();
  // Each width of it is a file of its own; they share this much of their names.
  const key = /([0-9a-f]{32})/.exec((await post.locator("a.picture").getAttribute("href")) ?? "")?.[1] ?? "nothing";
  expect(key).not.toBe("nothing");
  await guest.waitForLoadState("networkidle");
  expect(fetched.filter((url) => url.includes(key))).toEqual([]);
  await noFaults(guest);
  await cover.locator("summary").click();
  await expect(post.getByAltText("A broken car")).toBeVisible();
  await expect.poll(() => fetched.some((url) => url.includes(key))).toBe(true);
  await guest.setViewportSize({ width: 390, height: 844 });
  expect(await width(guest)).toBeLessThanOrEqual(0);
  // The same where no script runs.
  const plain = await (await browser.newContext({ baseURL: town.address, javaScriptEnabled: false })).newPage();
  await plain.goto("/square/local");
  const there = plain.getByRole("article").filter({ hasText: "The crash on the bridge" }).first();
  await expect(there.getByAltText("A broken car")).toBeHidden();
  await there.locator("details.cover summary").click();
  await expect(there.getByAltText("A broken car")).toBeVisible();
});

test("a member chooses who reaches them, and locks the account in two clicks", async ({ browser }) => {
  test.slow();
  const eve = await newPerson(browser, town, "evelina", "Evelina Oak", "member");
  await eve.goto("/settings/safety");
  await noFaults(eve);
  await eve.getByLabel("Who reaches you by naming you").selectOption({ label: "People whom I follow" });
  await eve.getByRole("button", { name: "Save" }).click();
  await expect(eve.getByText("Saved.")).toBeVisible();
  await expect(eve.getByLabel("Who reaches you by naming you")).toHaveValue("followed");
  await eve.goto("/settings");
  await eve.getByRole("link", { name: "Lock my account" }).click();
  await expect(eve.getByRole("heading", { name: "Lock my account" })).toBeVisible();
  await noFaults(eve);
  const guest = await open(browser, town);
  expect((await guest.goto("/@evelina/about"))?.status()).toBe(200);
  await eve.getByRole("button", { name: "Lock my account now" }).click();
  await expect(eve.getByRole("heading", { name: "Your account is locked" })).toBeVisible();
  await noFaults(eve);
  expect((await guest.goto("/@evelina/about"))?.status()).toBe(404);
  await eve.goto("/square/local");
  await expect(eve.getByText("Your account is locked: your friends alone see you.")).toBeVisible();
});

test("whoever has lost their device locks the account by a letter, without JavaScript", async ({ browser }) => {
  test.slow();
  const page = await (await browser.newContext({ baseURL: town.address, javaScriptEnabled: false })).newPage();
  const ivy = await newPerson(browser, town, "ivyrose", "Ivy Rose", "member");
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Lock it by a letter" }).click();
  await page.getByLabel("E-mail address").fill("ivyrose@example.org");
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByRole("heading", { name: "Look at your mail" })).toBeVisible();
  const letter = await letterTo(town, "ivyrose@example.org", "Lock your account");
  const link = /\/lock\/[\w-]+/.exec(letter)?.[0] ?? "";
  await page.goto(link);
  await page.getByRole("button", { name: "Lock my account now" }).click();
  await expect(page.getByRole("heading", { name: "Your account is locked" })).toBeVisible();
  await ivy.goto("/settings");
  await expect(ivy).toHaveURL(/\/sign-in/);
});

test("the page for those at risk is found everywhere and left at once", async ({ browser }) => {
  const guest = await open(browser, town);
  await guest.route("https://www.wikipedia.org/**", (route) => route.fulfill({ contentType: "text/html", body: "<title>Away</title>" }));
  await guest.goto("/rules");
  await guest.getByRole("contentinfo").getByRole("link", { name: "Help and safety" }).click();
  await expect(guest.getByRole("heading", { name: "Help and safety" })).toBeVisible();
  await noFaults(guest);
  await guest.setViewportSize({ width: 390, height: 844 });
  expect(await width(guest)).toBeLessThanOrEqual(0);
  await guest.getByRole("link", { name: "Leave this page" }).click();
  await expect(guest).toHaveTitle("Away");
  // The page before it is the one before the page for help.
  await guest.goBack();
  await expect(guest).toHaveURL(/\/rules$/);
});
