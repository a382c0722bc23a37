// Reads Markdown as the server does (CommonMark, tables, strikethrough, bare links), for round trips.
import MarkdownIt from "markdown-it";

const reader = new MarkdownIt("default", { html: false, linkify: false });

export function html(markdown: string): string {
  return reader.render(markdown);
}

/** The text that a reader sees in the one paragraph, heading or cell of `markdown`. */
export function inlineText(markdown: string): string {
  return reader
    .parse(markdown, {})
    .filter((token) => token.type === "inline")
    .map((token) =>
      token
        .children!.map((child) => (/break$/.test(child.type) ? "\n" : child.type === "link_open" ? "" : child.content))
        .join(""),
    )
    .join("\n\n");
}

/** The names of the blocks that the source opens, in order. */
export function blocks(markdown: string): string[] {
  return reader
    .parse(markdown, {})
    .filter((token) => token.level === 0 && token.nesting >= 0)
    .map((token) => token.tag || token.type);
}
