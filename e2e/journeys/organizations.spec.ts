/** An organization: founded, run by several with roles, posted for by those who may, followed, reviewed, made official; the same
 * without JavaScript. */
import { expect, test, type Page } from "../support/test.ts";
import { looked } from "../support/looked.ts";
import { open } from "../support/looking.ts";
import { newPerson, signIn } from "../support/people.ts";
import { startTown, type Town } from "../support/town.ts";
import { Watch } from "../support/watch.ts";

let town: Town;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  town = await startTown({ demo: true });
});
test.afterAll(() => town.stop());

const main = (page: Page) => page.getByRole("main");

test("two members run one together, and others follow it", async ({ browser }) => {
  test.slow();
  const rosa = await newPerson(browser, town, "orgrosa", "Rosalba Ito", "member");
  const sam = await newPerson(browser, town, "orgsam", "Samuel Park", "member");
  const heard = await Watch.over(rosa);
  await rosa.goto("/organizations");
  await expect(main(rosa).getByRole("link", { name: /Sixpenny Workers’ Bakery/ })).toBeVisible();
  await looked(rosa, "organizations");
  await main(rosa).getByRole("link", { name: "Found an organization" }).click();
  await rosa.getByLabel("Name", { exact: true }).fill("Juniper Books");
  await rosa.getByLabel("Handle").fill("juniper_books");
  await rosa.getByLabel("What it is", { exact: true }).selectOption({ label: "Business" });
  await rosa.getByLabel("When it is open").fill("Tuesday to Friday, 9 to 5\nSaturday until noon");
  await looked(rosa, "organizations-new");
  await rosa.getByRole("button", { name: "Found it" }).click();
  await expect(rosa.getByRole("heading", { level: 1 })).toHaveText("Juniper Books");
  await looked(rosa, "organization-own");
  await main(rosa).getByRole("link", { name: "Who runs it" }).click();
  await rosa.getByLabel("Handle").fill("@orgsam");
  await rosa.getByLabel("Role", { exact: true }).selectOption("contributor");
  await rosa.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(rosa.getByText("Contributor, invited")).toBeVisible();
  await looked(rosa, "organization-people");
  // Who is invited hears of it, and accepts.
  await sam.goto("/notifications");
  await sam.getByRole("link", { name: /Juniper Books invites you to run its page/ }).click();
  await expect(sam).toHaveURL(/\/organizations$/);
  await looked(sam, "organizations-invited");
  await sam.getByRole("button", { name: /^Accept/ }).click();
  await expect(sam.getByText("Contributor, you")).toBeVisible();
  // They post in its name, and its people alone see who.
  await sam.goto("/square/local");
  await main(sam).getByLabel("Your post").fill("New maps are in #maps");
  await main(sam).getByLabel("Post as").selectOption({ label: "As Juniper Books" });
  await looked(sam, "organization-compose");
  await main(sam).getByRole("button", { name: "Post", exact: true }).click();
  await expect(sam.getByText("Posted.")).toBeVisible();
  const said = (page: Page) => page.getByRole("article", { name: "Post by Juniper Books" }).first();
  await expect(said(sam)).toContainText("by Samuel Park");
  const guest = await open(browser, town);
  await guest.goto("/@juniper_books");
  await expect(said(guest)).toContainText("New maps are in");
  await expect(said(guest)).not.toContainText("Samuel");
  await guest.getByRole("navigation", { name: "Of Juniper Books" }).getByRole("link", { name: "About" }).click();
  await expect(main(guest)).toContainText("Saturday until noon");
  await looked(guest, "organization-about");
  // A neighbour follows it, and is told why it stands on their square.
  const lou = await newPerson(browser, town, "orglou", "Louisa Diaz", "member");
  await lou.goto("/@juniper_books");
  await main(lou).getByRole("button", { name: "Follow Juniper Books" }).click();
  await expect(main(lou).getByRole("button", { name: /Following/ })).toBeVisible();
  await lou.goto("/square");
  await expect(main(lou)).toContainText("Because you follow the organization Juniper Books");
  // The owner changes what was posted; whoever is nothing there, cannot.
  await rosa.goto("/@juniper_books");
  await said(rosa).locator("summary", { hasText: "More about the post by Juniper Books" }).click();
  await said(rosa).getByRole("link", { name: "Edit" }).click();
  await expect(rosa).toHaveURL(/\/edit$/);
  await rosa.getByLabel("Your post").fill("New maps are in, and atlases #maps");
  await rosa.getByRole("button", { name: "Save" }).click();
  await expect(said(rosa)).toContainText("atlases");
  await expect(said(lou).getByText("Delete")).toHaveCount(0);
  heard.nothing("running an organization");
  for (const page of [rosa, sam, lou, guest]) await page.context().close();
});

test("it is reviewed, and answers under its own name", async ({ browser }) => {
  const guest = await open(browser, town);
  await guest.goto("/@sixpenny/reviews");
  await expect(main(guest)).toContainText("Worth standing in line behind a tuba");
  await looked(guest, "organization-reviews");
  await guest.goto("/@sixpenny/people");
  await expect(main(guest)).toContainText("Owner");
  await looked(guest, "organization-named");
  await guest.context().close();
});

test("the staff say what is official", async ({ browser }) => {
  const willa = await open(browser, town);
  await signIn(willa, town, "willa", "ocotillo in bloom");
  await willa.goto("/admin/organizations");
  await looked(willa, "desk-organizations");
  await main(willa).getByRole("link", { name: "Depot Street Brass Band" }).first().click();
  await expect(main(willa)).toContainText("It says to be an official body");
  await looked(willa, "desk-organization");
  await willa.getByLabel("Kind").selectOption({ label: "Organization" });
  await willa.getByRole("button", { name: "Save" }).click();
  await expect(willa.getByText("Saved.")).toBeVisible();
  await willa.goto("/admin/organizations");
  await expect(main(willa)).toContainText("None asks.");
  await willa.context().close();
});

test("without JavaScript one is founded, posted for and closed", async ({ browser }) => {
  const ida = await newPerson(browser, town, "orgida", "Ida Plain", "member", { javaScriptEnabled: false });
  await ida.goto("/organizations/new");
  await ida.getByLabel("Name", { exact: true }).fill("Plain Choir");
  await ida.getByLabel("Handle").fill("willa");
  await ida.getByLabel("What it is", { exact: true }).selectOption({ label: "Organization" });
  await ida.getByRole("button", { name: "Found it" }).click();
  await expect(ida.getByRole("alert")).toContainText("Somebody has this handle");
  await ida.getByLabel("Handle").fill("plain_choir");
  await ida.getByRole("button", { name: "Found it" }).click();
  await main(ida).getByRole("link", { name: "Post in its name" }).click();
  await expect(main(ida).getByLabel("Post as")).toHaveValue(/^\d+$/);
  await main(ida).getByLabel("Your post").fill("We sing on Monday");
  await main(ida).getByRole("button", { name: "Post", exact: true }).click();
  await ida.goto("/@plain_choir");
  await expect(main(ida)).toContainText("We sing on Monday");
  await main(ida).getByRole("link", { name: "Who runs it" }).click();
  await main(ida).getByRole("button", { name: "Leave it" }).click();
  await expect(ida.getByRole("main")).toContainText("Somebody has to own an organization");
  await ida.goBack();
  await main(ida).getByRole("button", { name: "Close it" }).click();
  await expect(ida.getByText("It is closed, and will be forgotten")).toBeVisible();
  await main(ida).getByRole("button", { name: "Open it again" }).click();
  await expect(ida.getByText("Open again. Nothing of it was touched.")).toBeVisible();
  await ida.context().close();
});
