/** Signing in and out, lost passwords, invitations, levels; and how the program speaks HTTP. */
import { expect, test, type Page } from "../support/test.ts";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { noFaults } from "../support/axe.ts";
import { linkIn, PASSWORD, settledTown, signIn, SITE } from "../support/people.ts";
import { type Town } from "../support/town.ts";
import { post, sectionId, begin } from "../support/writer.ts";

test.describe.configure({ mode: "serial" });

let town: Town;
let page: Page;
let published = "";

test.beforeAll(async ({ browser }) => {
  ({ town, page } = await settledTown(browser));
  await begin(page);
  published = await post(page.request, { headline: "Something to read", section: await sectionId(page, "News"), body: "Words. ".repeat(400) });
});
test.afterAll(() => town.stop());

test("a wrong password is refused in words that do not say which of the two was wrong", async ({ browser }) => {
  const guest = await fresh(browser);
  await guest.goto("/sign-in");
  await guest.getByLabel("E-mail address or handle").fill(SITE.handle);
  await guest.getByLabel("Password").fill("not the password");
  await guest.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  const said = await guest.getByRole("alert").textContent();
  expect(said).toContain("do not go together");
  await expect(guest.getByLabel("E-mail address or handle")).toHaveValue(SITE.handle);
  await noFaults(guest);
  await guest.getByLabel("E-mail address or handle").fill("nobody@example.org");
  await guest.getByLabel("Password").fill("not the password");
  await guest.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await expect(guest.getByLabel("E-mail address or handle")).toHaveValue("nobody@example.org");
  expect(await guest.getByRole("alert").textContent()).toBe(said);
  await guest.context().close();
});

test("guessing is stopped, and says for how long", async ({ browser }) => {
  const guest = await fresh(browser);
  await guest.goto("/sign-in");
  let status = 422;
  for (let i = 0; i < 12 && status === 422; i++) {
    status = (await guest.request.post("/sign-in", { form: { email: "guessed", password: `guess ${i}` } })).status();
  }
  expect(status).toBe(429);
  await guest.getByLabel("E-mail address or handle").fill("guessed");
  await guest.getByLabel("Password").fill("another guess");
  await guest.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await expect(guest.getByRole("main")).toContainText(/too many|minute|second/i);
  await noFaults(guest);
  const answer = await guest.request.post("/sign-in", { form: { email: "guessed", password: "x" } });
  expect(Number(answer.headers()["retry-after"])).toBeGreaterThan(0);
  // Somebody else at another name is not in their way.
  await guest.context().close();
  await town.restart();
});

test("a link of the command line works once", async ({ browser }) => {
  const guest = await fresh(browser);
  const link = linkIn(town.command("user", "reset-link", SITE.handle));
  await guest.goto(link);
  await guest.getByLabel("New password").fill("short");
  await guest.getByRole("button", { name: "Save and sign in" }).click();
  await expect(guest.getByRole("alert")).toContainText("characters");
  await noFaults(guest);
  await guest.getByLabel("New password").fill(PASSWORD);
  await guest.getByRole("button", { name: "Save and sign in" }).click();
  await guest.waitForURL(/\/settings/);
  const again = await guest.goto(link);
  expect(again?.status()).toBe(410);
  await expect(guest.getByRole("heading", { level: 1 })).toHaveText("This link no longer works");
  await noFaults(guest);
  await guest.context().close();
  // Whoever was signed in with the old password is out.
  await page.goto("/settings");
  await expect(page.getByLabel("E-mail address or handle")).toBeVisible();
  await signIn(page, town, SITE.handle);
});

test("a letter brings a link that works for an hour", async ({ browser }) => {
  const guest = await fresh(browser);
  await guest.goto("/sign-in");
  await guest.getByRole("link", { name: "Forgot your password?" }).click();
  await guest.getByLabel("E-mail address", { exact: true }).fill(SITE.email);
  await guest.getByRole("button", { name: "Send the link" }).click();
  await expect(guest.getByRole("heading", { level: 1 })).toHaveText("Look at your mail");
  await noFaults(guest);
  const link = linkIn(await letter(SITE.email));
  expect((await guest.goto(link))?.status()).toBe(200);
  await expect(guest.getByLabel("New password")).toBeVisible();
  // Nobody is told whether an address has an account.
  await guest.goto("/password-reset");
  await guest.getByLabel("E-mail address", { exact: true }).fill("nobody@example.org");
  await guest.getByRole("button", { name: "Send the link" }).click();
  await expect(guest.getByRole("heading", { level: 1 })).toHaveText("Look at your mail");
  await town.restart({ OCOTILLO_CLOCK_AHEAD_MS: String(2 * 60 * 60 * 1000) });
  expect((await guest.goto(link))?.status()).toBe(410);
  await town.restart({ OCOTILLO_CLOCK_AHEAD_MS: "0" });
  await guest.context().close();
});

