/** What comments show: pictures and the card of a link, posted, seen, changed and liked while others look on; covered by the staff; the
 * same without JavaScript. The page that the card is of is served here. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { noFaults } from "../support/axe.ts";
import { looked } from "../support/looked.ts";
import { open } from "../support/looking.ts";
import { newPerson } from "../support/people.ts";
import { picture, png } from "../support/png.ts";
import { expect, test, type Locator, type Page } from "../support/test.ts";
import { startTown, type Town } from "../support/town.ts";
import { Watch } from "../support/watch.ts";

let town: Town;
let elsewhere: Server;
let talked = "";

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  elsewhere = createServer((_, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end("<title>Well six, measured</title><meta name=description content='Every Monday since 1987.'>");
  });
  await new Promise<void>((listening) => elsewhere.listen(0, "127.0.0.1", listening));
  const { port } = elsewhere.address() as AddressInfo;
  town = await startTown({ demo: true, env: { OCOTILLO_TEST_PINS: `wells.example=127.0.0.1:${port}` } });
  const guest = await open(browser, town);
  await guest.goto("/sections/the-pipe");
  talked = (await guest.getByRole("main").getByRole("link", { name: "Council approves the water line" }).first().getAttribute("href")) ?? "";
  await guest.context().close();
});
test.afterAll(async () => {
  await town.stop();
  elsewhere.close();
});

const comments = (page: Page) => page.locator("#comments");
const said = (page: Page, words: string) => page.locator("article.comment", { hasText: words }).first();
const composer = (page: Page) => comments(page).getByLabel("Your comment", { exact: true });
/** What stands around the field of a form. */
const form = (page: Page) => comments(page).locator("comment-draft").first();
const send = (page: Page) => form(page).getByRole("button", { name: "Comment", exact: true }).click();
const rows = (of: Locator) => of.locator(".note-alts > li");
const like = (of: Locator) => of.locator("form.react button");
const file = (name: string, shade: number) => ({ name, mimeType: "image/png", buffer: png(640, 480, shade) });
const more = (of: Locator) => of.locator("summary", { hasText: "More about the comment" });
/** Opens a page and waits until its stream is open. */
async function listening(page: Page, act: () => Promise<unknown>, post?: string): Promise<void> {
  const opened = page.waitForResponse((answer) => {
    const url = new URL(answer.url());
    return url.pathname === "/live" && (!post || (url.searchParams.get("posts") ?? "").split(",").includes(post));
  });
  await act();
  await opened;
}
const idOf = async (comment: Locator) => ((await comment.getAttribute("id")) ?? "").replace("comment-", "");

test("a picture is posted with its words, seen, changed, and liked while its author looks on", async ({ browser }) => {
  test.slow();
  const ana = await newPerson(browser, town, "anabel", "Anabel Duarte", "member");
  const ben = await newPerson(browser, town, "benito", "Benito Reyes", "member");
  const heard = await Watch.over(ana);
  await listening(ana, () => ana.goto(talked));
  await composer(ana).fill("Well six this morning, from both sides.");
  await form(ana).getByText("Pictures", { exact: true }).click();
  await form(ana).getByLabel("Choose pictures").setInputFiles([file("north.png", 20), file("south.png", 90), file("blurred.png", 150)]);
  await expect(rows(form(ana))).toHaveCount(3);
  await form(ana).getByLabel("What does it show?").first().fill("The well from the north");
  await form(ana).getByLabel("What does it show?").nth(1).fill("The well from the south");
  await rows(form(ana)).nth(2).getByRole("button", { name: "Take it out" }).click();
  await expect(rows(form(ana))).toHaveCount(2);
  await looked(ana, "comments-pictures-compose");
  await send(ana);
  const hers = said(ana, "Well six this morning");
  await expect(hers.locator(".note-pictures li")).toHaveCount(2);
  await expect(hers.getByRole("link", { name: "The well from the north" })).toBeVisible();
  // The form is empty again, its pictures with it.
  await expect(composer(ana)).toHaveValue("");
  await expect(rows(form(ana))).toHaveCount(0);
  await expect(form(ana).locator("input[name=uploaded]")).toHaveCount(0);
  await looked(ana, "comments-pictures");

  // Somebody else sees it, with what it shows in words, and likes it: her page hears of that though the comment came while it was open.
  const id = await idOf(hers);
  await ben.goto(`/comments/${id}`);
  await expect(ben).toHaveURL(/#comment-\d+$/);
  const his = said(ben, "Well six this morning");
  await expect(his.getByRole("img", { name: "The well from the south" })).toBeVisible();
  await expect.poll(() => his.locator("picture img").first().evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth > 0)).toBe(true);
  await like(his).click();
  await expect(like(his)).toHaveAttribute("aria-pressed", "true");
  await expect(like(hers)).toHaveText(/Like\s*1 like/);
  await expect(like(hers), "and is not hers").toHaveAttribute("aria-pressed", "false");
  await like(his).click();
  await expect(like(hers)).toHaveText("Like");

  // One picture is taken out, one comes.
  await more(hers).click();
  await hers.getByRole("link", { name: "Edit" }).click();
  await expect(ana).toHaveURL(/\/edit$/);
  await expect(ana.getByLabel("What does it show?").first()).toHaveValue("The well from the north");
  await ana.getByLabel("Take it out").first().check();
  await ana.getByLabel("Choose pictures").setInputFiles([file("east.png", 200)]);
  await expect(rows(ana.getByRole("main"))).toHaveCount(3);
  await ana.getByLabel("What does it show?").nth(2).fill("The well from the east");
  await looked(ana, "comments-pictures-edit");
  await ana.getByRole("button", { name: "Save" }).click();
  await expect(ana).toHaveURL(/done=saved/);
  await expect(hers.getByRole("link", { name: "The well from the east" })).toBeVisible();
  await expect(hers.getByRole("link", { name: "The well from the north" })).toHaveCount(0);
  await hers.getByRole("link", { name: "edited" }).click();
  await expect(ana).toHaveURL(/\/history$/);
  await expect(ana.getByRole("main")).toContainText("Its pictures were changed: now 2 pictures.");
  await noFaults(ana);
  heard.nothing("showing pictures");
  await ana.context().close();
  await ben.context().close();
});

