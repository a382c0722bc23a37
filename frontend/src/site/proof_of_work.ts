// <proof-of-work data-challenge data-worker> in a form: solves what the site asks as soon as somebody begins to write, and
// holds the form back until it is done. When that fails the form goes without, and the site takes it a little later.
import type { Challenge } from "../proof/solve";

/** The site takes a proof for half an hour; an older one is made anew. In milliseconds. */
const KEEPS = 25 * 60_000;

export class ProofOfWork extends HTMLElement {
  #begun: Promise<void> | null = null;
  #at = 0;
  #stop = new AbortController();

  connectedCallback(): void {
    const form = this.closest("form");
    if (!form || document.documentElement.hasAttribute("data-turbo-preview")) return;
    this.#stop = new AbortController();
    this.#begun = null;
    const { signal } = this.#stop;
    form.addEventListener("input", () => this.#begin(), { signal, once: true });
    // Before Turbo hears of it.
    form.addEventListener("submit", (event) => this.#hold(event, form), { signal, capture: true });
  }

  disconnectedCallback(): void {
    this.#stop.abort();
  }

  #hold(event: SubmitEvent, form: HTMLFormElement): void {
    if (this.#field?.value === "-" || (this.#field?.value && performance.now() - this.#at < KEEPS)) {
      // Without a proof the field must be empty for the site to look at the ticket.
      if (this.#field.value === "-") this.#field.value = "";
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (this.#field?.value) this.#begun = null;
    const submitter = event.submitter;
    this.#say("One moment: your browser shows that you are no robot.");
    this.#begin().then(() => {
      if (this.isConnected) form.requestSubmit(submitter);
    });
  }

  #begin(): Promise<void> {
    this.#begun ??= this.#prove().then(
      (proof) => this.#done(proof),
      () => this.#done(""),
    );
    return this.#begun;
  }

  async #prove(): Promise<string> {
    const answer = await fetch(this.dataset.challenge ?? "", { signal: this.#stop.signal });
    if (!answer.ok) throw new Error(answer.statusText);
    const challenge: Challenge = await answer.json();
    const worker = new Worker(this.dataset.worker ?? "", { type: "module" });
    this.#stop.signal.addEventListener("abort", () => worker.terminate());
    return new Promise<string>((solved, failed) => {
      worker.onmessage = ({ data }) => solved(data);
      worker.onerror = failed;
      worker.postMessage(challenge);
    }).finally(() => worker.terminate());
  }

  #done(proof: string): void {
    if (this.#field) this.#field.value = proof || "-";
    this.#at = performance.now();
    this.#say("");
  }

  #say(words: string): void {
    const status = this.querySelector("[role=status]");
    if (status) status.textContent = words;
  }

  get #field(): HTMLInputElement | null {
    return this.querySelector("input[name=proof]");
  }
}
