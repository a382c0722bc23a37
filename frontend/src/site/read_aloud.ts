// <read-aloud></read-aloud> on a story: the device's own voice reads headline, standfirst and body, each part in its own
// language. It stays empty where the device has no voice.
import { element } from "../element";
import { icon } from "../icons";

/** Some voices fall silent in the middle of anything longer. */
const MOST = 280;

interface Piece {
  words: string;
  language: string;
}

export class ReadAloud extends HTMLElement {
  #toggle = element("button", { type: "button", className: "button small" });
  #stop = element("button", { type: "button", className: "button small", hidden: true }, icon("square"), "Stop");
  #queue: Piece[] = [];
  #state: "silent" | "speaking" | "paused" = "silent";
  #end = new AbortController();

  connectedCallback(): void {
    if (!("speechSynthesis" in window)) return;
    this.#end = new AbortController();
    const { signal } = this.#end;
    speechSynthesis.addEventListener("voiceschanged", () => this.#offer(), { signal });
    window.addEventListener("pagehide", () => this.#silence(), { signal });
    this.#toggle.addEventListener("click", () => this.#press(), { signal });
    this.#stop.addEventListener(
      "click",
      () => {
        this.#silence();
        this.#toggle.focus();
      },
      { signal },
    );
    this.#offer();
  }

  disconnectedCallback(): void {
    this.#end.abort();
    if (this.#state !== "silent") this.#silence();
    this.replaceChildren();
  }

  #offer(): void {
    if (this.childElementCount || !speechSynthesis.getVoices().length) return;
    this.#show("silent");
    this.append(this.#toggle, this.#stop);
  }

  #press(): void {
    if (this.#state === "speaking") {
      speechSynthesis.pause();
      this.#show("paused");
    } else if (this.#state === "paused") {
      speechSynthesis.resume();
      this.#show("speaking");
    } else {
      speechSynthesis.cancel();
      this.#queue = pieces(this.closest("article"));
      this.#show("speaking");
      this.#next();
    }
  }

  #next(): void {
    const piece = this.#queue.shift();
    if (!piece) {
      this.#silence();
      return;
    }
    const said = new SpeechSynthesisUtterance(piece.words);
    said.lang = piece.language;
    const run = this.#queue;
    // What ends because it was cancelled, or belongs to an earlier reading, has no next.
    said.onend = () => run === this.#queue && this.#state !== "silent" && this.#next();
    said.onerror = () => run === this.#queue && this.#state !== "silent" && this.#silence();
    speechSynthesis.speak(said);
  }

  #silence(): void {
    this.#queue = [];
    this.#show("silent");
    // A paused voice does not cancel in every browser.
    speechSynthesis.resume();
    speechSynthesis.cancel();
  }

  #show(state: "silent" | "speaking" | "paused"): void {
    this.#state = state;
    const [name, words] = { silent: ["volume-2", "Listen"], speaking: ["pause", "Pause"], paused: ["play", "Go on"] }[
      state
    ] as [string, string];
    this.#toggle.replaceChildren(icon(name), words);
    this.#stop.hidden = state === "silent";
  }
}

/** What is read of a story, in its order, in pieces that every voice can hold. */
function pieces(story: Element | null): Piece[] {
  const parts = story?.querySelectorAll<HTMLElement>(
    "h1, header > .standfirst, .prose > :not(figure, table, pre, hr, nav), .prose > figure > figcaption",
  );
  return [...(parts ?? [])].flatMap((part) => {
    const language = part.closest<HTMLElement>("[lang]")?.lang ?? "";
    return cut(part.innerText, language).map((words) => ({ words, language }));
  });
}

/** Sentence by sentence, several together while they are short. */
export function cut(text: string, language: string): string[] {
  const cut: string[] = [];
  for (const { segment } of new Intl.Segmenter(language || undefined, { granularity: "sentence" }).segment(text)) {
    const sentence = segment.replace(/\s+/g, " ").trim();
    const last = cut.at(-1);
    if (!sentence) continue;
    if (last !== undefined && last.length + sentence.length < MOST) cut[cut.length - 1] = `${last} ${sentence}`;
    else cut.push(sentence);
  }
  return cut;
}
