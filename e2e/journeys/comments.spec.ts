/** A conversation: two browsers, one hears the other; answered, changed, deleted and brought back; the same without JavaScript; in
 * any length, width and direction. */
import { expect, test, type Page } from "../support/test.ts";
import { looked } from "../support/looked.ts";
import { open } from "../support/looking.ts";
import { newPerson } from "../support/people.ts";
import { startTown, type Town } from "../support/town.ts";
import { fits, Watch } from "../support/watch.ts";

let town: Town;
let talked = "";

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  town = await startTown({ demo: true });
  const guest = await open(browser, town);
  await guest.goto("/sections/the-pipe");
  talked = (await guest.getByRole("main").getByRole("link", { name: "Council approves the water line" }).first().getAttribute("href")) ?? "";
  await guest.context().close();
});
test.afterAll(() => town.stop());

const comments = (page: Page) => page.locator("#comments");
const said = (page: Page, words: string) => page.locator("article.comment", { hasText: words }).first();
const composer = (page: Page) => comments(page).getByLabel("Your comment", { exact: true });
/** Somebody posts in the square; the address of it. */
async function note(page: Page, words: string): Promise<string> {
  await page.goto("/square/local");
  await page.getByRole("main").getByLabel("Your post").fill(words);
  await page.getByRole("main").getByRole("button", { name: "Post", exact: true }).click();
  await expect(page.getByText("Posted.")).toBeVisible();
  const post = page.getByRole("article").filter({ hasText: words }).first();
  return (await post.locator("a.when").getAttribute("href")) ?? "";
}

