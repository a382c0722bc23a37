/** The kinds of pages that a living town has, and how each is looked at. */
import { expect, type Browser, type Page } from "@playwright/test";
import { noFaults } from "./axe.ts";
import { settled } from "./looked.ts";
import { linkIn, signInByLink } from "./people.ts";
import { startTown, type Town } from "./town.ts";
import { fits, Watch } from "./watch.ts";
import { begin, idIn, post, sectionId } from "./writer.ts";

const ARABIC = {
  headline: "الفوانيس تعود إلى شارع المستودع بعد عشرين عاما",
  standfirst: "قال صاحب المخبز إن الضوء هو أرخص ما يمكن أن يقدمه المرء لجيرانه.",
  body: "في الساعة السادسة من مساء الأحد أضاءت البلدة أول **فانوس** في الشارع القديم.\n\n## ماذا بعد\n\n- فانوس كل أسبوع\n- ومقعد تحت كل فانوس\n\n> لم أر الشارع هكذا منذ كنت طفلا.",
};
const LONG = "The council, the school board, the water district, the library and both churches agree for the first time that the bench in front of the depot has to move eleven inches to the left";

export interface Kind {
  name: string;
  address: () => string;
  staff?: boolean;
  /** The answer's status when it is not 200. */
  status?: number;
}

export const found: Record<string, string> = {};
const at = (name: string) => () => found[name] ?? `/missing-${name}`;

export const KINDS: Kind[] = [
  { name: "front", address: () => "/" },
  { name: "section", address: () => "/sections/city-hall" },
  { name: "subsection", address: () => "/sections/the-pipe" },
  { name: "story-picture", address: at("picture") },
  { name: "story-plain", address: at("plain") },
  { name: "story-rtl", address: at("rtl") },
  { name: "story-long-headline", address: at("long") },
  { name: "story-long-read", address: at("read") },
  { name: "author", address: () => "/@bart" },
  { name: "authors", address: () => "/authors" },
  { name: "topic", address: () => "/topics/water" },
  { name: "place", address: () => "/places/depot-street" },
  { name: "place-posts", address: () => "/places/depot-street/posts" },
  { name: "archive", address: () => "/archive" },
  { name: "month", address: at("month") },
  { name: "day", address: at("day") },
  { name: "corrections", address: () => "/corrections" },
  { name: "history", address: at("history") },
  { name: "diff", address: at("diff") },
  { name: "sections", address: () => "/sections" },
  { name: "search", address: () => "/search?q=water" },
  { name: "search-nothing", address: () => "/search?q=zzyzxqq" },
  { name: "albums", address: () => "/albums" },
  { name: "square", address: () => "/square/local" },
  { name: "posts", address: () => "/@hoang/posts" },
  { name: "sign-in", address: () => "/sign-in" },
  { name: "reset", address: () => "/password-reset" },
  { name: "new-password", address: at("new-password") },
  { name: "not-found", address: () => "/no/such/page", status: 404 },
  { name: "gone", address: at("gone"), status: 410 },
  { name: "write", address: () => "/write", staff: true },
  { name: "square-home", address: () => "/square", staff: true },
  { name: "square-near", address: () => "/square/near", staff: true },
  { name: "post-new", address: () => "/notes/new", staff: true },
  { name: "post-drafts", address: () => "/notes/drafts", staff: true },
  { name: "edit", address: at("edit"), staff: true },
  { name: "edit-new", address: at("edit-new"), staff: true },
  { name: "preview", address: at("preview"), staff: true },
  { name: "library-none", address: () => "/library", staff: true },
  { name: "settings", address: () => "/settings", staff: true },
  { name: "desk", address: () => "/admin", staff: true },
  { name: "desk-front", address: () => "/admin/front", staff: true },
  { name: "desk-sections", address: () => "/admin/sections", staff: true },
  { name: "desk-section", address: at("desk-section"), staff: true },
  { name: "desk-people", address: () => "/admin/people", staff: true },
  { name: "desk-person", address: at("desk-person"), staff: true },
  { name: "desk-invite", address: () => "/admin/people/new", staff: true },
  { name: "desk-levels", address: () => "/admin/levels", staff: true },
  { name: "desk-site", address: () => "/admin/site", staff: true },
  { name: "desk-undone", address: () => "/admin/undone", staff: true },
  { name: "story-signed-in", address: at("picture"), staff: true },
];
export const READING = KINDS.filter((kind) => !kind.staff && !/sign-in|reset|password|not-found|gone/.test(kind.name));

