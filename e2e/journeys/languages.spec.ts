/** A story in another language than the site's: found by itself, chosen by its author, marked for voices, and found in any form of its words. */
import { expect, test, type Page } from "../support/test.ts";
import { noFaults } from "../support/axe.ts";
import { open } from "../support/looking.ts";
import { settledTown } from "../support/people.ts";
import { type Town } from "../support/town.ts";
import { begin, fill, publish, saved, story } from "../support/writer.ts";

test.describe.configure({ mode: "serial" });

let town: Town;
let page: Page;
let address: string;

const WORDS =
  "El concejo se reunió el martes por la noche y aplazó hasta la primavera la votación sobre las tuberías nuevas. Nadie de los que hablaron aquella noche quería esperar, pero los ingenieros pidieron más tiempo y los miembros estuvieron de acuerdo en que el pueblo no podía permitirse un error.";

test.beforeAll(async ({ browser }) => {
  ({ town, page } = await settledTown(browser));
});
test.afterAll(() => town.stop());

test("a Spanish story says by itself that it is Spanish", async () => {
  address = await begin(page);
  await fill(page, { headline: "Las casas esperan el agua", standfirst: "Nueve meses de audiencias terminan.", section: "News" });
  await story(page).click();
  await page.keyboard.type(WORDS);
  await saved(page);
  await page.reload();
  const language = page.getByLabel("Language");
  await expect(language.locator("option:checked")).toHaveText("Found by itself: Español");
  await noFaults(page);
  await publish(page);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.getByRole("heading", { level: 1 })).toHaveAttribute("lang", "es");
  await expect(page.locator(".prose")).toHaveAttribute("lang", "es");
  await noFaults(page);
});

test("its headline is marked wherever it is listed", async ({ browser }) => {
  const guest = await open(browser, town);
  await guest.goto("/");
  await expect(guest.getByRole("heading", { name: "Las casas esperan el agua" }).first()).toHaveAttribute("lang", "es");
  await noFaults(guest);
});

test("it is found by other forms of its words, and the words that stand there are marked", async ({ browser }) => {
  const guest = await open(browser, town);
  // The index is filled by a job after the publishing.
  await expect.poll(() => fetch(`${town.address}/search?q=casa`).then((answer) => answer.text()), { timeout: 60_000 }).toContain("<mark>casas</mark>");
  for (const [typed, marked] of [["casa", "casas"], ["tuber%C3%ADa", "tuberías"], ["esperar", "esperan"]] as const) {
    await guest.goto(`/search?q=${typed}`);
    await expect(guest.getByRole("main").locator("mark").first()).toHaveText(marked);
    await expect(guest.locator(".found .headline").first()).toHaveAttribute("lang", "es");
  }
  await noFaults(guest);
});

test("its author can say otherwise", async () => {
  await page.goto(address);
  await page.getByLabel("Language").selectOption({ label: "Català" });
  await page.locator(".write-bar").getByRole("button", { name: "Update" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveAttribute("lang", "ca");
});
