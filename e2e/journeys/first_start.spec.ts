/** From an empty folder to a story that is read, corrected, taken off and brought back. */
import { expect, test, type Browser, type Page } from "../support/test.ts";
import { noFaults } from "../support/axe.ts";
import { fillSetup, PASSWORD, SITE } from "../support/people.ts";
import { picture } from "../support/png.ts";
import { startTown, type Town } from "../support/town.ts";
import { fits, Watch } from "../support/watch.ts";
import { begin, button, fill, publish, saved, story } from "../support/writer.ts";

test.describe.configure({ mode: "serial" });

const HEADLINE = "The wash runs for the first time in two years";
const STANDFIRST = "Rain in the hills reached town before breakfast, and everybody went to look.";

let town: Town;
let page: Page;
let watch: Watch;
let address = "";

test.beforeAll(async ({ browser }) => {
  town = await startTown();
  page = await (await browser.newContext({ baseURL: town.address })).newPage();
  watch = await Watch.over(page);
});
test.afterAll(() => town.stop());

test("a new site asks to be set up, with the printed link only", async () => {
  expect(town.setupLink).toContain(`${town.address}/setup/`);
  const front = await page.goto("/");
  expect(front?.status()).toBe(503);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This site is being set up");
  const wrong = await page.goto("/setup/not-the-token");
  expect(wrong?.status()).toBe(410);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This link no longer works");
  watch.faults.length = 0;
});

test("a setup form that cannot be taken gives every word back", async () => {
  await page.goto(town.setupLink);
  await noFaults(page);
  await fillSetup(page, { ...SITE, zone: "Mars/Olympus", handle: "ada" });
  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Open the site" }).click();
  const problems = page.getByRole("alert");
  await expect(problems).toContainText("Choose a time zone");
  await expect(problems).toContainText("characters");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue(SITE.name);
  await expect(page.getByLabel("Sentence in the footer")).toHaveValue(SITE.sentence);
  await expect(page.getByLabel("Your name")).toHaveValue(SITE.person);
  await expect(page.getByLabel("Password")).toHaveValue("");
  await noFaults(page);
  watch.faults.length = 0;
});

test("the form sets the site up and signs its administrator in", async () => {
  await page.getByLabel("Time zone").fill(SITE.zone);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByLabel("Sports").uncheck();
  await page.getByRole("button", { name: "Open the site" }).click();
  await page.waitForURL(/\/admin/);
  await page.goto("/");
  const bar = page.getByRole("navigation", { name: "Sections" });
  await expect(bar.getByRole("link", { name: "News" })).toBeVisible();
  await expect(bar.getByRole("link", { name: "Sports" })).toHaveCount(0);
  await expect(page.getByRole("contentinfo")).toContainText(SITE.sentence);
  await expect(page.locator(".nameplate")).toHaveText(SITE.name);
  await page.locator("details.menu summary").click();
  await expect(page.locator("details.menu")).toContainText(SITE.person);
  const again = await page.request.get(town.setupLink, { maxRedirects: 0 });
  expect(again.status(), "the link works once").toBe(410);
  watch.nothing("a page of the new site");
});

