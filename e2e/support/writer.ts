/** The write page as an author uses it. */
import { expect, type APIRequestContext, type Locator, type Page } from "@playwright/test";

/** The rich editor, or the field that stands in its place without a script. */
export function story(page: Page): Locator {
  return page.getByRole("textbox", { name: "Story", exact: true });
}

export function button(page: Page, name: string | RegExp): Locator {
  return page.locator(".write-bar").getByRole("button", { name, exact: true });
}

/** Begins a story and answers the address of its write page. */
export async function begin(page: Page): Promise<string> {
  await page.goto("/write");
  await page.getByRole("button", { name: "Start a story" }).click();
  await page.waitForURL(/\/stories\/\d+\/edit/);
  return new URL(page.url()).pathname;
}

export function idIn(address: string): string {
  const id = /\/stories\/(\d+)/.exec(address)?.[1];
  if (!id) throw new Error(`No story in ${address}`);
  return id;
}

/** Waits until what was typed last stands in the site. */
export async function saved(page: Page): Promise<void> {
  await expect(page.locator("[data-save-state]")).toHaveAttribute("data-state", "saved");
  await expect(page.locator("[data-save-state]")).toHaveText(/^Saved at \d/);
}

export interface Words {
  headline?: string;
  standfirst?: string;
  section?: string;
  topics?: string;
  place?: string;
  coauthors?: string;
  work?: string;
  sources?: string;
}

/** Fills in the fields around the story. */
export async function fill(page: Page, words: Words): Promise<void> {
  if (words.headline !== undefined) await page.getByLabel("Headline").fill(words.headline);
  if (words.standfirst !== undefined) await page.getByLabel("Standfirst").fill(words.standfirst);
  if (words.section !== undefined) await page.getByLabel("Section", { exact: true }).selectOption({ label: words.section });
  if (words.topics !== undefined) await page.getByLabel("Topics").fill(words.topics);
  if (words.place !== undefined) await page.getByLabel("Place").fill(words.place);
  if (words.coauthors !== undefined) await page.getByLabel("Co-authors").fill(words.coauthors);
  if (words.work !== undefined) await page.getByLabel("Type of work").selectOption({ label: words.work });
  if (words.sources !== undefined) await page.getByLabel("Sources").fill(words.sources);
}

/** Publishes from the write page and answers the story's address. */
export async function publish(page: Page): Promise<string> {
  await button(page, "Publish").click();
  await page.waitForURL(/\/stories\/\d+\/[^/]+\?done=published/);
  return new URL(page.url()).pathname;
}

/** Sends the write form as a browser without scripts would, for stories that are only needed, not what is tested. */
export async function post(request: APIRequestContext, fields: Record<string, string>, then: "save" | "publish" = "publish"): Promise<string> {
  const begun = await send(request, "/stories", { headline: fields.headline ?? "" });
  const id = idIn(begun);
  const address = then === "save" ? `/stories/${id}/draft` : `/stories/${id}/publication`;
  await send(request, address, { base: "1", work: "news", do: then, ...fields });
  return `/stories/${id}`;
}

/** Answers where the form leads, or nothing where it may be refused and is. Nobody saves as fast as a test: it waits when asked to. */
export async function send(request: APIRequestContext, address: string, form: Record<string, string>, refusable = false): Promise<string> {
  for (;;) {
    const answer = await request.post(address, { form, maxRedirects: 0 });
    if (answer.status() === 429) {
      await new Promise((wake) => setTimeout(wake, 1000 * Number(answer.headers()["retry-after"] ?? 1)));
      continue;
    }
    if (refusable && answer.status() === 422) return "";
    expect(answer.status(), await answer.text()).toBe(303);
    return answer.headers().location ?? "";
  }
}

/** The number of a section in the write form. */
export async function sectionId(page: Page, name: string): Promise<string> {
  const value = await page.getByLabel("Section", { exact: true }).getByRole("option", { name, exact: true }).first().getAttribute("value");
  if (!value) throw new Error(`There is no section ${name}`);
  return value;
}

/** Pastes as a program's clipboard would hand it over. */
export async function paste(target: Locator, data: Record<string, string>): Promise<void> {
  await target.evaluate((element, types) => {
    const transfer = new DataTransfer();
    for (const [type, text] of Object.entries(types)) transfer.setData(type, text);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true, cancelable: true }));
  }, data);
}
