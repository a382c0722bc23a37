/** Three people and a guest, each in a browser of their own that stays open: the three join by the letters that arrive, one by one, find
 * each other and post for every audience; what is not for somebody comes to them by no way. */
import { expect, test, type Page } from "../support/test.ts";
import { noFaults } from "../support/axe.ts";
import { Catcher } from "../support/catcher.ts";
import { device } from "../support/device.ts";
import { fillJoin, linkIn, PASSWORD, settledTown } from "../support/people.ts";
import { listening, overheard } from "../support/streams.ts";
import { exported, listenedTo, surfaces, tells, type Said } from "../support/surfaces.ts";
import type { Town } from "../support/town.ts";
import { Watch } from "../support/watch.ts";

test.describe.configure({ mode: "serial" });

const HOME = "Mesquite Flats";

let town: Town;
let mail: Catcher;
let rosa: Page;
let ben: Page;
let cleo: Page;
let guest: Page;
/** What their streams said to each. */
const heard = new Map<Page, string[]>();
const watches: Watch[] = [];

test.beforeAll(async ({ browser }) => {
  mail = await Catcher.open();
  const settled = await settledTown(browser, { env: mail.env });
  town = settled.town;
  const staff = settled.page;
  await staff.goto("/admin/joining/rules");
  await staff.getByLabel("Who may join").selectOption({ label: "Everybody with an e-mail address" });
  await staff.getByLabel("House rules").fill("Be kind.");
  await staff.getByRole("button", { name: "Save" }).click();
  await expect(staff.getByText("Saved.")).toBeVisible();
  await staff.context().close();
  // Devices give passkeys to names, not to numbers.
  const named = town.address.replace("127.0.0.1", "localhost");
  await town.restart({ OCOTILLO_ORIGIN: named });
  const open = async () => (await browser.newContext({ baseURL: named, reducedMotion: "reduce" })).newPage();
  [rosa, ben, cleo, guest] = [await open(), await open(), await open(), await open()];
  for (const page of [rosa, ben, cleo, guest]) {
    watches.push(await Watch.over(page));
    heard.set(page, await overheard(page));
  }
});
test.afterAll(async () => {
  await town.stop();
  mail.close();
});

const main = (page: Page) => page.getByRole("main");
const button = (page: Page, name: string | RegExp) => main(page).getByRole("button", { name });
const post = (page: Page, text: string) => main(page).getByRole("article").filter({ hasText: text }).first();
const news = (page: Page) => main(page).getByRole("link", { name: /new posts?$/ });