test("a story is written by keyboard, shortcuts and toolbar, and saves itself", async () => {
  await begin(page);
  await fill(page, { headline: HEADLINE, standfirst: STANDFIRST, section: "News", topics: "rain, TheWash", place: "Sycamore Street bridge" });
  await fill(page, { sources: "Stream gauge 4 | https://example.org/gauge/4\nPeople on the bridge" });
  const body = story(page);
  await body.click();
  await page.keyboard.type("At 6:40 in the morning the wash began to ");
  await page.keyboard.press("Control+B");
  await page.keyboard.type("move");
  await page.keyboard.press("Control+B");
  await page.keyboard.type(". It had not done that for ");
  await page.keyboard.press("Control+I");
  await page.keyboard.type("two years");
  await page.keyboard.press("Control+I");
  await page.keyboard.type(". The gauge read ");
  await page.keyboard.press("Control+K");
  const link = page.getByRole("dialog", { name: "Add a link" });
  await link.getByLabel("Address").fill("example.org/gauge/4");
  await link.getByLabel("Words that are linked").fill("eleven inches");
  await link.getByRole("button", { name: "Add link" }).click();
  await page.keyboard.type(" by noon.");
  await page.keyboard.press("Enter");
  await page.keyboard.type("## What to know");
  await page.keyboard.press("Enter");
  await page.keyboard.type("- Stay off the low bridge");
  await page.keyboard.press("Enter");
  await page.keyboard.type("The school bus goes by Mesquite Street");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.keyboard.type("> My dog has never seen a river.");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  // By keyboard into the toolbar and along it: Bold, Italic, Strikethrough, Code, Link, Heading.
  await page.keyboard.press("Alt+F10");
  await expect(page.getByRole("toolbar", { name: "Text" }).getByRole("button", { name: "Bold" })).toBeFocused();
  for (let i = 0; i < 5; i++) await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("button", { name: "Heading", exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.type("Tomorrow");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Dry, says the forecast.");
  await expect(body.locator("h2")).toHaveText(["What to know", "Tomorrow"]);
  await expect(body.locator("blockquote")).toHaveText("My dog has never seen a river.");
  await expect(body.locator("ul li")).toHaveCount(2);
  await expect(body.locator("strong")).toHaveText("move");
  await saved(page);
  await noFaults(page);
  await page.reload();
  await expect(page.getByLabel("Headline")).toHaveValue(HEADLINE);
  await expect(story(page)).toContainText("Dry, says the forecast.");
  await expect(story(page).getByRole("link", { name: "eleven inches" })).toHaveAttribute("href", "https://example.org/gauge/4");
  watch.nothing("the write page");
});

test("a picture gets its words, the preview shows all, and it is published", async () => {
  await page.getByLabel("Picture", { exact: false }).and(page.locator("input[type=file]")).setInputFiles(picture());
  await page.getByLabel("What it shows, in words").fill("Brown water under a low bridge at first light.");
  await page.getByLabel("Caption").fill("The wash at Sycamore Street, twenty minutes after it began.");
  await page.getByLabel("Credit").fill("Photo: Ada Merriweather");
  await button(page, "Preview").click();
  await page.waitForURL(/\/preview/);
  await expect(page.getByRole("status")).toContainText("This is a preview");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(HEADLINE);
  await expect(page.getByRole("img", { name: "Brown water under a low bridge at first light." })).toBeVisible();
  await noFaults(page);
  await page.getByRole("link", { name: "Go on writing" }).click();
  await page.waitForURL(/\/edit/);
  address = await publish(page);
  await expect(page.getByRole("status").filter({ hasText: "Published." })).toBeVisible();
  watch.nothing("publishing");
});

for (const width of [1280, 390]) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`a guest reads it at ${width} pixels, ${colorScheme}`, async ({ browser }) => {
      const guest = await (await browser.newContext({ baseURL: town.address, viewport: { width, height: 900 }, colorScheme })).newPage();
      const heard = await Watch.over(guest);
      await guest.goto("/");
      await guest.getByRole("main").getByRole("link", { name: HEADLINE }).first().click();
      await guest.waitForURL(/\/stories\//);
      await inOrder(guest);
      await fits(guest);
      await noFaults(guest);
      heard.nothing("reading");
      await guest.screenshot({ path: `results/shots/first-story-${width}-${colorScheme}.png`, fullPage: true });
      await guest.context().close();
    });
  }
}

