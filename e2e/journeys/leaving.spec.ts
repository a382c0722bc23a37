/** A member takes another address and another handle, leaves, and stays after all; the letters really arrive. */
import { expect, test, type Page } from "../support/test.ts";
import { noFaults } from "../support/axe.ts";
import { letterTo } from "../support/letters.ts";
import { linkIn, newPerson, PASSWORD, settledTown, signIn } from "../support/people.ts";
import type { Town } from "../support/town.ts";
import { fits } from "../support/watch.ts";

test.describe.configure({ mode: "serial" });

let town: Town;
let rosa: Page;

test.beforeAll(async ({ browser }) => {
  ({ town } = await settledTown(browser));
  rosa = await newPerson(browser, town, "rosa", "Rosa Ibarra", "author");
});
test.afterAll(() => town.stop());

test("another e-mail address, proved by a letter", async ({ browser }) => {
  await rosa.goto("/settings");
  await rosa.getByRole("link", { name: "Change your address" }).click();
  await noFaults(rosa);
  await fits(rosa);
  await rosa.getByLabel("New e-mail address").fill("rosa@mesa");
  await rosa.getByRole("button", { name: "Send the letter" }).click();
  await expect(rosa.getByRole("main")).toContainText("such as rosa@example.com");
  await expect(rosa.getByLabel("New e-mail address")).toHaveValue("rosa@mesa");
  await rosa.getByLabel("New e-mail address").fill("rosa@mesa.example");
  await rosa.getByRole("button", { name: "Send the letter" }).click();
  await expect(rosa.getByText("A letter is on its way to the new address.")).toBeVisible();

  await rosa.goto(linkIn(await letterTo(town, "rosa@mesa.example", "Your new address")));
  await noFaults(rosa);
  await rosa.getByRole("button", { name: "This is my address" }).click();
  await expect(rosa.getByText("Your mail goes to the new address now.")).toBeVisible();
  await expect(rosa.getByRole("main")).toContainText("rosa@mesa.example");

  // Whoever reads the mailbox before can say that this was not them.
  const before = await (await browser.newContext({ baseURL: town.address })).newPage();
  await before.goto(linkIn(await letterTo(town, "rosa@example.org", "was changed")));
  await expect(before.getByRole("heading", { level: 1 })).toHaveText("This was not me");
  await noFaults(before);
  await before.context().close();
});

test("another handle, and the one before leads on", async () => {
  await rosa.goto("/settings");
  await rosa.getByRole("link", { name: "Change your handle" }).click();
  await noFaults(rosa);
  await rosa.getByLabel("Handle").fill("admin");
  await rosa.getByRole("button", { name: "Change the handle" }).click();
  await expect(rosa.getByRole("main")).toContainText("kept for the site itself");
  await rosa.getByLabel("Handle").fill("rosa_ibarra");
  await rosa.getByRole("button", { name: "Change the handle" }).click();
  await expect(rosa.getByText("This is your handle now.")).toBeVisible();
  await rosa.goto("/@rosa");
  await expect(rosa).toHaveURL(/\/@rosa_ibarra$/);
  await expect(rosa.getByRole("heading", { level: 1 })).toHaveText("Rosa Ibarra");
  expect((await rosa.request.get("/@rosa.rss")).status()).toBe(200);
});

test("she leaves, and stays after all", async () => {
  await rosa.goto("/settings");
  await rosa.getByRole("link", { name: "Delete your account" }).click();
  await noFaults(rosa);
  await fits(rosa);
  await rosa.getByLabel("is deleted with me").check();
  await rosa.getByRole("button", { name: "Delete my account" }).click();
  await expect(rosa.getByRole("heading", { level: 1 })).toHaveText("Farewell");
  await noFaults(rosa);
  expect((await rosa.request.get("/@rosa_ibarra")).status()).toBe(410);
  await letterTo(town, "rosa@mesa.example", "about to be deleted");

  await signIn(rosa, town, "rosa@mesa.example");
  await rosa.goto("/settings");
  await expect(rosa.getByRole("heading", { level: 1 })).toHaveText("You are about to leave");
  await noFaults(rosa);
  await rosa.getByRole("button", { name: "Stay after all" }).click();
  await expect(rosa.getByText("Good to have you still.")).toBeVisible();
  expect((await rosa.request.get("/@rosa_ibarra")).status()).toBe(200);
});

test("the only administrator is told why they cannot leave", async ({ browser }) => {
  const ada = await (await browser.newContext({ baseURL: town.address })).newPage();
  await signIn(ada, town, "ada");
  await ada.goto("/settings/departure");
  await expect(ada.getByRole("heading", { level: 1 })).toHaveText("Is it you?");
  await ada.getByLabel("Password").fill(PASSWORD);
  await ada.getByRole("button", { name: "Continue" }).click();
  await expect(ada.getByRole("main")).toContainText("Make somebody else an administrator first.");
  await noFaults(ada);
  await ada.context().close();
});
