/** Every kind of page of a living town: looked at in both widths and themes, by axe, by keyboard, enlarged, printed, without scripts. */
import { expect, test, type Browser, type Page } from "@playwright/test";
import { noFaults } from "../support/axe.ts";
import { linkIn, signInByLink } from "../support/people.ts";
import { startTown, type Town } from "../support/town.ts";
import { fits, Watch } from "../support/watch.ts";
import { begin, idIn, post, sectionId } from "../support/writer.ts";

test.describe.configure({ mode: "default" });

const ARABIC = {
  headline: "الفوانيس تعود إلى شارع المستودع بعد عشرين عاما",
  standfirst: "قال صاحب المخبز إن الضوء هو أرخص ما يمكن أن يقدمه المرء لجيرانه.",
  body: "في الساعة السادسة من مساء الأحد أضاءت البلدة أول **فانوس** في الشارع القديم.\n\n## ماذا بعد\n\n- فانوس كل أسبوع\n- ومقعد تحت كل فانوس\n\n> لم أر الشارع هكذا منذ كنت طفلا.",
};
const LONG = "The council, the school board, the water district, the library and both churches agree for the first time in living memory that the bench in front of the depot has to be moved eleven inches to the left";

interface Kind {
  name: string;
  address: () => string;
  staff?: boolean;
  /** The answer's status when it is not 200. */
  status?: number;
}

const found: Record<string, string> = {};
const at = (name: string) => () => found[name] ?? `/missing-${name}`;

const KINDS: Kind[] = [
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
  { name: "archive", address: () => "/archive" },
  { name: "month", address: at("month") },
  { name: "day", address: at("day") },
  { name: "corrections", address: () => "/corrections" },
  { name: "history", address: at("history") },
  { name: "diff", address: at("diff") },
  { name: "sections", address: () => "/sections" },
  { name: "sign-in", address: () => "/sign-in" },
  { name: "reset", address: () => "/password-reset" },
  { name: "new-password", address: at("new-password") },
  { name: "not-found", address: () => "/no/such/page", status: 404 },
  { name: "gone", address: at("gone"), status: 410 },
  { name: "write", address: () => "/write", staff: true },
  { name: "edit", address: at("edit"), staff: true },
  { name: "edit-new", address: at("edit-new"), staff: true },
  { name: "preview", address: at("preview"), staff: true },
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
const READING = KINDS.filter((kind) => !kind.staff && !/sign-in|reset|password|not-found|gone/.test(kind.name));

let town: Town;
let guest: Page;
let staff: Page;
let guestHeard: Watch;
let staffHeard: Watch;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  town = await startTown({ demo: true });
  guest = await open(browser);
  guestHeard = await Watch.over(guest);
  staff = await open(browser);
  await signInByLink(staff, town, "willa");
  staffHeard = await Watch.over(staff);
  await findAll();
});
test.afterAll(() => town.stop());

async function open(browser: Browser, more: object = {}): Promise<Page> {
  return (await browser.newContext({ baseURL: town.address, reducedMotion: "reduce", ...more })).newPage();
}

/** Where the pages are whose addresses nobody knows before the town is filled. */
async function findAll(): Promise<void> {
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
  found.rtl = await final(await post(staff.request, { ...ARABIC, section, topics: "فوانيس" }));
  found.long = await final(await post(staff.request, { headline: LONG, standfirst: `${LONG}, and that is that.`, section, body: `${LONG}.` }));
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

async function final(address: string): Promise<string> {
  const moved = await staff.request.get(address, { maxRedirects: 0 });
  return moved.headers().location ?? address;
}

for (const kind of KINDS) {
  test(`${kind.name} is sound in both widths and themes`, async () => {
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
        await fits(page);
        await noFaults(page);
        await page.screenshot({ path: `results/shots/${kind.name}-${width}-${colorScheme}.png`, fullPage: true });
      }
      heard.nothing(kind.name, kind.status ? new RegExp(`status of ${kind.status}`) : undefined);
    }
  });
}

test("the first stop of the keyboard leads past everything to the page", async () => {
  await guest.setViewportSize({ width: 1280, height: 900 });
  for (const address of ["/", found.picture ?? "", "/sign-in"]) {
    await guest.goto(address);
    await guest.keyboard.press("Tab");
    const skip = guest.getByRole("link", { name: "Skip to the page" });
    await expect(skip).toBeFocused();
    await expect(skip).toBeInViewport();
    await guest.keyboard.press("Enter");
    await guest.keyboard.press("Tab");
    expect(await guest.evaluate(() => !!document.activeElement?.closest("main"))).toBe(true);
  }
});

