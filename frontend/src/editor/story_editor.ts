// <story-editor>: the server's form for a story, with a real editor in it and every change saved.
// Without this script the form works as it stands.
import { Autosave } from "./draft/autosave";
import { fieldsOf, fillFields, sameFields } from "./draft/copies";
import { Notices } from "./draft/notices";
import { LeadPicture } from "./lead_picture";
import { Writing } from "./writing";

/** The story whose form the site has just sent back: its words are not saved yet. */
let sentBack = "";

export class StoryEditor extends HTMLElement {
  #writing?: Writing;
  #autosave?: Autosave;
  #notices?: Notices;
  #textarea?: HTMLTextAreaElement;
  #lead?: LeadPicture;
  #listeners?: AbortController;

  connectedCallback(): void {
    const form = this.querySelector("form");
    const textarea = form?.querySelector<HTMLTextAreaElement>("textarea[name=body]");
    if (!form || !textarea || this.#writing) return;
    this.#textarea = textarea;
    this.#writing = new Writing(
      textarea,
      { accept: this.dataset.accept ?? "", limits: JSON.parse(this.dataset.limits ?? "{}") },
      () => this.#autosave?.changed(),
    );
    textarea.after(this.#writing.root);
    textarea.hidden = true;
    textarea.required = false;
    this.#notices = new Notices(form, {
      keepMine: () => this.#autosave?.keepMine(),
      takeTheirs: () => this.#takeTheirs(),
    });
    const { editor } = this.#writing;
    this.#autosave = new Autosave(
      form,
      this.dataset.draft ?? form.action,
      this.dataset.story ?? "",
      () => editor.getJSON(),
      this.#notices,
    );
    this.#listen(form, textarea);
    if (this.ownerDocument.querySelector(".conflict")) this.#autosave.hold();
    this.#offerUnsaved(form);
    if (sentBack && sentBack === this.dataset.story) this.#autosave.changed();
    sentBack = "";
  }

  disconnectedCallback(): void {
    this.#end();
  }

  #listen(form: HTMLFormElement, textarea: HTMLTextAreaElement): void {
    this.#listeners = new AbortController();
    const on = (target: EventTarget, names: string, heard: (event: Event) => void, capture = false) => {
      for (const name of names.split(" "))
        target.addEventListener(name, heard, { signal: this.#listeners!.signal, capture });
    };
    on(form, "formdata", (event) => {
      this.#writing?.flush();
      (event as FormDataEvent).formData.set("body", textarea.value);
    });
    on(form, "input change", (event) => (event.target as HTMLInputElement).name && this.#autosave?.changed());
    on(form, "submit", (event) => this.#submitted(event as SubmitEvent, form), true);
    on(form, "turbo:submit-end", (event) => {
      const { success, fetchResponse } = (event as CustomEvent).detail;
      this.#answered(success, fetchResponse?.statusCode);
    });
    on(document, "visibilitychange", () => document.hidden && this.#leave());
    on(window, "pagehide", () => this.#leave());
    on(window, "online", () => this.#autosave?.save());
    // A snapshot for going back must hold the plain form.
    on(document, "turbo:before-cache", () => this.#end());
    const lead = form.querySelector<HTMLFieldSetElement>(".lead-picture");
    if (lead) this.#lead = new LeadPicture(lead, this.#listeners.signal);
    for (const label of textarea.labels ?? []) on(label, "click", () => this.#writing?.editor.commands.focus());
  }

  /** A save under way would make the form's version old: it is waited for. */
  #submitted(event: SubmitEvent, form: HTMLFormElement): void {
    if (event.defaultPrevented) return;
    this.#writing?.flush();
    if (!this.#autosave?.busy) {
      this.#autosave?.stop();
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    this.#autosave.settled().then(() => form.requestSubmit(submitter));
  }

  #answered(success: boolean, status?: number): void {
    if (success) this.#autosave?.stop(true);
    // The answer replaces this page, which must save nothing more: its version would be in the new one's way.
    else if (status === 422) sentBack = this.dataset.story ?? "";
    // Without an answer (offline) the page stays and goes on saving.
    else if (status === undefined) this.#autosave?.resume();
  }

  #leave(): void {
    this.#autosave?.keepCopy();
    this.#autosave?.save();
  }

  /** Words of an earlier visit are offered, never put in unasked. */
  #offerUnsaved(form: HTMLFormElement): void {
    const autosave = this.#autosave!;
    const current = fieldsOf(form);
    autosave.copies.drop((copy) => sameFields(copy.fields, current));
    const [newest] = autosave.copies.all();
    if (!newest) return;
    const old = (session: string) => session !== autosave.session;
    this.#notices!.unsaved(
      newest.at,
      () => {
        fillFields(form, newest.fields);
        this.#writing!.editor.commands.setContent(newest.doc);
        autosave.changed();
        autosave.keepCopy();
        autosave.copies.drop((copy) => old(copy.session));
      },
      () => autosave.copies.drop((copy) => old(copy.session)),
    );
  }

  #takeTheirs(): void {
    this.#autosave?.stop(true);
    location.reload();
  }

  #end(): void {
    if (!this.#writing) return;
    this.#leave();
    this.#autosave?.stop();
    this.#listeners?.abort();
    this.#notices?.remove();
    this.#lead?.end();
    this.#writing.destroy();
    if (this.#textarea) this.#textarea.hidden = false;
    this.#writing = undefined;
  }
}
