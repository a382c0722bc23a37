/** Finding a story again: by its words, with a typing error, by suggestions and the keyboard, and without scripts. */
import { expect, test, type Page } from "../support/test.ts";
import { noFaults } from "../support/axe.ts";
import { open } from "../support/looking.ts";
import { startTown, type Town } from "../support/town.ts";

let town: Town;
let guest: Page;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  town = await startTown({ demo: true });
  guest = await open(browser, town);
  // The index is filled by a job after the start; whoever searches at once may be earlier.
  await expect
    .poll(() => fetch(`${town.address}/search?q=bighorn`).then((answer) => answer.text()), { timeout: 60_000 })
    .toContain("bighorn</mark>");
});
test.afterAll(() => town.stop());

test("words lead to stories, and the words are marked", async () => {
  await guest.goto("/");
  await guest.getByRole("combobox", { name: /search/i }).or(guest.getByRole("searchbox", { name: /search/i })).first().fill("bighorn");
  await guest.keyboard.press("Enter");
  await expect(guest).toHaveURL(/\/search\?q=bighorn/);
  await expect(guest.getByRole("main").locator("mark").first()).toHaveText(/bighorn/i);
  await guest.getByRole("main").getByRole("link", { name: /bighorn/i }).first().click();
  await expect(guest.getByRole("heading", { level: 1 })).toContainText(/bighorn/i);
});

test("a typing error in a name still finds its author's stories", async () => {
  await guest.goto("/search?q=Achterburg");
  await expect(guest.getByRole("main")).toContainText("Achterberg");
});

test("suggestions come while typing and are reached by the keyboard", async () => {
  await guest.goto("/");
  const field = guest.getByRole("combobox", { name: /search/i });
  await field.pressSequentially("bigho");
  await expect(guest.getByRole("option").first()).toBeVisible();
  await noFaults(guest);
  await field.press("ArrowDown");
  await field.press("Enter");
  await expect(guest).not.toHaveURL(`${town.address}/`);
});

test("search works without scripts", async ({ browser }) => {
  const plain = await open(browser, town, { javaScriptEnabled: false });
  await plain.goto("/search");
  await plain.getByRole("main").getByRole("searchbox").first().fill("\"water line\" -tortoise");
  await plain.getByRole("main").getByRole("button", { name: /search/i }).first().click();
  await expect(plain.getByRole("main").locator("mark").first()).toBeVisible();
});
