/** How far a story reaches: a mention elsewhere that an editor approves, its licence, its picture on other sites, searches as feeds. */
import { expect, test, type Page } from "../support/test.ts";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { noFaults } from "../support/axe.ts";
import { looked } from "../support/looked.ts";
import { open } from "../support/looking.ts";
import { signInByLink } from "../support/people.ts";
import { startTown, type Town } from "../support/town.ts";
import { fits } from "../support/watch.ts";

test.describe.configure({ mode: "serial" });

let town: Town;
let staff: Page;
let guest: Page;
let story = "";
let blog: Server;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  blog = createServer((_, answer) => {
    answer.setHeader("content-type", "text/html; charset=utf-8");
    answer.end(
      `<title>Lou's notes</title><article class="h-entry"><h1 class="p-name">Reading about the pipe <script>alert(1)</script></h1>
       <a class="p-author h-card" href="/">Lou Martin</a><p class="p-summary">Eleven miles, and who pays for each of them.</p>
       <p>From <a href="${town.address}${story}">the paper</a>.</p></article>`,
    );
  });
  await new Promise<void>((ready) => blog.listen(0, "127.0.0.1", ready));
  const { port } = blog.address() as AddressInfo;
  town = await startTown({ demo: true, env: { OCOTILLO_TEST_PINS: `notes.example=127.0.0.1:${port}` } });
  guest = await open(browser, town);
  staff = await open(browser, town);
  await signInByLink(staff, town, "willa");
  await guest.goto("/sections/the-pipe");
  story = (await guest.getByRole("main").getByRole("link", { name: "Council approves the water line" }).first().getAttribute("href")) ?? "";
});
test.afterAll(async () => {
  await town.stop();
  blog.close();
});

test("a mention waits until an editor approves it, then stands under the story", async () => {
  await guest.goto(story);
  const endpoint = (await guest.locator("head link[rel=webmention]").getAttribute("href")) ?? "";
  const told = await fetch(town.address + endpoint, {
    method: "POST",
    body: new URLSearchParams({ source: "http://notes.example/1", target: town.address + story }),
  });
  expect(told.status).toBe(202);
  await expect.poll(() => staff.request.get("/admin/mentions").then((answer) => answer.text()), { timeout: 60_000 }).toContain("notes.example");
  await guest.reload();
  await expect(guest.getByRole("heading", { name: "Mentioned elsewhere" })).toHaveCount(0);

  await staff.goto("/admin");
  await staff.getByRole("link", { name: "Decide which of them readers see" }).click();
  await expect(staff.getByRole("heading", { level: 1 })).toHaveText("Mentions elsewhere");
  await looked(staff, "mentions");
  await staff.getByRole("button", { name: /^Approve/ }).focus();
  await staff.keyboard.press("Enter");
  await expect(staff.getByRole("main")).toContainText("Nothing here");
  await noFaults(staff);

  await guest.reload();
  const mention = guest.getByRole("link", { name: "Reading about the pipe" });
  await expect(mention).toHaveAttribute("rel", "nofollow ugc noopener");
  await expect(guest.locator(".mentions")).toContainText("Lou Martin");
  for (const width of [1280, 390]) {
    await guest.setViewportSize({ width, height: 844 });
    await fits(guest);
    await noFaults(guest);
    await guest.locator(".mentions").scrollIntoViewIfNeeded();
    await guest.screenshot({ path: `results/shots/mentioned-${width}.png` });
  }
});

test("the site's licence stands at the foot of its stories", async () => {
  await staff.setViewportSize({ width: 1280, height: 900 });
  await staff.goto("/admin/site");
  await staff.getByLabel("Licence").selectOption({ label: "CC BY 4.0: anyone may share and change it, naming its source" });
  await staff.getByLabel("Hub").fill("https://127.0.0.1/");
  await staff.getByRole("button", { name: "Save" }).click();
  await expect(staff.getByRole("main")).toContainText("a hub on the public web");
  await noFaults(staff);
  await staff.getByLabel("Hub").fill("");
  await staff.getByRole("button", { name: "Save" }).click();
  await expect(staff.getByRole("status").first()).toContainText("Saved.");
  await guest.goto(story);
  await expect(guest.locator("a[rel=license]")).toHaveText("CC BY 4.0");
  await guest.locator(".licence").scrollIntoViewIfNeeded();
  await guest.screenshot({ path: "results/shots/licence-390.png" });
  await noFaults(guest);
});

test("other sites show the headline as a picture", async () => {
  const address = (await guest.locator("meta[property='og:image']").getAttribute("content")) ?? "";
  const size = await guest.evaluate(async (source) => {
    const picture = new Image();
    picture.src = source;
    await picture.decode();
    return [picture.naturalWidth, picture.naturalHeight];
  }, address);
  expect(size).toEqual([1200, 630]);
});

test("a search can be followed in a feed reader", async () => {
  await expect.poll(() => fetch(`${town.address}/search?q=water`).then((answer) => answer.text()), { timeout: 60_000 }).toContain("</mark>");
  await guest.goto("/search?q=water");
  await noFaults(guest);
  await guest.getByRole("link", { name: "RSS", exact: true }).first().scrollIntoViewIfNeeded();
  await guest.screenshot({ path: "results/shots/search-follow-390.png" });
  const href = (await guest.locator(".search-follow").getByRole("link", { name: "RSS", exact: true }).getAttribute("href")) ?? "";
  const feed = await guest.request.get(href);
  expect(feed.headers()["content-type"]).toContain("application/rss+xml");
  expect(await feed.text()).toContain("<title>water · ");
});
