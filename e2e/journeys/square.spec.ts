/** The town square: written with a picture and a topic, completed while typing, read, changed, deleted and brought back; a poll
 * that another member answers; all of it without JavaScript, too. */
import { expect, test, type Locator, type Page } from "../support/test.ts";
import { looked } from "../support/looked.ts";
import { open } from "../support/looking.ts";
import { newPerson } from "../support/people.ts";
import { png } from "../support/png.ts";
import { startTown, type Town } from "../support/town.ts";
import { Watch } from "../support/watch.ts";

let town: Town;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  town = await startTown({ demo: true });
});
test.afterAll(() => town.stop());

const main = (page: Page) => page.getByRole("main");
const words = (page: Page) => main(page).getByLabel("Your post");
const file = (name: string, shade: number) => ({ name, mimeType: "image/png", buffer: png(1200, 800, shade) });
const post = (page: Page, text: string) => main(page).getByRole("article").filter({ hasText: text }).first();
/** The menu of one's own post: its name is for those who hear it, its picture for those who see it. */
const more = (article: Locator) => article.locator("summary", { hasText: "More about your post" });

test("a neighbour posts with a picture, and another reads, keeps, shares and quotes it", async ({ browser }) => {
  // Many pages are looked at, each in two widths and both themes.
  test.slow();
  const rosa = await newPerson(browser, town, "rosalba", "Rosalba Ito", "member");
  const sam = await newPerson(browser, town, "samuel", "Samuel Park", "member");
  const heard = await Watch.over(rosa);
  await rosa.goto("/square/local");
  await looked(rosa, "square-before");
  // People and topics while one types, by keyboard.
  await words(rosa).click();
  await rosa.keyboard.type("Has anybody seen this cat? Ask @samu");
  await expect(main(rosa).getByRole("option", { name: /Samuel Park/ })).toHaveAttribute("aria-selected", "true");
  await expect(words(rosa)).toHaveAttribute("aria-activedescendant", /completions-\d+-0/);
  await looked(rosa, "square-completion");
  await words(rosa).click();
  await rosa.keyboard.press("End");
  await rosa.keyboard.type("e");
  await expect(main(rosa).getByRole("option").first()).toBeVisible();
  await rosa.keyboard.press("Enter");
  await expect(words(rosa)).toHaveValue("Has anybody seen this cat? Ask @samuel ");
  await rosa.keyboard.type("or call at the bakery. #LostPets");
  await expect(main(rosa).locator(".compose-count")).toHaveText("");
  // Pictures are there at once, each with its words.
  await main(rosa).getByText("Pictures", { exact: true }).click();
  await rosa.getByLabel("Choose pictures").setInputFiles([file("cat.png", 40), file("door.png", 120), file("roof.png", 200)]);
  await expect(main(rosa).locator(".note-alts > li")).toHaveCount(3);
  await main(rosa).getByLabel("What does it show?").first().fill("A grey cat with white paws");
  await main(rosa).getByLabel("What does it show?").nth(1).fill("A green door");
  await main(rosa).locator(".note-alts > li").nth(2).getByRole("button", { name: "Take it out" }).click();
  await expect(main(rosa).locator(".note-alts > li")).toHaveCount(2);
  await looked(rosa, "square-compose");
  await main(rosa).getByRole("button", { name: "Post", exact: true }).click();
  await expect(rosa.getByText("Posted.")).toBeVisible();
  const posted = post(rosa, "Has anybody seen this cat?");
  await expect(posted.locator(".note-pictures li")).toHaveCount(2);
  await expect(posted.getByRole("link", { name: "A grey cat with white paws" })).toBeVisible();

  await sam.goto("/square/local");
  const found = post(sam, "Has anybody seen this cat?");
  await expect(found.getByRole("link", { name: "@samuel" })).toHaveAttribute("href", "/@samuel");
  await looked(sam, "square-local");
  await found.getByRole("button", { name: "Share" }).click();
  await expect(found.getByRole("button", { name: /^Share 1/ })).toHaveAttribute("aria-pressed", "true");
  await found.getByRole("button", { name: "Save" }).click();
  await expect(found.getByRole("button", { name: /^Saved/ })).toBeVisible();
  await found.getByRole("link", { name: "Quote" }).click();
  await words(sam).fill("I saw her behind the depot this morning.");
  await looked(sam, "square-quote");
  await main(sam).getByRole("button", { name: "Post", exact: true }).click();
  await expect(post(sam, "behind the depot").locator(".post-quote")).toContainText("Has anybody seen this cat?");
  await sam.goto("/@samuel/posts");
  await expect(main(sam).locator(".post-why")).toHaveText("Samuel Park shared");
  await looked(sam, "square-profile");
  await sam.goto("/saved");
  await expect(post(sam, "Has anybody seen this cat?")).toBeVisible();
  await sam.goto("/topics/lostpets");
  await expect(post(sam, "Has anybody seen this cat?")).toBeVisible();
  heard.nothing("posting");
  await rosa.context().close();
  await sam.context().close();
});

