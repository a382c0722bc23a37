// <new-posts> above a feed: a list into which the page's stream puts what is new, and a link that says how many that are. What is
// read stays where it is until the link is pressed.

export class NewPosts extends HTMLElement {
  #watch?: MutationObserver;

  connectedCallback(): void {
    // A page that is still arriving connects this before the list is there.
    this.#watch = new MutationObserver(() => this.#count());
    this.#watch.observe(this, { childList: true, subtree: true });
    this.#count();
  }

  disconnectedCallback(): void {
    this.#watch?.disconnect();
  }

  #count(): void {
    const [link, list] = [this.querySelector("a"), this.querySelector("ul")];
    if (!link || !list) return;
    const ids = [...list.children].map((item) => item.id.slice("new-".length));
    const more = ids.includes("more");
    const count = ids.filter((id) => id !== "more" && !shown(id)).length;
    const words = more || count === 0 ? "New posts" : count === 1 ? "1 new post" : `${count} new posts`;
    link.hidden = !more && count === 0;
    if (link.textContent !== words) link.textContent = words;
  }
}

/** What came between drawing the page and listening may stand on it already. */
function shown(id: string): boolean {
  return document.getElementById(`note-${id}`) !== null || document.getElementById(`item-${id}`) !== null;
}
