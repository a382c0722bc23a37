/** Everything that staff and readers do, without a script. */
import { expect, test, type Page } from "../support/test.ts";
import { PASSWORD, setUp, SITE } from "../support/people.ts";
import { picture } from "../support/png.ts";
import { startTown, type Town } from "../support/town.ts";
import { fits } from "../support/watch.ts";
import { begin, button, fill, publish, story } from "../support/writer.ts";

test.describe.configure({ mode: "serial" });
test.use({ javaScriptEnabled: false });

let town: Town;
let page: Page;
const addresses: string[] = [];

test.beforeAll(async ({ browser }) => {
  town = await startTown();
  page = await (await browser.newContext({ baseURL: town.address, javaScriptEnabled: false, viewport: { width: 390, height: 844 } })).newPage();
});
test.afterAll(() => town.stop());

test("set up, sign out, sign in", async () => {
  await setUp(page, town);
  await signOut();
  await page.getByRole("link", { name: "Sign in" }).first().click();
  await page.getByLabel("E-mail address or handle").fill(SITE.email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await expect(page.locator("details.menu summary")).toBeVisible();
  await fits(page);
});

test("write in Markdown, upload, preview, publish, read", async () => {
  await begin(page);
  await fits(page);
  await fill(page, { headline: "The pool opens in March", standfirst: "One lane will be kept for people who only float.", section: "News", topics: "pool", work: "Analysis" });
  await story(page).fill("The council *agreed* on **one lane**.\n\n- Towels are not provided\n- Opinions are\n\n> I float, therefore I am.\n\n<b onclick=\"alert(1)\">Tags</b> are text.");
  await page.locator("input[type=file]").setInputFiles(picture("pool.png"));
  await page.getByLabel("What it shows, in words").fill("An empty pool under a pale sky.");
  await page.getByLabel("Caption").fill("The pool, waiting.");
  await button(page, "Preview").click();
  await page.waitForURL(/\/preview/);
  await expect(page.getByText("This is a preview.")).toBeVisible();
  await expect(page.getByRole("img", { name: "An empty pool under a pale sky." })).toBeVisible();
  await page.getByRole("link", { name: "Go on writing" }).click();
  await expect(page.getByLabel("Caption")).toHaveValue("The pool, waiting.");
  addresses.push(await publish(page));
  const prose = page.locator(".prose");
  await expect(prose.locator("strong")).toHaveText("one lane");
  await expect(prose.locator("em")).toHaveText("agreed");
  await expect(prose.locator("li")).toHaveCount(2);
  await expect(prose.locator("blockquote")).toContainText("I float");
  await expect(prose).toContainText('<b onclick="alert(1)">Tags</b> are text.');
  await expect(page.locator("article .label").first()).toHaveText("Analysis");
  await fits(page);
});

test("what cannot be taken comes back with the words", async () => {
  await begin(page);
  await fill(page, { headline: "x".repeat(1000), section: "News" });
  await story(page).fill("Some words that must not be lost.");
  await button(page, "Publish").click();
  await expect(page.getByRole("alert")).toContainText("200");
  await expect(page.getByLabel("Headline")).toHaveValue("x".repeat(1000));
  await expect(story(page)).toHaveValue("Some words that must not be lost.");
  await fill(page, { headline: "" });
  await button(page, "Publish").click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.locator("#headline-problem")).toBeVisible();
  await fill(page, { headline: "A second story", section: "Opinion" });
  addresses.push(await publish(page));
});

test("correct, and read what changed", async () => {
  await page.goto(addresses[0] ?? "");
  await page.getByRole("link", { name: "Edit" }).first().click();
  const body = await story(page).inputValue();
  await story(page).fill(body.replace("one lane", "two lanes"));
  await page.getByLabel("Correction").fill("There will be two lanes, not one.");
  await button(page, "Update").click();
  await expect(page.getByText("There will be two lanes, not one.")).toBeVisible();
  await page.getByRole("link", { name: "See what changed" }).click();
  await expect(page.locator("ins").first()).toContainText("two");
  await expect(page.locator("del").first()).toContainText("one");
  await page.goto("/corrections");
  await expect(page.getByText("There will be two lanes, not one.")).toBeVisible();
});

