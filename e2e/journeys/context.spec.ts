/** Readers' context: written with a source, rated, shown under its post once people agree who usually do not; the same without
 * JavaScript. */
import { expect, test, type Page } from "../support/test.ts";
import { looked } from "../support/looked.ts";
import { open } from "../support/looking.ts";
import { newPerson, signIn } from "../support/people.ts";
import { startTown, type Town } from "../support/town.ts";
import { Watch } from "../support/watch.ts";

const PASSWORD = "ocotillo in bloom";

let town: Town;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  town = await startTown({ demo: true });
});
test.afterAll(() => town.stop());

/** The address of a story, by words of its headline. */
async function storyOf(page: Page, section: string, headline: string): Promise<string> {
  await page.goto(`/sections/${section}`);
  return (await page.getByRole("main").getByRole("link", { name: headline }).first().getAttribute("href")) ?? "";
}
const shown = (page: Page) => page.getByRole("complementary", { name: "Context that readers added" });
/** Judging happens beside: it is looked at again until it is there. */
async function comes(page: Page, address: string, words: string): Promise<void> {
  await expect(async () => {
    await page.goto(address);
    await expect(shown(page).getByText(words)).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 60_000 });
}

test("a fifth rating lets context be seen by everybody", async ({ browser }) => {
  test.slow();
  const guest = await open(browser, town);
  const heard = await Watch.over(guest);
  await comes(guest, await storyOf(guest, "city-hall", "The pool will stay open"), "The pool was heated once before");
  await looked(guest, "context-shown");
  const rain = await storyOf(guest, "weather", "Two and a third inches");
  await guest.goto(rain);
  await expect(shown(guest)).toHaveCount(0);
  await expect(guest.getByRole("link", { name: "Add context" })).toHaveCount(0);
  const willa = await (await browser.newContext({ baseURL: town.address })).newPage();
  await signIn(willa, town, "willa", PASSWORD);
  await willa.goto(rain);
  await willa.getByRole("link", { name: "Add context" }).click();
  await expect(willa.getByText("Needs more ratings")).toBeVisible();
  await looked(willa, "context-rate");
  await willa.getByText("Why? (optional)").click();
  await willa.getByLabel("Good sources").check();
  await willa.getByRole("button", { name: "Helpful", exact: true }).click();
  await expect(willa.getByText("Thank you. Your rating is counted.")).toBeVisible();
  await expect(willa.getByRole("button", { name: "Helpful", exact: true })).toHaveAttribute("aria-pressed", "true");
  await comes(guest, rain, "out of order from 1983 to 1985");
  await expect(shown(guest).getByRole("list", { name: "Sources" }).getByRole("link", { name: "example.org" })).toBeVisible();
  await shown(guest).getByRole("link", { name: "How this works" }).click();
  await expect(guest.getByRole("heading", { name: "How readers’ context works" })).toBeVisible();
  await looked(guest, "context-about");
  heard.nothing("reading context");
});

test("context is written without JavaScript, and taken down", async ({ browser }) => {
  test.slow();
  const plain = await (await browser.newContext({ baseURL: town.address, javaScriptEnabled: false })).newPage();
  await signIn(plain, town, "teo", PASSWORD);
  await plain.goto(await storyOf(plain, "the-pipe", "Council approves the water line"));
  await plain.getByRole("link", { name: "Add context" }).click();
  await plain.getByLabel("What readers should know").fill("The vote of 1974 was three to two, the other way.");
  await plain.getByLabel("Sources").fill("my uncle");
  await plain.getByRole("button", { name: "Add context" }).click();
  await expect(plain.getByRole("main")).toContainText("is no web address");
  await expect(plain.getByLabel("What readers should know")).toHaveValue("The vote of 1974 was three to two, the other way.");
  await plain.getByLabel("Sources").fill("https://example.org/council/1974");
  await plain.getByRole("button", { name: "Add context" }).click();
  await expect(plain.getByText("Added. Other members say whether it helps.")).toBeVisible();
  await expect(plain.getByText("You wrote this.")).toBeVisible();
  const address = new URL(plain.url()).pathname;
  // Somebody who came today reads it, and rates nothing.
  const newcomer = await newPerson(browser, town, "rosaline", "Rosaline Ito", "member");
  await newcomer.goto(address);
  await expect(newcomer.getByText("You have not been here for long").first()).toBeVisible();
  await expect(newcomer.getByRole("button", { name: "Helpful", exact: true })).toHaveCount(0);
  await looked(newcomer, "context-newcomer");
  const desmond = await (await browser.newContext({ baseURL: town.address })).newPage();
  await signIn(desmond, town, "desmond", PASSWORD);
  await desmond.goto(address);
  await desmond.getByRole("link", { name: "Take down…" }).click();
  await desmond.getByLabel("Why, for the letter to its author").fill("The source is a hoax.");
  await looked(desmond, "context-takedown");
  await desmond.getByRole("button", { name: "Take it down" }).click();
  await expect(desmond.getByText("The source is a hoax.")).toBeVisible();
  await plain.goto(address);
  await expect(plain.getByText("The people who run this site took it down.")).toBeVisible();
});
