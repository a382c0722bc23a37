// Words that the site does not have yet, kept on this computer until it does.
import type { JSONContent } from "@tiptap/core";

export interface Copy {
  /** Which opening of the page wrote it. */
  session: string;
  /** The version it was made from. */
  base: string;
  /** When, in milliseconds. */
  at: number;
  fields: Record<string, string[]>;
  doc: JSONContent;
}

/** How many openings of one story are remembered. */
const MAX_COPIES = 3;
/** What the site knows better than a copy: the version, the button, which picture it has by now. */
const FAR = new Set(["base", "do", "picture_id"]);

export class Copies {
  #key: string;

  constructor(story: string) {
    this.#key = `story-draft:${story}`;
  }

  all(): Copy[] {
    try {
      const list = JSON.parse(localStorage.getItem(this.#key) ?? "[]");
      return Array.isArray(list) ? list : [];
    } catch {
      return [];
    }
  }

  /** Keeps `copy` in place of the one its session wrote before. False when there is no room. */
  keep(copy: Copy): boolean {
    const others = this.all().filter((one) => one.session !== copy.session);
    return this.#write([copy, ...others].slice(0, MAX_COPIES));
  }

  drop(which: (copy: Copy) => boolean): void {
    this.#write(this.all().filter((copy) => !which(copy)));
  }

  #write(list: Copy[]): boolean {
    try {
      if (list.length) localStorage.setItem(this.#key, JSON.stringify(list));
      else localStorage.removeItem(this.#key);
      return true;
    } catch {
      return false;
    }
  }
}

/** The text fields of a form by name; files and what belongs to one request are left out. */
export function fieldsOf(form: HTMLFormElement): Record<string, string[]> {
  const fields: Record<string, string[]> = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== "string" || FAR.has(name)) continue;
    fields[name] ??= [];
    fields[name].push(value.replace(/\r\n?/g, "\n").trimEnd());
  }
  return fields;
}

export function sameFields(a: Record<string, string[]>, b: Record<string, string[]>): boolean {
  const flat = (fields: Record<string, string[]>) =>
    JSON.stringify(Object.entries(fields).sort(([x], [y]) => (x < y ? -1 : 1)));
  return flat(a) === flat(b);
}

/** Puts kept words back into the form's controls. */
export function fillFields(form: HTMLFormElement, fields: Record<string, string[]>): void {
  for (const control of form.elements) {
    if (
      !(
        control instanceof HTMLInputElement ||
        control instanceof HTMLTextAreaElement ||
        control instanceof HTMLSelectElement
      )
    )
      continue;
    const values = fields[control.name];
    if (FAR.has(control.name) || control.type === "file" || control.type === "submit" || control.name === "") continue;
    if (control instanceof HTMLInputElement && /^(checkbox|radio)$/.test(control.type))
      control.checked = values?.includes(control.value) ?? false;
    else if (values?.[0] !== undefined) control.value = values[0];
  }
}