test("arrange the front page, with a preview", async ({ browser }) => {
  await page.goto("/admin/front");
  const place = page.getByLabel("The story at the top", { exact: true });
  await place.selectOption({ label: "The pool opens in March · News" });
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.getByText("This is a preview.")).toBeVisible();
  await expect(page.locator(".lead-story")).toContainText("The pool opens in March");
  const guest = await (await browser.newContext({ baseURL: town.address, javaScriptEnabled: false })).newPage();
  await guest.goto("/");
  await expect(guest.locator(".lead-story")).toContainText("A second story");
  await page.getByRole("button", { name: "Publish" }).click();
  await page.waitForURL(/done=saved/);
  await guest.goto("/");
  await expect(guest.locator(".lead-story")).toContainText("The pool opens in March");
  await page.getByRole("button", { name: "Let it fill itself" }).click();
  await page.waitForURL(/done=saved/);
  await guest.goto("/");
  await expect(guest.locator(".lead-story")).toContainText("A second story");
  await guest.context().close();
});

test("add, change and remove sections; old addresses lead on", async () => {
  await page.goto("/admin/sections");
  await page.getByRole("link", { name: "Add a section" }).first().click();
  await page.getByLabel("Name", { exact: true }).fill("Water & Power");
  await page.getByLabel("Stands in").selectOption({ label: "News" });
  await page.getByRole("radio", { name: "leaf" }).check();
  await page.getByRole("main").getByRole("button", { name: "Save" }).click();
  await page.waitForURL(/done=saved/);
  await page.goto("/sections/water-power");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Water & Power");
  await page.goto("/admin/sections");
  await page.getByRole("main").getByRole("link", { name: "Opinion" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Columns");
  await page.getByLabel("Address").fill("columns");
  await page.getByRole("main").getByRole("button", { name: "Save" }).click();
  await page.waitForURL(/done=saved/);
  await page.goto("/sections/opinion");
  await expect(page).toHaveURL(/\/sections\/columns$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Columns");
  await page.goto("/admin/sections");
  await page.getByRole("main").getByRole("link", { name: "Columns" }).first().click();
  await page.getByRole("main").getByRole("link", { name: "Remove" }).click();
  await page.getByLabel("Takes over").selectOption({ label: "News" });
  await page.getByRole("button", { name: "Remove the section" }).click();
  await page.waitForURL(/done=saved/);
  for (const old of ["/sections/opinion", "/sections/columns"]) {
    await page.goto(old);
    await expect(page).toHaveURL(/\/sections\/news$/);
    await expect(page.getByRole("link", { name: "A second story" }).first()).toBeVisible();
  }
});

test("take off, delete and restore", async () => {
  await page.goto(addresses[1] ?? "");
  await page.getByRole("link", { name: "Edit" }).first().click();
  await page.getByRole("button", { name: "Unpublish" }).click();
  await expect(page.getByText("Taken off the site.")).toBeVisible();
  await page.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("Deleted. It can be restored for 30 days.")).toBeVisible();
  await page.getByRole("button", { name: "Restore A second story" }).click();
  await expect(page.getByText("Restored.")).toBeVisible();
});

test("sign out", async () => {
  await signOut();
  await page.goto("/write");
  await expect(page.getByRole("main")).toContainText(/sign in/i);
  await expect(page.getByRole("button", { name: "Start a story" })).toHaveCount(0);
});

async function signOut(): Promise<void> {
  await page.goto("/");
  await page.locator("details.menu summary").click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("link", { name: "Sign in" }).first()).toBeVisible();
}
