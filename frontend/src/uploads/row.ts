// One file in a tray: its name, how far it is, and what can be done about it.
import { element } from "../element";
import { icon } from "../icons";
import { takePoster } from "./poster";
import { check, type Limits, Refused, size, type Taken } from "./taken";
import { type State, Transfer } from "./transfer";

export interface Tidings {
  taken(taken: Taken, file: File): void;
  /** Something a person should hear of who does not look. */
  said(words: string): void;
  /** Whether it is still on its way has changed. */
  changed(): void;
  /** It is to be sent (again). */
  ready(): void;
  /** It is not wanted any more. */
  gone(): void;
}

export class Row {
  readonly root = element("li", { className: "upload-row" });
  state: "waiting" | "sending" | "taken" | "failed" = "waiting";
  #transfer: Transfer;
  #cancelled = new AbortController();
  #picture = element("span", { className: "upload-picture" }, icon("file-text"));
  #progress = element("progress", { max: 1, value: 0 });
  #words = element("p", { className: "upload-words meta" }, "Waits its turn");
  #retry: HTMLButtonElement;
  #cancel: HTMLButtonElement;
  /** Where the line broke, in percent. */
  #broken?: number;

  constructor(
    readonly file: File,
    private limits: Limits,
    private tidings: Tidings,
  ) {
    const name = file.name || "picture";
    this.#transfer = new Transfer(file, (state, sent) => this.#moved(state, sent));
    this.#progress.setAttribute("aria-label", name);
    this.#retry = this.#button("rotate-ccw", "Retry", name, () => this.#again());
    this.#cancel = this.#button("x", "Cancel", name, () => this.cancel());
    this.#retry.hidden = true;
    const head = element("p", { className: "upload-name" });
    head.append(
      element("bdi", {}, name),
      " ",
      element("span", { className: "meta" }, file.size ? size(file.size) : ""),
    );
    const actions = element("div", { className: "actions" }, this.#retry, this.#cancel);
    this.root.append(
      this.#picture,
      element("div", { className: "upload-about" }, head, this.#progress, this.#words),
      actions,
    );
  }

  /** Sends the file; never fails. */
  async run(): Promise<void> {
    const { signal } = this.#cancelled;
    if (signal.aborted) return;
    this.#stand("sending", "");
    try {
      check(this.file, this.limits);
      let taken = await this.#transfer.run(signal);
      if (taken.kind === "video" && !taken.poster) taken = await this.#withPoster(taken, signal);
      this.#arrived(taken);
    } catch (error) {
      if (signal.aborted) return;
      this.#stand("failed", (error as Error).message);
      this.#retry.hidden = error instanceof Refused && !error.maybeLater;
      this.tidings.said(`${this.file.name}: ${(error as Error).message}`);
    }
    this.tidings.changed();
  }

  cancel(): void {
    this.#cancelled.abort();
    this.#transfer.drop();
    this.tidings.gone();
  }

  /** A film is there also without a picture. */
  async #withPoster(taken: Taken, signal: AbortSignal): Promise<Taken> {
    this.#words.textContent = "Taking a picture from the video…";
    const poster = await takePoster(taken, signal).catch(() => null);
    signal.throwIfAborted();
    return { ...taken, poster };
  }

  #arrived(taken: Taken): void {
    const resumed = `Uploaded. The connection was lost at ${this.#broken} %, and it went on from there.`;
    this.#stand("taken", this.#broken === undefined ? "Uploaded" : resumed);
    const source = taken.small ?? taken.poster;
    if (source) this.#picture.replaceChildren(element("img", { src: source, alt: "", decoding: "async" }));
    this.tidings.taken(taken, this.file);
  }

  #moved(state: State, sent: number): void {
    const part = sent / this.file.size;
    const percent = Math.floor(part * 100);
    this.#progress.value = part;
    this.#retry.hidden = state !== "lost" && state !== "busy";
    this.root.dataset.state = state;
    if (state === "lost") {
      this.#broken = percent;
      this.#words.textContent = `The connection was lost at ${percent} %. It is tried again by itself.`;
      this.tidings.said(`${this.file.name}: the connection was lost at ${percent} %. It is tried again by itself.`);
    } else if (state === "busy") this.#words.textContent = "The site is busy. It is tried again by itself.";
    else if (state === "resumed") {
      this.#words.textContent = `Going on at ${percent} %`;
      this.tidings.said(`${this.file.name} goes on at ${percent} %.`);
    } else if (state === "preparing") this.#words.textContent = "Preparing…";
    else this.#words.textContent = `${percent} % of ${size(this.file.size)}`;
  }

  #stand(state: Row["state"], words: string): void {
    this.state = state;
    this.root.dataset.state = state;
    this.#words.textContent = words;
    this.#progress.hidden = state === "taken" || state === "failed";
    this.#retry.hidden = state !== "failed";
    this.#cancel.hidden = state === "taken";
    this.#cancel.lastElementChild!.firstChild!.textContent = state === "failed" ? "Dismiss" : "Cancel";
  }

  #again(): void {
    if (this.state === "sending") {
      this.#transfer.wake();
      return;
    }
    this.#stand("waiting", "Waits its turn");
    this.#cancel.focus();
    this.tidings.ready();
  }

  #button(symbol: string, words: string, name: string, act: () => void): HTMLButtonElement {
    const about = element("span", { className: "visually-hidden" }, ` ${name}`);
    const button = element("button", { type: "button", className: "button small quiet" }, icon(symbol));
    button.append(element("span", {}, words, about));
    button.addEventListener("click", act);
    return button;
  }
}
