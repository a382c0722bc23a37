/** Somebody reports what another wrote; a moderator decides with a few keys; whoever it is about reads why, appeals, and another
 * moderator reverses it. The same report without JavaScript. */
import { expect, test, type Page } from "../support/test.ts";
import { looked } from "../support/looked.ts";
import { newPerson } from "../support/people.ts";
import { startTown, type Town } from "../support/town.ts";
import { fits, Watch } from "../support/watch.ts";

let town: Town;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  town = await startTown({ demo: true });
});
test.afterAll(() => town.stop());

const main = (page: Page) => page.getByRole("main");
const said = (page: Page, words: string) => page.locator("article.comment", { hasText: words }).first();

/** Somebody posts in the square; the address of it. */
async function note(page: Page, words: string): Promise<string> {
  await page.goto("/square/local");
  await main(page).getByLabel("Your post").fill(words);
  await main(page).getByRole("button", { name: "Post", exact: true }).click();
  await expect(page.getByText("Posted.")).toBeVisible();
  const post = page.getByRole("article").filter({ hasText: words }).first();
  return (await post.locator("a.when").getAttribute("href")) ?? "";
}

async function comment(page: Page, address: string, words: string): Promise<void> {
  await page.goto(address);
  await page.locator("#comments").getByLabel("Your comment", { exact: true }).fill(words);
  await page.locator("#comments").getByRole("button", { name: "Comment", exact: true }).click();
  await expect(said(page, words)).toBeVisible();
}

test("a comment is reported, removed, appealed, and comes back", async ({ browser }) => {
  test.setTimeout(240_000);
  const rosa = await newPerson(browser, town, "rosaline", "Rosaline Ito", "member");
  const sam = await newPerson(browser, town, "samwise", "Samwise Park", "member");
  const mo = await newPerson(browser, town, "moreyes", "Mo Reyes", "moderator");
  const kit = await newPerson(browser, town, "kitlane", "Kit Lane", "moderator");
  const heard = await Watch.over(mo);
  const address = await note(rosa, "The bench has been moved again.");
  await comment(sam, address, "Only fools move benches, Rosaline.");

  await rosa.goto(address);
  await said(rosa, "Only fools").locator(".post-menu summary").click();
  await said(rosa, "Only fools").getByRole("link", { name: "Report…" }).click();
  await expect(rosa.getByRole("heading", { name: "Report this comment" })).toBeVisible();
  await rosa.getByLabel("Which rule of the house").selectOption({ label: "Be kind" });
  await rosa.getByLabel("What should the moderators know?").fill("He says this under everything I write.");
  await looked(rosa, "moderation-report");
  await rosa.getByRole("button", { name: "Report" }).click();
  await expect(rosa.getByText("Thank you.")).toBeVisible();
  await expect(main(rosa).getByText("Waiting")).toBeVisible();
  await looked(rosa, "moderation-reports");

  await mo.goto("/admin/queue");
  await expect(main(mo).getByRole("link", { name: /Only fools move benches/ })).toBeVisible();
  await looked(mo, "moderation-queue");
  await main(mo).getByRole("link", { name: /Only fools move benches/ }).click();
  await expect(mo.getByRole("heading", { name: "A reported comment" })).toBeVisible();
  await expect(mo.getByText("He says this under everything I write.")).toBeVisible();
  const reason = mo.getByLabel("Why (optional)");
  await expect(reason).toHaveValue("This attacks people instead of arguing with what they say.");
  await looked(mo, "moderation-case");
  // What is typed in a field chooses nothing.
  await mo.getByLabel("A note").fill("Bears watching");
  await expect(mo.locator("input[name=act]:checked")).toHaveCount(0);
  await mo.getByRole("button", { name: "Add the note" }).click();
  await expect(mo.locator("blockquote", { hasText: "Bears watching" })).toBeVisible();
  await mo.keyboard.press("h");
  await expect(mo.getByRole("radio", { name: "Hide it" })).toBeChecked();
  await mo.keyboard.press("r");
  await expect(mo.getByRole("radio", { name: "Remove it" })).toBeChecked();
  await mo.keyboard.press("Enter");
  await expect(mo.getByText("Decided. Whoever it concerns is told.")).toBeVisible();
  heard.nothing("deciding");

  await rosa.goto(address);
  await expect(said(rosa, "Only fools")).toHaveCount(0);
  await rosa.goto("/notifications");
  await rosa.getByRole("link", { name: /decided about what you reported/ }).click();
  await expect(main(rosa).getByText("Something was done")).toBeVisible();

  await sam.goto("/notifications");
  await sam.getByRole("link", { name: /decided about something of yours/ }).click();
  await expect(sam.getByRole("heading", { name: "A decision about you" })).toBeVisible();
  await expect(main(sam).getByText("Your comment was removed.")).toBeVisible();
  await expect(main(sam).getByText("This attacks people instead of arguing with what they say.")).toBeVisible();
  await expect(main(sam).getByText("Only fools move benches, Rosaline.")).toBeVisible();
  await looked(sam, "moderation-statement");
  await sam.getByLabel("Why it is a mistake").fill("It is the title of a song that we both sang in the choir.");
  await sam.getByRole("button", { name: "Appeal" }).click();
  await expect(sam.getByText("Your appeal is with the moderators.")).toBeVisible();

  await mo.goto("/admin/queue/appeals");
  await main(mo).getByRole("link", { name: /the title of a song/ }).click();
  await expect(mo.getByText("another moderator decides")).toBeVisible();
  await kit.goto("/admin/queue/appeals");
  await looked(kit, "moderation-appeals");
  await main(kit).getByRole("link", { name: /the title of a song/ }).click();
  await expect(kit.getByRole("heading", { name: "An appeal" })).toBeVisible();
  await looked(kit, "moderation-appeal");
  await kit.keyboard.press("r");
  await kit.getByLabel("What you answer them").fill("We know the song. Sorry.");
  await kit.getByRole("button", { name: "Decide" }).click();
  await expect(kit.getByText("Decided. Whoever it concerns is told.")).toBeVisible();

  await sam.goto("/moderation/statements");
  await sam.getByRole("link", { name: "Your comment was removed." }).click();
  await expect(sam.getByText("You were right")).toBeVisible();
  await expect(sam.getByText("We know the song. Sorry.")).toBeVisible();
  await rosa.goto(address);
  await expect(said(rosa, "Only fools")).toBeVisible();
  await kit.goto("/admin/queue/decided");
  await looked(kit, "moderation-decided");
  await kit.goto("/moderation");
  await looked(kit, "moderation-log");
  for (const page of [rosa, sam, mo, kit]) await page.context().close();
});

