/** What authors and editors learn about their readers, and how a browser tells how long a story was read. */
import { expect, test, type Page, type Request } from "../support/test.ts";
import { looked } from "../support/looked.ts";
import { open } from "../support/looking.ts";
import { signInByLink } from "../support/people.ts";
import { startTown, type Town } from "../support/town.ts";
import { Watch } from "../support/watch.ts";

let town: Town;
let author: Page;
let editor: Page;
const HEADLINE = "The last well on Sullivan Flats";

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  town = await startTown({ demo: true });
  [author, editor] = [await open(browser, town), await open(browser, town)];
  await signInByLink(author, town, "teo");
  await signInByLink(editor, town, "desmond");
});
test.afterAll(() => town.stop());

const main = (page: Page) => page.getByRole("main");
const story = async (page: Page) => {
  await page.goto("/sections/water");
  return (await main(page).getByRole("link", { name: HEADLINE }).first().getAttribute("href")) ?? "";
};

test("an author finds how their stories are read, chooses a period and takes a table home", async () => {
  test.slow();
  const heard = await Watch.over(author);
  await author.goto("/write");
  await main(author).getByRole("link", { name: "Your numbers" }).click();
  await expect(author.getByRole("heading", { level: 1 })).toHaveText("Your numbers");
  await expect(main(author).getByText(/^[\d,]+ views? in the last 7 days/)).toBeVisible();
  await looked(author, "numbers-author");
  await main(author).getByRole("link", { name: "30 days" }).click();
  await expect(author).toHaveURL(/period=30-days/);
  await expect(main(author).getByRole("img", { name: /Views by day/ })).toBeVisible();
  await main(author).getByText("The same as a table").click();
  await expect(main(author).getByRole("region", { name: "Views over time" }).getByRole("row")).toHaveCount(31);
  const download = author.waitForEvent("download");
  await main(author).getByRole("link", { name: /CSV\s*: Most read stories/ }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("my-stories-stories-30-days.csv");
  await main(author).getByRole("region", { name: "Most read stories" }).getByRole("link").first().click();
  await expect(author).toHaveURL(/\/stories\/\d+\/numbers\?period=30-days/);
  await looked(author, "numbers-story");
  heard.nothing("numbers");
});

test("an editor sees the site, then a section of it", async () => {
  test.slow();
  const heard = await Watch.over(editor);
  await editor.goto("/admin");
  await editor.getByRole("navigation", { name: "The desk" }).getByRole("link", { name: "Numbers" }).click();
  await looked(editor, "numbers-site");
  for (const period of ["Today", "90 days", "12 months"]) {
    await main(editor).getByRole("navigation", { name: "Period" }).getByRole("link", { name: period }).click();
    await expect(main(editor).getByRole("link", { name: period })).toHaveAttribute("aria-current", "true");
    if (period === "Today") await looked(editor, "numbers-today");
  }
  await main(editor).getByRole("region", { name: "Sections" }).getByRole("link", { name: /Water$/ }).click();
  await expect(editor.getByRole("heading", { level: 1 })).toHaveText("Numbers: Water");
  heard.nothing("numbers of the site");
});

/** Seconds and end of the beacons that a page has sent. */
function beacons(page: Page): string[] {
  const sent: string[] = [];
  page.on("request", (request: Request) => request.url().endsWith("/reading") && sent.push(request.postData() ?? ""));
  return sent;
}

const hide = (page: Page, hidden: boolean) =>
  page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);

test("a browser tells how long a story was read while it was seen, and whether to the end", async ({ browser }) => {
  const page = await open(browser, town);
  const sent = beacons(page);
  await page.clock.install();
  await page.goto(await story(page));
  await page.clock.runFor(12_000);
  await hide(page, true);
  await expect.poll(() => sent).toEqual(["seconds=12&end=0"]);
  await page.clock.runFor(60_000);
  await hide(page, false);
  await page.locator("reading-time").scrollIntoViewIfNeeded();
  // A reader who came back moves; the end may have been in view all the time.
  await page.mouse.move(200, 300);
  await page.mouse.move(240, 340);
  await page.clock.runFor(8_000);
  await hide(page, true);
  await expect.poll(() => sent.length).toBe(2);
  // How many of the eight seconds were seen depends on when the end came into view; what the browser takes itself counts, too.
  expect(sent[1]).toMatch(/^seconds=(1[2-9]|2[0-4])&end=1$/);
  await hide(page, false);
  // Nobody moves: half a minute counts, and no more.
  await page.clock.runFor(300_000);
  const [answer] = await Promise.all([page.waitForResponse(/\/reading$/), page.getByRole("link", { name: "Front page" }).first().click()]);
  expect(answer.status()).toBe(204);
  expect(Number(/seconds=(\d+)/.exec(sent[2] ?? "")?.[1])).toBeLessThan(60);
  expect(await page.context().cookies()).toEqual([]);
  await page.context().close();
});

test("a reader who asked not to be followed is not", async ({ browser }) => {
  const page = await open(browser, town);
  const sent = beacons(page);
  await page.addInitScript(() => Object.defineProperty(navigator, "globalPrivacyControl", { value: true }));
  await page.clock.install();
  await page.goto(await story(page));
  await page.clock.runFor(12_000);
  await hide(page, true);
  await page.getByRole("link", { name: "Front page" }).first().click();
  await expect(page).toHaveURL(`${town.address}/`);
  expect(sent).toEqual([]);
  await page.context().close();
});

test("what was read is in the numbers a second later", async ({ browser }) => {
  // Another browser is another reader: this one has not read the story in the last half hour.
  const userAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
  const page = await open(browser, town, { userAgent });
  const address = await story(page);
  await page.clock.install();
  const id = /\d+/.exec(address)?.[0];
  const counted = async () => {
    await editor.goto(`/stories/${id}/numbers?period=today`);
    const figures = await main(editor).locator(".figure b").allTextContents();
    return [Number(figures[0]?.replace(",", "")), Number(figures[3]?.replace(",", ""))];
  };
  const [views = 0, readings = 0] = await counted();
  await page.goto(address);
  await page.clock.runFor(5_000);
  await Promise.all([page.waitForResponse(/\/reading$/), hide(page, true)]);
  await expect.poll(counted).toEqual([views + 1, readings + 1]);
  await page.context().close();
});
