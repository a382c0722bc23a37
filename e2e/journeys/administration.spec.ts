/** Administration: levels with limits, members, colours and menus, letters, questions, badges; and the log of all of it. */
import { expect, test, type Page } from "../support/test.ts";
import { noFaults } from "../support/axe.ts";
import { letterTo } from "../support/letters.ts";
import { newPerson, settledTown } from "../support/people.ts";
import { picture } from "../support/png.ts";
import { type Town } from "../support/town.ts";

test.describe.configure({ mode: "serial" });

/** The colour of the program's accent on light paper, and one of the site's own. */
const OWN = { light: "#14532d", dark: "#86efac", shown: "rgb(20, 83, 45)" };

let town: Town;
let staff: Page;
let rosa: Page;
let sam: Page;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  ({ town, page: staff } = await settledTown(browser));
  rosa = await newPerson(browser, town, "rosa", "Rosa Ibarra", "member");
  sam = await newPerson(browser, town, "sam", "Sam Okafor", "moderator");
});
test.afterAll(() => town.stop());

/** A note, posted with the composer on a page of its own; answers the status of what comes back. */
async function say(page: Page, words: string): Promise<number> {
  await page.goto("/notes/new");
  await page.locator("form#compose textarea[name=body]").fill(words);
  const answered = page.waitForResponse((answer) => new URL(answer.url()).pathname === "/notes" && answer.request().method() === "POST");
  await page.locator("form#compose").getByRole("button", { name: "Post", exact: true }).click();
  return (await answered).status();
}

async function saved(page: Page): Promise<void> {
  await expect(page.getByRole("status").filter({ hasText: "Saved." })).toBeVisible();
}

test("a limit of a level holds at once, and nobody loses words by it", async () => {
  await staff.goto("/admin/levels");
  await noFaults(staff);
  await staff.getByLabel("Member: Posts in the square within an hour").fill("1");
  await staff.getByRole("button", { name: "Save", exact: true }).click();
  await saved(staff);
  expect(await say(rosa, "Does anybody have a ladder?")).toBeLessThan(400);
  expect(await say(rosa, "It has to reach the gutter.")).toBe(429);
  await expect(rosa.getByRole("alert")).toContainText("which is all that your level allows");
  await expect(rosa.locator("form#compose textarea[name=body]")).toHaveValue("It has to reach the gutter.");
  await noFaults(rosa);
  await rosa.goto("/settings/level");
  await expect(rosa.getByRole("main")).toContainText("Posts in the square within an hour");
  await noFaults(rosa);
});

test("a level is made that members come to by themselves", async () => {
  await staff.goto("/admin/levels");
  await staff.getByRole("link", { name: "Make a level" }).click();
  await staff.getByLabel("Name").fill("Good neighbour");
  await staff.getByRole("button", { name: "Make the level" }).click();
  await saved(staff);
  await staff.getByLabel("Who comes to it by themselves").selectOption({ label: "Member" });
  await staff.getByLabel("Days since they joined").fill("30");
  await staff.getByLabel("Posts that others can read").fill("3");
  await noFaults(staff);
  await staff.getByRole("button", { name: "Save", exact: true }).click();
  await saved(staff);
  await rosa.goto("/settings/level");
  await expect(rosa.getByRole("main")).toContainText("30 days more here");
  await expect(rosa.getByRole("main")).toContainText("2 more posts that others can read");
});

test("a moderator takes a post down, its author is told why, and it comes back", async () => {
  await sam.goto("/square/local");
  await sam.getByRole("article").filter({ hasText: "ladder" }).locator(".post-menu summary").first().click();
  await sam.getByRole("link", { name: "Take down" }).first().click();
  await noFaults(sam);
  await sam.getByLabel("Why, for the letter to its author").fill("No ladders, please.");
  await sam.getByRole("button", { name: "Take it down" }).click();
  await expect(sam.getByRole("heading", { level: 1 })).toHaveText("Taken down");
  await noFaults(sam);
  expect(await letterTo(town, "rosa@example.org", "A decision about you")).toContain("No ladders, please.");
  await rosa.goto("/square/local");
  await expect(rosa.getByRole("main")).not.toContainText("Does anybody have a ladder?");
  await sam.getByRole("button", { name: "Bring it back" }).click();
  await expect(sam.getByRole("button", { name: "Bring it back" })).toHaveCount(0);
  await rosa.goto("/square/local");
  await expect(rosa.getByRole("main")).toContainText("Does anybody have a ladder?");
});

test("a member is found, suspended with a reason, and let back in", async () => {
  await staff.goto("/admin/people");
  await staff.getByLabel("Name, handle or e-mail address").fill("ibar");
  await staff.getByRole("button", { name: "Find" }).click();
  await expect(staff.locator("tbody tr")).toHaveCount(1);
  await noFaults(staff);
  await staff.getByRole("link", { name: "Rosa Ibarra" }).click();
  await staff.getByLabel("Suspend for").selectOption({ label: "Three days" });
  await staff.getByLabel("Why", { exact: true }).fill("Three ladders on one day.");
  await staff.getByRole("button", { name: "Suspend", exact: true }).click();
  await saved(staff);
  await expect(staff.getByRole("main")).toContainText("Three ladders on one day.");
  await noFaults(staff);
  expect(await letterTo(town, "rosa@example.org", "is suspended")).toContain("Three ladders on one day.");
  await rosa.goto("/settings");
  await expect(rosa).toHaveURL(/sign-in/);
  await staff.getByRole("button", { name: "Let them back in" }).click();
  await saved(staff);
});

