// <unread-count data-count>: how many notices are unread, in the bell and in the window's title.

const PREFIX = /^\(\d+\) /;

export class UnreadCount extends HTMLElement {
  connectedCallback(): void {
    titled(Number(this.dataset.count ?? 0));
  }
}

/** Puts another number into the bell; `html` is the element as the site draws it. */
export function showUnread(html: string): void {
  const made = document.createElement("template");
  made.innerHTML = html;
  const count = made.content.querySelector("unread-count");
  const standing = document.getElementById("unread");
  if (count && standing && standing.outerHTML !== count.outerHTML) standing.replaceWith(count);
}

function titled(count: number): void {
  const plain = document.title.replace(PREFIX, "");
  const title = count > 0 ? `(${count}) ${plain}` : plain;
  if (title !== document.title) document.title = title;
}
