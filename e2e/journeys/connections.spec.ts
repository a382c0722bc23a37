/** Two members find each other, become friends, keep each other on lists, and part; and what they follow stands on their squares. */
import { expect, test, type Page } from "../support/test.ts";
import { noFaults } from "../support/axe.ts";
import { looked } from "../support/looked.ts";
import { open } from "../support/looking.ts";
import { newPerson, signIn, PASSWORD } from "../support/people.ts";
import { startTown, type Town } from "../support/town.ts";
import { Watch } from "../support/watch.ts";

let town: Town;
let rosa: Page;
let ben: Page;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  town = await startTown({ demo: true });
  rosa = await newPerson(browser, town, "rosa_mora", "Rosa Mora", "member");
  ben = await newPerson(browser, town, "ben_oak", "Ben Oak", "member");
});
test.afterAll(() => town.stop());

const main = (page: Page) => page.getByRole("main");
const button = (page: Page, name: string | RegExp) => main(page).getByRole("button", { name });

test("an empty square leads to what can be followed, and fills", async () => {
  const watch = await Watch.over(rosa);
  await rosa.goto("/square");
  await expect(main(rosa)).toContainText("Your square is quiet");
  await looked(rosa, "square-empty");
  await main(rosa).getByRole("link", { name: "Choose sections to follow" }).click();
  await main(rosa).getByRole("link", { name: "Water", exact: true }).first().click();
  await button(rosa, "Follow Water").click();
  await expect(button(rosa, /^Following Water/)).toBeVisible();
  await expect(button(rosa, /^Following Water/)).toBeFocused();
  await expect(rosa).toHaveURL(/\/sections\/water$/);
  await rosa.goto("/square");
  await expect(main(rosa).locator(".why").first()).toContainText("Because you follow Water");
  await looked(rosa, "square");
  for (let pages = 0; pages < 20 && !(await main(rosa).getByText("You are caught up").isVisible()); pages++) await main(rosa).getByRole("link", { name: "Older" }).click();
  await expect(main(rosa)).toContainText("You are caught up");
  await noFaults(rosa);
  watch.nothing("the square");
});

test("they become friends, both agreeing", async () => {
  await rosa.goto("/connections?q=oak");
  await main(rosa).locator("#find").getByRole("link", { name: "Ben Oak" }).click();
  await button(rosa, "Ask to be friends").click();
  await expect(button(rosa, "Take back the request")).toBeFocused();
  await looked(rosa, "profile-of-another");

  await ben.goto("/");
  await expect(ben.locator(".masthead .menu > summary")).toContainText("1 waiting");
  await ben.locator(".masthead .menu > summary").click();
  await ben.getByRole("link", { name: "Connections (1 request)" }).click();
  await looked(ben, "connections");
  await button(ben, "Become friends with Rosa Mora").click();
  await expect(ben.getByRole("status").first()).toContainText("You are friends now");
  await expect(ben.locator(".masthead .waiting")).toHaveCount(0);

  await rosa.reload();
  await expect(main(rosa)).toContainText("Friends");
  await expect(main(rosa)).toContainText("Follows you");
  await expect(button(rosa, /^Following Ben Oak/)).toBeVisible();
});

test("a list is made and filled, on its page and on somebody's", async () => {
  await rosa.goto("/lists");
  await rosa.getByLabel("Name").fill("Choir");
  await button(rosa, "Make the list").click();
  await expect(main(rosa)).toContainText("Nobody so far");
  await rosa.goto("/@ben_oak");
  await main(rosa).locator(".more > summary").click();
  await rosa.getByLabel("Choir").check();
  await looked(rosa, "profile-more");
  if (!(await button(rosa, "Save lists").isVisible())) await main(rosa).locator(".more > summary").click();
  await rosa.getByLabel("Choir").check();
  await button(rosa, "Save lists").click();
  await expect(main(rosa).locator(".connect [role=status]")).toHaveText("Your lists are saved.");
  await rosa.goto("/lists");
  await looked(rosa, "lists");
  await main(rosa).getByRole("link", { name: /^Who is on it/ }).click();
  await expect(main(rosa).getByRole("link", { name: "Ben Oak" })).toBeVisible();
  await looked(rosa, "list-edit");
  await main(rosa).getByRole("link", { name: "To its feed" }).click();
  await expect(main(rosa)).toContainText("Nobody on this list has published anything");
  await noFaults(rosa);
});

