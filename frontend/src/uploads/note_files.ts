// <note-files> in a form that takes pictures: each that has come gets the field for what it shows, one that is pasted among the words
// of the form is meant for it, and when the form is emptied after it was sent, so is this. The form is whole without it.
import { pictureRow } from "./picture_row";
import type { TakenEvent, UploadTray } from "./tray";

export class NoteFiles extends HTMLElement {
  #rows = new Set<HTMLElement>();
  #listeners?: AbortController;

  connectedCallback(): void {
    this.#listeners = new AbortController();
    const { signal } = this.#listeners;
    const form = this.closest("form");
    this.addEventListener("upload:taken", (event) => this.#taken(event as TakenEvent), { signal });
    form?.addEventListener("paste", (event) => this.#pasted(event), { signal });
    form?.addEventListener("reset", () => this.#empty(), { signal });
    // A snapshot for going back must hold the plain form.
    document.addEventListener("turbo:before-cache", () => this.#listeners?.abort(), { signal });
  }

  disconnectedCallback(): void {
    this.#listeners?.abort();
  }

  get #tray(): UploadTray | null {
    return this.querySelector<UploadTray>("upload-tray");
  }

  #taken(event: TakenEvent): void {
    const { taken } = event.detail;
    const list = this.querySelector(".note-alts");
    if (taken.kind !== "picture" || !list || list.querySelector(`input[value="${taken.key}"]`)) return;
    const row = pictureRow(taken, this.id.replace(/^pictures/, ""), () => this.#forget(taken.key));
    this.#rows.add(row);
    list.append(row);
  }

  /** A picture that was taken out again is not sent. */
  #forget(key: string): void {
    for (const input of this.querySelectorAll(`input[type=hidden][value="${key}"]`)) input.remove();
    this.querySelector<HTMLInputElement>("input[type=file]")?.focus();
  }

  #pasted(event: ClipboardEvent): void {
    const files = event.clipboardData?.files;
    const tray = this.#tray;
    if (!files?.length || event.defaultPrevented || !tray || tray.contains(event.target as Node)) return;
    event.preventDefault();
    const extra = this.closest("details");
    if (extra) extra.open = true;
    tray.add(files);
  }

  #empty(): void {
    for (const row of this.#rows) row.remove();
    this.#rows.clear();
    this.#tray?.empty();
    const extra = this.closest("details");
    if (extra) extra.open = false;
  }
}
