/** The write page under everything that happens to people who write: closed tabs, lost connections, two at once, foreign clipboards. */
import { expect, test, type Page } from "../support/test.ts";
import { noFaults } from "../support/axe.ts";
import { newPerson, settledTown } from "../support/people.ts";
import { picture, png } from "../support/png.ts";
import { type Town } from "../support/town.ts";
import { begin, button, fill, idIn, paste, post, publish, saved, sectionId, story } from "../support/writer.ts";

test.describe.configure({ mode: "serial" });

let town: Town;
let page: Page;

test.beforeAll(async ({ browser }) => {
  ({ town, page } = await settledTown(browser));
});
test.afterAll(() => town.stop());

test("words typed just before a tab is closed are there again", async () => {
  const address = await begin(page);
  await fill(page, { headline: "A tab is closed" });
  await saved(page);
  const tab = await page.context().newPage();
  await tab.goto(address);
  await story(tab).click();
  await tab.keyboard.type("These words were typed and the tab was closed at once.");
  await tab.close({ runBeforeUnload: true });
  await expect(async () => {
    await page.goto(address);
    await expect(story(page)).toContainText("These words were typed and the tab was closed at once.", { timeout: 500 });
  }).toPass();
});

test("without a connection words are kept, come back after a reload, and are saved when it returns", async ({ browser }) => {
  const context = await browser.newContext({ baseURL: town.address, storageState: await page.context().storageState() });
  const writer = await context.newPage();
  const address = await begin(writer);
  await fill(writer, { headline: "The line is down" });
  await saved(writer);
  await context.setOffline(true);
  await story(writer).click();
  await writer.keyboard.type("Written while the line was down.");
  const state = writer.locator("[data-save-state]");
  await expect(state).toHaveText("You are offline. Your words are kept on this computer.");
  await context.setOffline(false);
  await saved(writer);
  await expect(async () => {
    const other = await context.newPage();
    await other.goto(address);
    await expect(story(other)).toContainText("Written while the line was down.", { timeout: 500 });
    await other.close();
  }).toPass();

  // The same, but the page is lost before the connection comes back.
  await context.setOffline(true);
  await story(writer).click();
  await writer.keyboard.press("Control+End");
  await writer.keyboard.type(" And then the lights went out.");
  await expect(state).toHaveText("You are offline. Your words are kept on this computer.");
  // The browser itself breaks down: nothing can be sent any more.
  await writer.goto("chrome://crash").catch(() => undefined);
  await writer.close();
  await context.setOffline(false);
  const again = await context.newPage();
  await again.goto(address);
  await expect(again.getByText(/You have unsaved words from/)).toBeVisible();
  await noFaults(again);
  await again.getByRole("button", { name: "Restore" }).click();
  await expect(story(again)).toContainText("And then the lights went out.");
  await saved(again);
  await again.reload();
  await expect(story(again)).toContainText("Written while the line was down. And then the lights went out.");
  await context.close();
});

test("two people write on one story: both are told, and both texts can be found", async ({ browser }) => {
  const ana = await newPerson(browser, town, "ana", "Ana Duarte", "editor");
  const address = await begin(page);
  await fill(page, { headline: "Two pens, one page", section: "News" });
  await story(page).click();
  await page.keyboard.type("The first sentence.");
  await saved(page);
  await ana.goto(address);
  await expect(ana.getByText(/Ada Merriweather is writing on this story, too/)).toBeVisible();
  await noFaults(ana);
  await story(ana).click();
  await ana.keyboard.press("Control+End");
  await ana.keyboard.type(" Ana adds what she saw.");
  await saved(ana);
  await page.keyboard.type(" Ada adds what she heard.");
  const told = page.getByRole("status").filter({ hasText: "Ana Duarte saved this story" });
  await expect(told).toContainText("Your words are kept: nothing is lost.");
  await noFaults(page);
  const both = await page.context().newPage();
  await both.goto((await told.getByRole("link", { name: "See both versions" }).getAttribute("href")) ?? "");
  await expect(both.locator("del")).toContainText(["Ana", "saw"]);
  await expect(both.locator("ins")).toContainText(["Ada", "heard"]);
  await noFaults(both);
  await both.close();
  await told.getByRole("button", { name: "Keep mine" }).click();
  await saved(page);
  await page.reload();
  await expect(story(page)).toContainText("Ada adds what she heard.");
  // Ana's words are not gone: she is told in her turn, and her page still holds them.
  await ana.keyboard.type(" She saw it well.");
  const anaTold = ana.getByRole("status").filter({ hasText: "Ada Merriweather saved this story" });
  await expect(anaTold).toBeVisible();
  await expect(story(ana)).toContainText("Ana adds what she saw. She saw it well.");
  await anaTold.getByRole("button", { name: "Take theirs" }).click();
  await expect(story(ana)).toContainText("Ada adds what she heard.");
  await ana.locator("details.copies summary").click();
  const copies = ana.locator("details.copies").getByRole("link", { name: /By Ana Duarte/ });
  await copies.first().click();
  await expect(ana.getByRole("main")).toContainText("She saw it well.");
  await ana.context().close();
});

