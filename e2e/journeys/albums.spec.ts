/** Albums: made by an author, put into a story, looked through by a reader with and without JavaScript. */
import { expect, test, type Browser, type Page } from "../support/test.ts";
import { looked } from "../support/looked.ts";
import { open } from "../support/looking.ts";
import { newPerson } from "../support/people.ts";
import { png } from "../support/png.ts";
import { startTown, type Town } from "../support/town.ts";
import { Watch } from "../support/watch.ts";
import { begin, button, fill, idIn, paste, publish, saved, story } from "../support/writer.ts";

let town: Town;
let album = "";

test.beforeAll(async () => {
  test.setTimeout(120_000);
  town = await startTown({ demo: true });
});
test.afterAll(() => town.stop());

const main = (page: Page) => page.getByRole("main");
const file = (name: string, shade: number) => ({ name, mimeType: "image/png", buffer: png(1200, 800, shade) });

/** Makes an album of three pictures and answers its address. */
async function make(page: Page, title: string, shade: number, asks: boolean): Promise<string> {
  await page.goto("/albums");
  await main(page).getByRole("button", { name: "Begin an album" }).click();
  await page.waitForURL(/\/albums\/\d+\/edit/);
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Description").fill("Two days in August,\nin the dust.");
  await main(page).getByRole("button", { name: "Save", exact: true }).last().click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.getByLabel("Or upload new ones").setInputFiles([1, 2, 3].map((number) => file(`${title} ${number}.png`, shade + 10 * number)));
  // With the script the form is sent by itself when all files are there.
  if (!(await page.evaluate(() => document.querySelector("upload-tray.ready") !== null)))
    await main(page).getByRole("button", { name: "Add to the album" }).click();
  await expect(main(page).locator(".sortable > li")).toHaveCount(3);
  for (const number of [1, 2, 3]) await page.getByLabel(`Caption of picture ${number}`).fill(`${title}, the ${["first", "second", "third"][number - 1]}`);
  await main(page).getByRole("button", { name: "Move up: picture 3" }).click();
  await expect(page.getByLabel("Caption of picture 2")).toHaveValue(`${title}, the third`);
  if (asks) await looked(page, "album-make");
  await main(page).getByRole("button", { name: "Publish" }).click();
  await page.waitForURL(/\/albums\/\d+\/[^/?]+/);
  await expect(main(page).getByRole("heading", { level: 1 })).toHaveText(title);
  return new URL(page.url()).pathname;
}

for (const javaScriptEnabled of [true, false]) {
  test(`an author makes an album ${javaScriptEnabled ? "with" : "without"} JavaScript`, async ({ browser }) => {
    const page = await newPerson(browser, town, javaScriptEnabled ? "alba" : "plainalba", "Alba", "author", { javaScriptEnabled });
    const heard = await Watch.over(page);
    album = await make(page, javaScriptEnabled ? "Fair days" : "Plain days", javaScriptEnabled ? 10 : 100, javaScriptEnabled);
    await expect(main(page).locator(".album-grid li")).toHaveCount(3);
    // From the library into another album.
    await page.goto("/albums");
    await main(page).getByRole("button", { name: "Begin an album" }).click();
    await main(page).getByRole("link", { name: "Choose from your library" }).click();
    await main(page).getByRole("checkbox").first().check();
    if (javaScriptEnabled) await looked(page, "album-choose");
    await main(page).getByRole("button", { name: "Add to the album" }).click();
    await expect(main(page).locator(".sortable > li")).toHaveCount(1);
    await main(page).getByRole("button", { name: "Delete the album" }).click();
    if (javaScriptEnabled) await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await expect(page.getByText("Deleted.", { exact: false }).first()).toBeVisible();
    heard.nothing("making an album");
    await page.context().close();
  });
}

for (const javaScriptEnabled of [true, false]) {
  test(`a reader looks through an album ${javaScriptEnabled ? "by keyboard" : "without JavaScript"}`, async ({ browser }) => {
    const page = await reader(browser, javaScriptEnabled);
    const heard = await Watch.over(page);
    await page.goto("/albums");
    if (javaScriptEnabled) await looked(page, "albums");
    await main(page).getByRole("link", { name: "Plain days" }).first().click();
    await expect(main(page).locator(".album-grid li")).toHaveCount(3);
    await expect(main(page)).toContainText("in the dust.");
    if (javaScriptEnabled) await looked(page, "album");
    await main(page).locator(".album-grid a").first().click();
    await expect(main(page)).toContainText("Picture 1 of 3");
    if (javaScriptEnabled) await looked(page, "album-picture");
    const forward = () => (javaScriptEnabled ? page.keyboard.press("ArrowRight") : main(page).getByRole("link", { name: "Next" }).click());
    await forward();
    await expect(main(page)).toContainText("Picture 2 of 3");
    await expect(main(page).locator("figcaption")).toContainText("the third");
    await forward();
    await expect(main(page)).toContainText("Picture 3 of 3");
    await (javaScriptEnabled ? page.keyboard.press("ArrowLeft") : main(page).getByRole("link", { name: "Previous" }).click());
    await expect(main(page)).toContainText("Picture 2 of 3");
    await (javaScriptEnabled ? page.keyboard.press("Escape") : main(page).locator(".album-title a").click());
    await expect(main(page).locator(".album-grid li")).toHaveCount(3);
    heard.nothing("looking through an album");
    await page.context().close();
  });
}

test("an album's address, pasted into a story, becomes a card that stays one", async ({ browser }) => {
  const page = await newPerson(browser, town, "carda", "Carda", "editor");
  const address = await begin(page);
  await fill(page, { headline: "All about the fair", section: "Water" });
  await story(page).click();
  await page.keyboard.type("See for yourself:");
  await page.keyboard.press("Enter");
  await paste(story(page), { "text/plain": town.address + album });
  await saved(page);
  await page.reload();
  await expect(story(page).locator(".embed-card")).toContainText("/albums/");
  const read = await publish(page);
  await page.goto(read);
  await expect(main(page).locator(".album-card")).toContainText("Plain days");
  await looked(page, "album-card");
  await page.goto(address);
  await story(page).click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" More.");
  await saved(page);
  await button(page, "Update").click();
  await page.waitForURL(new RegExp(`/stories/${idIn(address)}/[^/]+\\?done=`));
  await expect(main(page).locator(".album-card")).toHaveCount(1);
  await main(page).locator(".album-card a").first().click();
  await expect(main(page).getByRole("heading", { level: 1 })).toHaveText("Plain days");
  await page.context().close();
});

async function reader(browser: Browser, javaScriptEnabled: boolean): Promise<Page> {
  return open(browser, town, { javaScriptEnabled });
}
