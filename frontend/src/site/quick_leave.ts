// The way off a page that nobody else is to see: the link works by itself, this also takes the page out of the history. Escape does
// the same, twice: once may be a slip.
const TWICE_MS = 1_500;

export class QuickLeave extends HTMLElement {
  #last = Number.NEGATIVE_INFINITY;
  #keys = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    if (event.timeStamp - this.#last < TWICE_MS) this.#leave();
    this.#last = event.timeStamp;
  };

  connectedCallback() {
    this.addEventListener("click", this.#clicked);
    document.addEventListener("keydown", this.#keys);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#clicked);
    document.removeEventListener("keydown", this.#keys);
  }

  #clicked = (event: Event) => {
    if (!(event.target instanceof Element) || !event.target.closest("a")) return;
    event.preventDefault();
    this.#leave();
  };

  #leave() {
    const away = this.querySelector("a")?.href;
    if (!away) return;
    // Nothing of it stays in sight while the other page comes.
    document.body.hidden = true;
    location.replace(away);
  }
}
