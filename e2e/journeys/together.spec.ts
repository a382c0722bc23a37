/** Two members and a moderator, each in a browser of their own that stays open: they talk, like, review, report, decide and appeal, and
 * each sees what the others do as it happens. */
import { expect, test, type Page } from "../support/test.ts";
import { open } from "../support/looking.ts";
import { newPerson } from "../support/people.ts";
import { listening } from "../support/streams.ts";
import { startTown, type Town } from "../support/town.ts";
import { Watch } from "../support/watch.ts";

let town: Town;
let story = "";

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  town = await startTown({ demo: true });
  const guest = await open(browser, town);
  await guest.goto("/sections/the-pipe");
  story = (await main(guest).getByRole("link", { name: "Council approves the water line" }).first().getAttribute("href")) ?? "";
  await guest.context().close();
});
test.afterAll(() => town.stop());

const main = (page: Page) => page.getByRole("main");
const comments = (page: Page) => page.locator("#comments");
const said = (page: Page, words: string) => page.locator("article.comment", { hasText: words }).first();
const news = (page: Page) => comments(page).getByRole("link", { name: "1 new comment" });
const counts = (page: Page) => main(page).locator("header .counts");

/** How many of these the story's page says there are. */
async function counted(page: Page, what: string): Promise<number> {
  return Number(new RegExp(`(\\d+) ${what}`).exec((await counts(page).textContent()) ?? "")?.[1] ?? 0);
}

test("they talk, like, review, report, decide and appeal, and hear of it as it happens", async ({ browser }) => {
  test.setTimeout(300_000);
  const rosa = await newPerson(browser, town, "rosaline", "Rosaline Ito", "member");
  const sam = await newPerson(browser, town, "samwise", "Samwise Park", "member");
  const mo = await newPerson(browser, town, "moreyes", "Mo Reyes", "moderator");
  const heard = await Promise.all([rosa, sam, mo].map((page) => Watch.over(page)));
  for (const page of [rosa, sam, mo]) await listening(page, story);

  // A comment, and an answer that should not have been written.
  await comments(rosa).getByLabel("Your comment", { exact: true }).fill("The valve is older than the council.");
  await comments(rosa).getByRole("button", { name: "Comment", exact: true }).click();
  await expect(said(rosa, "older than the council")).toBeVisible();
  for (const page of [sam, mo]) {
    await news(page).click();
    await expect(said(page, "older than the council")).toBeVisible();
  }
  await said(sam, "older than the council").getByRole("link", { name: "Reply" }).click();
  await comments(sam).getByLabel("Your answer to Rosaline Ito").fill("Only fools count valves, Rosaline.");
  await comments(sam).getByRole("button", { name: "Reply", exact: true }).click();
  await expect(said(sam, "Only fools")).toBeVisible();
  await expect(rosa.locator("#unread")).toContainText("1 unread");
  await news(rosa).click();
  await expect(said(rosa, "Only fools")).toBeVisible();

  // A like is counted on every open page.
  const before = await counted(mo, "likes?");
  await main(rosa).locator(".story-tools form.react button").click();
  for (const page of [rosa, sam, mo]) await expect(counts(page)).toContainText(new RegExp(`(?<!\\d)${before + 1} likes?`));

  // A review by somebody new waits for the moderator, and is counted where the story is read.
  const reviews = await counted(rosa, "reviews?");
  await sam.locator("#reviews").getByRole("link", { name: "Write a review" }).click();
  await sam.getByRole("group", { name: "How good is it?" }).getByRole("radio", { name: /^5 stars/ }).press("Space");
  await sam.getByRole("group", { name: "Do you recommend it?" }).getByRole("radio", { name: "Yes" }).check();
  await sam.getByLabel("In one line").fill("All pipes named");
  await sam.getByLabel("Your review", { exact: true }).fill("Now I know which one is under my kitchen.");
  await sam.getByRole("button", { name: "Post your review" }).click();
  await expect(sam.getByText("Until then you alone see it")).toBeVisible();
  expect(await counted(rosa, "reviews?")).toBe(reviews);
  await mo.goto("/admin/reviews");
  await mo.getByRole("button", { name: /^Let it appear/ }).click();
  await expect(mo.getByText("Nothing waits")).toBeVisible();
  await expect(counts(rosa)).toContainText(new RegExp(`(?<!\\d)${reviews + 1} reviews?`));

  // Reported and removed; whoever wrote it hears of it on the page that is open.
  await said(rosa, "Only fools").locator(".post-menu summary").click();
  await said(rosa, "Only fools").getByRole("link", { name: "Report…" }).click();
  await rosa.getByLabel("Which rule of the house").selectOption({ label: "Be kind" });
  await rosa.getByRole("button", { name: "Report" }).click();
  await expect(rosa.getByText("Thank you.")).toBeVisible();
  await mo.goto("/admin/queue");
  await main(mo).getByRole("link", { name: /Only fools count valves/ }).click();
  await expect(mo.getByRole("heading", { name: "A reported comment" })).toBeVisible();
  await listening(sam, story);
  const unread = sam.locator("#unread");
  const known = await unread.getAttribute("data-count");
  await mo.keyboard.press("r");
  await expect(mo.getByRole("radio", { name: "Remove it" })).toBeChecked();
  await mo.keyboard.press("Enter");
  await expect(mo.getByText("Decided. Whoever it concerns is told.")).toBeVisible();
  await expect(unread).not.toHaveAttribute("data-count", known ?? "");
  await expect(rosa.locator("#unread")).not.toHaveAttribute("data-count", "0");

  // An appeal, which somebody else decides.
  await sam.goto("/notifications");
  await sam.getByRole("link", { name: /decided about something of yours/ }).click();
  await sam.getByLabel("Why it is a mistake").fill("It is what we both sing in the choir.");
  await sam.getByRole("button", { name: "Appeal" }).click();
  await expect(sam.getByText("Your appeal is with the moderators.")).toBeVisible();
  const kit = await newPerson(browser, town, "kitlane", "Kit Lane", "moderator");
  await kit.goto("/admin/queue/appeals");
  await main(kit).getByRole("link", { name: /sing in the choir/ }).click();
  await expect(kit.getByRole("heading", { name: "An appeal" })).toBeVisible();
  await kit.keyboard.press("r");
  await kit.getByLabel("What you answer them").fill("We know the song.");
  await kit.getByRole("button", { name: "Decide" }).click();
  await expect(kit.getByText("Decided. Whoever it concerns is told.")).toBeVisible();
  for (const page of [rosa, sam, mo]) {
    await page.goto(story);
    await expect(said(page, "Only fools")).toBeVisible();
  }
  for (const watch of heard) watch.nothing("being together");
  for (const page of [rosa, sam, mo, kit]) await page.context().close();
});
