/** What happens while a page is open: a new post, a notice, the number in the bell and in the window's title, read on one device and gone
 * from the other, what came while the line was down; and how members choose to hear of it. */
import { expect, test, type BrowserContext, type Page } from "../support/test.ts";
import { noFaults } from "../support/axe.ts";
import { letterTo } from "../support/letters.ts";
import { line } from "../support/line.ts";
import { looked } from "../support/looked.ts";
import { open } from "../support/looking.ts";
import { linkIn, newPerson } from "../support/people.ts";
import { listening } from "../support/streams.ts";
import { startTown, type Town } from "../support/town.ts";
import { Watch } from "../support/watch.ts";

let town: Town;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  town = await startTown({ demo: true });
});
test.afterAll(() => town.stop());

const main = (page: Page) => page.getByRole("main");
const bell = (page: Page) => page.locator("#unread");

async function say(context: BrowserContext, body: string, more: Record<string, string> = {}): Promise<void> {
  const answer = await context.request.post(`${town.address}/notes`, { form: { body, do: "post", ...more }, maxRedirects: 0 });
  expect(answer.status()).toBe(303);
}

test("a post, a notice and its reading arrive as they happen", async ({ browser }) => {
  const rosa = await newPerson(browser, town, "rosalba", "Rosalba Ito", "member");
  const sam = await newPerson(browser, town, "samuel", "Samuel Park", "member");
  const heard = await Watch.over(rosa);
  await listening(rosa, "/square/local");
  const before = await main(rosa).locator(".feed").boundingBox();
  await say(sam.context(), "Has anybody lost a bicycle?");
  const more = main(rosa).getByRole("link", { name: "1 new post" });
  await expect(more).toBeVisible();
  await say(sam.context(), "It is green.");
  await expect(main(rosa).getByRole("link", { name: "2 new posts" })).toBeVisible();
  expect(await main(rosa).locator(".feed").boundingBox(), "nothing moved").toEqual(before);
  await looked(rosa, "live-new-posts");
  await main(rosa).getByRole("link", { name: "2 new posts" }).click();
  await expect(main(rosa).getByRole("article").first()).toContainText("It is green.");
  await expect(main(rosa).getByRole("link", { name: /new post/ })).toHaveCount(0);

  heard.nothing("being told");

  // A second device of the same member.
  const phone = await (await browser.newContext({ baseURL: town.address, storageState: await rosa.context().storageState() })).newPage();
  await listening(phone, "/saved");
  await listening(rosa, "/square");
  await say(sam.context(), "Thank you @rosalba, it is yours.");
  for (const device of [rosa, phone]) {
    await expect(bell(device)).toContainText("1 unread");
    await expect(device).toHaveTitle(/^\(1\) /);
  }
  await noFaults(rosa);
  await rosa.getByRole("link", { name: /^Notifications, 1 unread/ }).click();
  await expect(main(rosa).locator(".notice.unread")).toContainText("Samuel Park named you in a post");
  await looked(rosa, "notices");
  await main(rosa).getByRole("link", { name: /Samuel Park named you/ }).click();
  await expect(main(rosa)).toContainText("it is yours");
  await expect(bell(phone)).not.toContainText("unread");
  await expect(phone).toHaveTitle(/^Saved/);
  await expect(bell(rosa)).not.toContainText("unread");
  await phone.context().close();
  await rosa.context().close();
  await sam.context().close();
});

test("what happened while the line was down is caught up with", async ({ browser }) => {
  const wire = await line();
  wire.target = Number(new URL(town.address).port);
  const inez = await newPerson(browser, town, "inez", "Inez Duarte", "member");
  const theo = await newPerson(browser, town, "theo", "Theo Marsh", "member");
  await listening(inez, `${wire.address}/square/local`);
  wire.cut();
  await say(theo.context(), "Said while nobody heard.");
  await expect(main(inez).getByRole("link", { name: /new post/ })).toHaveCount(0);
  wire.mend();
  await expect(main(inez).getByRole("link", { name: "1 new post" })).toBeVisible({ timeout: 60_000 });

  // And the program ends with streams open, and starts again.
  await town.restart();
  await expect(main(inez).getByRole("link", { name: /new post/ })).toBeVisible();
  await say(theo.context(), "Said after the restart, @inez.");
  await expect(bell(inez)).toContainText("1 unread", { timeout: 60_000 });
  for (const page of [inez, theo]) await page.context().close();
  wire.close();
});