test("contacts are compared without leaving the browser", async () => {
  await ben.goto("/connections");
  await ben.getByLabel("People who know my e-mail address can find me by it").check();
  await main(ben).locator("#choices").getByRole("button", { name: "Save" }).click();
  await expect(ben.getByRole("status").first()).toContainText("Saved");

  const sent: string[] = [];
  rosa.on("request", (request) => sent.push(request.postData() ?? ""));
  await rosa.goto("/connections");
  await rosa.getByLabel("E-mail addresses").fill("Uncle <nobody@example.org>, Ben <Ben_Oak@Example.org>");
  await button(rosa, "Find them").click();
  await expect(main(rosa).locator("#find .connected")).toContainText("Ben Oak");
  expect(sent.join("\n")).toContain("digests=");
  expect(sent.join("\n").toLowerCase()).not.toMatch(/example(\.|%2e)org/);
  await noFaults(rosa);
});

test("who is muted is quiet for a while, who is blocked is gone", async () => {
  await rosa.goto("/@ben_oak");
  await main(rosa).locator(".more > summary").click();
  await rosa.getByLabel("Mute").selectOption("For a day");
  await button(rosa, "Mute").click();
  await expect(main(rosa).locator(".connect [role=status]")).toContainText("Muted");

  await main(rosa).locator(".more > summary").click();
  await button(rosa, "Block").click();
  await rosa.getByRole("dialog").getByRole("button", { name: "Block" }).click();
  await expect(main(rosa)).toContainText("You block them");
  await looked(rosa, "profile-blocked");

  const gone = await ben.goto("/@rosa_mora");
  expect(gone?.status()).toBe(404);
  await ben.goto("/@ben_oak/friends");
  await expect(main(ben)).toContainText("No friends here yet");

  await rosa.goto("/connections/blocked");
  await looked(rosa, "blocked");
  await button(rosa, /^Lift the block/).click();
  await expect(rosa.getByRole("status").first()).toContainText("The block is lifted");
  expect((await ben.goto("/@rosa_mora"))?.status()).toBe(200);
  await expect(button(ben, "Ask to be friends")).toBeVisible();
});

test("all of it works without scripts", async ({ browser }) => {
  const plain = await open(browser, town, { javaScriptEnabled: false });
  await signIn(plain, town, "ben_oak", PASSWORD);
  await plain.goto("/@willa");
  await button(plain, /^Follow /).click();
  await expect(plain).toHaveURL(/\/@willa\?done=followed$/);
  await expect(button(plain, /^Following /)).toBeVisible();
  await button(plain, "Ask to be friends").click();
  await expect(button(plain, "Take back the request")).toBeVisible();
  await main(plain).locator(".more > summary").click();
  await plain.getByLabel("Mute").selectOption("For an hour");
  await button(plain, "Mute").click();
  await expect(plain.getByRole("status").first()).toContainText("Muted");
  await plain.goto("/connections");
  await expect(main(plain)).toContainText("This needs JavaScript");
  await plain.getByRole("searchbox", { name: "Name or handle" }).fill("mora");
  await button(plain, "Find").click();
  await expect(main(plain).locator("#find")).toContainText("Rosa Mora");
  await plain.goto("/@willa/followers");
  await expect(main(plain)).toContainText("Ben Oak");
  await plain.context().close();
});

test("the demo's people have squares of their own", async ({ browser }) => {
  const willa = await open(browser, town);
  await signIn(willa, town, "willa", "ocotillo in bloom");
  await willa.goto("/square");
  await expect(main(willa).locator(".feed > li")).toHaveCount(20);
  await main(willa).getByRole("link", { name: "The newsroom" }).click();
  await expect(main(willa).locator(".feed > li").first()).toBeVisible();
  await looked(willa, "list-feed");
  await willa.goto("/connections");
  await expect(main(willa)).toContainText("They ask to be your friends");
  await looked(willa, "connections-of-willa");
  await willa.goto("/@willa/following");
  await looked(willa, "following");
  await willa.context().close();
});
