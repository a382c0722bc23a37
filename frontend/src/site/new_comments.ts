// <new-comments data-of data-known> over a conversation: watches the count in its heading, which the page's stream keeps, and says how
// many came since the comments were drawn. What is read stays where it is until the link is pressed.

export class NewComments extends HTMLElement {
  #watch?: MutationObserver;

  connectedCallback(): void {
    const heading = document.getElementById("comments-heading");
    if (!heading) return;
    this.#watch = new MutationObserver(() => this.#count(heading));
    this.#watch.observe(heading, { childList: true, subtree: true, characterData: true });
    this.#count(heading);
  }

  disconnectedCallback(): void {
    this.#watch?.disconnect();
  }

  #count(heading: HTMLElement): void {
    const link = this.querySelector("a");
    if (!link) return;
    const standing = Number((heading.textContent ?? "").replace(/\D/g, ""));
    const count = standing - Number(this.dataset.known);
    link.hidden = !(count > 0);
    const words = count === 1 ? "1 new comment" : `${count} new comments`;
    if (count > 0 && link.textContent !== words) link.textContent = words;
  }
}
