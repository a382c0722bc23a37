/** Pages that show what strangers wrote: words, and nothing that runs. */
import { expect, type Page } from "@playwright/test";
import { fits, type Watch } from "./watch.ts";

/** Nothing ran, nothing could run, nothing hangs over the edge. */
export async function sound(page: Page, heard: Watch, allowed?: RegExp): Promise<void> {
  const found = await page.evaluate(() => {
    const wrong: string[] = [];
    if ("__executed" in window) wrong.push("something ran");
    for (const element of document.querySelectorAll("*")) {
      for (const { name, value } of element.attributes) {
        if (/^on/i.test(name)) wrong.push(`<${element.localName} ${name}>`);
        if (/^(href|src|action|formaction|xlink:href|data|srcdoc|poster)$/i.test(name) && /^[\s\u0000-\u001f]*(javascript|vbscript|data:text)/i.test(value)) wrong.push(`${name}=${value}`);
        if (name === "style" && !element.closest(".ProseMirror, .dialog")) wrong.push(`style=${value}`);
      }
      if (/^(iframe|object|embed|base|math|foreignobject|animate|marquee)$/i.test(element.localName)) wrong.push(`<${element.localName}>`);
    }
    // Data about the story is a script by name only; it has to be one whole piece of JSON.
    for (const data of document.querySelectorAll('script[type="application/ld+json"]')) JSON.parse(data.textContent ?? "");
    for (const script of document.scripts) if (script.type !== "application/ld+json" && !script.src.startsWith(`${location.origin}/assets/`)) wrong.push(`script ${script.src || script.text}`);
    if (!document.querySelector("main") || !document.querySelector("footer.site")) wrong.push("the page is broken");
    return wrong;
  });
  expect(found, page.url()).toEqual([]);
  await fits(page);
  heard.nothing(page.url(), allowed);
}
