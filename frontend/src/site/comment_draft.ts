// <comment-draft data-key> around the form of a comment: words that are not sent yet stay in this browser until they are, also when
// the page is closed. People and topics are completed while one types; Ctrl+Enter sends. The form is whole without it.
import { Completion } from "../notes/completion";

const PREFIX = "ocotillo-comment-";
/** What waits longer is forgotten: a thought of last month is seldom finished. */
const KEPT_MS = 14 * 24 * 60 * 60 * 1000;

interface Kept {
  words: string;
  at: number;
}

export class CommentDraft extends HTMLElement {
  #listening?: AbortController;
  #completion?: Completion;

  connectedCallback(): void {
    const text = this.querySelector("textarea");
    const form = this.querySelector("form");
    if (!text || !form) return;
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    // What the site gave back after a mistake is what was written last.
    if (!text.value) text.value = this.#kept();
    text.addEventListener("input", () => this.#keep(text.value), { signal });
    text.addEventListener("keydown", (event) => sent(event, form, text), { signal });
    form.addEventListener("click", () => needWords(form, text), { signal, capture: true });
    // What is new in the conversation is drawn over it: what is being written here stays, with the pictures that came for it.
    this.addEventListener("turbo:before-morph-element", (event) => event.target === this && event.preventDefault(), {
      signal,
    });
    form.addEventListener("turbo:submit-end", (event) => this.#ended(event, form), { signal });
    this.#completion = new Completion(text, text.parentElement ?? this, signal);
    // A snapshot for going back must hold the plain form.
    document.addEventListener("turbo:before-cache", () => this.disconnectedCallback(), { signal });
  }

  disconnectedCallback(): void {
    this.#listening?.abort();
    this.#completion?.end();
  }

  get #name(): string {
    return PREFIX + (this.dataset.key ?? "");
  }

  #kept(): string {
    try {
      const kept: Kept = JSON.parse(localStorage.getItem(this.#name) ?? "null") ?? { words: "", at: 0 };
      if (Date.now() - kept.at < KEPT_MS) return kept.words;
      localStorage.removeItem(this.#name);
    } catch {
      // No memory, or not ours: the form begins empty.
    }
    return "";
  }

  #keep(words: string): void {
    try {
      if (words.trim()) localStorage.setItem(this.#name, JSON.stringify({ words, at: Date.now() }));
      else localStorage.removeItem(this.#name);
    } catch {
      // A browser that keeps nothing: the words are in the form.
    }
  }

  #ended(event: Event, form: HTMLFormElement): void {
    if (!(event as CustomEvent<{ success: boolean }>).detail.success) return;
    this.#keep("");
    form.reset();
    const text = form.querySelector("textarea");
    if (text) text.value = "";
  }
}

/** Pictures say enough without words; one that is on its way, too. */
function needWords(form: HTMLFormElement, text: HTMLTextAreaElement): void {
  text.required = !form.querySelector(".note-alts > li, .upload-row");
}

function sent(event: KeyboardEvent, form: HTMLFormElement, text: HTMLTextAreaElement): void {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  needWords(form, text);
  form.requestSubmit();
}