/** Every part of a story's page, visible and one under the other or beside it, as the page's text has them. */
async function inOrder(guest: Page): Promise<void> {
  const parts = [
    guest.locator("article .kicker").first(),
    guest.getByRole("heading", { level: 1, name: HEADLINE }),
    guest.getByText(STANDFIRST),
    guest.getByRole("link", { name: SITE.person, exact: true }).first(),
    guest.locator("article .published time"),
    guest.locator("article .label").first(),
    guest.getByText("1 min read").first(),
    guest.getByText(/^\s*\d+ views?$/).first(),
    guest.getByText("0 comments").first(),
    guest.getByText("0 likes").first(),
    guest.getByText("0 reviews").first(),
    guest.getByRole("img", { name: "Brown water under a low bridge at first light." }),
    guest.getByText("The wash at Sycamore Street, twenty minutes after it began."),
    guest.getByText("Photo: Ada Merriweather"),
    guest.getByText("At 6:40 in the morning the wash began to"),
    guest.getByRole("heading", { name: "Sources" }),
    guest.getByRole("link", { name: "Stream gauge 4" }),
    guest.getByRole("link", { name: "#rain" }),
    guest.getByText("Sycamore Street bridge"),
    guest.getByRole("contentinfo").getByText(SITE.sentence),
  ];
  for (const part of parts) await expect(part).toBeVisible();
  // Counts that arrive meanwhile take the place of those that were found.
  await expect(async () => {
    const places = await Promise.all(parts.map((part) => part.evaluate((element) => {
      const walker = document.createTreeWalker(document, NodeFilter.SHOW_ALL);
      for (let at = 0; walker.nextNode(); at++) if (walker.currentNode === element) return at;
      return -1;
    })));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
  }).toPass();
}

test("a correction stands on the story, on its own page and in the history", async ({ browser }) => {
  await page.goto(address);
  await page.getByRole("link", { name: "Edit" }).first().click();
  await page.waitForURL(/\/edit/);
  const body = story(page);
  await body.getByText("At 6:40 in the morning").click();
  await body.evaluate((element) => {
    const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (text.nextNode()) {
      const at = text.currentNode.textContent?.indexOf("6:40") ?? -1;
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(text.currentNode, at);
      range.setEnd(text.currentNode, at + 4);
      getSelection()?.removeAllRanges();
      getSelection()?.addRange(range);
      return;
    }
  });
  await page.keyboard.type("5:55");
  await page.getByLabel("Correction").fill("The wash began to run at 5:55, not at 6:40.");
  await button(page, "Update").click();
  await page.waitForURL(/done=corrected/);
  const guest = await reader(browser);
  await guest.goto(address);
  await expect(guest.getByText("At 5:55 in the morning")).toBeVisible();
  const note = guest.locator(".correction").filter({ hasText: "The wash began to run at 5:55, not at 6:40." });
  await expect(note).toBeVisible();
  await noFaults(guest);
  await guest.goto("/corrections");
  await expect(guest.getByRole("link", { name: HEADLINE }).first()).toBeVisible();
  await expect(guest.getByText("The wash began to run at 5:55, not at 6:40.")).toBeVisible();
  await guest.getByRole("link", { name: "See what changed" }).first().click();
  await expect(guest.locator("del")).toHaveText(/6:40/);
  await expect(guest.locator("ins")).toHaveText(/5:55/);
  await noFaults(guest);
  await guest.getByRole("link", { name: "All versions" }).click();
  await expect(guest.getByRole("link", { name: /^Version \d/ })).toHaveCount(2);
  await guest.context().close();
  watch.nothing("correcting");
});

test("a story is taken off, put back, deleted and restored", async ({ browser }) => {
  const guest = await reader(browser);
  const status = async () => (await guest.goto(address))?.status();
  await page.goto(address);
  await page.getByRole("link", { name: "Edit" }).first().click();
  await agree("Unpublish");
  await page.waitForURL(/done=unpublished/);
  expect(await status()).toBe(404);
  await button(page, "Publish").click();
  await page.waitForURL(/done=published/);
  expect(await status()).toBe(200);
  await page.getByRole("link", { name: "Edit" }).first().click();
  await agree("Delete");
  await page.waitForURL(/\/write\?done=removed/);
  expect(await status()).toBe(410);
  await page.getByRole("button", { name: `Restore ${HEADLINE}` }).click();
  await page.waitForURL(/\/edit\?done=restored/);
  await button(page, /Publish|Update/).click();
  await page.waitForURL(/\/stories\/\d+\/[^/]+\?done=/);
  expect(await status()).toBe(200);
  await guest.context().close();
});

/** Presses a button that asks first, and says yes. */
async function agree(name: string): Promise<void> {
  await page.getByRole("region", { name: "More for this story" }).getByRole("button", { name }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Continue" }).click();
}

async function reader(browser: Browser): Promise<Page> {
  return (await browser.newContext({ baseURL: town.address })).newPage();
}
