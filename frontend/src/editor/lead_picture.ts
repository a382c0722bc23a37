// The picture above the story: sent as soon as it is chosen, dropped or pasted, or taken from the library.
import { element } from "../element";
import { icon } from "../icons";
import type { Taken } from "../uploads/taken";
import type { TakenEvent, UploadTray } from "../uploads/tray";
import { chooseFrom, type Item } from "./dialogs/library";
import { focalPoint } from "./focal_point";
import { askFor, FROM_FILE, offerWords } from "./words_of_file";

const ASK = "Say in a few words what the picture shows, for people who cannot see it.";

const FROM_LIBRARY = "From your library. Is it right here?";

type Shown = Item & Pick<Taken, "focus">;

export class LeadPicture {
  #focal?: HTMLElement;
  #choose: HTMLElement;
  /** The tray puts the new key into its field before it tells: this is the one before. */
  #key: string;

  constructor(
    private fieldset: HTMLFieldSetElement,
    signal: AbortSignal,
  ) {
    const on = (name: string, heard: (event: Event) => void) => fieldset.addEventListener(name, heard, { signal });
    on("upload:taken", (event) => this.#shows((event as TakenEvent).detail.taken, FROM_FILE));
    on("dragover", (event) => (event as DragEvent).dataTransfer?.types.includes("Files") && event.preventDefault());
    on("drop", (event) => this.#given(event, (event as DragEvent).dataTransfer));
    on("paste", (event) => this.#given(event, (event as ClipboardEvent).clipboardData));
    this.#choose = this.#offerLibrary();
    this.#key = this.#field("picture_id")?.value ?? "";
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
    this.#choose.remove();
  }

  #offerLibrary(): HTMLElement {
    const button = element(
      "button",
      { type: "button", className: "button small" },
      icon("library"),
      "From your library",
    );
    button.addEventListener("click", async () => {
      const item = await chooseFrom("pictures");
      if (item) this.#shows({ focus: { x: 50, y: 50 }, ...item }, FROM_LIBRARY);
    });
    const line = element("p", { className: "actions" }, button);
    this.fieldset.querySelector("upload-tray")?.after(line);
    return line;
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

  /** What is shown from now on: sent just now, or taken from the library. */
  #shows(picture: Shown, origin: string): void {
    const src = picture.small ?? picture.url;
    this.#kept.querySelector(":scope > :is(.shown, img)")?.remove();
    this.#kept.prepend(element("img", { src, alt: picture.alt, width: picture.width, height: picture.height }));
    this.#kept.hidden = false;
    const without = this.#field("without_picture");
    if (without) without.checked = false;
    offerWords(
      [
        [this.#field("picture_alt"), picture.alt],
        [this.#field("picture_caption"), picture.caption],
        [this.#field("picture_credit"), picture.credit],
      ],
      { note: origin, replaces: this.#key !== "" && this.#key !== picture.key },
    );
    this.#key = picture.key;
    askFor(this.#field("picture_alt"), ASK);
    this.#offerFocus(picture.key, src, picture.focus);
    const kept = this.#field("picture_id")!;
    kept.value = picture.key;
    // The form hears of it and saves.
    kept.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #offerFocus(key: string, src: string, focus: Taken["focus"]): void {
    this.#focal?.remove();
    this.#focal = focalPoint(key, src, focus);
    this.#kept.append(this.#focal);
  }
}
