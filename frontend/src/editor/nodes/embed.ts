// An address alone in its paragraph, which the page shows as a card. Nothing foreign is loaded here.
import { Node } from "@tiptap/core";

export const Embed = Node.create({
  name: "embed",
  group: "block",
  atom: true,
  draggable: true,

  addAttributes() {
    return { url: { default: "" } };
  },

  parseHTML() {
    return [
      {
        tag: "p.embed-card",
        priority: 70,
        getAttrs: (element) => {
          const url = element.querySelector("a")?.getAttribute("href");
          return url && isEmbedAddress(url) ? { url } : false;
        },
      },
      {
        // An album of this site: in the source stands its whole address.
        tag: "figure.album-card",
        priority: 70,
        getAttrs: (element) => {
          const path = element.querySelector("a")?.getAttribute("href");
          return path?.startsWith("/albums/") ? { url: location.origin + path } : false;
        },
      },
    ];
  },

  renderHTML({ node }) {
    return ["p", { class: "embed-card" }, ["a", { href: node.attrs.url }, node.attrs.url]];
  },
});

/** A whole http(s) address and nothing else. */
export function isEmbedAddress(text: string): boolean {
  if (!/^https?:\/\/[^\s<>]+$/i.test(text)) return false;
  return URL.canParse(text);
}

/** The address of an album of this site, which readers see as a card. */
export function isAlbum(text: string): boolean {
  if (!isEmbedAddress(text)) return false;
  const url = new URL(text);
  return url.origin === location.origin && /^\/albums\/\d+(\/|$)/.test(url.pathname);
}
