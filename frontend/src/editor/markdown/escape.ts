// Which typed characters Markdown would take for syntax, and how each is written instead.

const ALWAYS = new Set(["\\", "`", "*", "[", "]", "<", "~"]);
const WORD = /^[\p{L}\p{N}]$/u;

/** One typed character as source, given its neighbours as typed (absent beside syntax and line ends). */
export function escaped(
  text: string,
  before: string | undefined,
  after: string | undefined,
  linkFollows: boolean,
): string {
  if (ALWAYS.has(text)) return `\\${text}`;
  if (text === "_") return before && after && WORD.test(before) && WORD.test(after) ? "_" : "\\_";
  if (text === "&") return after === undefined || /^[#\p{L}]$/u.test(after) ? "&amp;" : "&";
  if (text === "!" && (linkFollows || after === "[")) return "\\!";
  if (text === "\t") return reference(text);
  // A carriage return or a form feed would end a line.
  if (/^[\r\f\v]$/.test(text)) return reference(text);
  return text;
}

/** A line that would start a block is kept a line: the first sign is escaped. */
export function escapeLineStart(line: string, index: number): string {
  if (/^(#{1,6}([ \t]|$)|>|[-+]([ \t]|$)|\+\+\+|([-=][ \t]*)+$)/.test(line)) return `\\${line}`;
  const number = /^(\d{1,9})([.)])(?=[ \t]|$)/.exec(line);
  if (number) return `${number[1]}\\${line.slice(number[1]!.length)}`;
  // Further lines of a paragraph could underline it or make it a table.
  if (index > 0 && /^[-=:|+]/.test(line)) return `\\${line}`;
  return line;
}

/** A character by its number, which no rule of Markdown reads as syntax. */
export function reference(text: string): string {
  return `&#${text.codePointAt(0)};`;
}

/** A whole string outside of a text block, as a picture's description. */
export function escapeAll(text: string): string {
  const list = [...text.replace(/\s+/g, " ").trim()];
  return list.map((one, at) => escaped(one, list[at - 1], list[at + 1], false)).join("");
}
