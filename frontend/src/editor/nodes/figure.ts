// A picture or recording with its description, caption and credit: one thing that is selected, moved and edited whole.
import { mergeAttributes, Node } from "@tiptap/core";
import { isRecording, shown } from "./shown";

export interface Picture {
  src: string;
  /** What a picture shows; the title of a recording. */
  alt: string;
  caption: string;
  credit: string;
}

export interface FigureOptions {
  /** Called when the author wants to change a picture's words. */
  onEdit: (picture: Picture, update: (picture: Picture) => void) => void;
}

export const Figure = Node.create<FigureOptions>({
  name: "figure",
  group: "block",
  atom: true,
  draggable: true,

  addOptions() {
    return { onEdit: () => {} };
  },

  addAttributes() {
    return { src: { default: "" }, alt: { default: "" }, caption: { default: "" }, credit: { default: "" } };
  },

  parseHTML() {
    return [
      { tag: "figure", getAttrs: (element) => fromFigure(element) },
      { tag: "img[src]", getAttrs: (element) => fromImage(element as HTMLImageElement) },
    ];
  },

  renderHTML({ node, HTMLAttributes }) {
    const { caption, credit } = node.attrs;
    const image = ["img", mergeAttributes({ src: HTMLAttributes.src, alt: HTMLAttributes.alt })];
    return ["figure", {}, image, ["figcaption", {}, caption, ["span", { class: "credit" }, credit]]] as never;
  },

  addNodeView() {
    return ({ node, editor, getPos }) => {
      const dom = document.createElement("figure");
      const edit = () =>
        this.options.onEdit({ ...node.attrs } as Picture, (picture) => {
          const position = getPos();
          if (position === undefined) return;
          editor.chain().focus().setNodeSelection(position).updateAttributes("figure", picture).run();
        });
      dom.append(...figureParts(node.attrs as Picture, edit));
      dom.addEventListener("dblclick", edit);
      return { dom };
    };
  },
});

function figureParts(picture: Picture, edit: () => void): HTMLElement[] {
  const caption = document.createElement("figcaption");
  caption.textContent = [picture.caption, picture.credit].filter(Boolean).join(" · ") || "No caption yet";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button small";
  const describe = isRecording(picture.src) ? "Describe this recording" : "Describe this picture";
  button.textContent = picture.alt ? "Edit words" : describe;
  button.contentEditable = "false";
  button.addEventListener("click", edit);
  return [shown(picture.src, picture.alt), caption, button];
}

function fromFigure(element: HTMLElement): Picture | false {
  const image = element.querySelector("img");
  const source = image && fromImage(image);
  if (!source) return false;
  const caption = element.querySelector("figcaption");
  const credit = caption?.querySelector(".credit, cite, small");
  const creditText = credit?.textContent?.trim() ?? "";
  credit?.remove();
  return {
    ...source,
    caption: element.dataset.caption ?? (caption?.textContent?.trim() || source.caption),
    credit: element.dataset.credit ?? (creditText || source.credit),
  };
}

function fromImage(image: HTMLImageElement): Picture | false {
  // The address in the source; `src` may be one of the sizes made of it.
  const src = image.dataset.source ?? image.getAttribute("src") ?? "";
  if (!/^(\/(?!\/)|https:\/\/)/.test(src)) return false;
  const [caption = "", credit = ""] = splitTitle(image.getAttribute("title") ?? "");
  return { src, alt: image.getAttribute("alt") ?? "", caption, credit };
}

/** "Caption | Credit", parted at the last bar. */
export function splitTitle(title: string): [string, string] {
  const at = title.lastIndexOf("|");
  return at < 0 ? [title.trim(), ""] : [title.slice(0, at).trim(), title.slice(at + 1).trim()];
}
