/** What programs read: feeds through feedparser, and the structured data of every story they lead to. */
import { expect, test, type APIRequestContext } from "../support/test.ts";
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { startTown, type Town } from "../support/town.ts";

interface Feed {
  address: string;
  fault: string;
  version: string;
  encoding: string;
  title: string;
  description: string;
  language: string;
  home: string;
  own: string[];
  updated: boolean;
  entries: Entry[];
}

interface Entry {
  id: string;
  link: string;
  title: string;
  published: number[] | null;
  updated: number[] | null;
  authors: string[];
  tags: string[];
  summary: string;
  content: string[];
  enclosures: { href: string; type: string }[];
}

interface Item {
  id: string;
  url: string;
  title: string;
  summary: string;
  content_html: string;
  date_published: string;
  date_modified: string;
  authors: { name: string }[];
  tags: string[];
  image?: string;
}

const LISTS = { "/feed": "/", "/sections/water": "/sections/water", "/@bart": "/@bart", "/topics/water": "/topics/water" };

let town: Town;

test.beforeAll(async () => {
  town = await startTown({ demo: true });
});
test.afterAll(() => town.stop());

/** With Debian's Python, whose packages apt installs; another one may come first on the path. */
function read(addresses: string[]): Feed[] {
  const script = resolve(import.meta.dirname, "../support/feeds.py");
  return JSON.parse(execFileSync("/usr/bin/python3", [script, ...addresses], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 }));
}

test("readers' programs find every list whole, in every format", async ({ request }) => {
  const lists = Object.keys(LISTS);
  const feeds = read(lists.flatMap((list) => [`${town.address}${list}.rss`, `${town.address}${list}.atom`]));
  for (const [index, list] of lists.entries()) {
    const items = await itemsOf(request, list);
    expect(items.length, list).toBeGreaterThan(2);
    for (const feed of feeds.slice(index * 2, index * 2 + 2)) {
      await test.step(feed.address, () => sound(feed, list, items));
    }
  }
  expect(feeds.map((feed) => feed.version)).toEqual(lists.flatMap(() => ["rss20", "atom10"]));
});

async function itemsOf(request: APIRequestContext, list: string): Promise<Item[]> {
  const feed = await (await request.get(`${town.address}${list}.json`)).json();
  expect(feed.version).toBe("https://jsonfeed.org/version/1.1");
  expect(feed.feed_url).toBe(`${town.address}${list}.json`);
  return feed.items;
}

/** The feed is sound in itself and says what its brother in JSON says. */
function sound(feed: Feed, list: string, items: Item[]): void {
  expect(feed.fault).toBe("");
  expect(feed.encoding).toBe("utf-8");
  expect(feed.own).toEqual([feed.address]);
  expect(feed.home).toBe(town.address + LISTS[list as keyof typeof LISTS]);
  expect(feed.title).toContain("Agua Tarda Lantern");
  expect(feed.description).toBeTruthy();
  expect(feed.language).toBe("en");
  expect(feed.updated).toBe(true);
  expect(new Set(feed.entries.map((entry) => entry.id)).size).toBe(feed.entries.length);
  expect(feed.entries.map((entry) => entry.title)).toEqual(items.map((item) => item.title));
  for (const [index, entry] of feed.entries.entries()) {
    const item = items[index] as Item;
    expect([entry.id, entry.link]).toEqual([item.id, item.url]);
    expect(moment(entry.published), entry.title).toBe(item.date_published);
    if (entry.updated) expect(moment(entry.updated), entry.title).toBe(item.date_modified);
    expect(entry.authors).toEqual(item.authors.map((author) => author.name));
    expect(entry.tags).toEqual(item.tags);
    expect(plain(entry.summary)).toBe(plain(item.summary));
    expect(entry.content).toHaveLength(1);
    expect(words(entry.content[0] ?? "")).toBe(words(item.content_html));
    expect(words(entry.content[0] ?? "").length, "the whole story").toBeGreaterThan(200);
    expect(entry.enclosures).toEqual(item.image ? [{ href: item.image, type: expect.stringMatching(/^image\/(jpeg|webp)$/) }] : []);
  }
}

test("every story tells search engines who wrote what, and when", async ({ request }) => {
  const items = await itemsOf(request, "/feed");
  for (const item of items) {
    const page = await (await request.get(item.url)).text();
    const blocks = [...page.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map((found) => JSON.parse(found[1] ?? ""));
    expect(blocks, item.url).toHaveLength(1);
    const [article, breadcrumbs] = blocks[0]["@graph"];
    expect(blocks[0]["@context"]).toBe("https://schema.org");
    expect(article["@type"]).toMatch(/Article$/);
    expect(article).toMatchObject({ url: item.url, headline: item.title, description: item.summary, datePublished: item.date_published, isAccessibleForFree: true });
    expect(article.author.map((author: { name: string }) => author.name)).toEqual(item.authors.map((author) => author.name));
    for (const author of article.author) expect(author).toMatchObject({ "@type": "Person", url: expect.stringContaining(`${town.address}/@`) });
    expect(article.publisher).toMatchObject({ "@type": "NewsMediaOrganization", name: expect.any(String), url: `${town.address}/` });
    if (item.image) expect(article.image).toMatchObject({ "@type": "ImageObject", url: item.image, width: expect.any(Number), height: expect.any(Number) });
    expect(breadcrumbs.itemListElement.map((step: { position: number }) => step.position)).toEqual(breadcrumbs.itemListElement.map((_: unknown, index: number) => index + 1));
    expect(breadcrumbs.itemListElement.at(-1)).toMatchObject({ "@type": "ListItem", name: item.title, item: item.url });
  }
});

function moment(parts: number[] | null): string {
  const [year = 0, month = 1, ...rest] = parts ?? [];
  return `${new Date(Date.UTC(year, month - 1, ...rest)).toISOString().slice(0, 19)}Z`;
}

/** feedparser writes HTML anew: its words are what counts. */
function words(html: string): string {
  return plain(html.replace(/<[^>]*>/g, ""));
}

function plain(text: string): string {
  const names: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " " };
  return text.replace(/&(amp|lt|gt|quot|nbsp);/g, (_, name: string) => names[name] ?? "").replace(/\s+/g, " ").trim();
}
