// One file on its way, in parts (the contract is the docstring of town/people/src/uploads). When the line breaks, it asks the site
// how much has arrived and goes on from there.
import { Refused, type Taken } from "./taken";

export type State = "sending" | "preparing" | "lost" | "busy" | "resumed";

/** How far it is: bytes that have arrived or are under way. */
export type Watch = (state: State, sent: number) => void;

/** It broke off, but may be different in a while: in `wait` milliseconds, if the site has said so. */
class Cut extends Error {
  constructor(
    readonly state: "lost" | "busy" = "lost",
    readonly wait?: number,
  ) {
    const what = state === "lost" ? "The connection was lost" : "The site is too busy";
    super(`${what}, and trying again did not help. What has arrived is kept: press Retry to go on.`);
  }
}

/** Milliseconds between tries. After as many it stops, and the person decides. */
const PAUSES = [1_000, 2_000, 4_000, 8_000, 15_000, 15_000];
/** A part of which nothing moves for so long will not move any more, in milliseconds. */
const STALLED = 30_000;
/** How long the site may work on a file that has arrived, in milliseconds. */
const PATIENCE = 180_000;
const SIGNED_OUT = "You are signed out. Sign in again in another window, then press Retry.";

export class Transfer {
  /** The upload's address, once the site has given it one. */
  #place = "";
  #chunk = 0;
  #offset = 0;
  /** Whether the site has to be asked how much it has. */
  #unsure = false;
  #begun = 0;
  #wake = () => {};

  constructor(
    private file: File,
    private watch: Watch,
  ) {}

  /** Sends what is not there yet. May be called again after it failed. */
  async run(signal: AbortSignal): Promise<Taken> {
    let [tries, reached] = [0, this.#offset];
    this.#begun = 0;
    for (;;) {
      try {
        const answer = await this.#attempt(signal);
        if (answer) return answer;
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof Cut)) throw error;
        if (this.#offset > reached) [tries, reached] = [0, this.#offset];
        const pause = PAUSES[tries];
        if (pause === undefined) throw error;
        this.#unsure = true;
        this.watch(error.state, this.#offset);
        // Nothing was tried where there is no line at all, and whoever names a time is not counted out.
        if (navigator.onLine && error.wait === undefined) tries++;
        await this.#pause(error.wait ?? pause, signal);
      }
    }
  }

  /** Tries at once what waits. */
  wake(): void {
    this.#wake();
  }

  /** Lets the site forget it. */
  drop(): void {
    if (this.#place) fetch(this.#place, { method: "DELETE", keepalive: true }).catch(() => {});
    this.#place = "";
  }

  async #attempt(signal: AbortSignal): Promise<Taken | undefined> {
    if (!this.#place) await this.#begin(signal);
    else if (this.#unsure) {
      const answer = await this.#ask(signal);
      if (answer) return answer;
      this.watch("resumed", this.#offset);
    }
    this.#unsure = false;
    return this.#sendAll(signal);
  }

  async #begin(signal: AbortSignal): Promise<void> {
    // Sent whole twice and lost twice: a third time would be no different.
    if (this.#begun > 1) throw new Refused("The site lost this upload. Try again in a moment.", true);
    const { name, size, type } = this.file;
    const response = await this.#fetch("/uploads", signal, {
      method: "POST",
      body: JSON.stringify({ name, size, type }),
      headers: { "Content-Type": "application/json" },
    });
    const { url, chunk } = await response.json();
    this.#begun++;
    this.#place = url;
    this.#chunk = chunk;
    this.#offset = 0;
  }

  /** How much has arrived; the answer, if all has and only the answer was lost. */
  async #ask(signal: AbortSignal): Promise<Taken | undefined> {
    const response = await this.#fetch(this.#place, signal, {});
    this.#offset = Number(response.headers.get("Upload-Offset") ?? 0);
    return response.headers.get("Upload-Complete") === "?1" ? response.json() : undefined;
  }

  async #fetch(address: string, signal: AbortSignal, init: RequestInit): Promise<Response> {
    const response = await fetch(address, {
      ...init,
      signal,
      headers: { Accept: "application/json", ...init.headers },
    }).catch(() => {
      throw new Cut();
    });
    if (!response.ok)
      this.#refuse(response.status, await response.json().catch(() => ({})), response.headers.get("Retry-After"));
    return response;
  }

  async #sendAll(signal: AbortSignal): Promise<Taken | undefined> {
    for (;;) {
      const request = await this.#part(signal);
      const offset = Number(request.getResponseHeader("Upload-Offset") ?? Number.NaN);
      if (request.status === 200) return request.response;
      if (request.status === 204 || request.status === 409) this.#offset = offset;
      else this.#refuse(request.status, request.response ?? {}, request.getResponseHeader("Retry-After"));
      // Complete already: the answer was lost on its way here.
      if (request.status === 409 && offset === this.file.size) this.#unsure = true;
      if (this.#unsure) return undefined;
    }
  }

  /** One part. fetch cannot tell how much of a body has left. */
  #part(signal: AbortSignal): Promise<XMLHttpRequest> {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      const end = Math.min(this.#offset + this.#chunk, this.file.size);
      let timer: ReturnType<typeof setTimeout>;
      const expect = (milliseconds: number) => {
        clearTimeout(timer);
        timer = setTimeout(stop, milliseconds);
      };
      const stop = () => request.abort();
      request.open("PATCH", this.#place);
      request.setRequestHeader("Accept", "application/json");
      request.setRequestHeader("Content-Type", "application/partial-upload");
      request.setRequestHeader("Upload-Offset", String(this.#offset));
      request.responseType = "json";
      request.upload.addEventListener("progress", (event) => {
        expect(STALLED);
        this.watch("sending", this.#offset + event.loaded);
      });
      request.upload.addEventListener("load", () => {
        expect(PATIENCE);
        if (end === this.file.size) this.watch("preparing", end);
      });
      request.addEventListener("load", () => resolve(request));
      request.addEventListener("error", () => reject(new Cut()));
      request.addEventListener("abort", () => reject(new Cut()));
      request.addEventListener("loadend", () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", stop);
      });
      signal.addEventListener("abort", stop);
      expect(STALLED);
      this.watch("sending", this.#offset);
      request.send(this.file.slice(this.#offset, end));
    });
  }

  /** Never returns: whatever the site said, it was no. */
  #refuse(status: number, said: { error?: string; fields?: Record<string, string> }, after: string | null): never {
    if (status === 429) throw new Cut("busy", 1000 * Number(after ?? 5));
    if (status >= 500 && status !== 507) throw new Cut("busy");
    if (status === 404 || status === 410) {
      this.#place = "";
      throw new Cut("busy", 0);
    }
    // A file that is none is forgotten by the site.
    if (status === 422 || status === 413) this.#place = "";
    if (status === 401) throw new Refused(SIGNED_OUT, true);
    const [field] = Object.values(said.fields ?? {});
    // Many pictures may wait, a disk may be full: only what is said of the file itself is final.
    const final = (status === 422 || status === 413) && !/yours again|try again/i.test(field ?? "");
    throw new Refused(field ?? said.error ?? "The site could not take this file. Try again in a moment.", !final);
  }

  #pause(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        removeEventListener("online", done);
        signal.removeEventListener("abort", done);
        this.#wake = () => {};
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      addEventListener("online", done);
      signal.addEventListener("abort", done);
      this.#wake = done;
    });
  }
}
