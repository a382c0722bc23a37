/** Walks a town from link to link, as somebody who looks at one page of every kind, and keeps what was served. */
import { createHash } from "node:crypto";
import type { APIRequestContext, APIResponse, Page } from "@playwright/test";
import { addresses, type Route } from "./addresses.ts";

/** A page as it was served (or as a script left it). */
export interface Kept {
  /** Who looked, at what: `guest GET /sections/water`. */
  name: string;
  html: string;
}

/** A form on a page, with each of its buttons. */
interface Form {
  action: string;
  fields: [string, string][];
  buttons: [string, string][];
}

/** How many pages of a kind are enough. */
const ENOUGH = 2;
/** What is never whole: it goes on for as long as somebody listens. */
const ENDLESS = ["/live"];
/** What is sent last, because it takes away what the others need. */
const ENDS = [/removal/, /suspension/, /level/, /sessions/, /sign-out/];

export class Walk {
  readonly kept = new Map<string, Kept>();
  /** Addresses that answered, page or not. */
  readonly answered = new Set<string>();
  /** Links of this site that no address of the program fits. */
  readonly astray = new Set<string>();
  readonly routes = addresses();
  private reader: Page;

  /** `reader` is a page that is only used to take others apart. */
  constructor(reader: Page) {
    this.reader = reader;
  }

  /**
   * Looks at these addresses, at every address without a hole in it, and at all that they lead to, of each kind as many as
   * are enough. Then sends every form empty.
   */
  async through(who: string, request: APIRequestContext, origin: string, more: string[] = [], enough = new Map<string, number>()): Promise<void> {
    const seen = new Map<string, number>();
    const asked = new Set<string>();
    const forms = new Map<string, Form>();
    const plain = this.routes.filter((route) => route.get && !route.pattern.includes("{") && !ENDLESS.includes(route.pattern)).map((route) => route.pattern);
    const waiting = [...more, ...plain];
    for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
      const path = address.split("#")[0] ?? "";
      if (asked.has(path)) continue;
      asked.add(path);
      // What an address begins with is often one, too: `/stories/1` of `/stories/1/a`.
      const above = path.split("?")[0]?.replace(/\/[^/]*$/, "") ?? "";
      const parent = above ? this.route(above) : undefined;
      if (parent?.get && !this.answered.has(parent.pattern)) waiting.push(above);
      const found = await this.look(`${who} GET ${path}`, path, await request.get(path));
      for (const link of found.links) {
        const next = link.startsWith(origin) ? link.slice(origin.length) : link;
        const kind = this.kind(next);
        const times = seen.get(kind) ?? 0;
        if (times >= (enough.get(kind) ?? ENOUGH)) continue;
        seen.set(kind, times + 1);
        waiting.push(next);
      }
      for (const form of found.forms) forms.set(`${this.kind(form.action)} ${JSON.stringify([form.fields.map(([name]) => name), form.buttons])}`, form);
    }
    const last = (form: Form) => ENDS.findIndex((end) => end.test(form.action));
    for (const form of [...forms.values()].sort((one, other) => last(one) - last(other))) await this.send(who, request, form);
  }

  /** Sends a form as somebody does who filled in nothing, once with each of its buttons. */
  private async send(who: string, request: APIRequestContext, form: Form): Promise<void> {
    for (const button of form.buttons.length ? form.buttons : [["", ""] as [string, string]]) {
      const body = new URLSearchParams([...form.fields, ...(button[0] ? [button] : [])]).toString();
      const answer = await request.post(form.action, { data: body, headers: { "content-type": "application/x-www-form-urlencoded" }, maxRedirects: 0 });
      await this.look(`${who} POST ${form.action} ${button.join("=")}`.trim(), form.action, answer);
    }
  }

  /** Keeps an answer that is a page, and takes it apart. */
  async look(name: string, path: string, answer: APIResponse): Promise<{ links: string[]; forms: Form[] }> {
    const route = this.route(path);
    if (route && answer.ok()) this.answered.add(route.pattern);
    const type = answer.headers()["content-type"] ?? "";
    if (type.startsWith("application/feed+json")) this.keepStories(await answer.json());
    if (!type.startsWith("text/html")) return { links: [], forms: [] };
    const html = await answer.text();
    this.keep(answer.ok() ? name : `${name} (${answer.status()})`, html);
    return this.reader.evaluate(takeApart, html);
  }

  keep(name: string, html: string): void {
    const print = createHash("sha256").update(html).digest("hex");
    if (!this.kept.has(print)) this.kept.set(print, { name, html });
  }

  /** The stories of a feed, as the page of a reader's program would show them. */
  private keepStories(feed: { items: { title: string; content_html: string }[] }): void {
    for (const { title, content_html } of feed.items) {
      this.keep(`in a feed: ${title}`, `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Story</title></head><body><h1>Story</h1>${content_html}</body></html>`);
    }
  }

  private route(path: string): Route | undefined {
    const plain = path.split(/[?#]/)[0] ?? "";
    return this.routes.find((route) => route.fits.test(plain));
  }

  /** The address that serves a link, with the names of what it asks for. */
  private kind(link: string): string {
    const route = this.route(link);
    if (!route) this.astray.add(link);
    const query = new URLSearchParams(link.split("?")[1] ?? "");
    const names = [...new Set(query.keys())].sort().join("&");
    return (route?.pattern ?? "nowhere") + (names && `?${names}`);
  }
}

/** Runs in the browser: the links and the forms of a page, the fields empty. */
function takeApart(html: string): { links: string[]; forms: Form[] } {
  const page = new DOMParser().parseFromString(html, "text/html");
  const here = (address: string | null) => !!address && (address.startsWith("/") || address.startsWith("http://127.0.0.1")) && !address.startsWith("//");
  const links = [...page.querySelectorAll("a[href], link[rel~=alternate][href]")].map((link) => link.getAttribute("href")).filter(here) as string[];
  const forms = [...page.querySelectorAll("form[method=post]")].flatMap((form) => {
    const plain = form.getAttribute("action") ?? "";
    const named = [...form.querySelectorAll("input[name], textarea[name], select[name]")] as HTMLInputElement[];
    const fields = named.filter((field) => !["checkbox", "radio", "submit", "file"].includes(field.type)).map((field) => [field.name, field.type === "hidden" ? field.value : ""]);
    const buttons = [...form.querySelectorAll("button, input[type=submit]")].filter((button) => (button as HTMLButtonElement).type === "submit");
    // A button may send the form somewhere else.
    const actions = [...new Set([plain, ...buttons.map((button) => button.getAttribute("formaction") ?? plain)])];
    return actions.filter(here).map((action) => ({
      action,
      fields,
      buttons: buttons.filter((button) => (button.getAttribute("formaction") ?? plain) === action).map((button) => [button.getAttribute("name") ?? "", button.getAttribute("value") ?? ""]),
    })) as Form[];
  });
  return { links, forms };
}
