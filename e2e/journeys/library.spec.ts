/** An author's library: files come in, get words, are put into a story, are taken out and put back. */
import { expect, test, type Page } from "../support/test.ts";
import { noFaults } from "../support/axe.ts";
import { looked } from "../support/looked.ts";
import { newPerson } from "../support/people.ts";
import { png } from "../support/png.ts";
import { startTown, type Town } from "../support/town.ts";
import { Watch } from "../support/watch.ts";
import { begin, fill, publish, saved, story } from "../support/writer.ts";

let town: Town;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  town = await startTown({ demo: true });
});
test.afterAll(() => town.stop());

const main = (page: Page) => page.getByRole("main");
const file = (name: string, shade: number) => ({ name, mimeType: "image/png", buffer: png(1200, 800, shade) });

async function add(page: Page, ...files: ReturnType<typeof file>[]): Promise<void> {
  await page.goto("/library");
  await page.getByLabel("Add pictures, audio or video").setInputFiles(files);
  // With the script the form is sent by itself when all files are there.
  if (!(await page.evaluate(() => document.querySelector("upload-tray.ready") !== null)))
    await main(page).getByRole("button", { name: "Add to the library" }).click();
  await expect(page.getByText("Uploaded.")).toBeVisible();
}

for (const javaScriptEnabled of [true, false]) {
  test(`an author fills a library ${javaScriptEnabled ? "with" : "without"} JavaScript`, async ({ browser }) => {
    const page = await newPerson(browser, town, javaScriptEnabled ? "libby" : "plain", "Libby", "author", { javaScriptEnabled });
    const heard = await Watch.over(page);
    await page.goto("/library");
    await expect(main(page)).toContainText("Nothing in your library yet");
    if (javaScriptEnabled) await noFaults(page);
    const shade = javaScriptEnabled ? 10 : 200;
    await add(page, file("creek.png", shade), file("ridge.png", shade + 20));
    await expect(main(page).locator(".library-grid li")).toHaveCount(2);
    await main(page).getByRole("link", { name: "ridge.png" }).click();
    await page.getByLabel("What it shows, in words").fill("A ridge at dusk");
    await page.getByLabel("Credit").fill("Odell");
    await page.getByLabel("From the left").fill("80");
    await main(page).getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    await expect(page.getByLabel("Markdown")).toHaveValue(/^!\[A ridge at dusk\]\(\/media\/[0-9a-f]{32}-\d+\.webp " \| Odell"\)$/);
    if (javaScriptEnabled) await looked(page, "library-picture");
    await page.goto("/library");
    await page.getByLabel("Search", { exact: true }).last().fill("dusk odell");
    await main(page).getByRole("button", { name: "Look" }).click();
    await expect(main(page).locator(".library-grid li")).toHaveCount(1);
    await main(page).getByRole("link", { name: "ridge.png" }).click();
    await main(page).getByRole("button", { name: "Delete" }).click();
    if (javaScriptEnabled) await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await expect(page.getByText("Taken out of the library.")).toBeVisible();
    await main(page).getByRole("link", { name: "Deleted" }).click();
    await main(page).getByRole("link", { name: "ridge.png" }).click();
    await main(page).getByRole("button", { name: "Put it back" }).click();
    await expect(page.getByText("Restored.")).toBeVisible();
    heard.nothing("library");
    await page.context().close();
  });
}

test("pressing on a picture moves its point, and the Markdown is copied", async ({ browser }) => {
  const page = await newPerson(browser, town, "pointer", "Pia", "author");
  await add(page, file("point.png", 77));
  const shown = page.locator("focus-point");
  const box = (await shown.boundingBox())!;
  await shown.click({ position: { x: box.width * 0.25, y: box.height * 0.75 } });
  await expect(page.getByLabel("From the left")).toHaveValue("25");
  await expect(page.getByLabel("From the top")).toHaveValue("75");
  await main(page).getByRole("button", { name: "Copy" }).click();
  await expect(page.locator("copy-text [role=status]")).toHaveText(/Copied|marked/);
  await main(page).getByRole("button", { name: "Save" }).click();
  await expect(page.locator(".focus-mark")).toHaveClass(/focus-x-30 focus-y-80/);
  await page.context().close();
});

test("files of the library are chosen while writing, for the text and for above it", async ({ browser }) => {
  const page = await newPerson(browser, town, "chooser", "Cho", "author");
  const heard = await Watch.over(page);
  await add(page, file("creek.png", 31), file("ridge.png", 32));
  await main(page).getByRole("link", { name: "ridge.png" }).click();
  await page.getByLabel("What it shows, in words").fill("A ridge at dusk");
  await page.getByLabel("Credit").fill("Odell");
  await main(page).getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await begin(page);
  await fill(page, { headline: "From the drawer", section: "Outdoors" });
  await story(page).click();
  await page.keyboard.type("The ridge.");
  await page.getByRole("toolbar", { name: "Text" }).getByRole("button", { name: "From your library" }).click();
  const choosing = page.getByRole("dialog", { name: "Choose from your library" });
  await expect(choosing.getByText("2 files")).toBeVisible();
  await looked(page, "library-choose");
  await choosing.getByRole("searchbox").fill("nothing of this");
  await expect(choosing.getByText("No file has all of these words.")).toBeVisible();
  await choosing.getByRole("searchbox").fill("dusk odell");
  await expect(choosing.getByText("1 file", { exact: true })).toBeVisible();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const describing = page.getByRole("dialog", { name: "Add a picture" });
  await expect(describing.getByLabel("Description")).toHaveValue("A ridge at dusk");
  await noFaults(page);
  await describing.getByRole("button", { name: "Add picture" }).click();
  await expect(story(page).locator("figure")).toContainText("Odell");
  // Above the story, by the keyboard alone, after thinking better of it once.
  const lead = page.getByRole("group", { name: "Picture above the story" });
  await lead.getByRole("button", { name: "From your library" }).focus();
  await page.keyboard.press("Enter");
  const above = page.getByRole("dialog", { name: "Choose a picture" });
  await expect(above.getByText("2 files")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(lead.getByRole("button", { name: "From your library" })).toBeFocused();
  await page.keyboard.press("Enter");
  await above.getByRole("button", { name: "ridge.png" }).click();
  await expect(lead.getByLabel("What it shows, in words")).toHaveValue("A ridge at dusk");
  await expect(lead.getByText("From your library. Is it right here?").first()).toBeVisible();
  // Another one: what was said of the first is not said of it unasked.
  await lead.getByRole("button", { name: "From your library" }).click();
  await above.getByRole("button", { name: "creek.png" }).click();
  await expect(lead.getByText("This was written for the picture before. Is it still right?").first()).toBeVisible();
  await lead.getByLabel("What it shows, in words").fill("A creek");
  await saved(page);
  await publish(page);
  await expect(page.locator("figure.wide picture img")).toHaveAttribute("alt", "A creek");
  await expect(page.locator(".prose figure picture img")).toHaveAttribute("alt", "A ridge at dusk");
  heard.nothing("choosing from the library");
  await page.context().close();
});

test("the demo town's libraries look right", async ({ browser }) => {
  const page = await newPerson(browser, town, "looker", "Lou", "editor");
  await page.goto("/library?of=everybody");
  await expect(main(page).locator(".library-grid li").first()).toBeVisible();
  await looked(page, "library");
  await page.context().close();
});
