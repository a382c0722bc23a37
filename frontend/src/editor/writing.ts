// The text itself: a Tiptap editor over the textarea, with toolbar, pictures, and a line of figures.
import { Editor, getSchema } from "@tiptap/core";
import { DOMParser as Reader } from "@tiptap/pm/model";
import { NodeSelection } from "@tiptap/pm/state";
import { element } from "../element";
import type { Limits } from "../uploads/taken";
import { editLink } from "./dialogs/link";
import { addFiles, addFromLibrary, describe } from "./dialogs/picture";
import { extensions } from "./extensions";
import { initialContent } from "./initial";
import { markdown } from "./markdown/blocks";
import { isAlbum } from "./nodes/embed";
import type { Picture } from "./nodes/figure";
import { clean } from "./paste/clean";
import { isProvider } from "./providers";
import { Toolbar } from "./toolbar/toolbar";

const WORDS_A_MINUTE = 230;

export class Writing {
  readonly root = element("div", { className: "editor" });
  readonly editor: Editor;
  #toolbar: Toolbar;
  #figures = element("p", { className: "editor-figures meta" });
  #stale = false;

  constructor(
    private textarea: HTMLTextAreaElement,
    /** What may be sent, as the file chooser and as the site say it. */
    private takes: { accept: string; limits: Limits },
    private onChange: () => void,
  ) {
    const page = element("div", { className: "editor-page" });
    const id = `${textarea.id || "body"}-editor`;
    const list = extensions({
      onEdit: (picture, update) => describe(picture).then((changed) => changed && update(changed)),
    });
    const start = Reader.fromSchema(getSchema(list)).parse(initialContent(textarea.parentElement!, textarea.value), {
      preserveWhitespace: true,
    });
    this.editor = new Editor({
      element: page,
      injectCSS: false,
      // Pasted stars stay stars; only addresses become links.
      enablePasteRules: ["link"],
      extensions: list,
      content: start.toJSON(),
      editorProps: {
        attributes: { id, class: "prose", role: "textbox", "aria-multiline": "true", ...this.#naming() },
        transformPastedHTML: clean,
        handlePaste: (_view, event) => this.#pasted(event),
        handleDrop: (view, event, _slice, moved) =>
          !moved && this.#dropped(event, view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos),
        handleKeyDown: (_view, event) => this.#key(event),
      },
    });
    this.#toolbar = new Toolbar(
      this.editor,
      id,
      () => this.#chooseFiles(),
      () => this.#chooseFromLibrary(),
    );
    this.root.append(this.#toolbar.root, page, this.#figures);
    this.editor.on("transaction", () => this.#toolbar.refresh());
    this.editor.on("update", () => this.#updated());
    this.#count();
  }

  /** Writes what stands in the editor into the textarea. */
  flush(): void {
    if (!this.#stale) return;
    this.#stale = false;
    this.textarea.value = markdown(this.editor.state.doc);
  }

  destroy(): void {
    this.flush();
    this.editor.destroy();
    this.root.remove();
  }

  #naming(): Record<string, string> {
    const label = this.textarea.labels?.[0];
    if (label) label.id ||= `${this.textarea.id}-label`;
    const described = this.textarea.getAttribute("aria-describedby");
    return {
      ...(label ? { "aria-labelledby": label.id } : { "aria-label": "Story" }),
      ...(described ? { "aria-describedby": described } : {}),
      ...(this.textarea.ariaInvalid === "true" ? { "aria-invalid": "true" } : {}),
      ...(this.textarea.dir ? { dir: this.textarea.dir } : {}),
    };
  }

  #updated(): void {
    this.#stale = true;
    this.#count();
    this.onChange();
  }

  #count(): void {
    const words: number = this.editor.storage.characterCount.words();
    const minutes = Math.max(1, Math.ceil(words / WORDS_A_MINUTE));
    this.#figures.textContent = `${words.toLocaleString("en")} ${words === 1 ? "word" : "words"}, ${minutes} min read`;
  }

  #key(event: KeyboardEvent): boolean {
    if (event.altKey && event.key === "F10") this.#toolbar.focus();
    else if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k")
      editLink(this.editor);
    else return false;
    event.preventDefault();
    return true;
  }

  #pasted(event: ClipboardEvent): boolean {
    const data = event.clipboardData;
    const files = [...(data?.files ?? [])];
    // Programs that copy text bring a picture of it along: the text is what is meant.
    if (files.length && !/<(p|table|li|span)\b/i.test(data?.getData("text/html") ?? "")) {
      this.#add(files);
      return true;
    }
    const text = data?.getData("text/plain").trim() ?? "";
    const { $from, empty } = this.editor.state.selection;
    if (!empty || $from.parent.content.size > 0 || $from.parent.type.name !== "paragraph") return false;
    if (!isProvider(text) && !isAlbum(text)) return false;
    return this.editor.commands.insertContent({ type: "embed", attrs: { url: text } });
  }

  #dropped(event: DragEvent, position?: number): boolean {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return false;
    event.preventDefault();
    this.#add(files, position);
    return true;
  }

  #chooseFiles(): void {
    const input = element("input", { type: "file", accept: this.takes.accept, multiple: true });
    input.addEventListener("change", () => this.#add([...(input.files ?? [])]));
    input.click();
  }

  async #chooseFromLibrary(): Promise<void> {
    const picture = await addFromLibrary();
    if (!this.editor.isDestroyed) this.#insert(picture);
  }

  /** One dialog after the other, so that each file gets its words. */
  async #add(files: File[], position?: number): Promise<void> {
    for await (const picture of addFiles(files, this.takes.limits)) {
      if (this.editor.isDestroyed) return;
      const before = this.editor.state.doc.content.size;
      this.#insert(picture, position);
      if (position !== undefined) position += this.editor.state.doc.content.size - before;
    }
  }

  #insert(picture: Picture | null, position?: number): void {
    const chain = this.editor.chain().focus();
    const content = { type: "figure", attrs: { ...picture } };
    const { doc, selection } = this.editor.state;
    // What was added last is selected: the next one stands after it and not in its place.
    const at = position ?? (selection instanceof NodeSelection ? selection.to : undefined);
    if (!picture) chain.run();
    else if (at === undefined) chain.insertContent(content).run();
    else chain.insertContentAt(Math.min(at, doc.content.size), content).run();
  }
}
