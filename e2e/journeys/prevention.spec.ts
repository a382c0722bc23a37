/** What is read before it appears: a filter is added and tried, a comment waits where its author sees it, a moderator lets it appear and
 * refuses another; a nudge is asked once; the front porch and its daily letter; blocks. The same without JavaScript. */
import { expect, test, type Page } from "../support/test.ts";
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
const comments = (page: Page) => page.locator("#comments");
const said = (page: Page, words: string) => page.locator("article.comment", { hasText: words }).first();

/** Somebody posts in the square; the address of it. */
async function note(page: Page, words: string): Promise<string> {
  await page.goto("/square/local");
  await main(page).getByLabel("Your post").fill(words);
  await main(page).getByRole("button", { name: "Post", exact: true }).click();
  await expect(page.getByText("Posted.")).toBeVisible();
  const post = page.getByRole("article").filter({ hasText: words }).first();
  return (await post.locator("a.when").getAttribute("href")) ?? "";
}

async function filter(page: Page, words: string, act: RegExp, sentence = ""): Promise<void> {
  await page.goto("/admin/filters/new");
  await main(page).getByLabel("Word, phrase or host").fill(words);
  const choice = await main(page).getByLabel("What becomes of the post").locator("option").filter({ hasText: act }).getAttribute("value");
  await main(page).getByLabel("What becomes of the post").selectOption(choice);
  await main(page).getByLabel("The sentence").fill(sentence);
  await main(page).getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
}

async function say(page: Page, words: string): Promise<void> {
  await comments(page).getByLabel("Your comment", { exact: true }).fill(words);
  await comments(page).getByRole("button", { name: "Comment", exact: true }).click();
}

test("a comment waits where its author sees it, and appears once it was read", async ({ browser }) => {
  test.setTimeout(240_000);
  const ada = await newPerson(browser, town, "adavoss", "Ada Voss", "administrator");
  const rosa = await newPerson(browser, town, "rosaline", "Rosaline Ito", "member");
  const sam = await newPerson(browser, town, "samwise", "Samwise Park", "member");
  const heard = await Watch.over(ada);
  await filter(ada, "cheap pills", /^Hold/);
  await filter(ada, "fools", /^Nudge/, "Is that how you would say it to a neighbour?");
  await looked(ada, "filters");
  await main(ada).getByLabel("A text").fill("Who needs CHEAP  pílls?");
  await main(ada).getByRole("button", { name: "Try it" }).click();
  await expect(main(ada).getByText("It would wait")).toBeVisible();
  await looked(ada, "filters-tried");

  const address = await note(rosa, "Where do you buy your garden chairs?");
  await sam.goto(address);
  await say(sam, "Behind the depot they have cheap pills as well.");
  const waits = comments(sam).locator("article.waits");
  await expect(waits).toContainText("Only you see it until then");
  await looked(sam, "prevention-waits");
  await rosa.goto(address);
  await expect(comments(rosa).getByRole("heading", { name: "0 comments" })).toBeVisible();
  await expect(rosa.getByText("Behind the depot")).toHaveCount(0);

  await ada.goto("/admin/queue/held");
  await expect(main(ada)).toContainText("A filter holds it: “cheap pills”");
  await looked(ada, "prevention-held");
  await main(ada).getByRole("button", { name: /^Let it appear/ }).click();
  await expect(main(ada).getByText("Nothing waits")).toBeVisible();
  await rosa.reload();
  await expect(said(rosa, "Behind the depot")).toBeVisible();
  await rosa.goto("/notifications");
  await expect(main(rosa).getByRole("link", { name: /Samwise Park commented on your post/ })).toBeVisible();

  // Asked once, and sent again.
  await sam.goto(address);
  await say(sam, "Only fools sit down.");
  await expect(main(sam).getByText("Is that how you would say it to a neighbour?")).toBeVisible();
  await looked(sam, "prevention-nudge");
  await main(sam).getByRole("button", { name: "Comment", exact: true }).click();
  await expect(said(sam, "Only fools sit down.")).toBeVisible();
  await expect(sam).not.toHaveURL(/comments$/);

  // Refused, with a reason that can be appealed.
  await say(sam, "More cheap pills!");
  await expect(comments(sam).locator("article.waits")).toContainText("More cheap pills");
  await ada.goto("/admin/queue/held");
  await main(ada).getByRole("link", { name: /^Refuse/ }).click();
  await main(ada).getByLabel("Why").fill("This is advertising.");
  await main(ada).getByRole("button", { name: "Refuse it" }).click();
  await expect(main(ada).getByText("Nothing waits")).toBeVisible();
  await sam.goto("/notifications");
  await main(sam).getByRole("link", { name: /decided/i }).first().click();
  await expect(main(sam).getByText("This is advertising.")).toBeVisible();
  heard.nothing("reading what waits");
  for (const page of [ada, rosa, sam]) await page.context().close();
});

