/** What a reader does with a story besides reading it: save it, share it, hear it, print it. */
import { expect, test, type Browser, type Page } from "../support/test.ts";
import { noFaults } from "../support/axe.ts";
import { open } from "../support/looking.ts";
import { newPerson, PASSWORD, signInByLink } from "../support/people.ts";
import { startTown, type Town } from "../support/town.ts";
import { fits } from "../support/watch.ts";
import { post, sectionId, begin } from "../support/writer.ts";

let town: Town;
let staff: Page;
let story: string;
const HEADLINE = "The fountain runs again";

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  town = await startTown({ demo: true });
  staff = await open(browser, town);
  await signInByLink(staff, town, "willa");
  await begin(staff);
  const section = await sectionId(staff, "Water");
  story = await post(staff.request, { headline: HEADLINE, standfirst: "After nine years, water.", section, body: "First sentence. Second sentence.\n\n## Then\n\nThe last one.\n\n> “Who was there?” she said.", sources: "The minutes https://records.example/minutes" });
});
test.afterAll(() => town.stop());

const main = (page: Page) => page.getByRole("main");
const save = (page: Page) => main(page).getByRole("button", { name: /^Save/ });

test("a member saves a story without losing their place, finds it, and takes it off", async ({ browser }) => {
  const page = await newPerson(browser, town, "rosalind", "Rosalind", "member");
  await page.goto(story);
  await page.setViewportSize({ width: 390, height: 500 });
  await page.evaluate(() => scrollTo(0, 150));
  const before = await page.evaluate(() => scrollY);
  await save(page).focus();
  await page.keyboard.press("Enter");
  await expect(save(page)).toHaveText("Saved. Take it off your list");
  await expect(page.locator(".save [role=status]")).toHaveText("On your list of what you saved.");
  expect(await page.evaluate(() => scrollY)).toBe(before);
  await expect(save(page)).toBeFocused();
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.reload();
  await expect(save(page)).toHaveText(/^Saved/);
  await page.locator(".masthead details.menu > summary").click();
  await page.getByRole("link", { name: "Saved", exact: true }).click();
  await expect(page).toHaveURL(/\/saved$/);
  await expect(main(page).getByRole("link", { name: HEADLINE })).toBeVisible();
  await noFaults(page);
  await save(page).click();
  await expect(save(page)).toHaveText("Save");
  await page.reload();
  await expect(main(page)).toContainText("Nothing saved yet");
  await page.context().close();
});

test("a guest signs in and comes back to the story, which is saved", async ({ browser }) => {
  const member = await newPerson(browser, town, "guestlike", "Gus", "member");
  await member.context().close();
  for (const javaScriptEnabled of [true, false]) {
    const guest = await open(browser, town, { javaScriptEnabled });
    await guest.goto(story);
    const address = guest.url();
    await save(guest).click();
    await expect(guest).toHaveURL(/\/sign-in/);
    await guest.getByLabel("E-mail address or handle").fill("guestlike");
    await guest.getByLabel("Password").fill(PASSWORD);
    await main(guest).getByRole("button", { name: "Sign in" }).click();
    await expect(guest).toHaveURL(`${address}?done=kept`);
    await expect(save(guest)).toHaveText(/^Saved/);
    await save(guest).click();
    await expect(save(guest)).toHaveText("Save");
    await guest.context().close();
  }
});

test("a story that was taken off the site is said to be gone, and can be taken off the list", async ({ browser }) => {
  const page = await newPerson(browser, town, "keeper", "Kit", "member");
  const doomed = await post(staff.request, { headline: "Withdrawn words", section: await section(), body: "x" });
  await page.goto(doomed);
  await save(page).click();
  await expect(save(page)).toHaveText(/^Saved/);
  await staff.request.post(`${doomed}/removal`);
  await page.goto("/saved");
  await expect(main(page)).toContainText("No longer available");
  await expect(main(page)).not.toContainText("Withdrawn words");
  await noFaults(page);
  await page.screenshot({ path: "results/shots/saved-gone-1280-light.png" });
  await Promise.all([page.waitForResponse((answer) => answer.request().method() === "POST"), save(page).click()]);
  await page.reload();
  await expect(main(page)).toContainText("Nothing saved yet");
  await page.context().close();
});

async function section(): Promise<string> {
  await begin(staff);
  return sectionId(staff, "Water");
}

test("the sheet shares by the device, by copying, by plain links", async ({ browser }) => {
  const page = await withShare(browser);
  await page.goto(story);
  const address = page.url();
  await page.getByText("Share", { exact: true }).click();
  await page.getByRole("button", { name: "Copy the link" }).click();
  await expect(page.locator(".share [role=status]")).toHaveText("The link is copied.");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(address);
  await expect(page.getByRole("link", { name: "E-mail" })).toHaveAttribute("href", /^mailto:\?subject=The%20fountain%20runs%20again&body=http/);
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await fits(page);
    await noFaults(page, width === 1280 ? "all" : "looks");
    await page.screenshot({ path: `results/shots/share-${width}-light.png` });
  }
  await page.getByRole("button", { name: "Share with an app" }).click();
  await expect(page.getByRole("link", { name: "Bluesky" })).toBeHidden();
  expect(await page.evaluate(() => (window as unknown as { shared: object }).shared)).toEqual({ title: HEADLINE, url: address });
  await page.context().close();
});

