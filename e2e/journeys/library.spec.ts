/** An author's library: files come in, get words, are put into a story, are taken out and put back. */
import { expect, test, type Page } from "@playwright/test";
import { noFaults } from "../support/axe.ts";
import { newPerson } from "../support/people.ts";
import { png } from "../support/png.ts";
import { startTown, type Town } from "../support/town.ts";
import { fits, Watch } from "../support/watch.ts";

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
  await main(page).getByRole("button", { name: "Upload", exact: true }).click();
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

test("the demo town's libraries look right", async ({ browser }) => {
  const page = await newPerson(browser, town, "looker", "Lou", "editor");
  await page.goto("/library?of=everybody");
  await expect(main(page).locator(".library-grid li").first()).toBeVisible();
  await looked(page, "library");
  await page.context().close();
});

/** Both widths and themes: nothing is wrong, and a picture of each is kept. */
async function looked(page: Page, name: string): Promise<void> {
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))).then(() => Promise.allSettled(document.getAnimations().map((moving) => moving.finished))));
      await fits(page);
      await noFaults(page, colorScheme === "light" ? "all" : "looks");
      await page.screenshot({ path: `results/shots/${name}-${width}-${colorScheme}.png`, fullPage: true });
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
}
