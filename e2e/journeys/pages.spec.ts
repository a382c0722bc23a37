/** What readers see of a living town: in both widths and themes, by axe, by keyboard, enlarged, printed, without scripts. */
import { expect, test, type Page } from "../support/test.ts";
import { found, KINDS, look, open, READING, visit, type Visit } from "../support/looking.ts";
import { type Town } from "../support/town.ts";
import { fits } from "../support/watch.ts";

let town: Town;
let guest: Page;
let all: Visit;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  all = await visit(browser);
  ({ town, guest } = all);
});
test.afterAll(() => town.stop());

for (const kind of KINDS.filter((kind) => !kind.staff)) {
  test(`${kind.name} is sound in both widths and themes`, () => look(kind, all));
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
    await expect(guest).toHaveURL(/#main$/);
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
      const lit = (shown: Element) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(shown);
        return (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none";
      };
      // A headline's link covers its card, and the card is what lights up; so does the whole box of the search field.
      const whole = (element.closest(".headline") && element.closest(".card")) || element.closest(".search");
      const shown = lit(whole || element);
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
  const plain = await open(browser, town, { javaScriptEnabled: false });
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
  const page = await open(browser, town);
  // A stream of what is new never ends.
  await page.route("**/live?*", (stream) => stream.abort());
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