test("sessions are listed, and signing out everywhere else holds", async ({ browser }) => {
  const other = await fresh(browser, "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1");
  await signIn(other, town, SITE.email);
  await page.goto("/settings");
  const list = page.locator("#sessions");
  await expect(list).toContainText("Safari on iPhone");
  await expect(list).toContainText("Chrome on Linux");
  await expect(list.getByText("This device")).toHaveCount(1);
  await noFaults(page);
  await page.getByRole("button", { name: "Sign out everywhere else" }).click();
  await expect(page.getByText("Signed out on every other device.")).toBeVisible();
  await expect(list).not.toContainText("Safari on iPhone");
  await other.goto("/settings");
  await expect(other.getByLabel("E-mail address or handle")).toBeVisible();
  await other.context().close();
});

test("an author is invited, writes, and may do what their level may", async ({ browser }) => {
  await page.goto("/admin/people");
  await page.getByRole("link", { name: "Invite somebody" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Odell Marchetti");
  await page.getByLabel("Handle").fill(SITE.handle);
  await page.getByLabel("E-mail address").fill("odell@example.org");
  await page.getByLabel("Level").selectOption({ label: "Author" });
  await page.getByRole("button", { name: "Invite" }).click();
  await expect(page.getByRole("alert")).toContainText("Somebody has this handle");
  await expect(page.getByLabel("E-mail address")).toHaveValue("odell@example.org");
  await page.getByLabel("Handle").fill("odell");
  await page.getByRole("button", { name: "Invite" }).click();
  const shown = (await page.locator(".secret").textContent()) ?? "";
  expect(linkIn(await letter("odell@example.org"))).toBe(linkIn(shown));
  await noFaults(page);

  const author = await fresh(browser);
  await author.goto(linkIn(shown));
  await author.getByLabel("New password").fill(PASSWORD);
  await author.getByRole("button", { name: "Save and sign in" }).click();
  await author.waitForURL(/\/settings/);
  expect((await author.goto("/admin/people"))?.status()).toBe(403);
  await noFaults(author);
  expect((await author.goto("/admin/sections"))?.status()).toBe(403);

  await page.goto("/admin/levels");
  await noFaults(page);
  await page.getByLabel("Author: Change sections").check();
  await page.getByRole("main").getByRole("button", { name: "Save" }).click();
  await page.waitForURL(/done=saved/);
  expect((await author.goto("/admin/sections"))?.status()).toBe(200);
  await page.getByLabel("Author: Change sections").uncheck();
  await page.getByRole("main").getByRole("button", { name: "Save" }).click();
  await page.waitForURL(/done=saved/);
  await expect(page.getByLabel("Author: Change sections")).not.toBeChecked();
  expect((await author.goto("/admin/sections"))?.status()).toBe(403);

  await page.goto("/admin/people");
  await page.getByRole("link", { name: "Odell Marchetti" }).click();
  await noFaults(page);
  await page.getByLabel("Why", { exact: true }).fill("Let us talk first.");
  await page.getByRole("button", { name: "Suspend" }).click();
  await page.waitForURL(/done=saved/);
  await author.goto("/settings");
  await expect(author.getByLabel("E-mail address or handle")).toBeVisible();
  await author.context().close();
});

test("the last administrator can neither leave nor be locked out", async () => {
  await page.goto("/admin/people");
  await page.getByRole("main").getByRole("link", { name: SITE.person }).click();
  await page.getByLabel("What they may do").selectOption({ label: "Author" });
  await page.getByRole("button", { name: "Change the level" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await noFaults(page);
});

test("a section that changes its address leads on from the old one", async () => {
  await page.goto("/admin/sections");
  await page.getByRole("main").getByRole("link", { name: "News" }).click();
  await page.getByLabel("Address").fill("the-news");
  await page.getByRole("main").getByRole("button", { name: "Save" }).click();
  await page.waitForURL(/done=saved/);
  await noFaults(page);
  const moved = await page.request.get("/sections/news", { maxRedirects: 0 });
  expect([301, 308]).toContain(moved.status());
  expect(moved.headers().location).toBe("/sections/the-news");
});

test("HTTP: kept pages, conditions, encodings, HEAD, health, headers", async () => {
  const address = town.address + (await (await page.request.get(published, { maxRedirects: 0 })).headers().location);
  const get = (headers: Record<string, string> = {}, method = "GET") => fetch(address, { method, headers: { "user-agent": "Mozilla/5.0 journey", ...headers }, redirect: "manual" });
  // Views of the steps before are counted within a second, and the page is then drawn anew.
  let [plain, body] = [await get({ "accept-encoding": "identity" }), ""];
  await expect(async () => {
    const before = body;
    plain = await get({ "accept-encoding": "identity" });
    body = await plain.text();
    expect(body).toBe(before);
  }).toPass({ intervals: [2_000] });
  expect(plain.status).toBe(200);
  const etag = plain.headers.get("etag") ?? "";
  expect(etag).toMatch(/^(W\/)?"[^"]+"$/);
  const unchanged = await get({ "accept-encoding": "identity", "if-none-match": etag });
  expect(unchanged.status).toBe(304);
  expect(await unchanged.text()).toBe("");
  expect(plain.headers.get("cache-control")).toMatch(/public|s-maxage|max-age/);
  expect(plain.headers.get("vary")).toMatch(/accept-encoding/i);

  const packed = await page.request.get(address, { headers: { "accept-encoding": "br", cookie: "" } });
  expect(packed.headers()["content-encoding"]).toBe("br");
  for (const [name, unpack] of [["br", brotliDecompressSync], ["gzip", gunzipSync]] as const) {
    const raw = await rawGet(address, name);
    expect(raw.encoding).toBe(name);
    const still = (html: string) => html.replace(/\d+ views?/, "views");
    expect(still(unpack(raw.body).toString())).toBe(still(body));
  }
  const head = await get({ "accept-encoding": "identity" }, "HEAD");
  expect(head.status).toBe(200);
  expect(await head.text()).toBe("");
  const now = await (await get({ "accept-encoding": "identity" })).text();
  expect(head.headers.get("content-length")).toBe(String(Buffer.byteLength(now)));
  expect(await (await fetch(`${town.address}/healthz`)).text()).toBe("ok");

  const policy = plain.headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src");
  expect(policy).not.toMatch(/unsafe-inline|unsafe-eval/);
  expect(plain.headers.get("x-content-type-options")).toBe("nosniff");
  expect(plain.headers.get("referrer-policy")).toBeTruthy();
  expect(policy + (plain.headers.get("x-frame-options") ?? "")).toMatch(/frame-ancestors|DENY|SAMEORIGIN/);
  const script = /<script type="module" src="([^"]+)"/.exec(body)?.[1] ?? "";
  const asset = await fetch(town.address + script);
  expect(asset.headers.get("cache-control")).toContain("immutable");

  const mine = await page.request.get(address);
  expect(mine.headers()["cache-control"]).toMatch(/private|no-store/);
  const foreign = await fetch(`${town.address}/sign-out`, { method: "POST", headers: { origin: "https://elsewhere.example" } });
  expect(foreign.status).toBe(403);
  const cookie = (await page.context().cookies()).find((one) => one.httpOnly);
  expect(cookie?.sameSite).toBe("Lax");
});

interface Raw {
  encoding: string;
  body: Buffer;
}

/** fetch() unpacks what it gets; this does not. */
async function rawGet(address: string, encoding: string): Promise<Raw> {
  const { get } = await import("node:http");
  return new Promise((done, failed) => {
    get(address, { headers: { "accept-encoding": encoding, "user-agent": "Mozilla/5.0 journey" } }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("end", () => done({ encoding: answer.headers["content-encoding"] ?? "", body: Buffer.concat(parts) }));
    }).on("error", failed);
  });
}

async function fresh(browser: import("@playwright/test").Browser, userAgent?: string): Promise<Page> {
  return (await browser.newContext({ baseURL: town.address, ...(userAgent ? { userAgent } : {}) })).newPage();
}

/** The text of the newest letter to somebody, from the folder where letters lie when there is no mail server. */
async function letter(to: string): Promise<string> {
  let found = "";
  await expect(async () => {
    const folder = join(town.folder, "mail");
    const letters = readdirSync(folder).sort().map((name) => readFileSync(join(folder, name), "utf8"));
    found = letters.filter((text) => text.includes(to)).at(-1) ?? "";
    expect(found).toContain("http");
  }).toPass({ timeout: 60_000 });
  // Long lines are folded in letters (RFC 2045 §6.7).
  return found.replace(/=\r?\n/g, "").replaceAll("=3D", "=");
}