/** A demo town with a guest and its administrator, each on a page of their own. */
export interface Visit {
  town: Town;
  guest: Page;
  staff: Page;
  guestHeard: Watch;
  staffHeard: Watch;
}

export async function visit(browser: Browser): Promise<Visit> {
  const town = await startTown({ demo: true });
  const guest = await open(browser, town);
  const guestHeard = await Watch.over(guest);
  const staff = await open(browser, town);
  await signInByLink(staff, town, "willa");
  const staffHeard = await Watch.over(staff);
  await findAll(town, guest, staff);
  return { town, guest, staff, guestHeard, staffHeard };
}

export async function open(browser: Browser, town: Town, more: object = {}): Promise<Page> {
  return (await browser.newContext({ baseURL: town.address, reducedMotion: "reduce", ...more })).newPage();
}

/** Where the pages are whose addresses nobody knows before the town is filled. */
async function findAll(town: Town, guest: Page, staff: Page): Promise<void> {
  const link = async (from: string, words: string) => {
    await guest.goto(from);
    return (await guest.getByRole("main").getByRole("link", { name: words }).first().getAttribute("href")) ?? "";
  };
  const of = (selector: string) => guest.locator(selector).first().getAttribute("href").then((href) => href ?? "");
  found.picture = await link("/sections/the-pipe", "Council approves the water line");
  found.plain = await link("/sections/water", "Boil-water notice lifted");
  found.read = await link("/sections/water", "The last well on Sullivan Flats");
  found.history = `/stories/${idIn(found.picture)}/history`;
  found.diff = `${found.history}/2`;
  await guest.goto("/archive");
  found.month = await of("main a[href^='/archive/']");
  await guest.goto(found.month);
  found.day = await of("main a[href*='/archive/'][href*='/'][href$='0'], main time a, main a[href^='" + found.month + "/']");
  await begin(staff);
  found["edit-new"] = new URL(staff.url()).pathname;
  const section = await sectionId(staff, "World");
  found.rtl = await final(staff, await post(staff.request, { ...ARABIC, section, topics: "فوانيس" }));
  found.long = await final(staff, await post(staff.request, { headline: LONG, standfirst: `${LONG}, and that is that.`, section, body: `${LONG}.` }));
  found.edit = `/stories/${idIn(found.picture)}/edit`;
  found.preview = `/stories/${idIn(found.picture)}/preview`;
  found.gone = await post(staff.request, { headline: "Taken back", section, body: "x" });
  await staff.request.post(`${found.gone}/removal`);
  found["new-password"] = linkIn(town.command("user", "reset-link", "odell"));
  await staff.goto("/admin/sections");
  found["desk-section"] = (await staff.getByRole("main").getByRole("link", { name: "Outdoors" }).getAttribute("href")) ?? "";
  await staff.goto("/admin/people");
  found["desk-person"] = (await staff.getByRole("main").getByRole("link", { name: "Teodoro Whitlock" }).getAttribute("href")) ?? "";
}

async function final(staff: Page, address: string): Promise<string> {
  const moved = await staff.request.get(address, { maxRedirects: 0 });
  return moved.headers().location ?? address;
}

/** Looks at one kind of page in both widths and themes, and keeps a picture of each. */
export async function look(kind: Kind, { guest, staff, guestHeard, staffHeard }: Visit): Promise<void> {
  const [page, heard] = kind.staff ? [staff, staffHeard] : [guest, guestHeard];
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    await page.emulateMedia({ colorScheme: "light" });
    const answer = await page.goto(kind.address());
    expect(answer?.status()).toBe(kind.status ?? 200);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await expect(page.locator("img:not([alt])")).toHaveCount(0);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await settled(page);
      await fits(page);
      await noFaults(page, width === 1280 && colorScheme === "light" ? "all" : "looks");
      await page.screenshot({ path: `results/shots/${kind.name}-${width}-${colorScheme}.png`, fullPage: true });
    }
    heard.nothing(kind.name, kind.status ? new RegExp(`status of ${kind.status}`) : undefined);
  }
}
