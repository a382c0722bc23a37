/** An account elsewhere signs in, joins, is connected and disconnected: with a provider that this journey starts. */
import { expect, test, type Browser, type Page } from "../support/test.ts";
import { noFaults } from "../support/axe.ts";
import { letterTo } from "../support/letters.ts";
import { looked } from "../support/looked.ts";
import { PASSWORD, settledTown, SITE } from "../support/people.ts";
import type { Town } from "../support/town.ts";
import { Voucher } from "../support/voucher.ts";
import { Watch } from "../support/watch.ts";

test.describe.configure({ mode: "serial", timeout: 180_000 });

const ROSA = { sub: "4711", name: "Rosa Ibarra", preferred_username: "rosa.i", email: "rosa@home.example", email_verified: true };

let voucher: Voucher;
let town: Town;
let staff: Page;

test.beforeAll(async ({ browser }) => {
  voucher = await Voucher.open(ROSA);
  ({ town, page: staff } = await settledTown(browser, { env: voucher.env }));
});
test.afterAll(async () => {
  await town.stop();
  voucher.close();
});

test("where nobody may join, an account elsewhere changes nothing", async ({ browser }) => {
  const page = await open(browser);
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Continue with Lantern ID" }).click();
  await page.getByRole("link", { name: "Allow" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Not open for joining");
  await noFaults(page);
  await page.context().close();
});

test("join by it: a handle, the rules, and in", async ({ browser }) => {
  await staff.goto("/admin/joining/rules");
  await staff.getByLabel("Who may join").selectOption({ label: "Everybody with an e-mail address" });
  await staff.getByRole("button", { name: "Save" }).click();
  await expect(staff.getByText("Saved.")).toBeVisible();
  const page = await open(browser);
  const heard = await Watch.over(page);
  await page.goto("/join");
  await noFaults(page);
  await page.getByRole("link", { name: "Join with Lantern ID" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Lantern ID");
  await page.getByRole("link", { name: "Refuse" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("You stopped");
  await noFaults(page);
  await page.goto("/join");
  await page.getByRole("link", { name: "Join with Lantern ID" }).click();
  await page.getByRole("link", { name: "Allow" }).click();
  await expect(page.getByLabel("Your name")).toHaveValue("Rosa Ibarra");
  await expect(page.getByLabel("Handle")).toHaveValue("rosa_i");
  await looked(page, "join-with");
  await page.getByLabel("Handle").fill("ada");
  await page.getByLabel(/I have read the/).check();
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page.locator("#handle-problem")).toContainText("Somebody has this handle.");
  await noFaults(page);
  await page.getByLabel("Handle").fill("rosa");
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page.getByText("You are one of us now.")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Welcome, Rosa Ibarra");
  heard.nothing("joining by an account elsewhere", /422|403/);
  await page.context().close();
});

test("it signs in from then on", async ({ browser }) => {
  const page = await open(browser);
  await page.goto("/settings");
  await looked(page, "sign-in-with");
  await page.getByRole("link", { name: "Continue with Lantern ID" }).click();
  await page.getByRole("link", { name: "Allow" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Settings");
  await expect(page.getByRole("main")).toContainText("@rosa");
  await page.context().close();
});

test("a member connects one, and takes it off again", async ({ browser }) => {
  voucher.next = { ...ROSA, sub: "1", name: "Ada", email: SITE.email };
  const page = await open(browser);
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Continue with Lantern ID" }).click();
  await page.getByRole("link", { name: "Allow" }).click();
  await expect(page.getByRole("heading", { level: 1 }), "never by the address alone").toHaveText("You have an account here");
  await noFaults(page);
  await staff.goto("/settings");
  await staff.getByRole("link", { name: "Accounts elsewhere" }).click();
  await expect(staff.getByRole("heading", { level: 1 })).toHaveText("Is it you?");
  await staff.getByLabel("Password").fill(PASSWORD);
  await staff.getByRole("button", { name: "Continue" }).click();
  await looked(staff, "identities");
  await staff.getByRole("link", { name: "Connect Lantern ID" }).click();
  await staff.getByRole("link", { name: "Allow" }).click();
  await expect(staff.getByText("From now on it signs you in, too.")).toBeVisible();
  await looked(staff, "identities-connected");
  await letterTo(town, SITE.email, "signing in with Lantern ID was turned on");
  await page.goto("/settings");
  await page.getByRole("link", { name: "Continue with Lantern ID" }).click();
  await page.getByRole("link", { name: "Allow" }).click();
  await expect(page.getByRole("main")).toContainText(`@${SITE.handle}`);
  await staff.getByRole("button", { name: "Disconnect" }).click();
  await staff.getByRole("dialog").getByRole("button", { name: "Disconnect" }).click();
  await expect(staff.getByText("It no longer signs you in.")).toBeVisible();
  await page.goto("/settings");
  await expect(page, "signed out everywhere else").toHaveURL(/\/sign-in/);
  await page.context().close();
});

async function open(browser: Browser): Promise<Page> {
  return (await browser.newContext({ baseURL: town.address, reducedMotion: "reduce" })).newPage();
}