test("a comment arrives where somebody else reads, and is answered", async ({ browser }) => {
  test.slow();
  const rosa = await newPerson(browser, town, "rosaline", "Rosaline Ito", "member");
  const sam = await newPerson(browser, town, "samwise", "Samwise Park", "member");
  const heard = await Watch.over(rosa);
  const address = await note(rosa, "Has anybody seen this tortoise?");
  await rosa.goto(address);
  await expect(comments(rosa).getByRole("heading", { name: "0 comments" })).toBeVisible();
  await looked(rosa, "comments-none");
  await sam.goto(address);
  // Who is named is found while one types.
  await composer(sam).pressSequentially("@rosal");
  await expect(comments(sam).getByRole("option", { name: /Rosaline Ito/ })).toBeVisible();
  await looked(sam, "comments-completion");
  await composer(sam).press("Enter");
  await expect(composer(sam)).toHaveValue("@rosaline ");
  await composer(sam).fill("Behind the laundromat, facing home.");
  await comments(sam).getByRole("button", { name: "Comment", exact: true }).click();
  await expect(said(sam, "Behind the laundromat")).toBeVisible();
  await expect(composer(sam)).toHaveValue("");
  await expect(comments(sam).getByRole("heading", { name: "1 comment" })).toBeVisible();
  // It is offered where the page is open, and moves nothing before it is asked for.
  const news = comments(rosa).getByRole("link", { name: "1 new comment" });
  await expect(news).toBeVisible();
  await expect(said(rosa, "Behind the laundromat")).toHaveCount(0);
  await news.click();
  await expect(said(rosa, "Behind the laundromat")).toBeVisible();
  await expect(news).toBeHidden();
  // The form opens under what is answered.
  await said(rosa, "Behind the laundromat").getByRole("link", { name: "Reply" }).click();
  const answer = comments(rosa).getByLabel("Your answer to Samwise Park");
  await expect(answer).toBeVisible();
  await answer.fill("Thank you! On my way.");
  await looked(rosa, "comments-reply");
  await comments(rosa).getByRole("button", { name: "Reply", exact: true }).click();
  const own = said(rosa, "On my way");
  await expect(own).toBeVisible();
  await expect(own).toBeFocused();
  await expect(answer).toHaveCount(0);
  await expect(own.getByText("Author", { exact: true })).toBeVisible();
  // Its author hears of it, and comes to the place.
  await sam.goto("/notifications");
  await sam.getByRole("link", { name: /Rosaline Ito answered your comment/ }).click();
  await expect(sam).toHaveURL(/#comment-\d+$/);
  await expect(said(sam, "On my way")).toBeInViewport();
  heard.nothing("commenting");
  await rosa.context().close();
  await sam.context().close();
});

test("a comment is changed with its history kept, deleted and brought back", async ({ browser }) => {
  test.slow();
  const lou = await newPerson(browser, town, "loumar", "Loumar Diaz", "member");
  const heard = await Watch.over(lou);
  await lou.goto(await note(lou, "Which bakery is open on Monday?"));
  // Unsent words wait, also over another page.
  await composer(lou).fill("The blue one");
  await lou.goto("/");
  await lou.goBack();
  await expect(composer(lou)).toHaveValue("The blue one");
  await comments(lou).getByRole("button", { name: "Comment", exact: true }).click();
  const more = (words: string) => said(lou, words).locator("summary", { hasText: "More about the comment" });
  await more("The blue one").click();
  await said(lou, "The blue one").getByRole("link", { name: "Edit" }).click();
  await expect(lou).toHaveURL(/\/edit$/);
  await lou.getByLabel("Your comment").fill("The green one, from five.");
  await looked(lou, "comments-edit");
  await lou.getByRole("button", { name: "Save" }).click();
  await expect(said(lou, "The green one")).toBeVisible();
  await said(lou, "The green one").getByRole("link", { name: "edited" }).click();
  await expect(lou.locator("del").first()).toContainText("blue");
  await looked(lou, "comments-history");
  await lou.goBack();
  await more("The green one").click();
  await said(lou, "The green one").getByRole("button", { name: "Delete" }).click();
  await lou.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(lou.getByRole("main")).toContainText("can be restored for 30 days");
  await looked(lou, "comments-deleted");
  await lou.getByRole("button", { name: "Undo" }).click();
  await expect(said(lou, "The green one")).toBeVisible();
  heard.nothing("changing a comment");
  await lou.context().close();
});

test("without JavaScript a conversation is whole", async ({ browser }) => {
  const ida = await newPerson(browser, town, "plainida", "Ida Plain", "member", { javaScriptEnabled: false });
  await ida.goto(talked);
  await composer(ida).fill("Read by candlelight.");
  await comments(ida).getByRole("button", { name: "Comment", exact: true }).click();
  await expect(ida).toHaveURL(/#comment-\d+$/);
  await expect(ida.getByText("Your comment is posted.")).toBeVisible();
  await said(ida, "Read by candlelight").getByRole("link", { name: "Reply" }).click();
  await ida.getByRole("button", { name: "Reply", exact: true }).click();
  await ida.getByLabel("Your answer to Ida Plain").fill("By two candles.");
  await ida.getByRole("button", { name: "Reply", exact: true }).click();
  await expect(said(ida, "By two candles")).toBeVisible();
  await comments(ida).getByRole("link", { name: "Oldest" }).click();
  await expect(comments(ida).getByRole("link", { name: "Oldest" })).toHaveAttribute("aria-current", "true");
  await ida.context().close();
});

test("many comments, long words and words from right to left fit on a phone", async ({ browser }) => {
  test.slow();
  const guest = await open(browser, town, { viewport: { width: 390, height: 844 } });
  const heard = await Watch.over(guest);
  await guest.goto(talked);
  await expect(comments(guest).getByText("Sign in")).toBeVisible();
  await expect(said(guest, "سؤال بسيط").locator(".post-words p")).toHaveAttribute("dir", "auto");
  await comments(guest).scrollIntoViewIfNeeded();
  await looked(guest, "comments-many");
  const eve = await newPerson(browser, town, "evelong", "Evelong Mora", "member", { viewport: { width: 390, height: 844 } });
  const address = await note(eve, "How long is a word?");
  await eve.goto(address);
  for (const words of ["a".repeat(900), `https://example.org/${"b".repeat(400)}`, "كلمة".repeat(60)]) {
    await composer(eve).fill(words);
    await comments(eve).getByRole("button", { name: "Comment", exact: true }).click();
    await expect(composer(eve)).toHaveValue("");
    await fits(eve);
  }
  await looked(eve, "comments-long");
  heard.nothing("reading comments");
  await guest.context().close();
  await eve.context().close();
});

test("what most people talk about is found by everybody", async ({ browser }) => {
  const guest = await open(browser, town);
  await guest.goto("/square/local");
  await guest.getByRole("main").getByRole("link", { name: "Most discussed" }).click();
  await expect(guest.getByRole("heading", { level: 1 })).toHaveText("Most discussed");
  await expect(guest.getByRole("main")).toContainText("Council approves the water line");
  await expect(guest.getByRole("main")).toContainText("in seven days");
  await looked(guest, "discussed");
  await guest.context().close();
});
