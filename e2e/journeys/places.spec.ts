/** Where things are: a post names its place, neighbours read it near them, a place is followed; and the order is the reader's. */
import { expect, test, type Page } from "../support/test.ts";
import { noFaults } from "../support/axe.ts";
import { looked } from "../support/looked.ts";
import { newPerson } from "../support/people.ts";
import { startTown, type Town } from "../support/town.ts";
import { Watch } from "../support/watch.ts";

let town: Town;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  town = await startTown({ demo: true });
});
test.afterAll(() => town.stop());

const main = (page: Page) => page.getByRole("main");

async function livesAt(page: Page, place: string): Promise<void> {
  await page.goto("/settings/profile");
  await main(page).getByRole("textbox", { name: /^Neighbourhood/ }).fill(place);
  await main(page).getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
}

for (const javaScriptEnabled of [true, false]) {
  test(`neighbours read each other near them, ${javaScriptEnabled ? "with" : "without"} JavaScript`, async ({ browser }) => {
    const street = javaScriptEnabled ? "Cannery Row" : "Gravel Pit Lane";
    const suffix = javaScriptEnabled ? "one" : "two";
    const rosa = await newPerson(browser, town, `rosa_${suffix}`, "Rosa Ibarra", "member", { javaScriptEnabled });
    const heard = javaScriptEnabled ? await Watch.over(rosa) : undefined;
    await rosa.goto("/square");
    await main(rosa).getByRole("link", { name: "Near me" }).click();
    await expect(main(rosa).getByText("Where are you at home?")).toBeVisible();
    if (javaScriptEnabled) await looked(rosa, "near-nowhere");
    await livesAt(rosa, street);
    await rosa.goto("/square/near");
    await expect(main(rosa).getByText("It is quiet here")).toBeVisible();
    await expect(main(rosa).getByText(`At ${street}, unless you name another place`)).toBeVisible();
    await main(rosa).getByLabel("Your post").fill("Who else hears the pump at night?");
    await main(rosa).getByRole("button", { name: "Post", exact: true }).last().click();
    await expect(main(rosa).getByRole("article")).toContainText("Who else hears the pump at night?");

    const sam = await newPerson(browser, town, `sam_${suffix}`, "Sam Park", "member", { javaScriptEnabled });
    await livesAt(sam, street.toUpperCase());
    await sam.goto("/square/local");
    await main(sam).getByLabel("Your post").fill("I have baked too much bread.");
    await main(sam).getByRole("button", { name: "Post", exact: true }).last().click();
    await expect(main(sam).getByRole("article").first()).toContainText("I have baked too much bread.");
    await rosa.goto("/square/near");
    await expect(main(rosa).getByRole("article")).toHaveCount(2);
    await expect(main(rosa).locator(".why").first()).toHaveText("By a neighbour");
    await expect(main(rosa).locator(".why").last()).toHaveText(`About ${street}`);
    if (javaScriptEnabled) await looked(rosa, "near");

    // The place has a page of its own, and whoever follows it has it on their square.
    await main(rosa).locator(".post-place").getByRole("link", { name: street }).click();
    await expect(main(rosa).getByRole("heading", { level: 1 })).toHaveText(street);
    if (javaScriptEnabled) await noFaults(rosa);
    const ines = await newPerson(browser, town, `ines_${suffix}`, "Ines Duarte", "member", { javaScriptEnabled });
    await ines.goto(rosa.url());
    await main(ines).getByRole("button", { name: `Follow ${street}` }).click();
    await expect(main(ines).getByRole("button", { name: /^Following/ })).toBeVisible();
    await ines.goto("/square");
    await expect(main(ines)).toContainText("Who else hears the pump at night?");
    await expect(main(ines)).not.toContainText("baked too much bread");
    await expect(main(ines).locator(".why")).toContainText(`Because you follow ${street}`);
    heard?.nothing("being near");
    for (const page of [rosa, sam, ines]) await page.context().close();
  });
}

test("a reader chooses an order, and it stays", async ({ browser }) => {
  const kay = await newPerson(browser, town, "kay", "Kay Ochoa", "member");
  await kay.goto("/sections/city-hall");
  await main(kay).getByRole("button", { name: /^Follow/ }).first().click();
  await expect(main(kay).getByRole("button", { name: /^Following/ }).first()).toBeVisible();
  await kay.goto("/square");
  const ranked = main(kay).getByRole("button", { name: "Ranked" });
  await expect(main(kay).getByRole("button", { name: "Latest" })).toHaveAttribute("aria-pressed", "true");
  await ranked.click();
  await expect(ranked).toHaveAttribute("aria-pressed", "true");
  await main(kay).getByText("What it goes by").click();
  await expect(main(kay)).toContainText("nobody can pay for a place");
  await looked(kay, "square-ranked");
  await kay.goto("/");
  await kay.goto("/square");
  await expect(ranked).toHaveAttribute("aria-pressed", "true");
  await main(kay).getByRole("button", { name: "Latest" }).click();
  await expect(ranked).toHaveAttribute("aria-pressed", "false");
  await kay.context().close();
});
