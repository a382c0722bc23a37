// <reading-time data-post> stands where a story's words end: notices how long the story is read and whether its end is
// seen, and tells the site when the page is put away. Only time counts in which the page is visible and its reader has
// done something lately. It keeps nothing, and says nothing for readers who asked not to be followed.

const TICK = 1000;
/** Somebody who has not moved for so long, in milliseconds, has gone for coffee. */
const AWAY = 30_000;
const SIGNS = ["scroll", "pointermove", "pointerdown", "keydown", "touchmove"];

export class ReadingTime extends HTMLElement {
  #seconds = 0;
  #ended = false;
  #told = "";
  #moved = 0;
  #stop = new AbortController();

  connectedCallback(): void {
    if (declined() || document.documentElement.hasAttribute("data-turbo-preview")) return;
    this.#stop = new AbortController();
    this.#seconds = 0;
    this.#ended = false;
    this.#told = "";
    const { signal } = this.#stop;
    const moved = () => {
      this.#moved = performance.now();
    };
    moved();
    for (const sign of SIGNS) addEventListener(sign, moved, { passive: true, capture: true, signal });
    const clock = setInterval(() => this.#tick(), TICK);
    signal.addEventListener("abort", () => clearInterval(clock));
    // A phone ends a page that is out of sight without another word, so it is told each time.
    document.addEventListener("visibilitychange", () => document.hidden && this.#tell(), { signal });
    addEventListener("pagehide", () => this.#tell(), { signal });
  }

  disconnectedCallback(): void {
    if (this.#stop.signal.aborted) return;
    this.#tell();
    this.#stop.abort();
  }

  #tick(): void {
    if (document.hidden || performance.now() - this.#moved > AWAY) return;
    this.#seconds += 1;
    this.#ended ||= this.getBoundingClientRect().top < innerHeight;
  }

  #tell(): void {
    const words = `seconds=${this.#seconds}&end=${this.#ended ? 1 : 0}`;
    if (this.#seconds === 0 || words === this.#told) return;
    if (navigator.sendBeacon(`/posts/${this.dataset.post}/reading`, new URLSearchParams(words))) this.#told = words;
  }
}

function declined(): boolean {
  const wishes = navigator as Navigator & { globalPrivacyControl?: boolean };
  return wishes.globalPrivacyControl === true || navigator.doNotTrack === "1";
}
