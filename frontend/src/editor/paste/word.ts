// Word writes list items as paragraphs with a drawn bullet. Here they become lists again.

interface Item {
  paragraph: Element;
  level: number;
  ordered: boolean;
}

export function wordLists(body: HTMLElement): void {
  let run: Item[] = [];
  for (const paragraph of [...body.querySelectorAll("p,h1,h2,h3,h4,table")]) {
    const item = asItem(paragraph);
    const last = run.at(-1)?.paragraph;
    if (item && (!last || nextElement(last) === paragraph)) run.push(item);
    else {
      build(run);
      run = item ? [item] : [];
    }
  }
  build(run);
}

function nextElement(element: Element): Element | null {
  return element.nextElementSibling;
}

function asItem(paragraph: Element): Item | null {
  const style = paragraph.getAttribute("data-style") ?? "";
  const level = /mso-list:\s*l\d+\s+level(\d+)/i.exec(style);
  const marker = markerOf(paragraph);
  if (!level && !(marker && /MsoListParagraph/.test(paragraph.className))) return null;
  const text = marker?.textContent?.trim() ?? "";
  marker?.remove();
  return { paragraph, level: Number(level?.[1] ?? 1), ordered: /^(\(?\d+[.)]|\(?[a-z]{1,4}[.)])/i.test(text) };
}

/** The drawn bullet or number. */
function markerOf(paragraph: Element): Element | undefined {
  return [...paragraph.querySelectorAll("span")].find((span) =>
    /mso-list:\s*ignore/i.test(span.getAttribute("data-style") ?? ""),
  );
}

function build(run: Item[]): void {
  if (run.length === 0) return;
  const root = document.createElement("div");
  run[0]!.paragraph.before(root);
  const lists: Element[] = [];
  for (const { paragraph, level, ordered } of run) {
    lists.length = Math.min(lists.length, level);
    while (lists.length < level) {
      const list = document.createElement(ordered ? "ol" : "ul");
      (lists.at(-1)?.lastElementChild ?? lists.at(-1) ?? root).append(list);
      lists.push(list);
    }
    const item = document.createElement("li");
    item.append(...paragraph.childNodes);
    lists.at(-1)!.append(item);
    paragraph.remove();
  }
  root.replaceWith(...root.childNodes);
}
