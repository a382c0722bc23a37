// <note-composer> around the form in which a note is written: how much room is left, people and topics completed while one
// types, Ctrl+Enter to send. The form is whole without it.
import { element } from "../element";
import { Completion } from "./completion";

/** From here on it is said how many characters are left. */
const SAID_FROM = 100;

export class NoteComposer extends HTMLElement {
  #text?: HTMLTextAreaElement;
  #count = element("p", { className: "compose-count" });
  #said = element("p", { className: "visually-hidden", role: "status" });
  #completion?: Completion;
  #listeners?: AbortController;

  connectedCallback(): void {
    const text = this.querySelector<HTMLTextAreaElement>("textarea[name=body]");
    if (!text) return;
    this.#text = text;
    this.#listeners = new AbortController();
    const { signal } = this.#listeners;
    const field = text.parentElement ?? this;
    field.append(this.#count, this.#said);
    this.#completion = new Completion(text, field, signal);
    text.addEventListener("input", () => this.#measure(), { signal });
    text.addEventListener("keydown", (event) => this.#sent(event), { signal });
    document.addEventListener("turbo:before-cache", () => this.#end(), { signal });
    this.#measure();
  }

  disconnectedCallback(): void {
    this.#end();
  }

  /** Characters as the server counts them: code points. */
  #measure(): void {
    const most = Number(this.dataset.max);
    const left = most - [...(this.#text?.value ?? "").trim()].length;
    this.#count.textContent = left <= most / 2 ? `${left.toLocaleString("en")} left` : "";
    this.#count.classList.toggle("over", left < 0);
    // Said now and then, not at every key.
    if (left < 0) this.#said.textContent = "The post is too long.";
    else if (left <= SAID_FROM && left % 20 === 0) this.#said.textContent = `${left} characters left.`;
  }

  #sent(event: KeyboardEvent): void {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    this.#text?.form?.requestSubmit();
  }

  /** A snapshot for going back must hold the plain form. */
  #end(): void {
    this.#listeners?.abort();
    this.#completion?.end();
    this.#count.remove();
    this.#said.remove();
    this.#text = undefined;
  }
}
