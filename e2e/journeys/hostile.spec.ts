/** Texts that try to become code, wherever people can put a text: they are shown, and nothing else happens. */
import { expect, test, type Page } from "../support/test.ts";
import { HOSTILE } from "../support/corpus.ts";
import { settledTown } from "../support/people.ts";
import { png } from "../support/png.ts";
import { sound } from "../support/sound.ts";
import { type Town } from "../support/town.ts";
import { Watch } from "../support/watch.ts";
import { begin, idIn, post, sectionId, story } from "../support/writer.ts";

test.describe.configure({ mode: "serial" });

let town: Town;
let staff: Page;
let guest: Page;
let staffHeard: Watch;
let guestHeard: Watch;
let section = "";
let picture = "";
const stories: string[] = [];

test.beforeAll(async ({ browser }) => {
  ({ town, page: staff } = await settledTown(browser, { env: { OCOTILLO_LOG: "off" } }));
  staffHeard = await Watch.over(staff);
  guest = await (await browser.newContext({ baseURL: town.address, viewport: { width: 390, height: 844 } })).newPage();
  guestHeard = await Watch.over(guest);
  await begin(staff);
  section = await sectionId(staff, "News");
  const file = { name: "x.png", mimeType: "image/png", buffer: png(320, 180) };
  const sent = await staff.request.post("/pictures", { multipart: { file }, headers: { accept: "application/json" } });
  picture = ((await sent.json()) as { id: string }).id;
});
test.afterAll(() => town.stop());

test("there are enough of them", () => {
  expect(new Set(HOSTILE).size).toBe(HOSTILE.length);
  expect(HOSTILE.length).toBeGreaterThanOrEqual(60);
});

test("as headline, standfirst, story, place, sources, caption, credit and description", async () => {
  test.setTimeout(180_000);
  for (const text of HOSTILE) {
    const line = text.replace(/\s+/g, " ");
    stories.push(await post(staff.request, {
      headline: line.slice(0, 195),
      standfirst: line,
      section,
      body: bodyOf(text),
      place: line,
      sources: `${line.replaceAll("|", "/").slice(0, 195)} | https://example.org/${encodeURIComponent(line).slice(0, 300)}`,
      picture_id: picture,
      picture_alt: line,
      picture_caption: line,
      picture_credit: line,
    }));
  }
  for (const [at, address] of stories.entries()) {
    await guest.goto(address);
    await sound(guest, guestHeard);
    const line = (HOSTILE[at] ?? "").replace(/\s+/g, " ");
    // What was typed is what is read: nothing was swallowed as markup.
    if (/^[\x20-\x7e]{1,190}$/.test(line)) await expect(guest.getByRole("heading", { level: 1 })).toHaveText(line.trim());
  }
});

/** The text where a parser meets it: alone, in a paragraph, a list, a quotation, a heading, a link, a picture, a cell, a fold. */
function bodyOf(text: string): string {
  const line = text.replace(/\s+/g, " ");
  const cell = line.replaceAll("|", "\\|");
  return [text, `Before ${line} after.`, `- ${line}`, `> ${line}`, `## ${line}`, `[${line}](https://example.org)`, `[words](${line})`, `![${line}](/media/${picture}.webp "${line} | ${line}")`, `| ${cell} |\n| --- |\n| ${cell} |`, `+++ ${line}\n\n${line}\n\n+++`, `\`${line}\``].join("\n\n");
}

test("in every list, archive and history", async () => {
  const today = await guest.goto("/archive").then(() => guest.locator("main a[href^='/archive/']").first().getAttribute("href"));
  const id = idIn(stories[0] ?? "");
  for (const address of ["/", "/sections", "/sections/news", "/archive", today ?? "/archive", "/@ada", "/authors", `/stories/${id}/history`, `/stories/${id}/history/1`]) {
    await guest.goto(address);
    await sound(guest, guestHeard);
  }
  for (const address of ["/write", "/admin", "/admin/front"]) {
    await staff.goto(address);
    await sound(staff, staffHeard);
  }
});

test("as corrections, in the history and in its comparison", async () => {
  test.setTimeout(120_000);
  for (const [at, address] of stories.entries()) {
    if (at % 5 !== 0) continue;
    const line = (HOSTILE[at] ?? "").replace(/\s+/g, " ");
    const sent = await staff.request.post(`${address}/publication`, {
      form: { do: "publish", base: "2", headline: `Now: ${line}`.slice(0, 195), section, body: `New ${bodyOf(HOSTILE[at] ?? "")}`, work: "opinion", correction: line },
      maxRedirects: 0,
    });
    expect(sent.status(), await sent.text()).toBe(303);
    for (const page of [address, `${address}/history`, `${address}/history/2`]) {
      await guest.goto(page);
      await sound(guest, guestHeard);
    }
  }
  await guest.goto("/corrections");
  await expect(guest.locator(".correction").first()).toBeVisible();
  await sound(guest, guestHeard);
});

test("in the editor, the preview and a kept copy", async () => {
  test.setTimeout(120_000);
  const all = HOSTILE.map(bodyOf);
  for (let at = 0; at < all.length; at += 20) {
    const address = await post(staff.request, { headline: "All at once", section, body: all.slice(at, at + 20).join("\n\n") }, "save");
    await staff.goto(`${address}/edit`);
    await expect(story(staff)).toBeVisible();
    await sound(staff, staffHeard);
    await story(staff).locator("p").first().click();
    await staff.keyboard.type("x");
    await expect(staff.locator("[data-save-state]")).toHaveAttribute("data-state", "saved");
    await staff.goto(`${address}/preview`);
    await sound(staff, staffHeard);
    const late = await staff.request.post(`${address}/draft`, { form: { do: "save", base: "1", headline: "Late", body: all.slice(at, at + 20).reverse().join("\n\n"), work: "news" }, headers: { accept: "application/json" } });
    expect(late.status()).toBe(409);
    await staff.goto(((await late.json()) as { mine: string }).mine);
    await sound(staff, staffHeard);
  }
});