test("a colour says its contrast while it is picked, and is on every page once it is saved", async ({ browser }) => {
  await staff.goto("/admin/looks");
  await noFaults(staff);
  const light = staff.getByLabel("Accent on light paper");
  const said = staff.locator("#accent_light-ratio");
  await light.fill("#ffcc00");
  await expect(said).toContainText("too little: text needs 4.5:1");
  expect(await light.evaluate((field: HTMLInputElement) => field.validity.valid)).toBe(false);
  await light.fill(OWN.light);
  await expect(said).toHaveText(/^Contrast \d+\.\d\d:1$/);
  await staff.getByLabel("Accent on dark paper").fill(OWN.dark);
  await staff.getByRole("button", { name: "Save the colours" }).click();
  await saved(staff);
  const guest = await (await browser.newContext({ baseURL: town.address, colorScheme: "light" })).newPage();
  await guest.goto("/sign-in");
  const button = guest.getByRole("main").getByRole("button", { name: "Sign in" });
  expect(await button.evaluate((element) => getComputedStyle(element).backgroundColor)).toBe(OWN.shown);
  await noFaults(guest);
  await guest.emulateMedia({ colorScheme: "dark" });
  await noFaults(guest);
  await guest.context().close();
  await staff.locator("input#icon").setInputFiles(picture("icon.png", 200, 200));
  await staff.getByRole("button", { name: "Upload the icon" }).click();
  await saved(staff);
  await expect(staff.getByRole("img", { name: "The icon of now" })).toBeVisible();
  await noFaults(staff);
});

test("the site's own link stands in the bar for those who are to see it", async ({ browser }) => {
  await staff.goto("/admin/menus");
  await noFaults(staff);
  const bar = staff.getByRole("region", { name: "The bar" });
  await bar.getByLabel("Label, row 1").fill("Send a tip");
  await bar.getByLabel("Address, row 1").fill("/rules");
  await bar.getByLabel("Who sees it, row 1").selectOption("Guests");
  await staff.locator("#bar").getByRole("button", { name: "Save" }).click();
  await saved(staff);
  await expect(staff.getByRole("link", { name: "Send a tip" })).toHaveCount(0);
  const guest = await (await browser.newContext({ baseURL: town.address })).newPage();
  await guest.goto("/");
  await expect(guest.getByRole("link", { name: "Send a tip" })).toBeVisible();
  await guest.context().close();
});

test("a letter begins with the site's own words", async () => {
  await staff.goto("/admin/letters");
  await noFaults(staff);
  await staff.getByRole("link", { name: "A suspension is over" }).click();
  await staff.getByLabel("Subject").fill("Come back, {nobody}");
  await staff.getByRole("button", { name: "Save", exact: true }).click();
  await expect(staff.getByRole("alert")).toContainText("Nothing stands for {nobody}");
  await noFaults(staff);
  await staff.getByLabel("Subject").fill("Come back, {name}");
  await staff.getByRole("button", { name: "Send it to me" }).click();
  await expect(staff.getByRole("status")).toContainText("A test letter is on its way");
  await staff.getByRole("button", { name: "Save", exact: true }).click();
  await saved(staff);
  await expect(staff.locator(".panel strong")).toContainText("Come back,");
});

test("members are asked, and a badge stands beside a name", async () => {
  await staff.goto("/admin/questions");
  await staff.getByRole("link", { name: "Ask something" }).click();
  await staff.getByLabel("Question").fill("Which part of town?");
  await staff.getByLabel("What an answer is").selectOption({ label: "One of several" });
  await staff.getByLabel("Choices").fill("North\nSouth");
  await staff.getByLabel("Resident").check();
  await noFaults(staff);
  await staff.getByRole("button", { name: "Save", exact: true }).click();
  await saved(staff);
  await sam.goto("/settings/about");
  await sam.getByLabel("Which part of town?", { exact: true }).selectOption("South");
  await sam.getByLabel("Who sees the answer").selectOption({ label: "Everyone" });
  await noFaults(sam);
  await sam.getByRole("button", { name: "Save", exact: true }).click();
  await saved(sam);
  await staff.goto("/admin/badges");
  await noFaults(staff);
  await staff.getByRole("link", { name: "Verified resident" }).click();
  await staff.getByLabel("Handle").fill("@sam");
  await staff.getByRole("button", { name: "Give the badge" }).click();
  await saved(staff);
  await noFaults(staff);
  await rosa.goto("/@sam/about");
  await expect(rosa.getByRole("main")).toContainText("South");
  await expect(rosa.locator(".profile .badge")).toHaveText("Verified resident");
  await noFaults(rosa);
});

test("everything is written down, and every page fits a phone in both themes", async () => {
  test.slow();
  await staff.goto("/admin/decisions");
  for (const words of ["Gave the badge “Verified resident”", "Changed the colours", "Suspended until", "Took down a post", "Made the level “Good neighbour”"]) {
    await expect(staff.getByRole("main")).toContainText(words);
  }
  const pages = ["levels", "levels/member", "levels/new", "people", "decisions", "looks", "menus", "letters", "letters/people.suspended", "questions", "questions/new", "badges", "badges/1"];
  for (const path of pages) {
    for (const width of [390, 1280]) {
      await staff.setViewportSize({ width, height: 844 });
      await staff.goto(`/admin/${path}`);
      expect(await staff.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `${path} at ${width}`).toBe(0);
      for (const colorScheme of ["light", "dark"] as const) {
        await staff.emulateMedia({ colorScheme });
        await noFaults(staff, "looks");
        await staff.screenshot({ path: `results/shots/administration-${path.replaceAll("/", "-")}-${width}-${colorScheme}.png`, fullPage: true });
      }
    }
  }
});
