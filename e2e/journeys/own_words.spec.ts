/** A member takes their own words along: the page under the settings, the file it gives, with and without scripts. */
import { readFileSync } from "node:fs";
import { expect, test } from "../support/test.ts";
import { noFaults } from "../support/axe.ts";
import { newPerson } from "../support/people.ts";
import { startTown, type Town } from "../support/town.ts";
import { fits } from "../support/watch.ts";
import { begin, post, sectionId } from "../support/writer.ts";

let town: Town;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  town = await startTown({ demo: true });
});
test.afterAll(() => town.stop());

for (const javaScriptEnabled of [true, false]) {
  test(`an author takes their words along ${javaScriptEnabled ? "with" : "without"} scripts`, async ({ browser }) => {
    const handle = javaScriptEnabled ? "taker" : "plain-taker";
    const page = await newPerson(browser, town, handle, "Tamsin Take", "author", { javaScriptEnabled });
    await begin(page);
    const section = await sectionId(page, "Water");
    await post(page.request, { headline: `Mine to take ${handle}`, section, body: "My own words." });
    await page.goto("/settings");
    await page.getByRole("link", { name: "Export what is yours" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Take your words with you");
    await expect(page.getByRole("main")).toContainText("2 stories");
    if (javaScriptEnabled) {
      await noFaults(page);
      await page.setViewportSize({ width: 390, height: 800 });
      await fits(page);
    }
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download" }).click()]);
    expect(download.suggestedFilename()).toBe(`${handle}.zip`);
    const bytes = readFileSync(await download.path());
    expect(bytes.subarray(0, 2).toString()).toBe("PK");
    expect(bytes.includes(`mine-to-take-${handle}`)).toBe(true);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Take your words with you");
    await page.context().close();
  });
}
