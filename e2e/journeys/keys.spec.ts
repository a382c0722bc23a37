/** The ways to show who one is beside a password: a mailed link, a second step, passkeys on a device. */
import { expect, test, type Browser, type BrowserContextOptions, type Page } from "../support/test.ts";
import { noFaults } from "../support/axe.ts";
import { CodeApp } from "../support/codes.ts";
import { device } from "../support/device.ts";
import { letterTo } from "../support/letters.ts";
import { looked } from "../support/looked.ts";
import { linkIn, PASSWORD, settledTown, SITE, newPerson, signIn } from "../support/people.ts";
import type { Town } from "../support/town.ts";
import { Watch } from "../support/watch.ts";

test.describe.configure({ mode: "serial", timeout: 180_000 });

let town: Town;
/** The address with a name in it: devices give passkeys to names, not to numbers. */
let named: string;
let ada: Page;
let app: CodeApp;
let codes: string[];

test.beforeAll(async ({ browser }) => {
  const settled = await settledTown(browser);
  town = settled.town;
  named = town.address.replace("127.0.0.1", "localhost");
  await settled.page.context().close();
  await town.restart({ OCOTILLO_ORIGIN: named });
  ada = await open(browser);
  await signIn(ada, { ...town, address: named }, SITE.handle);
});
test.afterAll(() => town.stop());

test("a mailed link signs in without a password", async ({ browser }) => {
  const page = await open(browser);
  const heard = await Watch.over(page);
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "link mailed to you" }).click();
  await noFaults(page);
  await page.getByLabel("E-mail address").fill("nowhere");
  await page.getByRole("main").getByRole("button", { name: "Send the link" }).click();
  // The browser sees that it is no address before the site does.
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in by mail");
  await page.getByLabel("E-mail address").fill(SITE.email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Look at your mail");
  await noFaults(page);
  const link = linkIn(await letterTo(town, SITE.email, "Your link to sign in"));
  await page.goto(link);
  await expect(page.getByRole("main")).toContainText(`@${SITE.handle}`);
  await noFaults(page);
  await page.goto("/settings");
  await expect(page, "to look at the link is not to sign in").toHaveURL(/\/sign-in/);
  await page.goto(link);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await expect(page, "the link has been used before the browser goes on").not.toHaveURL(link);
  await page.goto("/settings");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Settings");
  await page.goto(link);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This link no longer works");
  await noFaults(page);
  heard.nothing("a mailed link", /410/);
  await page.context().close();
});

test("turn two-step sign-in on: the picture, the key, the codes for a drawer", async () => {
  const heard = await Watch.over(ada);
  await ada.goto("/settings");
  await ada.getByRole("link", { name: "Two-step sign-in" }).click();
  await expect(ada.getByRole("heading", { level: 1 })).toHaveText("Is it you?");
  await looked(ada, "again");
  await ada.getByLabel("Password").fill(PASSWORD);
  await ada.getByRole("button", { name: "Continue" }).click();
  await expect(ada.getByRole("heading", { level: 1 })).toHaveText("Two-step sign-in");
  await expect(ada.getByRole("img", { name: /A picture for the camera/ })).toBeVisible();
  await looked(ada, "two-step-set-up");
  const key = await ada.getByLabel("Key", { exact: true }).inputValue();
  app = new CodeApp(key);
  await ada.getByLabel("Code").fill("000000");
  await ada.getByRole("button", { name: "Turn it on" }).click();
  await expect(ada.getByRole("alert")).toContainText("not the code of this moment");
  await expect(ada.getByLabel("Key", { exact: true })).toHaveValue(key);
  await noFaults(ada);
  await ada.getByLabel("Code").fill(app.next());
  await ada.getByRole("button", { name: "Turn it on" }).click();
  await expect(ada.getByRole("heading", { level: 1 })).toHaveText("Your recovery codes");
  codes = (await ada.getByRole("textbox", { name: /Recovery codes/ }).inputValue()).trim().split("\n");
  expect(codes).toHaveLength(10);
  await looked(ada, "recovery-codes");
  expect(await letterTo(town, SITE.email, "two-step sign-in was turned on")).toContain("How you sign in to");
  await ada.emulateMedia({ media: "print" });
  await expect(ada.getByRole("listitem").filter({ hasText: codes[9] })).toBeVisible();
  await ada.emulateMedia({ media: "screen" });
  await ada.getByRole("link", { name: "I have kept them" }).click();
  await expect(ada.getByRole("main")).toContainText("10 are left.");
  await looked(ada, "two-step-on");
  heard.nothing("two-step sign-in", /422/);
});

