/** What staff see of a living town, looked at as readers' pages are. */
import { expect, test, type Page } from "../support/test.ts";
import { noFaults } from "../support/axe.ts";
import { KINDS, look, visit, type Visit } from "../support/looking.ts";
import { type Town } from "../support/town.ts";

let town: Town;
let staff: Page;
let all: Visit;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  all = await visit(browser);
  ({ town, staff } = all);
});
test.afterAll(() => town.stop());

for (const kind of KINDS.filter((kind) => kind.staff)) {
  test(`${kind.name} is sound in both widths and themes`, () => look(kind, all));
}

test("a chosen theme stays, and menus open and close by keyboard", async () => {
  await staff.setViewportSize({ width: 1280, height: 900 });
  await staff.emulateMedia({ colorScheme: "light" });
  await staff.goto("/");
  const ground = () => staff.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await staff.getByRole("button", { name: "Dark" }).click();
  await expect.poll(ground).not.toBe(light);
  const dark = await ground();
  await staff.reload();
  expect(await ground()).toBe(dark);
  await staff.getByRole("button", { name: "As on this computer" }).click();
  await expect.poll(ground).toBe(light);
  const menu = staff.locator("details.menu");
  await menu.locator("summary").focus();
  await staff.keyboard.press("Enter");
  await expect(menu.getByRole("link", { name: "The desk" })).toBeVisible();
  await noFaults(staff);
  await staff.screenshot({ path: "results/shots/menu-1280-light.png" });
  await staff.keyboard.press("Escape");
  await expect(menu.getByRole("link", { name: "The desk" })).toBeHidden();
});
