/** What members think of a story: written, changed, answered, found helpful, filtered; the same without JavaScript; what waits until
 * somebody has looked at it; in any width and with any words. */
import { expect, test, type Page } from "../support/test.ts";
import { HOSTILE } from "../support/corpus.ts";
import { looked } from "../support/looked.ts";
import { open } from "../support/looking.ts";
import { newPerson, signInByLink } from "../support/people.ts";
import { startTown, type Town } from "../support/town.ts";
import { fits, Watch } from "../support/watch.ts";

let town: Town;
/** A story of Teo's. */
let story = "";

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  town = await startTown({ demo: true });
  const guest = await open(browser, town);
  await guest.goto("/sections/outdoors");
  story = (await guest.getByRole("main").getByRole("link", { name: "Eighty-three bighorn" }).first().getAttribute("href")) ?? "";
  await guest.context().close();
});
test.afterAll(() => town.stop());

const reviews = (page: Page) => page.locator("#reviews");
const one = (page: Page, words: string) => page.locator("article.review", { hasText: words }).first();
const member = async (browser: Parameters<typeof open>[0], handle: string, more: object = {}) => {
  const page = await open(browser, town, more);
  await signInByLink(page, town, handle);
  return page;
};
/** Fills the form that is open. */
async function fill(page: Page, stars: number, title: string, body: string): Promise<void> {
  const whole = page.getByRole("group", { name: "How good is it?" });
  // By the keyboard: what is checked lies unseen over its star.
  const star = whole.getByRole("radio", { name: new RegExp(`^${stars} star`) });
  await star.press("Space");
  await expect(star).toBeChecked();
  await page.getByRole("group", { name: "Do you recommend it?" }).getByRole("radio", { name: stars > 2 ? "Yes" : "No" }).check();
  await page.getByLabel("In one line").fill(title);
  await page.getByLabel("Your review", { exact: true }).fill(body);
}

