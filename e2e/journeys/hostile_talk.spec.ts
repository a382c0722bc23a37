/** Hundreds of texts that try to become code, as what members say to each other: they are read, and nothing else happens. */
import { expect, test, type Page } from "../support/test.ts";
import { DOCUMENTS, INJECTIONS } from "../support/corpus.ts";
import { newPerson, settledTown } from "../support/people.ts";
import { sound } from "../support/sound.ts";
import { type Town } from "../support/town.ts";
import { Watch } from "../support/watch.ts";
import { begin, post, sectionId, send } from "../support/writer.ts";

test.describe.configure({ mode: "serial" });

/** Whoever moderates posts without waiting; six of them say more in a minute than one may. */
const SPEAKERS = ["una", "dos", "tres", "quatro", "cinco", "seis"];

let town: Town;
let staff: Page;
let speakers: Page[];
let guest: Page;
let heard: Watch;
let story = "";
/** What may be said of each kind, in order. */
const INJECTED = chunks(INJECTIONS, 900);

test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000);
  ({ town, page: staff } = await settledTown(browser, { env: { OCOTILLO_LOG: "off" } }));
  speakers = [];
  for (const name of SPEAKERS) speakers.push(await newPerson(browser, town, name, name, "administrator"));
  guest = await (await browser.newContext({ baseURL: town.address, viewport: { width: 390, height: 844 } })).newPage();
  heard = await Watch.over(guest);
  await begin(staff);
  story = await post(staff.request, { headline: "What is said under it", section: await sectionId(staff, "News"), body: "A story." });
});
test.afterAll(() => town.stop());

/** The next of those who speak. */
const speaker = (at: number): Page => speakers[at % speakers.length] as Page;

/** The number of a post or a review in its address, or in what its element is called. */
const numberIn = (address: string): string => /\d+/.exec(address)?.[0] ?? "";

/** Joined to as few texts as their length allows. */
function chunks(texts: readonly string[], most: number): string[] {
  const joined: string[] = [];
  for (const text of texts.map((text) => text.slice(0, most))) {
    const last = joined.at(-1);
    if (last !== undefined && last.length + text.length + 2 <= most) joined[joined.length - 1] = `${last}\n\n${text}`;
    else joined.push(text);
  }
  return joined;
}

test("there are enough of them", () => {
  expect(new Set(INJECTIONS).size).toBe(INJECTIONS.length);
  expect(INJECTIONS.length).toBeGreaterThanOrEqual(300);
  expect(new Set(DOCUMENTS).size).toBe(DOCUMENTS.length);
  expect(DOCUMENTS.length).toBeGreaterThanOrEqual(100);
});

test("as posts in the square, and warnings over them", async () => {
  test.setTimeout(300_000);
  const notes: string[] = [];
  for (const [at, body] of INJECTED.entries()) {
    const warning = at % 3 === 0 ? body.replace(/\s+/g, " ").trim().slice(0, 110) : "";
    notes.push(numberIn(await send(speaker(at).request, "/notes", { body, warning, do: "post" })));
  }
  for (const note of notes) {
    await guest.goto(`/notes/${note}`);
    await sound(guest, heard);
  }
  for (const address of ["/square/local", ...SPEAKERS.map((name) => `/@${name}`)]) {
    await guest.goto(address);
    await sound(guest, heard);
  }
});

test("as comments, under a post and in a list of them", async () => {
  test.setTimeout(300_000);
  const all = [...chunks(INJECTIONS, 2_800), ...DOCUMENTS];
  let taken = 0;
  for (let at = 0; at < all.length; at += 15) {
    const note = numberIn(await send(staff.request, "/notes", { body: `Who says what, ${at}?`, do: "post" }));
    for (const [step, body] of all.slice(at, at + 15).entries()) {
      // Whom it names too often, or what is nothing but marks, may be refused.
      if (await send(speaker(at + step).request, `/posts/${note}/comments`, { body: body.slice(0, 3_000) }, true)) taken++;
    }
    await guest.goto(`/notes/${note}`);
    await sound(guest, heard);
    expect(await guest.locator("article.comment").count(), `${note} is read by guests`).toBeGreaterThan(Math.min(9, all.length - at - 3));
  }
  expect(taken).toBeGreaterThan(all.length * 0.9);
  await guest.goto("/@una");
  await sound(guest, heard);
});

test("as reviews, their points and an answer", async () => {
  test.setTimeout(300_000);
  const line = (text: string | undefined, most: number) => (text ?? "").replace(/\s+/g, " ").trim().slice(0, most);
  const bodies = [...chunks(INJECTIONS, 4_800), ...chunks(DOCUMENTS, 4_800)];
  let taken = 0;
  for (const [at, body] of bodies.entries()) {
    const [title, pros, cons] = [0, 1, 2].map((step) => INJECTIONS[(at * 3 + step) % INJECTIONS.length]);
    const form = { stars: "4", recommend: "yes", title: line(title, 110) || "A title", pros: line(pros, 280), cons: line(cons, 280), body };
    if (await send(speaker(at).request, `/posts/${numberIn(story)}/review`, form, true)) taken++;
    if (at % speakers.length < speakers.length - 1) continue;
    for (const address of [`/posts/${numberIn(story)}/reviews`, story]) {
      await guest.goto(address);
      await sound(guest, heard);
    }
  }
  expect(taken).toBeGreaterThan(bodies.length * 0.9);
  const review = await guest.goto(`/posts/${numberIn(story)}/reviews`).then(() => guest.locator("article.review").first().getAttribute("id"));
  await send(staff.request, `/reviews/${numberIn(review ?? "")}/answer`, { body: INJECTIONS.slice(0, 40).join("\n\n").slice(0, 2_900) });
  await guest.reload();
  await sound(guest, heard);
  await guest.goto(`/reviews/${numberIn(review ?? "")}/history`);
  await sound(guest, heard);
});

test("as names and words about oneself, wherever somebody is named", async () => {
  test.setTimeout(300_000);
  const note = numberIn(await send(staff.request, "/notes", { body: "Who are you?", do: "post" }));
  for (const [at] of SPEAKERS.entries()) await send(speaker(at).request, `/posts/${note}/comments`, { body: `I am ${SPEAKERS[at]}.` });
  const names = INJECTIONS.filter((text) => text.length <= 78 && !/[\p{Cc}]/u.test(text));
  let taken = 0;
  for (const [at, name] of names.entries()) {
    const bio = INJECTED[at % INJECTED.length]?.slice(0, 490) ?? "";
    const sent = await speaker(at).request.post("/settings", { multipart: { display_name: name, bio }, maxRedirects: 0 });
    expect([303, 422], `${name}: ${sent.status()}`).toContain(sent.status());
    if (sent.status() === 303) taken++;
    // Letters that imitate others, and those without a width, are no name.
    if (at % speakers.length < speakers.length - 1 && at < names.length - 1) continue;
    await guest.goto(`/notes/${note}`);
    await sound(guest, heard);
    await guest.goto(`/@${SPEAKERS[at % SPEAKERS.length]}`);
    await sound(guest, heard);
    // What was typed is what is read: nothing was swallowed as markup.
    if (sent.status() === 303 && /^[\x20-\x7e]+$/.test(name)) await expect(guest.getByRole("heading", { level: 1 })).toContainText(name.trim());
  }
  expect(taken).toBeGreaterThan(names.length * 0.8);
});
