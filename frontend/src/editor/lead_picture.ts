// The picture above the story: sent as soon as it is chosen, dropped or pasted, and its words are read from its file.
import { element } from "../element";
import type { Taken } from "../uploads/taken";
import type { TakenEvent, UploadTray } from "../uploads/tray";
import { focalPoint } from "./focal_point";
import { askFor, offerWords } from "./words_of_file";

const ASK = "Say in a few words what the picture shows, for people who cannot see it.";

export class LeadPicture {
  #focal?: HTMLElement;

  constructor(
    private fieldset: HTMLFieldSetElement,
    signal: AbortSignal,
  ) {
    const on = (name: string, heard: (event: Event) => void) => fieldset.addEventListener(name, heard, { signal });
    on("upload:taken", (event) => this.#taken((event as TakenEvent).detail.taken));
    on("dragover", (event) => (event as DragEvent).dataTransfer?.types.includes("Files") && event.preventDefault());
    on("drop", (event) => this.#given(event, (event as DragEvent).dataTransfer));
    on("paste", (event) => this.#given(event, (event as ClipboardEvent).clipboardData));
    const { key, focus } = this.#kept.dataset;
    const image = this.#kept.querySelector<HTMLImageElement>("picture img");
    if (key && focus && image) {
      const [x = 50, y = 50] = focus.split(" ").map(Number);
      this.#offerFocus(key, image.src, { x, y });
    }
  }

  /** Leaves the form as the server sent it, with the picture that was taken meanwhile. */
  end(): void {
    this.#focal?.remove();
  }

  get #kept(): HTMLElement {
    return this.fieldset.querySelector<HTMLElement>(".lead-kept")!;
  }

  #field(name: string): HTMLInputElement | null {
    return this.fieldset.querySelector(`[name="${name}"]`);
  }

  /** The tray takes what falls on it by itself; this is for the rest of the field. */
  #given(event: Event, data: DataTransfer | null): void {
    if (event.defaultPrevented || !data?.files.length) return;
    event.preventDefault();
    this.fieldset.querySelector<UploadTray>("upload-tray")?.add(data.files);
  }

  #taken(taken: Taken): void {
    const src = taken.small ?? taken.url;
    this.#kept.querySelector(":scope > :is(.shown, img)")?.remove();
    this.#kept.prepend(element("img", { src, alt: taken.alt, width: taken.width, height: taken.height }));
    this.#kept.hidden = false;
    const without = this.#field("without_picture");
    if (without) without.checked = false;
    offerWords([
      [this.#field("picture_alt"), taken.alt],
      [this.#field("picture_caption"), taken.caption],
      [this.#field("picture_credit"), taken.credit],
    ]);
    askFor(this.#field("picture_alt"), ASK);
    this.#offerFocus(taken.key, src, taken.focus);
    // The form hears of it and saves.
    this.#field("picture_id")?.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #offerFocus(key: string, src: string, focus: Taken["focus"]): void {
    this.#focal?.remove();
    this.#focal = focalPoint(key, src, focus);
    this.#kept.append(this.#focal);
  }
}
