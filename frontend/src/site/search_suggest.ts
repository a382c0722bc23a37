// <search-suggest> around a search field: places to go to while the reader types (the combobox pattern of the ARIA
// Authoring Practices, "list autocomplete with manual selection"). Without this script the form searches as ever.
import { visit } from "@hotwired/turbo";
import { element } from "../element";

interface Suggestion {
  kind: "section" | "author" | "topic" | "story";
  words: string;
  address: string;
}

const PAUSE = 150;
const NAMES = { section: "Section", author: "Author", topic: "Topic", story: "Story" };
let sequence = 0;

export class SearchSuggest extends HTMLElement {
  #input: HTMLInputElement | null = null;
  #list: HTMLUListElement | null = null;
  #asking = new AbortController();
  #pause = 0;
  #at = -1;

  connectedCallback(): void {
    // A search field may not be a combobox (ARIA in HTML); beside a list of suggestions it is a text field.
    this.#input = this.querySelector("input[name=q]");
    if (!this.#input || this.#list) return;
    const id = `suggestions-${++sequence}`;
    this.#list = element("ul", {
      className: "suggestions",
      id,
      role: "listbox",
      hidden: true,
      "aria-label": "Suggestions",
    });
    this.append(this.#list);
    for (const [name, value] of Object.entries({
      type: "text",
      enterkeyhint: "search",
      role: "combobox",
      "aria-controls": id,
      "aria-expanded": "false",
      "aria-autocomplete": "list",
    }))
      this.#input.setAttribute(name, value);
    this.#input.addEventListener("input", () => this.#soon());
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    this.addEventListener("focusout", () => this.#show([]));
    // The field must keep the focus, or the list would be gone before the click is over.
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => go((event.target as Element).closest("li")));
  }

  disconnectedCallback(): void {
    clearTimeout(this.#pause);
    this.#asking.abort();
    // A page that Turbo kept comes back with its list in the markup.
    this.#list?.remove();
    this.#list = null;
  }

  #soon(): void {
    clearTimeout(this.#pause);
    this.#pause = window.setTimeout(() => this.#ask(), PAUSE);
  }

  async #ask(): Promise<void> {
    this.#asking.abort();
    this.#asking = new AbortController();
    const typed = this.#input?.value.trim() ?? "";
    if (typed.length < 2) return this.#show([]);
    try {
      const answer = await fetch(`/search/suggestions?${new URLSearchParams({ q: typed })}`, {
        signal: this.#asking.signal,
      });
      const found: { suggestions: Suggestion[] } = answer.ok ? await answer.json() : { suggestions: [] };
      this.#show(document.activeElement === this.#input ? found.suggestions : []);
    } catch {
      // Overtaken by the next key, or offline: the form still searches.
    }
  }

  #show(found: Suggestion[]): void {
    if (!found.length) clearTimeout(this.#pause);
    this.#list?.replaceChildren(...found.map((one, index) => this.#option(one, index)));
    if (this.#list) this.#list.hidden = !found.length;
    this.#input?.setAttribute("aria-expanded", String(found.length > 0));
    this.#move(-1);
  }

  #option(one: Suggestion, index: number): HTMLLIElement {
    const kind = element("span", { className: "meta" }, NAMES[one.kind]);
    const words = element("span", { dir: "auto" }, one.words);
    const id = `${this.#list?.id}-${index}`;
    return element("li", { id, role: "option", "data-address": one.address, "aria-selected": "false" }, words, kind);
  }

  #key(event: KeyboardEvent): void {
    const options = this.#list?.children.length ?? 0;
    if (event.key === "Escape" && options) this.#show([]);
    else if (event.key === "Enter" && this.#at >= 0) go(this.#list?.children[this.#at] ?? null);
    else if (event.key === "ArrowDown" && options) this.#move(this.#at + 1 < options ? this.#at + 1 : -1);
    else if (event.key === "ArrowUp" && options) this.#move(this.#at < 0 ? options - 1 : this.#at - 1);
    else return;
    event.preventDefault();
  }

  #move(to: number): void {
    this.#at = to;
    for (const [index, option] of [...(this.#list?.children ?? [])].entries()) {
      option.setAttribute("aria-selected", String(index === to));
      if (index === to) option.scrollIntoView({ block: "nearest" });
    }
    if (to < 0) this.#input?.removeAttribute("aria-activedescendant");
    else this.#input?.setAttribute("aria-activedescendant", `${this.#list?.id}-${to}`);
  }
}

function go(option: Element | null): void {
  const address = option?.getAttribute("data-address");
  if (address?.startsWith("/")) visit(address);
}
