// <upload-tray>: a field for files whose files are on their way as soon as they are chosen, dropped or pasted.
// The server draws it (`people::uploads::Tray`, whose docstring says how to place it and what it tells); without this script the
// field and its form work as they stand.
import { element } from "../element";
import { Queue } from "./queue";
import { Row } from "./row";
import type { Limits, Taken } from "./taken";

/** `upload:taken`: a file is there. */
export type TakenEvent = CustomEvent<{ taken: Taken; file: File }>;
/** `upload:done`: nothing is on its way any more. */
export type DoneEvent = CustomEvent<{ taken: Taken[]; failed: number }>;

export class UploadTray extends HTMLElement {
  #rows = new Set<Row>();
  #taken: Taken[] = [];
  #queue = new Queue();
  #input?: HTMLInputElement;
  #hint = element("p", { className: "hint" }, "Choose, drop or paste: they are sent at once.");
  #list = element("ul", { className: "upload-rows" });
  #sum = element("p", { className: "upload-sum meta", role: "status" });
  #said = element("p", { className: "visually-hidden", role: "status" });
  #listeners?: AbortController;
  #fileName = "";
  /** The form around waits for the files: with which button it was sent. */
  #held?: { form: HTMLFormElement; submitter: HTMLElement | null };

  connectedCallback(): void {
    const input = this.querySelector<HTMLInputElement>("input[type=file]");
    if (!input) return;
    this.#input = input;
    this.#listeners = new AbortController();
    const on = (target: EventTarget, names: string, heard: (event: Event) => void) => {
      for (const name of names.split(" ")) target.addEventListener(name, heard, { signal: this.#listeners!.signal });
    };
    // The files go their own way: the form must not send them as well.
    this.#fileName = input.name;
    input.removeAttribute("name");
    this.classList.add("ready");
    input.before(this.#hint);
    (input.closest(".field") ?? input).after(this.#sum, this.#list, this.#said);
    on(input, "change", () => {
      this.add(input.files ?? []);
      input.value = "";
    });
    // A tray with a form of its own is what its page is about: whatever is dropped or pasted there is meant for it.
    const around = this.#own ? document : this;
    on(around, "dragover dragenter", (event) => this.#over(event as DragEvent));
    on(around, "dragleave dragend drop", () => this.classList.remove("over"));
    on(around, "drop", (event) => this.#dropped(event as DragEvent));
    on(around, "paste", (event) => this.#pasted(event as ClipboardEvent));
    this.closest("form")?.addEventListener("submit", (event) => this.#hold(event), {
      signal: this.#listeners.signal,
      capture: true,
    });
    on(window, "beforeunload", (event) => this.#busy && event.preventDefault());
    on(document, "turbo:before-cache", () => this.#end());
  }

  disconnectedCallback(): void {
    this.#end();
  }

  /** Sends these files. */
  add(files: Iterable<File>): void {
    const limits: Limits = JSON.parse(this.dataset.limits ?? "{}");
    const all = this.#input?.multiple ? [...files] : [...files].slice(0, 1);
    if (!this.#input?.multiple && all.length) for (const row of [...this.#rows]) row.cancel();
    for (const file of all) {
      const row: Row = new Row(file, limits, {
        taken: (taken, file) => this.#arrived(taken, file),
        said: (words) => {
          this.#said.textContent = words;
        },
        changed: () => this.#changed(),
        ready: () => {
          this.#queue.add(() => row.run());
          this.#changed();
        },
        gone: () => this.#forget(row),
      });
      this.#rows.add(row);
      this.#list.append(row.root);
      this.#queue.add(() => row.run());
    }
    this.#changed();
  }

  /** What came is forgotten here: the form around was sent with it. */
  empty(): void {
    for (const row of this.#rows) row.root.remove();
    this.#rows.clear();
    if (this.dataset.keys) for (const input of this.querySelectorAll("input[type=hidden]")) input.remove();
    this.#changed();
  }

  /** A form that is sent while files are on their way waits for them: their keys belong to it. */
  #hold(event: SubmitEvent): void {
    if (!this.#busy) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#held = { form: event.target as HTMLFormElement, submitter: event.submitter };
    this.#changed();
  }

  /** The form around the field alone, when there is one. */
  get #own(): HTMLFormElement | null {
    return this.querySelector("form");
  }

  get #busy(): boolean {
    return [...this.#rows].some((row) => row.state === "waiting" || row.state === "sending");
  }

  #arrived(taken: Taken, file: File): void {
    this.#taken.push(taken);
    const name = this.dataset.keys;
    if (name && this.#input?.multiple) this.append(element("input", { type: "hidden", name, value: taken.key }));
    else if (name) this.#only(name).value = taken.key;
    this.dispatchEvent(new CustomEvent("upload:taken", { bubbles: true, detail: { taken, file } }));
  }

  /** The field of the only key, which the form may have had before. */
  #only(name: string): HTMLInputElement {
    const found = this.closest("form")?.querySelector<HTMLInputElement>(`input[type=hidden][name="${name}"]`);
    if (found) return found;
    const made = element("input", { type: "hidden", name });
    this.append(made);
    return made;
  }

  #forget(row: Row): void {
    if (row.root.contains(document.activeElement)) this.#input?.focus();
    this.#rows.delete(row);
    row.root.remove();
    this.#changed();
  }

  #changed(): void {
    const rows = [...this.#rows];
    const count = (state: Row["state"]) => rows.filter((row) => row.state === state).length;
    const [taken, failed] = [count("taken"), count("failed")];
    const files = rows.length === 1 ? "file" : "files";
    const wrong = failed ? ` ${failed} could not be taken.` : "";
    const held = this.#held && this.#busy ? " The form is sent when all is here." : "";
    this.#sum.textContent = rows.length ? `${taken} of ${rows.length} ${files} uploaded.${wrong}${held}` : "";
    if (rows.length && !this.#busy) this.#done(taken, failed);
  }

  #done(here: number, failed: number): void {
    const detail = { taken: this.#taken, failed };
    const going = this.dispatchEvent(new CustomEvent("upload:done", { bubbles: true, cancelable: true, detail }));
    this.#taken = [];
    const held = this.#held;
    this.#held = undefined;
    if (held && !failed) held.form.requestSubmit(held.submitter);
    else if (this.dataset.send !== undefined && going && here && !failed) this.closest("form")?.requestSubmit();
    const next = this.#own?.querySelector<HTMLInputElement>("input[name=next]")?.value;
    if (!going || failed || !next || !here) return;
    // By a link, so that Turbo goes there if it is there.
    const link = element("a", { href: next, hidden: true });
    this.append(link);
    link.click();
  }

  #over(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.classList.add("over");
  }

  #dropped(event: DragEvent): void {
    const files = event.dataTransfer?.files;
    if (!files?.length) return;
    event.preventDefault();
    this.add(files);
  }

  #pasted(event: ClipboardEvent): void {
    const files = event.clipboardData?.files;
    if (!files?.length || event.defaultPrevented) return;
    event.preventDefault();
    this.add(files);
  }

  /** A snapshot for going back must hold the plain form. */
  #end(): void {
    this.#listeners?.abort();
    const rows = [...this.#rows];
    this.#rows.clear();
    for (const row of rows) if (row.state !== "taken") row.cancel();
    this.#list.replaceChildren();
    for (const part of [this.#hint, this.#list, this.#sum, this.#said]) part.remove();
    this.#sum.textContent = this.#said.textContent = "";
    this.classList.remove("ready", "over");
    if (this.#input && this.#fileName) this.#input.name = this.#fileName;
    this.#input = undefined;
  }
}
