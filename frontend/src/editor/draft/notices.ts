// What the author is told about saving: one quiet line, and a lasting notice when a choice is needed.
import { element } from "../../element";
import { icon } from "../../icons";
import type { Conflict } from "./autosave";

export type State = "unsaved" | "saving" | "saved" | "offline" | "failed" | "conflict";

export class Notices {
  #line: HTMLElement;
  #others: HTMLElement;
  #area: HTMLElement;

  constructor(
    form: HTMLFormElement,
    private choose: { keepMine: () => void; takeTheirs: () => void },
  ) {
    this.#line =
      form.querySelector<HTMLElement>("[data-save-state]") ??
      form.appendChild(element("p", { className: "save-state", role: "status" }));
    this.#others = element("p", { className: "meta", role: "status" });
    this.#line.after(this.#others);
    this.#area = element("div", { className: "editor-notices", role: "status" });
    form.prepend(this.#area);
  }

  state(state: State, text: string): void {
    this.#line.dataset.state = state;
    if (this.#line.textContent !== text) this.#line.textContent = text;
  }

  others(names: string[]): void {
    const verb = names.length > 1 ? "are" : "is";
    const text = names.length ? `${new Intl.ListFormat("en").format(names)} ${verb} editing this story too.` : "";
    if (this.#others.textContent !== text) this.#others.textContent = text;
  }

  /** Someone else saved first. Stays until the author has chosen. */
  conflict({ by, at, mine, compare }: Conflict): void {
    const address = compare || mine;
    const both = element("a", { href: address, target: "_blank", className: "link" }, "See both versions");
    const keep = element("button", { type: "button", className: "button small primary" }, "Keep mine");
    const take = element("button", { type: "button", className: "button small" }, "Take theirs");
    const words = element(
      "div",
      { className: "stack" },
      element("p", {}, `${by} saved this story at ${at} while you were writing. Your words are kept: nothing is lost.`),
      element("p", { className: "actions" }, both, keep, take),
    );
    const notice = element("div", { className: "flash warn" }, icon("triangle-alert"), words);
    keep.addEventListener("click", () => this.#done(notice, this.choose.keepMine));
    take.addEventListener("click", () => this.#done(notice, this.choose.takeTheirs));
    this.#area.replaceChildren(notice);
  }

  /** Words from an earlier visit that never reached the site. */
  unsaved(at: number, restore: () => void, discard: () => void): void {
    const yes = element("button", { type: "button", className: "button small primary" }, "Restore");
    const no = element("button", { type: "button", className: "button small" }, "Discard");
    const text = element("p", {}, `You have unsaved words from ${moment(at)} on this computer.`);
    const words = element("div", { className: "stack" }, text, element("p", { className: "actions" }, yes, no));
    const notice = element("div", { className: "flash info" }, icon("history"), words);
    yes.addEventListener("click", () => this.#done(notice, restore));
    no.addEventListener("click", () => this.#done(notice, discard));
    this.#area.append(notice);
  }

  remove(): void {
    this.#area.remove();
    this.#others.remove();
  }

  #done(notice: HTMLElement, then: () => void): void {
    notice.remove();
    then();
  }
}

/** "11:40 AM" today, with the date on another day. */
function moment(at: number): string {
  const date = new Date(at);
  const today = date.toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(
    "en",
    today ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" },
  ).format(date);
}
