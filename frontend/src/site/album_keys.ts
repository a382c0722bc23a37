// <album-keys> around one picture of an album: the arrow keys follow the links to the picture before and the one after, Escape
// that to the album. The links work without.

export class AlbumKeys extends HTMLElement {
  #listening?: AbortController;

  connectedCallback(): void {
    this.#listening = new AbortController();
    document.addEventListener("keydown", (event) => this.#key(event), { signal: this.#listening.signal });
  }

  disconnectedCallback(): void {
    this.#listening?.abort();
  }

  #key(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    // Where somebody types, arrows move in the words; an open dialog or menu has the keys for itself.
    if ((event.target as Element).closest("input, textarea, select, [contenteditable], dialog, details[open]")) return;
    const forward = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = document.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
    const ways: Record<string, string> = { [forward]: "a[rel=next]", [back]: "a[rel=prev]", Escape: ".album-title a" };
    const way = ways[event.key];
    const link = way ? this.querySelector<HTMLAnchorElement>(way) : null;
    if (!link) return;
    event.preventDefault();
    link.click();
  }
}