test("pasted into the editor as HTML", async () => {
  await begin(staff);
  const { paste } = await import("../support/writer.ts");
  for (const text of HOSTILE.filter((text) => text.includes("<"))) await paste(story(staff), { "text/html": `<p>${text}</p>`, "text/plain": text });
  await sound(staff, staffHeard);
  await expect(staff.locator("[data-save-state]")).toHaveAttribute("data-state", "saved");
  await staff.goto(new URL(staff.url()).pathname.replace("/edit", "/preview"));
  await sound(staff, staffHeard);
});

test("as a person's name and words about them, and as topics", async () => {
  const names = HOSTILE.filter((text) => text.length <= 78 && !/[\n\t\u0001]/.test(text)).filter((_, at) => at % 4 === 0);
  const address = stories[1] ?? "";
  for (const name of names) {
    const sent = await staff.request.post("/settings", { multipart: { display_name: name, bio: `${name} ${name}` }, maxRedirects: 0 });
    expect([303, 422], `${name}: ${await sent.text()}`).toContain(sent.status());
    if (sent.status() === 422) continue;
    for (const page of ["/@ada", address]) {
      await guest.goto(page);
      await sound(guest, guestHeard);
    }
    await staff.goto("/settings");
    await sound(staff, staffHeard);
  }
  await staff.request.post("/settings", { multipart: { display_name: "Ada Merriweather", bio: "" } });
  for (const topics of ["<script>", "\"><img src=x onerror=__executed=1>", "a b", "javascript:__executed=1"]) {
    const sent = await staff.request.post(`${address}/draft`, { form: { do: "save", base: "1", headline: "x", topics, work: "news" }, maxRedirects: 0 });
    expect([303, 409, 422]).toContain(sent.status());
    expect(await sent.text()).not.toContain("<script>__");
  }
  const odd = await post(staff.request, { headline: "Topics", section, body: "x", topics: "ελλάδα, 日本, مدينة, Übergrößenträger" });
  await guest.goto(odd);
  await sound(guest, guestHeard);
  await guest.locator(".tags a, a[href^='/topics/']").last().click();
  await sound(guest, guestHeard);
});

test("as names of sections and words about them", async () => {
  const names = HOSTILE.filter((text) => text.length <= 58 && !/[\n\t\u0001]/.test(text)).filter((_, at) => at % 4 === 1);
  let made = 0;
  for (const name of names) {
    const sent = await staff.request.post("/admin/sections", { form: { name, description: `${name} ${name}`, colour: "leaf" }, maxRedirects: 0 });
    expect([303, 422]).toContain(sent.status());
    if (sent.status() === 303) made++;
  }
  expect(made).toBeGreaterThan(5);
  await staff.goto("/admin/sections");
  await sound(staff, staffHeard);
  await begin(staff);
  await sound(staff, staffHeard);
  await guest.goto("/sections");
  await sound(guest, guestHeard);
  for (const address of await guest.locator("main a[href^='/sections/']").evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""))) {
    await guest.goto(address);
    await sound(guest, guestHeard);
  }
});

test("as the site's name, tagline, place and sentence", async () => {
  const some = HOSTILE.filter((text) => text.length <= 78 && !/[\n\t\u0001]/.test(text)).filter((_, at) => at % 5 === 2);
  for (const text of some) {
    const form = { name: text, tagline: text, sentence: `${text} ${text}`, place: text, time_zone: "America/Los_Angeles", language: "en" };
    const sent = await staff.request.post("/admin/site", { form, maxRedirects: 0 });
    expect(sent.status(), await sent.text()).toBe(303);
    await guest.goto("/");
    await sound(guest, guestHeard);
    await staff.goto("/admin/site");
    await sound(staff, staffHeard);
  }
});

test("U+0000 is left out; addresses that run and bodies too large are refused, and the words come back", async () => {
  const id = idIn(await post(staff.request, { headline: "Zero", section, body: "x" }, "save"));
  const zero = await staff.request.post(`/stories/${id}/draft`, { form: { do: "save", base: "2", headline: "a\u0000b", work: "news" }, maxRedirects: 0 });
  expect(zero.status()).toBe(303);
  await staff.goto(`/stories/${id}/edit`);
  await expect(staff.getByLabel("Headline")).toHaveValue("ab");
  const source = await staff.request.post(`/stories/${id}/draft`, { form: { do: "save", base: "3", headline: "Kept words", sources: "Press | javascript:__executed=1", work: "news" }, maxRedirects: 0 });
  expect(source.status()).toBe(422);
  expect(await source.text()).toContain("Kept words");
  const big = await staff.request.post(`/stories/${id}/draft`, { form: { do: "save", base: "3", headline: "Big", body: "x".repeat(5 * 1024 * 1024), work: "news" }, maxRedirects: 0 });
  expect([413, 422]).toContain(big.status());
  for (const query of ["?done=<script>__executed=1</script>", "?before=<script>", "?next=javascript:__executed=1"]) {
    for (const path of ["/", "/sections/news", "/sign-in", "/no/such/<img src=x onerror=__executed=1>"]) {
      await guest.goto(path + query);
      await sound(guest, guestHeard, /404|400|Failed to load resource/);
    }
  }
});
