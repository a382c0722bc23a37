// The document to begin with: the server's own rendering of the Markdown in the textarea.

const BLOCKS = "p,h1,h2,h3,h4,li,blockquote,ul,ol,table,thead,tbody,tr,td,th,details,summary,figure,div,pre,hr";

/** The HTML of the story as the editor's parser wants it: no white space that nobody typed. */
export function initialContent(form: ParentNode, markdown: string): HTMLElement {
  const holder = document.createElement("div");
  const template = form.querySelector<HTMLTemplateElement>("template[data-body]");
  if (template) holder.append(template.content.cloneNode(true));
  // What stands under a picture until that is there is no picture of the story.
  for (const blur of holder.querySelectorAll("img.blur")) blur.remove();
  nameSources(holder, markdown);
  dropLastLineEnd(holder);
  dropLayout(holder);
  return holder;
}

/** Pictures may be shown in one of their sizes; the story's source has their one address. */
function nameSources(holder: HTMLElement, markdown: string): void {
  const images = [...holder.querySelectorAll("img")].filter((image) => !image.closest(".album-card"));
  const sources = [...markdown.matchAll(/!\[(?:\\.|[^\]\\])*\]\(<?([^\s)>]+)/g)].map((match) => match[1]!);
  if (images.length !== sources.length) return;
  images.forEach((image, index) => {
    image.dataset.source = sources[index];
  });
}

/** The last line of code ends with the block, not with a line end of its own. */
function dropLastLineEnd(holder: HTMLElement): void {
  for (const code of holder.querySelectorAll("pre")) {
    const last = code.querySelector("code")?.lastChild ?? code.lastChild;
    if (last instanceof Text) last.data = last.data.replace(/\n$/, "");
  }
}

/** Removes the line ends between tags; what people typed between words is kept as it is. */
function dropLayout(holder: HTMLElement): void {
  const walker = document.createTreeWalker(holder, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode())
    if (!walker.currentNode.parentElement?.closest("pre")) texts.push(walker.currentNode as Text);
  for (const text of texts) {
    let data = text.data;
    if (isEdge(text.previousSibling)) data = data.replace(/^\n/, "");
    if (isEdge(text.nextSibling)) data = data.replace(/\n$/, "");
    data = data.replace(/\n/g, " ");
    if (data === "") text.remove();
    else if (data !== text.data) text.data = data;
  }
}

function isEdge(node: Node | null): boolean {
  return node === null || (node instanceof Element && (node.matches(BLOCKS) || node.tagName === "BR"));
}
