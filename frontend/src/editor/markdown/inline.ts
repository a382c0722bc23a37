// One text block as Markdown: marks become delimiters, and everything the author typed that
// Markdown would read as syntax is escaped, so that the page shows exactly what was typed.
import type { Mark, Node } from "@tiptap/pm/model";
import { type Character, characters, isSpace } from "./characters";
import { escaped, escapeLineStart, reference } from "./escape";
import { destination } from "./link";

/** A piece of the output: a typed character, or syntax between characters. */
interface Unit {
  source: string;
  /** The character as typed; absent for syntax. */
  typed?: string;
  /** Which side of its content a delimiter stands on. */
  side?: "open" | "close";
  delimiter?: string;
}

export interface Place {
  /** In a table cell: one line only, and a pipe would end the cell. */
  cell?: boolean;
  heading?: boolean;
}

const DELIMITERS: Record<string, string> = { bold: "**", italic: "_", strike: "~~" };

/** The Markdown of a paragraph's, heading's or cell's content. */
export function inline(block: Node, place: Place = {}): string {
  const list = characters(block).map((character) =>
    character.text === "\n" && (place.cell || place.heading) ? { ...character, text: " " } : character,
  );
  const units = delimited(list);
  escapeText(units, place);
  holdAddresses(units);
  // A letter that became a reference counts as punctuation for the delimiter on its other side.
  while (loosen(units));
  keepEdges(units);
  let text = units.map((unit) => unit.source).join("");
  if (place.heading) text = text.replace(/#$/, "\\#");
  if (place.cell || place.heading) return text;
  return text.split("\n").map(escapeLineStart).join("\n");
}

/** Characters with syntax between them. Marks that go on longest are opened first. */
function delimited(list: Character[]): Unit[] {
  const units: Unit[] = [];
  let open: Mark[] = [];
  for (let at = 0; at <= list.length; at++) {
    const marks = (list[at]?.marks ?? []).filter((mark) => mark.type.name in DELIMITERS || mark.type.name === "link");
    const keep = open.findIndex((mark) => !mark.isInSet(marks));
    if (keep >= 0) {
      for (const mark of open.slice(keep).reverse()) units.push(closing(mark));
      open = open.slice(0, keep);
    }
    const fresh = marks.filter((mark) => !mark.isInSet(open));
    fresh.sort((a, b) => reach(list, at, b) - reach(list, at, a));
    const bare = fresh.length === 1 && bareLink(list, at, fresh[0]!);
    if (bare) {
      units.push({ source: `<${bare}>` });
      at += bare.length - 1;
      continue;
    }
    for (const mark of fresh) units.push(opening(mark));
    open = [...open, ...fresh];
    const character = list[at];
    if (!character) break;
    if (isCode(character)) {
      const end = codeEnd(list, at);
      units.push({
        source: codeSpan(
          list
            .slice(at, end)
            .map((one) => one.text)
            .join(""),
        ),
      });
      at = end - 1;
    } else units.push({ source: character.text, typed: character.text });
  }
  return units;
}

function reach(list: Character[], from: number, mark: Mark): number {
  let at = from;
  while (at < list.length && mark.isInSet(list[at]!.marks)) at++;
  return at;
}

/** A link whose text is its address, as `<address>`. */
function bareLink(list: Character[], from: number, mark: Mark): string | null {
  const href: string = mark.attrs.href ?? "";
  if (mark.type.name !== "link" || !/^https?:\/\/[!-;=?-~]+$/.test(href) || href.includes("|")) return null;
  const range = list.slice(from, reach(list, from, mark));
  const plain = range.every((one) => one.marks.length === list[from]!.marks.length);
  return plain && range.map((one) => one.text).join("") === href ? href : null;
}

function opening(mark: Mark): Unit {
  if (mark.type.name === "link") return { source: "[" };
  const delimiter = DELIMITERS[mark.type.name]!;
  return { source: delimiter, side: "open", delimiter };
}

function closing(mark: Mark): Unit {
  if (mark.type.name === "link") return { source: `](${destination(mark.attrs.href, mark.attrs.title)})` };
  const delimiter = DELIMITERS[mark.type.name]!;
  return { source: delimiter, side: "close", delimiter };
}

function isCode(character: Character): boolean {
  return character.text !== "\n" && character.marks.some((mark) => mark.type.name === "code");
}

/** Where a span of code ends: at its last character, or where another mark begins or ends. */
function codeEnd(list: Character[], from: number): number {
  let at = from;
  const first = list[from]!;
  while (at < list.length && isCode(list[at]!) && sameMarks(list[at]!, first)) at++;
  return at;
}

function sameMarks(a: Character, b: Character): boolean {
  return a.marks.length === b.marks.length && a.marks.every((mark) => mark.isInSet(b.marks));
}

function codeSpan(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = /^`|`$/.test(text) || (/^ .* $/.test(text) && text.trim() !== "") ? " " : "";
  return fence + pad + text + pad + fence;
}

function escapeText(units: Unit[], place: Place): void {
  units.forEach((unit, at) => {
    if (unit.typed === undefined) {
      if (place.cell) unit.source = unit.source.replaceAll("|", "\\|");
      return;
    }
    if (unit.typed === "\n") unit.source = "\\\n";
    else if (place.cell && unit.typed === "|") unit.source = "\\|";
    else unit.source = escaped(unit.typed, units[at - 1]?.typed, units[at + 1]?.typed, units[at + 1]?.source === "[");
  });
}

/**
 * CommonMark opens `**` only where no letter stands before it when punctuation follows, and `_`
 * never inside a word. The letter in the way is then written as a character reference. True when
 * anything changed.
 */
function loosen(units: Unit[]): boolean {
  let changed = false;
  units.forEach((unit, at) => {
    if (!unit.side) return;
    const step = unit.side === "open" ? -1 : 1;
    // The server's parser looks through "~~" for the neighbour.
    let away = step;
    while (unit.delimiter !== "~~" && units[at + away]?.delimiter === "~~") away += step;
    const outer = units[at + away];
    const inner = units[at - step];
    if (outer?.typed === undefined || isSpace(outer.typed) || isAsciiPunctuation(outer.typed)) return;
    const innerIsWord = inner?.source === inner?.typed && /^[\p{L}\p{N}\p{M}]$/u.test(inner?.typed ?? "");
    const source = reference(outer.typed);
    if (outer.source === source || (unit.delimiter !== "_" && innerIsWord)) return;
    outer.source = source;
    changed = true;
  });
  return changed;
}

/**
 * The server makes links of bare addresses before it reads escapes and delimiters, so it would take
 * these for part of the address: there the address is kept from being recognized.
 */
function holdAddresses(units: Unit[]): void {
  const typed = units.map((unit) => unit.typed?.at(-1) ?? "\n").join("");
  for (const { 0: match, index } of typed.matchAll(/(?:\w+:\/\/|www\.)[^\s<]*/gi)) {
    const range = units.slice(index, index + match.length);
    const next = units[index + match.length];
    const ends = !next || (next.typed !== undefined && next.typed !== "\n");
    if (ends && range.every((unit) => unit.source === unit.typed)) continue;
    const trigger = /^www/i.test(match) ? range[0] : range.find((unit) => unit.typed === ":");
    if (trigger?.typed) trigger.source = reference(trigger.typed);
  }
}

function isAsciiPunctuation(text: string): boolean {
  return /^[!-/:-@[-`{-~]$/.test(text);
}

/** White space at the ends of a line would be dropped: it is written as character references. */
function keepEdges(units: Unit[]): void {
  const lines: Unit[][] = [[]];
  for (const unit of units) {
    if (unit.typed === "\n") lines.push([]);
    else lines.at(-1)!.push(unit);
  }
  for (const line of lines) {
    for (const unit of line) if (!reserve(unit)) break;
    for (const unit of line.reverse()) if (!reserve(unit)) break;
  }
}

function reserve(unit: Unit): boolean {
  if (unit.typed === undefined) return unit.side !== undefined;
  if (!isSpace(unit.typed)) return false;
  unit.source = reference(unit.typed);
  return true;
}

/** Whether a block's content is nothing but white space. */
export function isBlank(block: Node): boolean {
  return characters(block).every((character) => /^[ \t\n]$/.test(character.text));
}
