/** Reactions: a like seen on another's open page as it happens, changed, taken back; by keyboard, by holding the button, on a phone,
 * without JavaScript; who reacted, and what the author is told. */
import { expect, test, type BrowserContext, type Locator, type Page } from "../support/test.ts";
import { noFaults } from "../support/axe.ts";
import { looked } from "../support/looked.ts";
import { open } from "../support/looking.ts";
import { newPerson, PASSWORD, signInByLink } from "../support/people.ts";
import { startTown, type Town } from "../support/town.ts";
import { fits, Watch } from "../support/watch.ts";

let town: Town;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  town = await startTown({ demo: true });
});
test.afterAll(() => town.stop());

const main = (page: Page) => page.getByRole("main");
const post = (page: Page, words: string) => main(page).getByRole("article").filter({ hasText: words }).first();
/** The button that likes, or says what was chosen. */
const like = (of: Locator) => of.locator("form.react button");
/** The menu's button: its name is for those who hear it. */
const others = (of: Locator) => of.locator("summary", { hasText: "Other reactions" });
const choose = (of: Locator, name: string) => of.locator(".react-menu").getByRole("button", { name });

async function say(context: BrowserContext, body: string): Promise<void> {
  const answer = await context.request.post(`${town.address}/notes`, { form: { body, do: "post" }, maxRedirects: 0 });
  expect(answer.status()).toBe(303);
}

/** A page whose stream is open: what happens from now on reaches it. */
async function listening(page: Page, address: string): Promise<void> {
  const stream = page.waitForResponse((answer) => new URL(answer.url()).pathname === "/live");
  await page.goto(address);
  expect((await stream).status()).toBe(200);
}

test("a like is seen by others as it happens, changed, and taken back", async ({ browser }) => {
  test.slow();
  const rosa = await newPerson(browser, town, "rosalba", "Rosalba Ito", "member");
  const sam = await newPerson(browser, town, "samuel", "Samuel Park", "member");
  await say(rosa.context(), "The bakery opens at five again.");
  const heard = await Watch.over(sam);
  await listening(rosa, "/square/local");
  await sam.goto("/square/local");
  const [hers, his] = [post(rosa, "The bakery opens"), post(sam, "The bakery opens")];
  await expect(like(his)).toHaveAttribute("aria-pressed", "false");
  await like(his).click();
  await expect(like(his)).toHaveAttribute("aria-pressed", "true");
  await expect(like(his)).toHaveText(/Like\s*1 like/);
  await expect(like(his), "the focus stays").toBeFocused();
  await expect(like(hers)).toHaveText(/Like\s*1 like/);
  await expect(like(hers), "and is not hers").toHaveAttribute("aria-pressed", "false");

  // Another from the menu.
  await others(his).click();
  await expect(choose(his, "Thanks")).toBeVisible();
  await noFaults(sam);
  await choose(his, "Thanks").click();
  await expect(like(his)).toHaveText(/🙏\s*Thanks/);
  await expect(like(his)).toBeFocused();
  await expect(choose(his, "Thanks")).toBeHidden();
  await expect(his.locator(".reacted")).toContainText("🙏 1");
  await expect(hers.locator(".reacted")).toContainText("🙏 1");
  await expect(like(hers)).toHaveText("Like");
  await looked(sam, "reactions-chosen");
  await like(his).click();
  await expect(like(his)).toHaveAttribute("aria-pressed", "false");
  await expect(hers.locator(".reacted")).toHaveText("");

  // What the author is told, and who it was.
  await like(his).click();
  await expect(like(his)).toHaveAttribute("aria-pressed", "true");
  await expect(rosa.locator("#unread")).toContainText("1 unread");
  await rosa.goto("/notifications");
  await expect(main(rosa).locator(".notice.unread")).toContainText("Samuel Park liked your post");
  await main(rosa).getByRole("link", { name: /Samuel Park liked/ }).click();
  const one = post(rosa, "The bakery opens");
  await others(one).click();
  await one.getByRole("link", { name: "Who reacted" }).click();
  await expect(main(rosa).getByRole("heading", { level: 1 })).toHaveText("Who reacted");
  await expect(main(rosa).locator("li.person")).toContainText("Samuel Park");
  await looked(rosa, "reactions-who");
  heard.nothing("reacting");
  for (const page of [rosa, sam]) await page.context().close();
});

