// Text and its marks as single characters, so that every neighbour of a delimiter can be seen.
import type { Mark, Node } from "@tiptap/pm/model";

/** One character of a line, or a line break ("\n"). */
export interface Character {
  text: string;
  marks: readonly Mark[];
}

// Delimiters that CommonMark reads by their neighbours ("flanking"): no white space may lie inside.
const FLANKING = new Set(["bold", "italic", "strike"]);

/** The characters of a text block in order, without line breaks at its ends and marks on white space at their edges. */
export function characters(block: Node): Character[] {
  const list: Character[] = [];
  block.forEach((child) => {
    if (child.type.name === "hardBreak") list.push({ text: "\n", marks: child.marks });
    else for (const text of child.text ?? child.textContent) list.push({ text, marks: child.marks });
  });
  while (list[0]?.text === "\n") list.shift();
  while (list.at(-1)?.text === "\n") list.pop();
  return trimMarks(list);
}

function trimMarks(list: Character[]): Character[] {
  for (const name of FLANKING) {
    for (let start = 0; start < list.length; start++) {
      if (!has(list[start]!, name)) continue;
      let end = start;
      while (end + 1 < list.length && has(list[end + 1]!, name)) end++;
      trimRange(list, start, end, name);
      start = end;
    }
  }
  return list;
}

function trimRange(list: Character[], start: number, end: number, name: string): void {
  let from = start;
  let to = end;
  while (from <= to && isSpace(list[from]!.text)) unmark(list, from++, name);
  while (to > from && isSpace(list[to]!.text)) unmark(list, to--, name);
}

function unmark(list: Character[], index: number, name: string): void {
  const character = list[index]!;
  list[index] = { text: character.text, marks: character.marks.filter((mark) => mark.type.name !== name) };
}

function has(character: Character, name: string): boolean {
  return character.marks.some((mark) => mark.type.name === name);
}

export function isSpace(text: string | undefined): boolean {
  return text !== undefined && /^\s$/u.test(text);
}
