// Saves the whole form a moment after the last change, and never loses a word: what the site does
// not have is kept on this computer, and a version made by someone else is never overwritten unasked.
import type { JSONContent } from "@tiptap/core";
import { Copies, fieldsOf } from "./copies";
import type { Notices } from "./notices";

/** How long after the last change, in milliseconds. */
const PAUSE = 1200;
const COPY_PAUSE = 300;
const RETRY = 10_000;
/** Browsers refuse larger bodies for requests that outlive their page. */
const KEEPALIVE_LIMIT = 60_000;

export interface Conflict {
  version: number;
  by: string;
  at: string;
  mine: string;
  compare: string;
}

export class Autosave {
  readonly session = `${Date.now()}-${Math.random().toString(36).slice(2)}`;
  readonly copies: Copies;
  #changes = 0;
  #saved = 0;
  #timer?: ReturnType<typeof setTimeout>;
  #copyTimer?: ReturnType<typeof setTimeout>;
  #flight: Promise<void> | null = null;
  #conflict: Conflict | null = null;
  #stopped = false;
  #held = false;

  constructor(
    private form: HTMLFormElement,
    private address: string,
    story: string,
    private doc: () => JSONContent,
    private notices: Notices,
  ) {
    this.copies = new Copies(story);
  }

  get dirty(): boolean {
    return this.#changes > this.#saved;
  }

  changed(): void {
    if (!this.dirty && !this.#conflict && !this.#held) this.notices.state("unsaved", "Not saved yet");
    this.#changes++;
    clearTimeout(this.#copyTimer);
    this.#copyTimer = setTimeout(() => this.keepCopy(), COPY_PAUSE);
    this.#schedule(PAUSE);
  }

  keepCopy(): void {
    clearTimeout(this.#copyTimer);
    if (!this.dirty || this.#stopped) return;
    this.copies.keep({
      session: this.session,
      base: this.#base.value,
      at: Date.now(),
      fields: fieldsOf(this.form),
      doc: this.doc(),
    });
  }

  /** Saves now if anything waits; one request at a time, so that no save makes the next one's version old. */
  save(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#stopped || this.#held || this.#conflict || !this.dirty) return this.settled();
    if (this.#flight) return this.#flight.then(() => this.save());
    this.#flight = this.#send().finally(() => {
      this.#flight = null;
    });
    return this.#flight;
  }

  /** When no request is under way. */
  settled(): Promise<void> {
    return this.#flight ?? Promise.resolve();
  }

  get busy(): boolean {
    return this.#flight !== null;
  }

  /** The form itself is being sent, or the page is given up: nothing more is saved from here. */
  stop(forget = false): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#copyTimer);
    if (forget) this.copies.drop((copy) => copy.session === this.session);
  }

  resume(): void {
    this.#stopped = false;
    this.#schedule(PAUSE);
  }

  /** The page itself asks which version shall stand: words are only kept here until the form is sent. */
  hold(): void {
    this.#held = true;
  }

  /** The author wants these words to stand over the other version. */
  keepMine(): void {
    if (!this.#conflict) return;
    this.#base.value = String(this.#conflict.version);
    this.#conflict = null;
    this.#changes++;
    this.save();
  }

  get #base(): HTMLInputElement {
    return this.form.elements.namedItem("base") as HTMLInputElement;
  }

  #schedule(pause: number): void {
    clearTimeout(this.#timer);
    if (!this.#stopped && !this.#held && !this.#conflict) this.#timer = setTimeout(() => this.save(), pause);
  }

  async #send(): Promise<void> {
    const sent = this.#changes;
    this.notices.state("saving", "Saving…");
    const body = this.#body();
    try {
      const response = await fetch(this.address, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        redirect: "error",
        // The request outlives its page.
        keepalive: body.toString().length < KEEPALIVE_LIMIT,
      });
      await this.#answer(response, sent);
    } catch {
      this.keepCopy();
      this.notices.state("offline", "You are offline. Your words are kept on this computer.");
      this.#schedule(RETRY);
    }
  }

  #body(): URLSearchParams {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) if (typeof value === "string") body.append(name, value);
    body.set("do", "save");
    return body;
  }

  async #answer(response: Response, sent: number): Promise<void> {
    const said = await response.json().catch(() => ({}));
    if (response.ok && said.version !== undefined) this.#accepted(said, sent);
    else if (response.status === 409) {
      this.#conflict = said;
      this.keepCopy();
      this.notices.state("conflict", "Not saved over the other version.");
      this.notices.conflict(said);
    } else {
      this.keepCopy();
      this.notices.state("failed", failure(response.status, said));
      if (response.status >= 500 || response.status === 429) this.#schedule(RETRY);
    }
  }

  #accepted(said: { version: number; saved_at: string; others?: string[] }, sent: number): void {
    this.#base.value = String(said.version);
    this.#saved = sent;
    this.notices.state("saved", `Saved at ${said.saved_at}`);
    this.notices.others(said.others ?? []);
    if (this.dirty) this.#schedule(PAUSE);
    else {
      clearTimeout(this.#copyTimer);
      this.copies.drop((copy) => copy.session === this.session);
    }
  }
}

function failure(status: number, said: { error?: string; fields?: Record<string, string> }): string {
  const field = Object.values(said.fields ?? {})[0];
  if (status === 401)
    return "You are signed out. Your words are kept on this computer: sign in again in another window, then go on.";
  if (status >= 500) return "The site could not save just now. Your words are kept on this computer.";
  return `Not saved: ${field ?? said.error ?? "the site did not accept it"}`;
}