async function join(page: Page, name: string, handle: string): Promise<void> {
  const email = `${handle}@home.example`;
  await page.goto("/");
  await page.getByRole("banner").getByRole("link", { name: "Join", exact: true }).click();
  await expect(page).toHaveURL(/\/join$/);
  await fillJoin(page, name, handle, email);
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Look at your mail");
  await page.goto(linkIn(await mail.letterTo(email, "Confirm your address")));
  await page.getByRole("button", { name: "Yes, this is my address" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Welcome, ${name}`);
  await page.locator("#place").fill(HOME);
  await page.getByRole("button", { name: "To the square" }).click();
  await expect(page.getByText("Settled in.")).toBeVisible();
}

/** Follows somebody from their page. */
async function follow(page: Page, handle: string, name: string): Promise<void> {
  await page.goto(`/@${handle}`);
  await button(page, `Follow ${name}`).click();
  await expect(button(page, `Following ${name}`)).toBeVisible();
}

/** Rosa posts from her square, for these. */
async function say(words: string, audience: string, at: { topic: string; place: string } = { topic: "", place: "" }): Promise<Said> {
  await rosa.goto("/square");
  await main(rosa).getByLabel("Your post").fill(at.topic ? `${words} #${at.topic}` : words);
  await rosa.getByLabel("Who reads it").selectOption({ label: audience });
  if (at.place) {
    await main(rosa).getByText("More", { exact: true }).click();
    await rosa.getByLabel("Place").fill(at.place);
  }
  await button(rosa, /^Post$/).click();
  await expect(post(rosa, words)).toBeVisible();
  const address = (await post(rosa, words).locator("a.when").getAttribute("href")) ?? "";
  return { id: address.split("/").at(-1) ?? "", address, author: "rosa", words: [words], ...at };
}

/** An open feed says that one thing is new; pressed, it shows it. */
async function arrives(page: Page, words: string): Promise<void> {
  await expect(news(page)).toHaveText("1 new post");
  await news(page).click();
  await expect(post(page, words)).toBeVisible();
  await expect(news(page)).toHaveCount(0);
}

test("three people join at once, each by the letter that arrives", async () => {
  await Promise.all([join(rosa, "Rosa Ibarra", "rosa"), join(ben, "Ben Oak", "ben_oak"), join(cleo, "Cleo Marsh", "cleo")]);
  await noFaults(cleo);
  // A letter is for one: nobody else can do anything with its link.
  await guest.goto(linkIn(await mail.letterTo("cleo@home.example", "Confirm your address")));
  await expect(guest.getByRole("heading", { level: 1 })).toHaveText("This link no longer works");
});

test("one of them goes out and comes back with a passkey", async () => {
  await device(ben);
  await ben.goto("/settings/passkeys");
  await ben.getByLabel("Password").fill(PASSWORD);
  await ben.getByRole("button", { name: "Continue" }).click();
  await ben.getByLabel("Name").fill("Telephone");
  await ben.getByRole("button", { name: "Make a passkey" }).click();
  await expect(ben.getByText("Your passkey is ready.")).toBeVisible();
  await mail.letterTo("ben_oak@home.example", "How you sign in to");
  await ben.locator(".masthead details.menu > summary").click();
  await ben.getByRole("button", { name: "Sign out" }).click();
  await expect(ben.getByRole("banner").getByRole("link", { name: "Sign in" })).toBeVisible();
  await ben.goto("/settings");
  await ben.getByRole("button", { name: "Use a passkey" }).click();
  await expect(ben.getByRole("heading", { level: 1 })).toHaveText("Settings");
});

test("they follow one another, two become friends, one keeps a list", async () => {
  await follow(ben, "rosa", "Rosa Ibarra");
  await follow(cleo, "rosa", "Rosa Ibarra");
  await follow(cleo, "ben_oak", "Ben Oak");
  await follow(rosa, "cleo", "Cleo Marsh");
  await listening(ben, "/square");
  await rosa.goto("/@ben_oak");
  await button(rosa, "Ask to be friends").click();
  await expect(button(rosa, "Take back the request")).toBeVisible();
  await expect(ben.locator("#unread")).not.toHaveAttribute("data-count", "0");
  await ben.goto("/connections");
  await button(ben, "Become friends with Rosa Ibarra").click();
  await expect(ben.getByRole("status").first()).toContainText("You are friends now");

  await rosa.goto("/lists");
  await rosa.getByLabel("Name").fill("Choir");
  await button(rosa, "Make the list").click();
  await expect(main(rosa)).toContainText("Nobody so far");
  await rosa.goto("/@cleo");
  await main(rosa).locator(".more > summary").click();
  await rosa.getByLabel("Choir").check();
  await button(rosa, "Save lists").click();
  await expect(main(rosa).locator(".connect [role=status]")).toHaveText("Your lists are saved.");
  for (const [handle, ties] of [["rosa", ["2 followers", "follows 2", "1 friend"]], ["ben_oak", ["2 followers", "follows 1", "1 friend"]]] as const) {
    await cleo.goto(`/@${handle}`);
    await expect(main(cleo).locator(".ties a")).toHaveText([...ties]);
  }
});

test("what is posted arrives with those it is for as they read, and with nobody else", async () => {
  await listening(ben, "/square");
  await listening(cleo, "/square");
  await listening(guest, "/square/local");
  const posted: [string, string, Page[]][] = [
    ["The market opens at nine.", "Everyone", [ben, cleo, guest]],
    ["The gate code has changed.", "Members", [ben, cleo]],
    ["Supper is on Friday.", "My friends", [ben]],
    ["We sing at seven.", "List: Choir", [cleo]],
    ["Your coat is here, @ben_oak.", "People named in it", [ben]],
    ["Buy candles.", "Only me", []],
    ["The old bench is painted.", "Everyone, quietly", [ben, cleo]],
    ["The market is over.", "Everyone", [ben, cleo, guest]],
  ];
  for (const [words, audience, readers] of posted) {
    const said = await say(words, audience);
    // Whoever was told of anything that is not for them would be told of two things by the last of them.
    for (const page of readers) await arrives(page, words);
    if (audience === "My friends") await noFaults(ben);
    for (const page of [ben, cleo, guest]) {
      const status = (await page.request.get(said.address)).status();
      expect(status, words).toBe(readers.includes(page) || audience === "Everyone, quietly" ? 200 : 404);
    }
  }
  for (const watch of watches) watch.nothing("posting and reading", /404|410/);
});

test("what is for a list comes up nowhere before anybody else", async () => {
  test.setTimeout(300_000);
  const open = { ...(await say("Melons are ripe. @ben_oak", "Everyone", { topic: "SummerFruit", place: "Depot Street" })), words: ["Melons are ripe"] };
  const before = await Promise.all([ben, guest].map(seenOfRosa));
  const unread = await unreadBy(ben);
  for (const page of [ben, cleo]) await listening(page, "/square");
  await listening(guest, "/square/local");
  const few = { ...(await say("Bring your own spoon. @ben_oak @cleo", "List: Choir", { topic: "HeronSupper", place: "Gully Barn" })), words: ["your own spoon"] };
  await arrives(cleo, "Bring your own spoon");
  await cleo.goto(few.address);
  await cleo.getByLabel("Your comment", { exact: true }).fill("With pleasure.");
  await cleo.getByRole("button", { name: "Comment", exact: true }).click();
  await expect(main(cleo).locator("article.comment")).toContainText("With pleasure.");

  // Whoever asks a stream for it by its number hears of what comes later alone.
  for (const page of [ben, guest]) {
    const said = await listenedTo(page, few, async () => (await say(`Is anybody up? ${page === ben ? "Ben?" : ""}`, "Everyone")).id);
    expect(tells(said, few), said).toBe(false);
  }
  for (const page of [ben, guest]) expect(tells((heard.get(page) ?? []).join("\n"), few)).toBe(false);
  expect(tells((heard.get(cleo) ?? []).join("\n"), few)).toBe(true);

  // What everybody may read shows that these places are looked at; whoever is on the list has it where it is due.
  expect(await surfaces(guest, open)).toEqual(expect.arrayContaining(["/square/local", "/@rosa/posts", "/topics/summerfruit", "/places/depot-street/posts", "/square/local.rss", "/square/local.atom", "/@rosa/posts.json", open.address]));
  expect(await surfaces(ben, open)).toEqual(expect.arrayContaining(["/square", "/square/near", "/notifications", "/notes/completions?q=%23summerfruit"]));
  expect(await surfaces(cleo, few)).toEqual(expect.arrayContaining(["/square", "/@rosa", "/@rosa/posts", "/notifications", few.address]));
  for (const page of [ben, guest]) expect(await surfaces(page, few), page === ben ? "Ben" : "a guest").toEqual([]);

  // Named in what they may not read, nobody is told; nor by letter. What is counted stays as it was.
  expect(await unreadBy(ben)).toBe(unread);
  expect(mail.letters.filter((letter) => !letter.to.includes("cleo@home.example") && tells(letter.text, few))).toEqual([]);
  expect(await Promise.all([ben, guest].map(seenOfRosa))).toEqual(before);
  expect((await guest.goto(few.address))?.status()).toBe(404);
  await expect(main(guest)).not.toContainText("spoon");
  expect(await guest.locator("meta[property^='og:']").count()).toBe(0);
  await noFaults(guest);

  // Everybody takes away what they wrote, and Rosa alone wrote this.
  for (const page of [ben, cleo]) expect(tells(await exported(page), few, false)).toBe(false);
  expect(tells(await exported(rosa), few, false)).toBe(true);
  for (const page of [rosa, ben, cleo, guest]) await page.context().close();
});

/** What is counted on Rosa's page. */
async function seenOfRosa(page: Page): Promise<string> {
  await page.goto("/@rosa/about");
  return `${await main(page).locator("header").first().innerText()} ${(await main(page).locator(".ties, .tabs").allInnerTexts()).join(" ")}`;
}

async function unreadBy(page: Page): Promise<string | null> {
  await page.goto("/saved");
  return page.locator("#unread").getAttribute("data-count");
}