test("every stop of the keyboard on a story can be seen", async () => {
  await guest.goto(found.picture ?? "");
  for (let stop = 0; stop < 40; stop++) {
    await guest.keyboard.press("Tab");
    const seen = await guest.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return "end";
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      const shown = (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none";
      return shown ? "" : `${element.localName}.${element.className} ${element.textContent}`;
    });
    if (seen === "end") break;
    expect(seen).toBe("");
  }
});

test("nothing is lost at twice the size", async () => {
  await guest.setViewportSize({ width: 640, height: 450 });
  await guest.emulateMedia({ colorScheme: "light" });
  for (const kind of READING) {
    await guest.goto(kind.address());
    await fits(guest);
    const cut = await guest.evaluate(() => [...document.querySelectorAll("main h1, main h2, main h3, main p, main li, main a")].filter((element) => {
      const { overflowX, textOverflow } = getComputedStyle(element);
      return (overflowX === "hidden" || textOverflow === "ellipsis") && element.scrollWidth > element.clientWidth + 1 && !element.className.includes("visually-hidden");
    }).map((element) => element.textContent));
    expect(cut, kind.name).toEqual([]);
  }
  await guest.goto(found.picture ?? "");
  await guest.screenshot({ path: "results/shots/story-picture-640-light.png", fullPage: true });
});

test("paper shows the story and not the site around it", async () => {
  await guest.setViewportSize({ width: 800, height: 1100 });
  await guest.goto(found.picture ?? "");
  await guest.emulateMedia({ media: "print" });
  await expect(guest.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(guest.locator(".prose")).toBeVisible();
  for (const chrome of [".dateline", "nav.sections", ".tabbar", "footer.site nav, footer.site ul", ".masthead .tools"]) await expect(guest.locator(chrome).first()).toBeHidden();
  await guest.screenshot({ path: "results/shots/story-picture-print.png", fullPage: true });
  await guest.emulateMedia({ media: "screen" });
});

test("the same pages without scripts", async ({ browser }) => {
  const plain = await open(browser, { javaScriptEnabled: false });
  await guest.setViewportSize({ width: 1280, height: 900 });
  // Words that count on with the time are left out.
  const words = (page: Page) => page.locator("main").evaluate((main) => {
    const copy = main.cloneNode(true) as Element;
    for (const moving of copy.querySelectorAll("time, .counts")) moving.remove();
    return copy.textContent?.replace(/\s+/g, " ").replace(/\d+ views?/g, "");
  });
  for (const kind of READING) {
    await plain.goto(kind.address());
    await guest.goto(kind.address());
    expect(await words(plain), kind.name).toBe(await words(guest));
  }
  await plain.goto("/");
  await plain.getByRole("main").getByRole("link", { name: "Council approves the water line" }).first().click();
  await expect(plain.getByRole("heading", { level: 1 })).toContainText("Council approves the water line");
  await plain.context().close();
});

test("a reading page brings at most 40 KB of scripts", async ({ browser }) => {
  const page = await open(browser);
  for (const address of ["/", found.picture ?? "", "/sections/city-hall"]) {
    const sizes: Promise<number>[] = [];
    page.removeAllListeners("requestfinished");
    page.on("requestfinished", (request) => {
      if (request.resourceType() === "script") sizes.push(request.sizes().then((sizes) => sizes.responseBodySize));
    });
    await page.goto(address, { waitUntil: "networkidle" });
    const all = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    expect(all).toBeLessThanOrEqual(40 * 1024);
  }
  await page.context().close();
});

test("a chosen theme stays, and menus open and close by keyboard", async () => {
  await staff.setViewportSize({ width: 1280, height: 900 });
  await staff.emulateMedia({ colorScheme: "light" });
  await staff.goto("/");
  const ground = () => staff.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await staff.getByRole("button", { name: "Dark" }).click();
  const dark = await ground();
  expect(dark).not.toBe(light);
  await staff.reload();
  expect(await ground()).toBe(dark);
  await staff.getByRole("button", { name: "As on this computer" }).click();
  expect(await ground()).toBe(light);
  const menu = staff.locator("details.menu");
  await menu.locator("summary").focus();
  await staff.keyboard.press("Enter");
  await expect(menu.getByRole("link", { name: "The desk" })).toBeVisible();
  await noFaults(staff);
  await staff.screenshot({ path: "results/shots/menu-1280-light.png" });
  await staff.keyboard.press("Escape");
  await expect(menu.getByRole("link", { name: "The desk" })).toBeHidden();
});
