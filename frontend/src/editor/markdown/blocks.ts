// The whole document as Markdown: the storage format of a story's body.
import type { Node } from "@tiptap/pm/model";
import { escapeAll } from "./escape";
import { inline, isBlank } from "./inline";
import { destination } from "./link";

/** The Markdown of a document or of any node that holds blocks. */
export function markdown(doc: Node): string {
  const text = join(doc, "\n\n");
  return text === "" ? "" : `${text}\n`;
}

/** The blocks of `parent` from the child number `from` on. */
function join(parent: Node, separator: string, from = 0): string {
  const parts: string[] = [];
  let previous: { name: string; turn: number } | undefined;
  parent.forEach((child, _offset, index) => {
    if (index < from) return;
    // Two lists in a row would become one: every second one uses the other marker.
    const turn = previous?.name === child.type.name ? 1 - previous.turn : 0;
    const part = block(child, turn);
    if (part === "") return;
    parts.push(part);
    previous = { name: child.type.name, turn };
  });
  return parts.join(separator);
}

function block(node: Node, turn: number): string {
  switch (node.type.name) {
    case "paragraph":
      return isBlank(node) ? "" : inline(node);
    case "heading":
      return isBlank(node) ? "" : `${"#".repeat(Math.max(2, node.attrs.level))} ${inline(node, { heading: true })}`;
    case "blockquote":
      return prefixed(join(node, "\n\n"), "> ", "> ");
    case "bulletList":
      return list(node, () => `${"-*"[turn]} `);
    case "orderedList":
      return list(node, (index) => `${(node.attrs.start ?? 1) + index}${".)"[turn]} `);
    case "codeBlock":
      return codeBlock(node);
    case "horizontalRule":
      return "---";
    case "table":
      return table(node);
    case "figure":
      return figure(node);
    case "fold":
      return fold(node);
    case "embed":
      return node.attrs.url;
    default:
      return node.isTextblock ? inline(node) : join(node, "\n\n");
  }
}

function list(node: Node, marker: (index: number) => string): string {
  const items: string[] = [];
  // A list is tight when no item holds more than one paragraph and further lists.
  const tight = node.children.every((item) =>
    item.children.every((child, index) =>
      index === 0 ? child.type.name === "paragraph" : /List$/.test(child.type.name),
    ),
  );
  node.forEach((item, _offset, index) => {
    const mark = marker(index);
    const text = join(item, tight ? "\n" : "\n\n");
    items.push(prefixed(text, mark, " ".repeat(mark.length)).replace(/[ \t]+$/gm, ""));
  });
  return items.join(tight ? "\n" : "\n\n");
}

/** Puts `first` before the first line and `rest` before the others; empty lines get no trailing space. */
function prefixed(text: string, first: string, rest: string): string {
  return text
    .split("\n")
    .map((line, index) => (index === 0 ? first + line : line === "" ? rest.trimEnd() : rest + line))
    .join("\n");
}

function codeBlock(node: Node): string {
  const text = node.textContent;
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${(node.attrs.language ?? "").replace(/[`\s]/g, "")}\n${text}\n${fence}`;
}

function table(node: Node): string {
  const width = Math.max(...node.children.map((row) => row.childCount));
  const rows = node.children.map((row) => {
    const cells = row.children.map((cell) => cell.children.map((child) => inline(child, { cell: true })).join(" "));
    while (cells.length < width) cells.push("");
    return `| ${cells.join(" | ")} |`;
  });
  const rule = Array.from(
    { length: width },
    (_, column) => RULES[node.firstChild?.maybeChild(column)?.attrs.align as string] ?? "---",
  );
  rows.splice(1, 0, `| ${rule.join(" | ")} |`);
  return rows.join("\n");
}

const RULES: Record<string, string> = { left: ":---", center: ":---:", right: "---:" };

function figure(node: Node): string {
  const { src, alt, caption, credit } = node.attrs;
  const title = credit ? `${caption ?? ""} | ${credit}`.trim() : caption;
  return `![${escapeAll(alt ?? "")}](${destination(src, title)})`;
}

function fold(node: Node): string {
  const title = node.firstChild?.textContent.replace(/\s+/g, " ").trim() || "More";
  return [`+++ ${title}`, join(node, "\n\n", 1), "+++"].filter(Boolean).join("\n\n");
}