test("a link gets its card, an answer a picture, and the staff cover it", async ({ browser }) => {
  test.slow();
  const cleo = await newPerson(browser, town, "cleopas", "Cleo Park", "member");
  const mod = await newPerson(browser, town, "modesto", "Modesto Reed", "moderator");
  // Under a post of the square it is as under a story.
  await cleo.goto("/square/local");
  await cleo.getByRole("main").getByLabel("Your post").fill("Who measures well six?");
  await cleo.getByRole("main").getByRole("button", { name: "Post", exact: true }).click();
  await expect(cleo.getByText("Posted.")).toBeVisible();
  const asked = cleo.getByRole("article").filter({ hasText: "Who measures well six?" }).first();
  const address = (await asked.locator("a.when").getAttribute("href")) ?? "";
  await cleo.goto(address);
  await composer(cleo).fill("They measure it: http://wells.example/six");
  await send(cleo);
  const linked = said(cleo, "They measure it");
  await expect(linked).toBeVisible();
  // The page is asked by a job, and nobody waits for it.
  await expect
    .poll(async () => (await cleo.request.get(address)).text(), { timeout: 30_000 })
    .toContain("Every Monday since 1987.");
  await cleo.goto(`${address}?order=newest#comments`);
  await expect(linked.locator(".link-card")).toContainText("Well six, measured");
  await expect(linked.locator(".link-card")).toHaveAttribute("rel", "nofollow ugc noopener");
  await looked(cleo, "comments-card");

  // Two forms are open on one page, each with pictures of its own.
  await linked.getByRole("link", { name: "Reply" }).click();
  const answer = comments(cleo).locator("turbo-frame comment-draft");
  await answer.getByLabel("Your answer to Cleo Park").fill("Here is the gauge.");
  await answer.getByText("Pictures", { exact: true }).click();
  await answer.getByLabel("Choose pictures").setInputFiles([picture("gauge.png", 900, 1200)]);
  await expect(rows(answer)).toHaveCount(1);
  await expect(rows(form(cleo))).toHaveCount(0);
  await answer.getByLabel("What does it show?").fill("A gauge that reads eleven feet");
  await answer.getByRole("button", { name: "Reply", exact: true }).click();
  const shown = said(cleo, "Here is the gauge.");
  await expect(shown.getByRole("link", { name: "A gauge that reads eleven feet" })).toBeVisible();
  await noFaults(cleo);

  await mod.goto(`/comments/${await idOf(shown)}`);
  const seen = said(mod, "Here is the gauge.");
  await more(seen).click();
  await seen.getByRole("button", { name: "Cover what it shows" }).click();
  await expect(mod).toHaveURL(/done=covered/);
  await expect(seen.locator("details.cover summary")).toBeVisible();
  await expect(seen.getByRole("link", { name: "A gauge that reads eleven feet" })).toBeHidden();
  await seen.locator("details.cover summary").click();
  await expect(seen.getByRole("link", { name: "A gauge that reads eleven feet" })).toBeVisible();
  await looked(mod, "comments-covered");
  await cleo.goto("/notifications");
  await expect(cleo.getByRole("main")).toContainText("Your pictures are covered as sensitive now");
  await cleo.context().close();
  await mod.context().close();
});

test("without JavaScript a picture comes with the form and is described afterwards", async ({ browser }) => {
  test.slow();
  const ida = await newPerson(browser, town, "plainpia", "Pia Plain", "member", { javaScriptEnabled: false });
  await ida.goto(talked);
  await composer(ida).fill("By candlelight, with a camera.");
  await form(ida).getByText("Pictures", { exact: true }).click();
  await form(ida).getByLabel("Choose pictures").setInputFiles([file("candle.png", 60)]);
  await send(ida);
  await expect(ida).toHaveURL(/\/edit\?done=describe#pictures$/);
  await ida.getByLabel("What does it show?").fill("A candle on a sill");
  await ida.getByLabel("Sensitive: cover it until somebody opens it").check();
  await ida.getByRole("button", { name: "Save" }).click();
  await expect(ida).toHaveURL(/#comment-\d+$/);
  const own = said(ida, "By candlelight");
  await own.locator("details.cover summary").click();
  await expect(own.getByRole("link", { name: "A candle on a sill" })).toBeVisible();
  // A form that is refused comes back with what came with it.
  await ida.goto(talked);
  await composer(ida).fill("x".repeat(3_001));
  await form(ida).getByText("Pictures", { exact: true }).click();
  await form(ida).getByLabel("Choose pictures").setInputFiles([file("moth.png", 110)]);
  await send(ida);
  await expect(ida.getByRole("alert")).toContainText("3001 characters long");
  const back = ida.getByRole("main").locator("comment-draft");
  await back.getByLabel("What does it show?").fill("A moth");
  await back.getByLabel("Your comment").fill("Shorter, with a moth.");
  await back.getByRole("button", { name: "Comment", exact: true }).click();
  await expect(said(ida, "Shorter, with a moth.").getByRole("link", { name: "A moth" })).toBeVisible();
  await ida.context().close();
});
