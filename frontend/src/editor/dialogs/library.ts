// The dialog in which an author takes a file from the library: the newest first, or those with some words.
import { element } from "../../element";
import { icon } from "../../icons";

/** A file of the library, as `/library.json` tells of it. */
export interface Item {
  key: string;
  kind: "picture" | "audio" | "video";
  url: string;
  small: string | null;
  name: string;
  alt: string;
  caption: string;
  credit: string;
  width?: number;
  height?: number;
  focus?: { x: number; y: number };
}

/** How long after the last letter, in milliseconds. */
const PAUSE = 250;

/** Lets the author choose one; null when they think better of it. */
export function chooseFrom(kind: "pictures" | "all"): Promise<Item | null> {
  return new Library(kind).chosen;
}

class Library {
  readonly chosen: Promise<Item | null>;
  #dialog: HTMLDialogElement;
  #search = element("input", { type: "search", id: "from-library", maxLength: 200, dir: "auto" });
  #grid = element("ul", { className: "from-library" });
  #said = element("p", { className: "meta", role: "status" });
  #more = element("button", { type: "button", className: "button", hidden: true }, "More");
  #item: Item | null = null;
  #timer?: ReturnType<typeof setTimeout>;
  /** Only the last question's answer is shown. */
  #asking = new AbortController();
  #older: string | null = null;

  constructor(private kind: "pictures" | "all") {
    const cancel = element("button", { type: "button", className: "button" }, "Cancel");
    const title = kind === "pictures" ? "Choose a picture" : "Choose from your library";
    this.#dialog = element(
      "dialog",
      { className: "dialog wide", "aria-labelledby": "from-library-title" },
      element("h2", { id: "from-library-title" }, title),
      element(
        "div",
        { className: "field" },
        element("label", { htmlFor: "from-library" }, "Search your library"),
        this.#search,
      ),
      this.#said,
      this.#grid,
      element("div", { className: "actions" }, this.#more, cancel),
    );
    cancel.addEventListener("click", () => this.#dialog.close());
    this.#more.addEventListener("click", () => this.#ask(this.#older));
    this.#search.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#ask(), PAUSE);
    });
    this.chosen = new Promise((resolve) => {
      this.#dialog.addEventListener("close", () => {
        clearTimeout(this.#timer);
        this.#asking.abort();
        this.#dialog.remove();
        resolve(this.#item);
      });
    });
    document.body.append(this.#dialog);
    this.#dialog.showModal();
    this.#search.focus();
    this.#ask();
  }

  /** The beginning, or what comes after it. */
  async #ask(older: string | null = null): Promise<void> {
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    try {
      const answer = await fetch(older ?? this.#address, { headers: { Accept: "application/json" }, signal });
      if (!answer.ok) throw new Error(`${answer.status}`);
      const found: { items: Item[]; older: string | null } = await answer.json();
      signal.throwIfAborted();
      this.#show(found.items, older !== null);
      this.#older = found.older;
      this.#more.hidden = !found.older;
    } catch {
      if (!signal.aborted) this.#said.textContent = "The library does not answer just now. Try again in a moment.";
    }
  }

  get #address(): string {
    const query = new URLSearchParams();
    if (this.kind === "pictures") query.set("kind", "pictures");
    if (this.#search.value.trim()) query.set("q", this.#search.value.trim());
    return `/library.json?${query}`;
  }

  #show(items: Item[], more: boolean): void {
    const tiles = items.map((item) => this.#tile(item));
    if (more) this.#grid.append(...tiles);
    else this.#grid.replaceChildren(...tiles);
    if (more) tiles[0]?.querySelector("button")?.focus();
    const count = this.#grid.children.length;
    const nothing = this.#search.value.trim()
      ? "No file has all of these words."
      : "Nothing in your library yet. What you add to a story comes here, too.";
    this.#said.textContent = count ? `${count} ${count === 1 ? "file" : "files"}` : nothing;
  }

  #tile(item: Item): HTMLElement {
    const sign = item.kind === "video" ? "square-play" : "volume-2";
    const picture = element("span", { className: "picture" });
    picture.append(
      item.small ? element("img", { src: item.small, alt: "", loading: "lazy", decoding: "async" }) : icon(sign),
    );
    const words = item.alt || item.caption;
    const about = words && words !== item.name ? [element("span", { className: "meta", dir: "auto" }, words)] : [];
    const tile = element(
      "button",
      { type: "button", className: "tile" },
      picture,
      element("span", { className: "name", dir: "auto" }, item.name),
      ...about,
    );
    tile.addEventListener("click", () => {
      this.#item = item;
      this.#dialog.close();
    });
    return element("li", {}, tile);
  }
}