test("on the front porch every post waits, on a phone and without JavaScript", async ({ browser }) => {
  test.setTimeout(240_000);
  const ada = await newPerson(browser, town, "adaporch", "Ada Porch", "administrator");
  await ada.goto("/admin/filters");
  await main(ada).getByLabel(/^Front porch/).check();
  await main(ada).getByRole("button", { name: "Save" }).click();
  await expect(ada.getByText("Saved.")).toBeVisible();
  const lou = await newPerson(browser, town, "loumar", "Loumar Diaz", "member");
  const state = await lou.context().storageState();
  await lou.context().close();
  const plain = await (await browser.newContext({ baseURL: town.address, storageState: state, javaScriptEnabled: false, viewport: { width: 390, height: 844 } })).newPage();
  await plain.goto("/square/local");
  await main(plain).getByLabel("Your post").fill("Good morning from the porch.");
  await main(plain).getByRole("button", { name: "Post", exact: true }).last().click();
  await expect(plain.getByText("It waits to be read by a moderator")).toBeVisible();
  await expect(main(plain).getByText("Good morning from the porch.", { exact: true })).toBeVisible();
  await fits(plain);
  await main(plain).getByRole("button", { name: /^Delete/ }).click();
  await plain.goto("/waiting");
  await expect(main(plain).getByText("Nothing waits")).toBeVisible();
  await plain.context().close();
  await ada.goto("/admin/filters");
  await main(ada).getByLabel("Posts appear at once").check();
  await main(ada).getByRole("button", { name: "Save" }).click();
  await expect(ada.getByText("Saved.")).toBeVisible();
  await ada.context().close();
});

test("what was let through on the front porch is told to its author, and comes to the neighbours as a letter", async ({ browser }) => {
  test.setTimeout(240_000);
  const ada = await newPerson(browser, town, "adaeve", "Ada Eve", "administrator");
  const sam = await newPerson(browser, town, "sampost", "Sam Post", "member");
  const rosa = await newPerson(browser, town, "rosaread", "Rosa Read", "member");
  await ada.goto("/admin/filters");
  await main(ada).getByLabel(/^Front porch/).check();
  await main(ada).getByLabel("The hour of the daily letter").selectOption({ label: "0:00" });
  await main(ada).getByRole("button", { name: "Save" }).click();
  await expect(ada.getByText("Saved.")).toBeVisible();
  await looked(ada, "porch-desk");
  await rosa.goto("/settings/notifications");
  await expect(main(rosa).getByLabel("A letter a day with what the neighbours said")).toBeChecked();
  await looked(rosa, "porch-settings");

  await sam.goto("/square/local");
  await main(sam).getByLabel("Your post").fill("The night heron is back at the pond.");
  await main(sam).getByRole("button", { name: "Post", exact: true }).click();
  await expect(sam.getByText("It waits to be read by a moderator")).toBeVisible();
  await ada.goto("/admin/queue/held");
  await main(ada).getByRole("button", { name: /^Let it appear/ }).click();
  await expect(main(ada).getByText("Nothing waits")).toBeVisible();
  await sam.goto("/notifications");
  await looked(sam, "porch-let-through");
  await main(sam).getByRole("link", { name: /Your post was let through/ }).click();
  await expect(sam).toHaveURL(/\/@sampost\/\d+/);
  await expect(main(sam).getByText("The night heron is back at the pond.").first()).toBeVisible();

  // The night passes.
  await town.restart({ OCOTILLO_CLOCK_AHEAD_MS: String(25 * 60 * 60 * 1000) });
  const letter = await letterTo(town, "rosaread@example.org", "What the neighbours said");
  expect(letter).toContain("Sam Post wrote: ");
  expect(letter).toContain("The night heron is back at the pond.");
  expect(letter).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click/m);
  const end = /\/notifications\/unsubscribe\/[\w-]+/.exec(letter.split("No more letters like this")[1] ?? "")?.[0] ?? "";
  const guest = await (await browser.newContext({ baseURL: town.address })).newPage();
  await guest.goto(end);
  await looked(guest, "porch-unsubscribe");
  await main(guest).getByRole("button", { name: "End them" }).click();
  await expect(main(guest).getByText("They have ended.")).toBeVisible();
  await rosa.goto("/settings/notifications");
  await expect(main(rosa).getByLabel("A letter a day with what the neighbours said")).not.toBeChecked();
  await town.restart({ OCOTILLO_CLOCK_AHEAD_MS: "0" });
  await ada.goto("/admin/filters");
  await main(ada).getByLabel("Posts appear at once").check();
  await main(ada).getByRole("button", { name: "Save" }).click();
  await expect(ada.getByText("Saved.")).toBeVisible();
  for (const page of [ada, sam, rosa, guest]) await page.context().close();
});

test("a network is blocked for a time, but not one's own", async ({ browser }) => {
  test.setTimeout(120_000);
  const ada = await newPerson(browser, town, "adablock", "Ada Block", "administrator");
  await ada.goto("/admin/blocks");
  await main(ada).getByLabel("E-mail address, host or network").fill("127.0.0.1");
  await main(ada).getByLabel("Why").fill("Robots");
  await main(ada).getByRole("button", { name: "Block", exact: true }).click();
  await expect(main(ada).getByText("You come from this network yourself").first()).toBeVisible();
  await main(ada).getByLabel("E-mail address, host or network").fill("203.0.113.0/24");
  await main(ada).getByRole("button", { name: "Block", exact: true }).click();
  await expect(main(ada).getByText("203.0.113.0/24", { exact: true })).toBeVisible();
  await looked(ada, "blocks");
  await main(ada).getByRole("button", { name: /^Lift it/ }).click();
  await expect(main(ada).getByText("Nothing is.")).toBeVisible();
  await ada.context().close();
});
