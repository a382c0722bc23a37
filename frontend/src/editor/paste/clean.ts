// What other programs put on the clipboard, reduced to what a story can hold.
import { spansToMarks } from "./marks";
import { levelTables } from "./tables";
import { wordLists } from "./word";

const DROPPED =
  "style,script,meta,link,title,xml,noscript,iframe,object,embed,button,input,select,textarea,svg,video,audio,template";
const KEPT: Record<string, string[]> = {
  a: ["href"],
  ol: ["start"],
  td: ["align"],
  th: ["align"],
  img: ["src", "alt"],
  code: ["class"],
};

/** Cleaned HTML. What the editor itself copied is returned as it is. */
export function clean(html: string): string {
  if (html.includes("data-pm-slice")) return html;
  const body = new DOMParser().parseFromString(inert(html), "text/html").body;
  dropForeign(body);
  wordLists(body);
  nestLists(body);
  spansToMarks(body);
  levelTables(body);
  headings(body);
  links(body);
  splitAtDoubleBreaks(body);
  for (const element of [...body.querySelectorAll("*")]) strip(element);
  dropEmpty(body);
  return body.innerHTML;
}

/** The page's policy would report every style, handler and base, even in a document that is never shown: they become data. */
function inert(html: string): string {
  return html
    .replace(/<style\b[\s\S]*?<\/style\s*>/gi, "")
    .replace(/<(base|meta|link)\b/gi, "<data")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/([\s/"'])(style|on[a-z]+)(\s*=)/gi, "$1data-$2$3"));
}

function dropForeign(body: HTMLElement): void {
  const comments = document.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
  const found: ChildNode[] = [];
  while (comments.nextNode()) found.push(comments.currentNode as ChildNode);
  for (const comment of found) comment.remove();
  for (const element of body.querySelectorAll(DROPPED)) element.remove();
  for (const element of body.querySelectorAll("br.Apple-interchange-newline")) element.remove();
  for (const image of body.querySelectorAll("img")) {
    // Pictures from elsewhere have to be sent to the site first, with their rights known.
    if (!image.getAttribute("src")?.startsWith("/media/")) image.remove();
  }
}

/** Google Docs and old pages write a list inside a list as a sibling of its item. */
function nestLists(body: HTMLElement): void {
  for (const list of body.querySelectorAll("ul > ul, ul > ol, ol > ul, ol > ol")) {
    const item = list.previousElementSibling;
    if (item?.tagName === "LI") item.append(list);
    else {
      const made = document.createElement("li");
      list.replaceWith(made);
      made.append(list);
    }
  }
}

/** A story's own headline is the only first-level heading. */
function headings(body: HTMLElement): void {
  rename(body, "h1", "h2");
  rename(body, "h5,h6", "h4");
  for (const title of body.querySelectorAll("p.MsoTitle")) rename(body, title, "h2");
}

function rename(body: HTMLElement, which: string | Element, tag: string): void {
  const elements = typeof which === "string" ? [...body.querySelectorAll(which)] : [which];
  for (const element of elements) {
    const made = document.createElement(tag);
    made.append(...element.childNodes);
    element.replaceWith(made);
  }
}

function links(body: HTMLElement): void {
  for (const link of [...body.querySelectorAll("a")]) {
    const href = realAddress(link.getAttribute("href") ?? "");
    if (/^(https?:|mailto:|\/(?!\/))/i.test(href)) link.setAttribute("href", href);
    else link.replaceWith(...link.childNodes);
  }
}

/** Google wraps links in a redirect of its own. */
function realAddress(href: string): string {
  const match = /^https?:\/\/www\.google\.com\/url\?/.test(href) && new URL(href).searchParams.get("q");
  return match || href;
}

/** Mail programs part paragraphs by two line breaks. */
function splitAtDoubleBreaks(body: HTMLElement): void {
  for (const block of [...body.querySelectorAll("p,div")]) {
    if (block.closest("li,td,th") || block.querySelector("p,div,ul,ol,table,h2,h3,h4,pre,blockquote")) continue;
    let current = document.createElement("p");
    const parts = [current];
    for (const child of [...block.childNodes]) {
      if (isBreak(child) && current.lastChild && isBreak(current.lastChild)) {
        current.lastChild.remove();
        current = document.createElement("p");
        parts.push(current);
      } else current.append(child);
    }
    block.replaceWith(...parts);
  }
}

function isBreak(node: Node): boolean {
  return node.nodeName === "BR";
}

function strip(element: Element): void {
  const tag = element.tagName.toLowerCase();
  if (/^(span|font|u|o:p|center|sup|sub|small|big|ins|label)$/.test(tag) || tag.includes(":")) {
    element.replaceWith(...element.childNodes);
    return;
  }
  for (const name of element.getAttributeNames()) {
    if (!KEPT[tag]?.includes(name)) element.removeAttribute(name);
  }
}

function dropEmpty(body: HTMLElement): void {
  for (const block of body.querySelectorAll("p,h2,h3,h4,div")) {
    if (!block.querySelector("img,hr,table") && (block.textContent ?? "").trim() === "" && !block.closest("td,th"))
      block.remove();
  }
}