const WORD = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0;font-family:Calibri}</style></head><body lang=EN-US>
<!--StartFragment--><p class=MsoNormal><b><span style='font-size:14.0pt;color:#1F3864'>Minutes of the meeting</span></b><o:p></o:p></p>
<p class=MsoNormal style='mso-margin-top-alt:auto'>The board <i style='mso-bidi-font-style:normal'>met</i> at&nbsp;seven.<o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;&nbsp;</span></span><![endif]>Roof<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;&nbsp;</span></span><![endif]>Drains<o:p></o:p></p>
<script>window.__executed = 1</script><img src="file:///C:/x.png" onerror="window.__executed = 2"><!--EndFragment--></body></html>`;

const DOCS = `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><h2 dir="ltr" style="line-height:1.38"><span style="font-size:16pt;font-weight:400">From a shared page</span></h2>
<p dir="ltr"><span style="font-weight:400">Plain, </span><span style="font-weight:700">bold</span><span style="font-weight:400"> and </span><span style="font-style:italic">slanted</span><span> with </span><a href="https://example.org/a" style="text-decoration:none"><span style="color:#1155cc;text-decoration:underline">a link</span></a><span>.</span></p>
<ul style="margin:0"><li dir="ltr" style="list-style-type:disc"><p dir="ltr" role="presentation"><span style="font-weight:400">One</span></p></li><li dir="ltr"><p dir="ltr"><span>Two</span></p></li></ul></b>`;

test("a paste from word processors keeps what it says and drops how it looked", async () => {
  await begin(page);
  await story(page).click();
  await paste(story(page), { "text/html": WORD, "text/plain": "Minutes of the meeting" });
  await expect(story(page).locator("li")).toHaveText(["Roof", "Drains"]);
  await expect(story(page).locator("strong")).toHaveText("Minutes of the meeting");
  await expect(story(page).locator("em")).toHaveText("met");
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await paste(story(page), { "text/html": DOCS, "text/plain": "From a shared page" });
  await expect(story(page).locator("h2")).toHaveText("From a shared page");
  await expect(story(page).locator("strong")).toHaveText(["Minutes of the meeting", "bold"]);
  await expect(story(page).locator("a")).toHaveAttribute("href", "https://example.org/a");
  expect(await story(page).evaluate((element) => element.querySelectorAll("[style], [class^=Mso], script, font, o\\:p").length)).toBe(0);
  expect(await page.evaluate(() => "__executed" in window)).toBe(false);
  await fill(page, { headline: "Pasted", section: "News" });
  await saved(page);
  await publish(page);
  const prose = page.locator(".prose");
  await expect(prose.locator("li")).toHaveText(["Roof", "Drains", "One", "Two"]);
  await expect(prose).not.toContainText("**");
});

test("pictures come by clipboard and by hand, tables, folds and cards by toolbar", async () => {
  await begin(page);
  await fill(page, { headline: "Everything a story can hold", section: "News" });
  await story(page).click();
  await page.keyboard.type("First a picture.");
  await page.keyboard.press("Enter");
  await bring("paste");
  await words("A ridge at dusk", "The ridge from the water tank");
  await page.keyboard.press("Control+End");
  await bring("drop");
  await words("The same ridge, later", "An hour later");
  await expect(story(page).locator("figure")).toHaveCount(2);

  await end();
  await tool("Table").click();
  await page.keyboard.type("Well");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Depth");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Feet above the sea");
  await expect(story(page).locator("th").first()).toHaveText("Well");
  await end();
  await tool("Fold").click();
  await page.keyboard.type("How we counted");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Twice, by daylight.");
  await end();
  await tool("Card for a video or post").click();
  const dialog = page.getByRole("dialog", { name: "Add a card" });
  await dialog.getByRole("textbox").fill("https://vimeo.com/76979871");
  await dialog.getByRole("button", { name: "Add card" }).click();
  await saved(page);
  await noFaults(page);
  await publish(page);
  const prose = page.locator(".prose");
  await expect(prose.getByRole("img", { name: "A ridge at dusk" })).toBeVisible();
  await expect(prose.locator("figcaption").first()).toContainText("The ridge from the water tank");
  await expect(prose.locator("figure")).toHaveCount(2);
  await expect(prose.locator("th").first()).toHaveText("Well");
  await expect(prose.getByText("Twice, by daylight.")).toBeHidden();
  await prose.getByText("How we counted").click();
  await expect(prose.getByText("Twice, by daylight.")).toBeVisible();
  await expect(prose.locator(".embed-card").getByRole("link")).toHaveAttribute("href", "https://vimeo.com/76979871");
  await expect(prose.locator("iframe, script")).toHaveCount(0);
  await noFaults(page);
});

function tool(name: string) {
  return page.getByRole("toolbar", { name: "Text" }).getByRole("button", { name, exact: true });
}

/** To an empty paragraph after everything. */
async function end(): Promise<void> {
  const last = story(page).locator("> *").last();
  await last.click();
  await page.keyboard.press("Control+End");
  if ((await last.textContent()) !== "") await page.keyboard.press("Enter");
}

/** Hands the editor a file as clipboard or pointer would. */
async function bring(kind: "paste" | "drop"): Promise<void> {
  const bytes = [...png(640, 360, kind === "drop" ? 1 : 0)];
  await story(page).evaluate((element, { kind, bytes }) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(bytes)], `${kind}.png`, { type: "image/png" }));
    const box = (element.lastElementChild ?? element).getBoundingClientRect();
    const at = { clientX: box.left + 20, clientY: box.top + 5, bubbles: true, cancelable: true };
    element.dispatchEvent(kind === "drop" ? new DragEvent("drop", { dataTransfer: transfer, ...at }) : new ClipboardEvent("paste", { clipboardData: transfer, ...at }));
  }, { kind, bytes });
}

async function words(alt: string, caption: string): Promise<void> {
  const dialog = page.getByRole("dialog", { name: "Add a picture" });
  await dialog.getByLabel("Description").fill(alt);
  await dialog.getByLabel("Caption").fill(caption);
  await dialog.getByLabel("Credit").fill("Photo: A. M.");
  await dialog.getByRole("button", { name: "Add picture" }).click();
  await expect(dialog).toHaveCount(0);
}

const MARKDOWN = `The council met **late** and *long*, with [an agenda](https://example.org/agenda) and \`code 7\`.

## What was decided

- Roofs first
- Then drains

1. Ask
2. Vote

> Nobody slept.
> Nobody complained.

### Smaller matters

~~Nothing~~ Something was found.

| Well | Depth |
| --- | --- |
| 4 | 210 |

+++ How we know

We sat there.

+++

---

\`\`\`
pump on
\`\`\`

https://vimeo.com/76979871`;

test("the same story without a script gives the same page as in the editor", async ({ browser }) => {
  await begin(page);
  const section = await sectionId(page, "News");
  const plain = await browser.newContext({ baseURL: town.address, javaScriptEnabled: false, storageState: await page.context().storageState() });
  const typist = await plain.newPage();
  await begin(typist);
  await fill(typist, { headline: "Typed", section: "News" });
  await story(typist).fill(MARKDOWN);
  await button(typist, "Publish").click();
  await typist.waitForURL(/done=published/);
  const typed = await shown(typist);
  await plain.close();

  // The editor reads the story, somebody types and takes it back, and all of it is written again.
  const address = await post(page.request, { headline: "Edited", section, body: MARKDOWN }, "save");
  await page.goto(`${address}/edit`);
  await story(page).locator("p").first().click();
  await page.keyboard.press("Home");
  await page.keyboard.type("x");
  await page.keyboard.press("Backspace");
  await saved(page);
  await publish(page);
  expect(await shown(page)).toBe(typed);

  // And typed into the editor by hand, with its own shortcuts.
  await begin(page);
  await fill(page, { headline: "By hand", section: "News" });
  await story(page).click();
  const keys = async (...lines: string[]) => {
    for (const line of lines) {
      await page.keyboard.type(line);
      await page.keyboard.press("Enter");
    }
  };
  await keys("The council met **late** and *long*.", "## What was decided", "- Roofs first", "Then drains", "", "> Nobody slept.", "", "### Smaller matters", "~~Nothing~~ Something was found.");
  await saved(page);
  await publish(page);
  const byHand = await shown(page);
  const source = "The council met **late** and *long*.\n\n## What was decided\n\n- Roofs first\n- Then drains\n\n> Nobody slept.\n\n### Smaller matters\n\n~~Nothing~~ Something was found.";
  await page.goto(await post(page.request, { headline: "As Markdown", section, body: source }));
  expect(byHand).toBe(await shown(page));
});

/** The story's HTML. A line break in Markdown is a space to its readers. */
async function shown(on: Page): Promise<string> {
  // What measures the reading names its own story.
  return (await on.locator(".prose").innerHTML()).replace(/\s+/g, " ").replace(/ ?<reading-time[^>]*><\/reading-time>/, "");
}

test("a scheduled story is published by itself when its time has come", async ({ browser }) => {
  await begin(page);
  await fill(page, { headline: "The market on Saturday", section: "News" });
  await story(page).click();
  await page.keyboard.type("Melons, mostly.");
  await button(page, "Schedule").click();
  await expect(page.getByRole("alert")).toContainText("Choose the time");
  await expect(story(page)).toContainText("Melons, mostly.");
  const zone = "America/Los_Angeles";
  const at = new Date(Date.now() + 26 * 60 * 60 * 1000);
  const local = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" }).format(at).replace(" ", "T");
  await page.getByLabel("Date").fill(local);
  await button(page, "Schedule").click();
  await page.waitForURL(/done=scheduled/);
  await expect(page.locator(".standing")).toContainText("Scheduled");
  await noFaults(page);
  const id = idIn(page.url());
  const guest = await (await browser.newContext({ baseURL: town.address })).newPage();
  expect((await guest.goto(`/stories/${id}`))?.status()).toBe(404);
  await town.restart({ OCOTILLO_CLOCK_AHEAD_MS: String(27 * 60 * 60 * 1000) });
  await expect(async () => expect((await guest.goto(`/stories/${id}`))?.status()).toBe(200)).toPass({ timeout: 60_000 });
  await expect(guest.getByText("Melons, mostly.")).toBeVisible();
  await guest.context().close();
});

test("where review is required, an author hands in and an editor publishes", async ({ browser }) => {
  await page.goto("/admin/site");
  await page.getByLabel(/Editors read every story/).check();
  await page.getByRole("button", { name: "Save" }).click();
  await page.waitForURL(/done=saved/);
  const author = await newPerson(browser, town, "teo", "Teo Whitlock", "author");
  const editor = await newPerson(browser, town, "ines", "Inés Quiroga", "editor");
  const address = await begin(author);
  await fill(author, { headline: "A ridge path, reopened", section: "Outdoors" });
  await author.getByLabel("Picture", { exact: false }).and(author.locator("input[type=file]")).setInputFiles(picture());
  await author.getByLabel("What it shows, in words").fill("Steps cut into a ridge.");
  await story(author).click();
  await author.keyboard.type("Two hundred and fourteen steps, and one rude sign.");
  await expect(button(author, "Publish")).toHaveCount(0);
  const refused = await author.request.post(address.replace("/edit", "/publication"), { form: { do: "publish" }, maxRedirects: 0 });
  expect(refused.status()).toBe(403);
  await button(author, "Submit for review").click();
  await author.waitForURL(/done=submitted/);
  await expect(author.locator(".standing")).toContainText("Handed in for review");
  await noFaults(author);
  await editor.goto("/admin");
  await noFaults(editor);
  await editor.getByRole("link", { name: "A ridge path, reopened" }).click();
  await editor.getByRole("button", { name: "Return to author" }).click();
  await editor.waitForURL(/done=returned/);
  await author.goto(address);
  await button(author, "Submit for review").click();
  await author.waitForURL(/done=submitted/);
  await editor.goto(address);
  await publish(editor);
  await expect(editor.getByRole("link", { name: "Teo Whitlock", exact: true }).first()).toBeVisible();
  await author.context().close();
  await editor.context().close();
});