async function withShare(browser: Browser): Promise<Page> {
  const page = await open(browser, town, { permissions: ["clipboard-read", "clipboard-write"] });
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "share", { value: async (data: object) => Object.assign(window, { shared: data }) });
  });
  return page;
}

test("without scripts the sheet opens, shows no dead buttons, and leads to one's own Mastodon server", async ({ browser }) => {
  const plain = await open(browser, town, { javaScriptEnabled: false });
  await plain.goto(story);
  await plain.getByText("Share", { exact: true }).click();
  for (const name of ["Copy the link", "Share with an app", "Print"]) await expect(plain.getByRole("button", { name })).toHaveCount(0);
  await expect(plain.getByLabel("Address of this story")).toHaveValue(plain.url());
  await plain.getByLabel("Your Mastodon server").fill("mastodon.example");
  await plain.getByRole("button", { name: "Go on" }).click();
  await expect(plain.getByRole("link", { name: "Write it on mastodon.example" })).toHaveAttribute("href", /^https:\/\/mastodon\.example\/share\?text=The\+fountain/);
  await plain.context().close();
});

test("a device with a voice reads the story, pauses, goes on and stops", async ({ browser }) => {
  const silent = await open(browser, town);
  await silent.addInitScript(() => Object.defineProperty(window, "speechSynthesis", { value: Object.assign(new EventTarget(), { getVoices: () => [] }) }));
  await silent.goto(story);
  await expect(silent.getByText("Share", { exact: true })).toBeVisible();
  await expect(silent.getByRole("button", { name: "Listen" })).toHaveCount(0);
  await silent.context().close();

  const page = await open(browser, town);
  // A voice that speaks a piece when the test says so, and keeps what it said.
  await page.addInitScript(() => {
    const said: [string, string][] = [];
    let now: SpeechSynthesisUtterance | null = null;
    const voice = Object.assign(new EventTarget(), {
      getVoices: () => [{}],
      paused: false,
      speak: (words: SpeechSynthesisUtterance) => void (said.push([words.text, words.lang]), (now = words)),
      cancel: () => void (now = null),
      pause: () => void (voice.paused = true),
      resume: () => void (voice.paused = false),
    });
    Object.defineProperty(window, "speechSynthesis", { value: voice });
    Object.assign(window, { said, spoken: () => now?.dispatchEvent(new Event("end")), speaking: () => !!now });
  });
  type Voice = { said: [string, string][]; spoken: () => void; speaking: () => boolean };
  const said = () => page.evaluate(() => (window as unknown as Voice).said.map(([words]) => words));
  const goOn = () => page.evaluate(() => (window as unknown as Voice).spoken());
  await page.goto(story);
  const button = (name: string) => main(page).getByRole("button", { name, exact: true });
  await button("Listen").focus();
  await page.keyboard.press("Enter");
  expect(await said()).toEqual([HEADLINE]);
  await page.keyboard.press("Enter");
  expect(await page.evaluate(() => speechSynthesis.paused)).toBe(true);
  await button("Go on").click();
  expect(await page.evaluate(() => speechSynthesis.paused)).toBe(false);
  for (let piece = 0; piece < 5; piece++) await goOn();
  expect(await said()).toEqual([HEADLINE, "After nine years, water.", "First sentence. Second sentence.", "Then", "The last one.", "“Who was there?” she said."]);
  await noFaults(page);
  await goOn();
  await expect(button("Listen")).toBeVisible();
  await expect(button("Stop")).toBeHidden();
  await button("Listen").click();
  await button("Stop").click();
  expect(await page.evaluate(() => (window as unknown as Voice).speaking())).toBe(false);
  await expect(button("Listen")).toBeFocused();
  await page.context().close();
});

test("paper holds the story with its date, address and sources, and none of the buttons", async ({ browser }) => {
  const page = await open(browser, town);
  await page.goto(story);
  await page.emulateMedia({ media: "print" });
  const paper = await page.locator("body").innerText();
  for (const words of [HEADLINE, "Willa", "First sentence.", "The minutes", `Printed from ${page.url()}`]) expect(paper).toContain(words);
  for (const chrome of [".story-tools", ".masthead .tools", "nav.sections", "footer.site", ".counts", ".more"]) await expect(page.locator(chrome).first()).toBeHidden();
  const date = await page.locator(".published time").evaluate((time) => getComputedStyle(time, "::after").content);
  expect(date).toContain(String(new Date().getFullYear()));
  await page.pdf({ path: "results/shots/story.pdf", format: "A4", preferCSSPageSize: true });
  await page.context().close();
});