test("a post is changed with its history kept, pinned, deleted and brought back", async ({ browser }) => {
  test.slow();
  const rosa = await newPerson(browser, town, "rosamar", "Rosamar Ito", "member");
  const sam = await newPerson(browser, town, "samson", "Samson Park", "member");
  const heard = await Watch.over(rosa);
  await rosa.goto("/square/local");
  await words(rosa).fill("Has anybody seen this dog? #LostDogs");
  await main(rosa).getByRole("button", { name: "Post", exact: true }).click();
  await expect(rosa.getByText("Posted.")).toBeVisible();
  const own = post(rosa, "Has anybody seen this dog?");
  await more(own).click();
  await own.getByRole("link", { name: "Edit" }).click();
  await expect(rosa).toHaveURL(/\/edit$/);
  await words(rosa).fill("She is home again. Thank you, @samson! #LostDogs");
  await looked(rosa, "square-edit");
  await main(rosa).getByRole("button", { name: "Save" }).click();
  await expect(rosa.getByText("Saved.")).toBeVisible();
  await looked(rosa, "square-note");
  await main(rosa).getByRole("link", { name: "edited" }).click();
  await expect(main(rosa).locator("del").first()).toContainText("Has anybody");
  await looked(rosa, "square-history");
  await rosa.goBack();
  const changed = post(rosa, "She is home again");
  await more(changed).click();
  await changed.getByRole("button", { name: "Pin" }).click();
  await expect(main(rosa).locator(".post-why")).toHaveText("Pinned");
  await more(post(rosa, "She is home again")).click();
  await post(rosa, "She is home again").getByRole("button", { name: "Delete" }).click();
  await rosa.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(main(rosa)).toContainText("can be restored for 30 days");
  await looked(rosa, "square-deleted");
  await sam.goto("/square/local");
  await expect(post(sam, "She is home again")).toHaveCount(0);
  await main(rosa).getByRole("button", { name: "Undo" }).click();
  await expect(post(rosa, "She is home again")).toBeVisible();
  heard.nothing("changing a post");
  await rosa.context().close();
  await sam.context().close();
});

for (const javaScriptEnabled of [true, false]) {
  test(`a poll is asked and answered ${javaScriptEnabled ? "with" : "without"} JavaScript`, async ({ browser }) => {
    test.slow();
    const names = javaScriptEnabled ? ["lina", "noor"] : ["plainlina", "plainnoor"];
    const lina = await newPerson(browser, town, names[0]!, "Lina", "member", { javaScriptEnabled });
    const noor = await newPerson(browser, town, names[1]!, "Noor", "member", { javaScriptEnabled });
    const question = `Which repair first, ${names[0]}?`;
    await lina.goto("/square/local");
    await words(lina).fill(question);
    await main(lina).getByText("Poll", { exact: true }).click();
    await lina.getByLabel("Choice 1", { exact: true }).fill("The light at Hacienda and 8th");
    await lina.getByLabel("Choice 2", { exact: true }).fill("Potholes on Mesquite");
    await lina.getByLabel("Choice 3", { exact: true }).fill("The fountain in the park");
    if (javaScriptEnabled) await looked(lina, "square-poll-asked");
    await main(lina).getByRole("button", { name: "Post", exact: true }).click();
    await expect(post(lina, question)).toBeVisible();
    await noor.goto("/square/local");
    await expect(post(noor, question)).toContainText("0 votes");
    if (javaScriptEnabled) await looked(noor, "square-poll");
    await post(noor, question).getByLabel("Potholes on Mesquite").check();
    await post(noor, question).getByRole("button", { name: "Vote" }).click();
    await expect(post(noor, question)).toContainText("100%");
    await expect(post(noor, question).locator(".poll .mine")).toContainText("Potholes");
    if (javaScriptEnabled) await looked(noor, "square-poll-told");
    await lina.reload();
    await expect(post(lina, question)).toContainText("1 vote");
    await expect(post(lina, question)).not.toContainText("100%");
    await lina.context().close();
    await noor.context().close();
  });
}

test("a picture posted without JavaScript gets its words afterwards; a draft waits", async ({ browser }) => {
  const page = await newPerson(browser, town, "plaindora", "Dora", "member", { javaScriptEnabled: false });
  await page.goto("/square/local");
  await words(page).fill("The wash is running.");
  await main(page).getByText("Pictures", { exact: true }).click();
  await page.getByLabel("Choose pictures").setInputFiles([file("wash.png", 90)]);
  await main(page).getByRole("button", { name: "Post", exact: true }).click();
  await expect(page.getByText("Posted. Please say what your pictures show")).toBeVisible();
  await page.getByLabel("What does it show?").fill("Brown water in the wash");
  await main(page).getByRole("button", { name: "Save" }).click();
  await expect(main(page).getByRole("link", { name: "Brown water in the wash" })).toBeVisible();
  await page.goto("/square/local");
  await words(page).fill("Half a thought");
  await main(page).getByText("More", { exact: true }).click();
  await main(page).getByRole("button", { name: "Keep as a draft" }).click();
  await expect(page.getByText("Kept as a draft.")).toBeVisible();
  await main(page).getByRole("link", { name: "Go on" }).click();
  await words(page).fill("A whole thought");
  await main(page).getByRole("button", { name: "Post", exact: true }).click();
  await expect(main(page)).toContainText("No drafts");
  await page.goto("/@plaindora/posts");
  await expect(post(page, "A whole thought")).toBeVisible();
  await page.context().close();
});

test("guests read what is for them and are asked in", async ({ browser }) => {
  const guest = await open(browser, town);
  const heard = await Watch.over(guest);
  await guest.goto("/square");
  await expect(guest).toHaveURL(/\/square\/local$/);
  await expect(main(guest).getByRole("article").first()).toBeVisible();
  await expect(main(guest).getByLabel("Your post")).toHaveCount(0);
  await looked(guest, "square-guest");
  heard.nothing("reading the square");
  await guest.context().close();
});