test("a sentence over a post, and rules of the house", async ({ browser }) => {
  test.setTimeout(180_000);
  const rosa = await newPerson(browser, town, "rosamund", "Rosamund Ito", "member");
  const sam = await newPerson(browser, town, "samuel", "Samuel Park", "member");
  const ada = await newPerson(browser, town, "adaboss", "Ada Boss", "administrator");
  const address = await note(rosa, "The moon landed in the wash last night.");
  await sam.goto(address);
  await sam.locator("article .post-menu summary").first().click();
  await sam.getByRole("link", { name: "Report…" }).first().click();
  await sam.getByLabel("Which rule of the house").selectOption({ label: "Say what is true" });
  await sam.getByRole("button", { name: "Report" }).click();
  await expect(sam.getByText("Thank you.")).toBeVisible();
  await ada.goto("/admin/queue");
  await main(ada).getByRole("link", { name: /The moon landed/ }).click();
  await expect(ada.getByRole("heading", { name: "A reported post" })).toBeVisible();
  await ada.keyboard.press("l");
  await ada.getByLabel("The sentence over it").fill("Astronomers say otherwise.");
  await ada.keyboard.press("Enter");
  await expect(ada.getByText("Decided. Whoever it concerns is told.")).toBeVisible();
  await sam.goto(address);
  await expect(sam.locator(".post-label")).toHaveText("Astronomers say otherwise.");
  await looked(sam, "moderation-label");
  await ada.goto("/admin/queue/rules");
  await looked(ada, "moderation-rules");
  await ada.getByRole("link", { name: "Be kind" }).click();
  await expect(ada.getByRole("heading", { name: "A rule" })).toBeVisible();
  await looked(ada, "moderation-rule");
  for (const page of [rosa, sam, ada]) await page.context().close();
});

test("a report without JavaScript, on a phone", async ({ browser }) => {
  test.setTimeout(120_000);
  const rosa = await newPerson(browser, town, "rosalba", "Rosalba Ito", "member");
  const address = await note(rosa, "Cheap watches, only today, behind the depot.");
  const plain = { javaScriptEnabled: false, viewport: { width: 390, height: 844 } };
  const sam = await newPerson(browser, town, "samira", "Samira Park", "member", plain);
  await sam.goto(address);
  await sam.locator("article .post-menu summary").first().click();
  await sam.getByRole("link", { name: "Report…" }).first().click();
  await fits(sam);
  await sam.getByLabel("What should the moderators know?").fill("Third time this week.");
  await sam.getByLabel("Which rule of the house").selectOption({ label: "No flooding and no spam" });
  await sam.getByRole("button", { name: "Report" }).click();
  await expect(sam.getByText("Thank you.")).toBeVisible();
  await fits(sam);
  await sam.getByRole("link", { name: "Change it" }).click();
  await expect(sam.getByLabel("What should the moderators know?")).toHaveValue("Third time this week.");
  for (const page of [rosa, sam]) await page.context().close();
});
