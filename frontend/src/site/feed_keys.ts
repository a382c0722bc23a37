// Keys in lists of posts: j and k go to the next and the one before, r opens it, l likes it, p passes it on, s saves it, ? shows all of them. They
// press what stands there anyhow. Nothing happens while somebody types, nor with another key held (WCAG 2.1.4: on these pages alone,
// and only while no field has the focus; the window of keys turns them off).

const ITEMS = "main .feed > li, main .feed > article";
const OFF = "feed-keys-off";

const WORDS: [string, string][] = [
  ["j", "The next post"],
  ["k", "The post before"],
  ["r", "Open the post"],
  ["l", "Like it, or take that back"],
  ["p", "Pass it on (share it), or take that back"],
  ["s", "Save it, or take that back"],
  ["?", "Show these keys"],
];

export function feedKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    const target = event.target as Element;
    if (target.closest("input, textarea, select, [contenteditable], dialog, details[open]")) return;
    const items = posts();
    if (!items.length) return;
    if (event.key !== "?" && localStorage.getItem(OFF)) return;
    const done = act(event.key, items);
    if (done) event.preventDefault();
  });
}

/** Posts of the page's feed, the outermost element of each. */
function posts(): HTMLElement[] {
  const found = [...document.querySelectorAll<HTMLElement>(ITEMS)];
  return found.filter((item) => item.offsetParent !== null);
}

function act(key: string, items: HTMLElement[]): boolean {
  const at = items.findIndex((item) => item.contains(document.activeElement));
  switch (key) {
    case "j":
      return go(items[at + 1] ?? (at < 0 ? items[0] : undefined));
    case "k":
      return go(at > 0 ? items[at - 1] : undefined);
    case "r":
      return press(items[at], "a.when, .headline a");
    case "l":
      return press(items[at], "form.react button");
    case "p":
      return press(items[at], "form.share button");
    case "s":
      return press(items[at], "form.save button");
    case "?":
      help();
      return true;
    default:
      return false;
  }
}

function go(item: HTMLElement | undefined): boolean {
  if (!item) return false;
  item.tabIndex = -1;
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "start", behavior: "auto" });
  return true;
}

function press(item: HTMLElement | undefined, selector: string): boolean {
  const control = item?.querySelector<HTMLElement>(selector);
  if (!item || !control) return false;
  control.click();
  // The button may be exchanged for its answer: the post keeps the focus.
  if (control.matches("button")) go(item);
  return true;
}

function help(): void {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog feed-keys";
  dialog.setAttribute("aria-labelledby", "feed-keys-title");
  const rows = WORDS.map(([key, words]) => `<dt><kbd>${key}</kbd></dt><dd>${words}</dd>`).join("");
  dialog.innerHTML = `<form method="dialog"><h2 id="feed-keys-title">Keys in lists of posts</h2><dl>${rows}</dl>
    <label class="check"><input type="checkbox"> Turn these keys off in this browser</label>
    <div class="actions"><button class="button primary">Close</button></div></form>`;
  const off = dialog.querySelector("input");
  if (off) {
    off.checked = localStorage.getItem(OFF) !== null;
    off.addEventListener("change", () => (off.checked ? localStorage.setItem(OFF, "1") : localStorage.removeItem(OFF)));
  }
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
