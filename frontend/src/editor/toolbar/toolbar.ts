// The toolbar (ARIA Authoring Practices, "Toolbar"): one stop for Tab, arrows between its buttons.
import type { Editor } from "@tiptap/core";
import { element } from "../../element";
import { icon } from "../../icons";
import { groups, type Item } from "./items";

const MAC = /Mac|iPhone|iPad/.test(navigator.platform);

export class Toolbar {
  readonly root = element("div", { className: "editor-toolbar", role: "toolbar", "aria-label": "Text" });
  #editor: Editor;
  #buttons: [Item, HTMLButtonElement][] = [];

  constructor(editor: Editor, controls: string, addPictures: () => void, addFromLibrary: () => void) {
    this.#editor = editor;
    this.root.setAttribute("aria-controls", controls);
    for (const group of groups(addPictures, addFromLibrary)) {
      const holder = element("div", { className: "editor-group", role: "group" });
      for (const item of group) holder.append(this.#button(item));
      this.root.append(holder);
    }
    this.root.addEventListener("keydown", (event) => this.#key(event));
    this.root.addEventListener("focusin", (event) => this.#stop(event.target as HTMLButtonElement));
    this.#stop(this.#buttons[0]![1]);
    this.refresh();
  }

  focus(): void {
    this.root.querySelector<HTMLElement>('button[tabindex="0"]')?.focus();
  }

  /** Shows what is on at the caret. */
  refresh(): void {
    for (const [item, button] of this.#buttons) {
      if (item.active) button.ariaPressed = String(item.active(this.#editor));
      if (item.enabled) button.ariaDisabled = String(!item.enabled(this.#editor));
      if (item.shown) button.hidden = !item.shown(this.#editor);
    }
    for (const group of this.root.children)
      (group as HTMLElement).hidden = !group.querySelector("button:not([hidden])");
    if (this.root.querySelector('button[tabindex="0"]')?.closest("[hidden]")) this.#stop(this.#buttons[0]![1]);
  }

  #button(item: Item): HTMLButtonElement {
    const keys =
      item.keys && (MAC ? item.keys.replace("Ctrl", "⌘").replace("Alt", "⌥").replace("Shift", "⇧") : item.keys);
    const button = element("button", {
      type: "button",
      className: "editor-button",
      tabIndex: -1,
      title: keys ? `${item.label} (${keys})` : item.label,
    });
    if (item.icon) {
      button.append(icon(item.icon));
      button.ariaLabel = item.label;
    } else button.textContent = item.label;
    if (item.keys) button.setAttribute("aria-keyshortcuts", item.keys.replace("Ctrl", MAC ? "Meta" : "Control"));
    // The selection in the text stays while a button is pressed.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => {
      if (button.ariaDisabled !== "true") item.run(this.#editor);
    });
    this.#buttons.push([item, button]);
    return button;
  }

  #stop(target: HTMLButtonElement): void {
    for (const [, button] of this.#buttons) button.tabIndex = button === target ? 0 : -1;
  }

  #key(event: KeyboardEvent): void {
    if (event.key === "Escape") this.#editor.commands.focus();
    const buttons = this.#buttons.map(([, button]) => button).filter((button) => !button.hidden);
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const forward = getComputedStyle(this.root).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const to: Record<string, number> = {
      Home: 0,
      End: buttons.length - 1,
      ArrowLeft: at - 1,
      ArrowRight: at - 1,
      [forward]: at + 1,
    };
    const next = to[event.key];
    if (next === undefined) return;
    event.preventDefault();
    buttons.at(next % buttons.length)?.focus();
  }
}