test("a member reviews and changes it, the author answers once, another finds it helpful", async ({ browser }) => {
  test.slow();
  const salma = await member(browser, "salma");
  const heard = await Watch.over(salma);
  await salma.goto(story);
  await reviews(salma).scrollIntoViewIfNeeded();
  await expect(reviews(salma).getByText("3 reviews")).toBeVisible();
  await looked(salma, "reviews-story");
  await reviews(salma).getByRole("link", { name: "Write a review" }).click();
  // By the keyboard alone.
  await salma.getByRole("group", { name: "How good is it?" }).getByRole("radio").first().focus();
  for (let step = 0; step < 3; step++) await salma.keyboard.press("ArrowRight");
  await expect(salma.getByRole("group", { name: "How good is it?" }).getByRole("radio", { name: /^4 stars/ })).toBeChecked();
  await salma.getByRole("group", { name: "Clarity" }).getByRole("radio", { name: /^5 stars/ }).press("Space");
  await looked(salma, "reviews-form");
  await salma.getByRole("button", { name: "Post your review" }).click();
  await fill(salma, 4, "Worth three days of sitting", "I would have liked a map.");
  await salma.getByRole("button", { name: "Post your review" }).click();
  await expect(salma.getByText("Your review is posted.")).toBeVisible();
  await expect(one(salma, "Worth three days").getByRole("img", { name: "4 of 5 stars" }).first()).toBeVisible();
  await looked(salma, "reviews-list");
  await one(salma, "Worth three days").locator("summary").click();
  await one(salma, "Worth three days").getByRole("link", { name: "Edit" }).click();
  await expect(salma).toHaveURL(/\/review$/);
  await salma.getByLabel("In one line").fill("Worth four days of sitting");
  await salma.getByRole("button", { name: "Save" }).click();
  await expect(one(salma, "Worth four days")).toBeVisible();
  await one(salma, "Worth four days").getByRole("link", { name: "edited" }).click();
  await expect(salma.locator("del").first()).toContainText("three");
  await looked(salma, "reviews-history");
  // Its author hears of it, and answers.
  const teo = await member(browser, "teo");
  await teo.goto("/notifications");
  await teo.getByRole("link", { name: /reviewed your story/ }).first().click();
  await expect(teo).toHaveURL(/\/(reviews|stories)\//);
  await teo.goto(`${story}#reviews`);
  await expect(reviews(teo).getByRole("link", { name: "Write a review" })).toHaveCount(0);
  await reviews(teo).getByRole("link", { name: "All reviews" }).click();
  await one(teo, "Worth four days").getByRole("link", { name: /^Answer/ }).click();
  await teo.getByLabel("Your answer").fill("There is a map at the counter.");
  await looked(teo, "reviews-answer");
  await teo.getByRole("button", { name: "Answer", exact: true }).click();
  await expect(one(teo, "There is a map at the counter.")).toBeVisible();
  await expect(teo.getByRole("link", { name: /^Change your answer/ })).toBeVisible();
  await looked(teo, "reviews-one");
  // Another reader.
  const hoang = await member(browser, "hoang");
  await hoang.goto(new URL(teo.url()).pathname);
  const button = hoang.getByRole("button", { name: /^Helpful/ });
  await button.click();
  await expect(button).toHaveAttribute("aria-pressed", "true");
  await expect(button).toContainText("1");
  await salma.goto("/notifications");
  await expect(salma.getByRole("link", { name: /answered your review/ }).first()).toBeVisible();
  await expect(salma.getByRole("link", { name: /found your review helpful/ }).first()).toBeVisible();
  heard.nothing("reviewing");
  for (const page of [salma, teo, hoang]) await page.context().close();
});

test("reviews are filtered by stars, and guests are invited", async ({ browser }) => {
  test.slow();
  const guest = await open(browser, town);
  const heard = await Watch.over(guest);
  await guest.goto(story);
  await expect(reviews(guest).getByRole("link", { name: "Sign in to write a review" })).toBeVisible();
  await reviews(guest).getByRole("link", { name: /^3 stars/ }).click();
  await expect(guest).toHaveURL(/stars=3/);
  await expect(guest.locator("article.review")).toHaveCount(1);
  await expect(one(guest, "Nineteen volunteers, and two of them speak")).toBeVisible();
  await guest.getByRole("navigation", { name: "Which reviews" }).getByRole("link", { name: "All", exact: true }).click();
  await guest.getByRole("link", { name: "Lowest" }).click();
  await expect(guest.locator("article.review").first()).toContainText("Nineteen volunteers");
  await one(guest, "Nineteen volunteers").getByRole("link", { name: /Priscilla/ }).first().click();
  await guest.getByRole("navigation", { name: /^Of / }).getByRole("link", { name: "Reviews" }).click();
  await expect(one(guest, "A critic who was full when he came")).toBeVisible();
  await looked(guest, "reviews-profile");
  heard.nothing("reading reviews");
  await guest.context().close();
});

test("what a newcomer writes without JavaScript waits until somebody has looked at it", async ({ browser }) => {
  test.slow();
  const ida = await newPerson(browser, town, "plainida", "Ida Plain", "member", { javaScriptEnabled: false });
  await ida.goto(story);
  await reviews(ida).getByRole("link", { name: "Write a review" }).click();
  await fill(ida, 2, "Read by candlelight", "It was dark.");
  await ida.getByRole("button", { name: "Post your review" }).click();
  await expect(ida.getByText("Until then you alone see it")).toBeVisible();
  const willa = await member(browser, "willa");
  await willa.goto("/admin/reviews");
  await expect(willa.getByText("Read by candlelight")).toBeVisible();
  await looked(willa, "reviews-waiting");
  await willa.goto(story);
  await expect(one(willa, "Read by candlelight")).toHaveCount(0);
  await willa.goto("/admin/reviews");
  await willa.getByRole("button", { name: /^Let it appear/ }).click();
  await expect(willa.getByText("Nothing waits")).toBeVisible();
  await ida.goto(story);
  await reviews(ida).getByRole("link", { name: "All reviews" }).click();
  await expect(ida.getByText("Until then you alone see it")).toHaveCount(0);
  await expect(one(ida, "Read by candlelight")).toBeVisible();
  // Found helpful by a form like any other.
  await one(ida, "I read it out loud").getByRole("button", { name: /^Helpful/ }).click();
  await expect(one(ida, "I read it out loud").getByRole("button", { name: /^Helpful/ })).toHaveAttribute("aria-pressed", "true");
  await willa.goto("/admin/reviews/criteria");
  await looked(willa, "reviews-criteria");
  await willa.getByRole("main").getByRole("link", { name: "Outdoors" }).click();
  await willa.getByLabel("What is judged").fill("Shade\nSheep");
  await willa.getByRole("button", { name: "Save" }).click();
  await expect(willa.getByText("Shade, Sheep")).toBeVisible();
  for (const page of [ida, willa]) await page.context().close();
});

test("words of any kind stay words", async ({ browser }) => {
  test.slow();
  const bart = await member(browser, "bart");
  const heard = await Watch.over(bart);
  const id = /\/stories\/(\d+)/.exec(story)?.[1] ?? "";
  const words = [...HOSTILE.filter((text) => text.trim() !== "").slice(0, 12), "a".repeat(110), "كلمة".repeat(20), `https://example.org/${"b".repeat(80)}`];
  for (const text of words) {
    const line = text.replace(/\s+/g, " ").trim().slice(0, 110);
    const form = { stars: "3", recommend: "yes", title: line, pros: line, cons: line, body: text };
    const answer = await bart.request.post(`/posts/${id}/review`, { form, maxRedirects: 0 });
    if (answer.status() === 422) continue;
    expect(answer.status(), text).toBe(303);
    await bart.goto(`/posts/${id}/reviews`);
    await expect(bart.locator(".review-mine article.review")).toHaveCount(1);
    await expect(bart.locator("main script, main iframe, main [onerror], main [onload]")).toHaveCount(0);
    await bart.setViewportSize({ width: 390, height: 844 });
    await fits(bart);
  }
  await looked(bart, "reviews-hostile");
  heard.nothing("hostile words");
  await bart.context().close();
});