test("sign in with the password and a code; without a script, with a recovery code", async ({ browser }) => {
  const page = await open(browser);
  await page.goto("/settings");
  await withPassword(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("One more step");
  await looked(page, "second-step");
  await page.getByLabel("Code").fill("000000");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("alert")).toContainText("That code is not right");
  await noFaults(page);
  await page.getByLabel("Code").fill(app.next());
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Settings");
  await page.context().close();

  const plain = await open(browser, { javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  await plain.goto("/settings");
  await expect(plain.getByRole("button", { name: "Use a passkey" })).toBeHidden();
  await withPassword(plain);
  await plain.getByLabel("Code").fill(codes[0] ?? "");
  await plain.getByRole("button", { name: "Continue" }).click();
  await expect(plain.getByRole("heading", { level: 1 })).toHaveText("Settings");
  await letterTo(town, SITE.email, "a recovery code was used, and 9 are left,");
  await plain.context().close();
});

test("make two passkeys, and sign in with one of them without typing anything", async ({ browser }) => {
  const heard = await Watch.over(ada);
  await device(ada);
  await ada.goto("/settings/passkeys");
  await expect(ada.getByRole("main")).toContainText("You have none yet.");
  await ada.getByLabel("Name").fill("Laptop");
  await ada.getByRole("button", { name: "Make a passkey" }).click();
  await expect(ada.getByText("Your passkey is ready.")).toBeVisible();
  await ada.getByLabel("Name").fill("Laptop again");
  await ada.getByRole("button", { name: "Make a passkey" }).click();
  await expect(ada.getByRole("status").filter({ hasText: "This device has a passkey of yours" })).toBeVisible();
  await letterTo(town, SITE.email, "a passkey, =E2=80=9CLaptop=E2=80=9D, was added");
  await looked(ada, "passkeys");

  await ada.context().clearCookies();
  await ada.goto("/settings");
  await expect(ada.getByRole("button", { name: "Use a passkey" })).toBeVisible();
  await looked(ada, "sign-in");
  await ada.getByRole("button", { name: "Use a passkey" }).click();
  await expect(ada.getByRole("heading", { level: 1 })).toHaveText("Settings");
  await ada.goto("/settings/passkeys");
  await expect(ada.getByRole("main")).toContainText("last used");
  heard.nothing("passkeys");

  const other = await open(browser);
  await signInWithCode(other);
  await device(other);
  await other.goto("/settings/passkeys");
  // This browser's passkey is on another device: here the password shows that it is her.
  await other.getByLabel("Password").fill(PASSWORD);
  await other.getByRole("button", { name: "Continue" }).click();
  await other.getByLabel("Name").fill("Telephone");
  await other.getByRole("button", { name: "Make a passkey" }).click();
  await expect(other.locator(".passkey")).toHaveCount(2);
  await other.context().close();
});

test("a passkey that was removed is refused, and the password with its second step remains", async ({ browser }) => {
  await ada.goto("/settings/passkeys");
  await ada.getByRole("button", { name: "Remove Laptop" }).click();
  await ada.getByRole("dialog").getByRole("button", { name: "Remove it" }).click();
  await expect(ada.getByText("That passkey no longer signs you in.")).toBeVisible();
  await ada.context().clearCookies();
  await ada.goto("/sign-in");
  await ada.getByRole("button", { name: "Use a passkey" }).click();
  await expect(ada.getByRole("alert")).toContainText("This passkey is not known here");
  await noFaults(ada);
  const page = await open(browser);
  await page.goto("/settings");
  await withPassword(page);
  await page.getByLabel("Code").fill(codes[2] ?? "");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Settings");
  await page.goto("/settings/two-step");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Turn it off" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Turn it off" }).click();
  await expect(page.getByText("Two-step sign-in is off.")).toBeVisible();
  await letterTo(town, SITE.email, "two-step sign-in was turned off");
  const again = await open(browser);
  await again.goto("/settings");
  await withPassword(again);
  await expect(again.getByRole("heading", { level: 1 })).toHaveText("Settings");
  for (const opened of [page, again]) await opened.context().close();
});

test("whoever lost everything is let in by the people who run the site", async ({ browser }) => {
  await (await newPerson(browser, town, "noor", "Noor Haddad", "editor")).context().close();
  const page = await open(browser);
  await signIn(page, { ...town, address: named }, "noor");
  await page.goto("/settings/two-step");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("Code").fill(new CodeApp(await page.getByLabel("Key", { exact: true }).inputValue()).next());
  await page.getByRole("button", { name: "Turn it on" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your recovery codes");
  await page.context().close();
  expect(town.command("user", "end-two-step", "noor")).toContain("signs in with the password alone now");
  await letterTo(town, "noor@example.org", "turned off by the people who run the site");
  const again = await open(browser);
  await signIn(again, { ...town, address: named }, "noor");
  await again.context().close();
});

async function open(browser: Browser, more: BrowserContextOptions = {}): Promise<Page> {
  return (await browser.newContext({ baseURL: named, reducedMotion: "reduce", ...more })).newPage();
}

async function withPassword(page: Page): Promise<void> {
  await page.getByLabel("E-mail address or handle").fill(SITE.handle);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
}

async function signInWithCode(page: Page): Promise<void> {
  await page.goto("/settings");
  await withPassword(page);
  await page.getByLabel("Code").fill(codes[1] ?? "");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Settings");
}