test("readers of a story see how many they are", async ({ browser }) => {
  const guests: Page[] = [];
  for (const _ of [1, 2, 3]) {
    const guest = await open(browser, town);
    await guest.goto("/");
    await guest.locator("main .headline a").first().click();
    await expect(guest).toHaveURL(/\/stories\//);
    guests.push(guest);
  }
  for (const guest of guests) await expect(main(guest).locator("p.readers")).toHaveText("3 reading");
  await looked(guests[0]!, "live-reading");
  await guests[2]!.context().close();
  await expect(main(guests[0]!).locator("p.readers")).toHaveText("", { timeout: 60_000 });
  for (const guest of guests.slice(0, 2)) await guest.context().close();
});

test("a feed is read by keys, and never while somebody types", async ({ browser }) => {
  const page = await newPerson(browser, town, "keys", "Kay Ochoa", "member");
  await say(page.context(), "The older one");
  await say(page.context(), "The newer one");
  await page.goto("/square/local");
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
  await page.locator("body").press("j");
  expect(await focused()).toContain("The newer one");
  await page.keyboard.press("j");
  expect(await focused()).toContain("The older one");
  await page.keyboard.press("s");
  const older = main(page).getByRole("article").filter({ hasText: "The older one" });
  await expect(older.getByRole("button", { name: /^Saved/ })).toBeVisible();
  await page.keyboard.press("l");
  await expect(older.getByRole("button", { name: /^Like 1/ })).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("p");
  await expect(older.getByRole("button", { name: /^Share 1/ })).toBeVisible();
  await page.keyboard.press("k");
  expect(await focused()).toContain("The newer one");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys in lists of posts" })).toBeVisible();
  await looked(page, "feed-keys");
  await page.getByRole("button", { name: "Close" }).click();
  await main(page).getByLabel("Your post").pressSequentially("just jokes?");
  await expect(main(page).getByLabel("Your post")).toHaveValue("just jokes?");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await main(page).getByLabel("Your post").blur();
  await page.keyboard.press("j");
  await page.keyboard.press("r");
  await expect(page).toHaveURL(/\/@keys\/\d+$/);
  await page.context().close();
});

test("a member chooses how they hear of things, and one press ends letters", async ({ browser }) => {
  const lina = await newPerson(browser, town, "lina", "Lina Paz", "member", { javaScriptEnabled: false });
  const noor = await newPerson(browser, town, "noor", "Noor Haddad", "member");
  await lina.goto("/settings");
  await main(lina).getByRole("link", { name: "Choose what you hear of" }).click();
  const mention = main(lina).getByRole("group", { name: "Somebody names you in a post" });
  await mention.getByLabel("Letter").selectOption({ label: "At once" });
  await main(lina).getByRole("button", { name: "Save" }).click();
  await expect(lina.getByText("Saved.")).toBeVisible();
  await say(noor.context(), "The choir meets on Monday, @lina");
  const letter = await letterTo(town, "lina@example.org", "Noor Haddad named you in a post");
  expect(letter).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
  const end = /List-Unsubscribe:\s*<([^>]+)>/.exec(letter)?.[1] ?? "";
  const anybody = await open(browser, town);
  await anybody.goto(linkIn(end));
  await looked(anybody, "notices-unsubscribe");
  await anybody.getByRole("button", { name: "End them" }).click();
  await expect(main(anybody)).toContainText("They have ended.");
  await lina.reload();
  await lina.goto("/settings/notifications");
  await expect(mention.getByLabel("Letter")).toHaveValue("never");
  await lina.goto("/notifications");
  await main(lina).getByRole("button", { name: "Mark all as read" }).click();
  await expect(main(lina).locator(".notice.unread")).toHaveCount(0);
  for (const page of [lina, noor, anybody]) await page.context().close();
});

test("a browser can be shown messages", async ({ browser }) => {
  const basil = await newPerson(browser, town, "basil", "Basil Okoro", "member");
  await basil.goto("/settings/notifications");
  await expect(main(basil).getByRole("button", { name: "Show messages in this browser" })).toBeVisible();
  await looked(basil, "notices-settings");
  const worker = await basil.request.get("/push-worker.js");
  expect(worker.headers()["content-type"]).toContain("text/javascript");
  await basil.context().close();
});

test("those who run the site write to a member", async ({ browser }) => {
  const willa = await newPerson(browser, town, "boss", "Bo Reyes", "administrator");
  const olga = await newPerson(browser, town, "olga", "Olga Lind", "member");
  await listening(olga, "/saved");
  await willa.goto("/admin/messages");
  await main(willa).getByLabel(/To the member with this handle/).fill("olga");
  await main(willa).getByLabel("Subject").fill("Your picture of the mesa");
  await main(willa).getByLabel("Message").fill("It is lovely.\n\nMay we print it?");
  await looked(willa, "staff-message-write");
  await main(willa).getByRole("button", { name: "Send" }).click();
  await expect(willa.getByText("Sent. It stands among their notifications.")).toBeVisible();
  await expect(bell(olga)).toContainText("1 unread");
  await olga.goto("/notifications");
  await main(olga).getByRole("link", { name: /Those who run the site wrote to you/ }).click();
  await expect(main(olga)).toContainText("May we print it?");
  await looked(olga, "staff-message");
  await willa.context().close();
  await olga.context().close();
});