test("a story is liked by keyboard, and its counts say so at once", async ({ browser }) => {
  const page = await newPerson(browser, town, "keyla", "Keyla Duarte", "member");
  const guest = await open(browser, town);
  await guest.goto("/sections/the-pipe");
  const address = (await main(guest).locator(".headline a").first().getAttribute("href")) ?? "";
  await listening(guest, address);
  await page.goto(address);
  const tools = (of: Page) => main(of).locator(".story-tools");
  const count = async () => Number((/(\d+) likes?/.exec((await main(page).locator("header .counts").textContent()) ?? "") ?? [])[1]);
  const before = await count();
  await like(tools(page)).focus();
  await page.keyboard.press("Enter");
  await expect(like(tools(page))).toHaveAttribute("aria-pressed", "true");
  expect(await count()).toBe(before + 1);
  await expect(main(guest).locator("header .counts")).toContainText(`${before + 1} like`);
  await page.keyboard.press("Tab");
  await expect(others(tools(page))).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(choose(tools(page), "Insightful")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(choose(tools(page), "Insightful")).toBeHidden();
  await expect(others(tools(page))).toBeFocused();
  await page.keyboard.press("Space");
  for (let tabs = 0; tabs < 3; tabs++) await page.keyboard.press("Tab");
  await expect(choose(tools(page), "Insightful")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(like(tools(page))).toHaveText(/💡\s*Insightful/);
  await expect(like(tools(page))).toBeFocused();
  await page.keyboard.press("Space");
  await expect(like(tools(page))).toHaveAttribute("aria-pressed", "false");
  expect(await count()).toBe(before);
  await looked(page, "reactions-story");
  for (const one of [page, guest]) await one.context().close();
});

test("holding the button opens the menu, and likes nothing", async ({ browser }) => {
  const page = await newPerson(browser, town, "holder", "Holly Derr", "member");
  await say(page.context(), "Held for a while.");
  await page.goto("/square/local");
  const held = post(page, "Held for a while.");
  await like(held).hover();
  await page.mouse.down();
  await expect(choose(held, "Funny")).toBeVisible();
  await page.mouse.up();
  await expect(choose(held, "Funny")).toBeVisible();
  await expect(like(held)).toHaveAttribute("aria-pressed", "false");
  await choose(held, "Funny").click();
  await expect(like(held)).toHaveText(/😄\s*Funny/);
  await page.context().close();
});

test("on a phone and without JavaScript", async ({ browser }) => {
  const page = await newPerson(browser, town, "phoebe", "Phoebe Null", "member", { javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  await say(page.context(), "Said without a script.");
  await page.goto("/square/local");
  const said = post(page, "Said without a script.");
  await like(said).click();
  await expect(page).toHaveURL(/\/square\/local#reactions-\d+$/);
  await expect(like(said)).toHaveAttribute("aria-pressed", "true");
  await others(said).click();
  await fits(page);
  await choose(said, "Sad").click();
  await expect(like(said)).toHaveText(/😢\s*Sad/);
  await fits(page);
  await said.locator(".reacted a").click();
  await expect(main(page).locator("li.person")).toContainText("Phoebe Null");
  await fits(page);
  await main(page).getByRole("link", { name: "The post", exact: true }).click();
  await expect(page).toHaveURL(/\/@phoebe\/\d+$/);
  await like(post(page, "Said without a script.")).click();
  await expect(like(post(page, "Said without a script."))).toHaveAttribute("aria-pressed", "false");

  // A guest comes back to where they pressed.
  const guest = await open(browser, town, { javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  await guest.goto("/square/local");
  await like(post(guest, "Said without a script.")).click();
  await expect(guest).toHaveURL(/\/sign-in\?next=/);
  await guest.getByLabel("E-mail address or handle").fill("phoebe");
  await guest.getByLabel("Password").fill(PASSWORD);
  await main(guest).getByRole("button", { name: "Sign in" }).click();
  await expect(guest).toHaveURL(/\/square\/local#reactions-\d+$/);
  for (const one of [page, guest]) await one.context().close();
});

test("the site chooses its reactions", async ({ browser }) => {
  const staff = await open(browser, town);
  await signInByLink(staff, town, "willa");
  await staff.goto("/admin/reactions");
  await looked(staff, "desk-reactions");
  await main(staff).getByRole("link", { name: "Add a reaction" }).click();
  await main(staff).getByLabel("Emoji").fill("rain");
  await main(staff).getByLabel("Name").fill("Rain at last");
  await main(staff).getByRole("button", { name: "Save" }).click();
  await expect(main(staff).getByText("Put one emoji here and nothing else").first()).toBeVisible();
  await expect(main(staff).getByLabel("Name")).toHaveValue("Rain at last");
  await noFaults(staff);
  await main(staff).getByLabel("Emoji").fill("🌧️");
  await main(staff).getByRole("button", { name: "Save" }).click();
  await main(staff).getByRole("button", { name: "Move “Rain at last” up" }).click();
  await main(staff).getByRole("link", { name: "Rain at last" }).click();
  await looked(staff, "desk-reaction");
  await main(staff).getByRole("button", { name: "Retire it" }).click();
  await expect(main(staff).getByRole("heading", { name: "Retired" })).toBeVisible();
  await staff.goto("/admin/decisions");
  await expect(main(staff)).toContainText("Retired the reaction 🌧️ “Rain at last”");
  await staff.context().close();
});
