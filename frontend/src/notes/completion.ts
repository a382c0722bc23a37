// People and topics completed while one types (the combobox pattern of the ARIA Authoring Practices, on a field of several
// lines: it stays a text field, names its list, and says which suggestion is meant by aria-activedescendant).
import { element } from "../element";

interface Suggestion {
  text: string;
  words: string;
  picture: string | null;
}

/** What is being named where the caret stands: the sign, what follows it, and where it begins. */
export interface Begun {
  text: string;
  start: number;
}

const PAUSE = 120;
let sequence = 0;

/** Finds the beginning of a name before the caret: "@ro", "#wat". Not within a word, as in "rosa@example". */
export function begun(before: string): Begun | undefined {
  const found = /(?:^|[\s([{"'“‘>,;:!?])([@#＃][\p{L}\p{M}\p{N}_-]{1,50})$/u.exec(before);
  return found?.[1] ? { text: found[1], start: before.length - found[1].length } : undefined;
}

export class Completion {
  #list: HTMLUListElement;
  #said = element("p", { className: "visually-hidden", role: "status" });
  #asking = new AbortController();
  #pause = 0;
  #at = -1;
  #begun?: Begun;
  #found: Suggestion[] = [];

  constructor(
    readonly text: HTMLTextAreaElement,
    readonly field: Element,
    signal: AbortSignal,
  ) {
    const id = `completions-${++sequence}`;
    this.#list = element("ul", {
      className: "completions",
      id,
      role: "listbox",
      hidden: true,
      "aria-label": "Suggestions",
    });
    field.append(this.#list, this.#said);
    text.setAttribute("aria-autocomplete", "list");
    text.setAttribute("aria-controls", id);
    text.addEventListener("input", () => this.#soon(), { signal });
    text.addEventListener("keydown", (event) => this.#key(event), { signal });
    text.addEventListener("blur", () => this.#show([]), { signal });
    // The field must keep the focus, or the list would be gone before the click is over.
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => {
      const option = (event.target as Element).closest("li");
      if (option) this.#take([...this.#list.children].indexOf(option));
    });
  }

  /** Leaves the field as it was. */
  end(): void {
    clearTimeout(this.#pause);
    this.#asking.abort();
    this.#list.remove();
    this.#said.remove();
    for (const name of ["aria-autocomplete", "aria-controls", "aria-activedescendant"]) this.text.removeAttribute(name);
  }

  #soon(): void {
    clearTimeout(this.#pause);
    const { selectionStart, selectionEnd, value } = this.text;
    this.#begun = selectionStart === selectionEnd ? begun(value.slice(0, selectionStart)) : undefined;
    if (!this.#begun) {
      this.#show([]);
      return;
    }
    this.#pause = window.setTimeout(() => this.#ask(), PAUSE);
  }

  async #ask(): Promise<void> {
    this.#asking.abort();
    this.#asking = new AbortController();
    const asked = this.#begun;
    if (!asked) return;
    try {
      const query = new URLSearchParams({ q: asked.text });
      const answer = await fetch(`/notes/completions?${query}`, { signal: this.#asking.signal });
      const found: { completions: Suggestion[] } = answer.ok ? await answer.json() : { completions: [] };
      if (asked !== this.#begun || document.activeElement !== this.text) return;
      // What is written out already needs no completing: the Enter key is free again.
      const done = found.completions.some((one) => one.text.toLowerCase() === asked.text.toLowerCase());
      this.#show(done && found.completions.length === 1 ? [] : found.completions);
    } catch {
      // Overtaken by the next key, or offline: the words are written without help.
    }
  }

  #show(found: Suggestion[]): void {
    if (!found.length) clearTimeout(this.#pause);
    const open = !this.#list.hidden;
    this.#found = found;
    this.#list.replaceChildren(...found.map((one, index) => this.#option(one, index)));
    this.#list.hidden = !found.length;
    if (found.length)
      this.#said.textContent = `${found.length} ${found.length === 1 ? "suggestion" : "suggestions"}. Choose with the arrow keys and Enter.`;
    else if (open) this.#said.textContent = "";
    this.#move(found.length ? 0 : -1);
  }

  #option(one: Suggestion, index: number): HTMLLIElement {
    const parts: HTMLElement[] = [];
    if (one.picture)
      parts.push(element("img", { className: "avatar", src: one.picture, alt: "", width: 28, height: 28 }));
    parts.push(element("span", { dir: "auto" }, one.words || one.text));
    if (one.words) parts.push(element("span", { className: "meta" }, one.text));
    return element("li", { id: `${this.#list.id}-${index}`, role: "option", "aria-selected": "false" }, ...parts);
  }

  #key(event: KeyboardEvent): void {
    const options = this.#found.length;
    if (!options || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") this.#show([]);
    else if ((event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) && this.#at >= 0) this.#take(this.#at);
    else if (event.key === "ArrowDown") this.#move((this.#at + 1) % options);
    else if (event.key === "ArrowUp") this.#move((this.#at + options - 1) % options);
    else return;
    event.preventDefault();
  }

  #take(index: number): void {
    const [one, asked] = [this.#found[index], this.#begun];
    if (!one || !asked) return;
    const { value } = this.text;
    const end = asked.start + asked.text.length;
    // One blank after it, unless there is one.
    const after = /^\s/.test(value.slice(end)) ? "" : " ";
    this.text.focus();
    this.text.setRangeText(one.text + after, asked.start, end, "end");
    this.#begun = undefined;
    this.#show([]);
    // What else listens to the field hears of it; nothing is begun where the caret is now.
    this.text.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #move(to: number): void {
    this.#at = to;
    for (const [index, option] of [...this.#list.children].entries()) {
      option.setAttribute("aria-selected", String(index === to));
      if (index === to) option.scrollIntoView({ block: "nearest" });
    }
    if (to < 0) this.text.removeAttribute("aria-activedescendant");
    else this.text.setAttribute("aria-activedescendant", `${this.#list.id}-${to}`);
  }
}
