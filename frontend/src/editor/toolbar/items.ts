// What the toolbar offers, in order. Only what the Markdown of a story can say.
import type { Editor } from "@tiptap/core";
import { addColumnAfter, addRowAfter, deleteColumn, deleteRow, deleteTable, isInTable } from "@tiptap/pm/tables";
import { addEmbed } from "../dialogs/embed";
import { editLink } from "../dialogs/link";
import { emptyTable } from "../nodes/table";

export interface Item {
  name: string;
  label: string;
  /** An icon's name; without one the label is written out. */
  icon?: string;
  /** As people write it ("Ctrl+B"); "Ctrl" is shown as ⌘ on a Mac. */
  keys?: string;
  run: (editor: Editor) => unknown;
  /** For what is on or off at the caret. */
  active?: (editor: Editor) => boolean;
  enabled?: (editor: Editor) => boolean;
  shown?: (editor: Editor) => boolean;
}

const mark = (name: string, label: string, icon: string, keys: string): Item => ({
  name,
  label,
  icon,
  keys,
  run: (editor) => editor.chain().focus().toggleMark(name).run(),
  active: (editor) => editor.isActive(name),
});

const heading = (level: 2 | 3 | 4, label: string): Item => ({
  name: `heading-${level}`,
  label,
  icon: `heading-${level}`,
  keys: `Ctrl+Alt+${level}`,
  run: (editor) => editor.chain().focus().toggleHeading({ level }).run(),
  active: (editor) => editor.isActive("heading", { level }),
});

const inTable = (editor: Editor) => isInTable(editor.state);
const table = (name: string, label: string, command: typeof addRowAfter): Item => ({
  name,
  label,
  shown: inTable,
  run: (editor) => {
    command(editor.state, editor.view.dispatch);
    editor.commands.focus();
  },
});

/** Groups are set apart by a space. `addPictures` opens the file chooser, `addFromLibrary` the author's library. */
export function groups(addPictures: () => void, addFromLibrary: () => void): Item[][] {
  return [
    [
      mark("bold", "Bold", "bold", "Ctrl+B"),
      mark("italic", "Italic", "italic", "Ctrl+I"),
      mark("strike", "Strikethrough", "strikethrough", "Ctrl+Shift+S"),
      mark("code", "Code", "code", "Ctrl+E"),
      {
        name: "link",
        label: "Link",
        icon: "link",
        keys: "Ctrl+K",
        run: editLink,
        active: (editor) => editor.isActive("link"),
      },
    ],
    [heading(2, "Heading"), heading(3, "Smaller heading"), heading(4, "Smallest heading")],
    [
      {
        name: "bulletList",
        label: "List",
        icon: "list",
        keys: "Ctrl+Shift+8",
        run: (editor) => editor.chain().focus().toggleBulletList().run(),
        active: (editor) => editor.isActive("bulletList"),
      },
      {
        name: "orderedList",
        label: "Numbered list",
        icon: "list-ordered",
        keys: "Ctrl+Shift+7",
        run: (editor) => editor.chain().focus().toggleOrderedList().run(),
        active: (editor) => editor.isActive("orderedList"),
      },
      {
        name: "blockquote",
        label: "Quotation",
        icon: "quote",
        keys: "Ctrl+Shift+B",
        run: (editor) => editor.chain().focus().toggleBlockquote().run(),
        active: (editor) => editor.isActive("blockquote"),
      },
      {
        name: "codeBlock",
        label: "Block of code",
        icon: "square-code",
        keys: "Ctrl+Alt+C",
        run: (editor) => editor.chain().focus().toggleCodeBlock().run(),
        active: (editor) => editor.isActive("codeBlock"),
      },
    ],
    [
      { name: "picture", label: "Picture or recording", icon: "image", run: addPictures },
      { name: "library", label: "From your library", icon: "library", run: addFromLibrary },
      { name: "embed", label: "Card for a video or post", icon: "square-play", run: addEmbed },
      { name: "table", label: "Table", icon: "table", run: insertTable, enabled: (editor) => !inTable(editor) },
      { name: "fold", label: "Fold", icon: "fold-vertical", run: insertFold, enabled: (editor) => !inTable(editor) },
      {
        name: "rule",
        label: "Break between parts",
        icon: "minus",
        run: (editor) => editor.chain().focus().setHorizontalRule().run(),
      },
    ],
    [
      {
        name: "undo",
        label: "Undo",
        icon: "undo-2",
        keys: "Ctrl+Z",
        run: (editor) => editor.chain().focus().undo().run(),
        enabled: (editor) => editor.can().undo(),
      },
      {
        name: "redo",
        label: "Redo",
        icon: "redo-2",
        keys: "Ctrl+Y",
        run: (editor) => editor.chain().focus().redo().run(),
        enabled: (editor) => editor.can().redo(),
      },
    ],
    [
      table("row", "Add row", addRowAfter),
      table("column", "Add column", addColumnAfter),
      table("row-gone", "Remove row", deleteRow),
      table("column-gone", "Remove column", deleteColumn),
      table("table-gone", "Remove table", deleteTable),
    ],
  ];
}

function insertTable(editor: Editor): void {
  const { from } = editor.state.selection;
  editor
    .chain()
    .focus()
    .insertContent(emptyTable(editor.schema).toJSON())
    .setTextSelection(from + 3)
    .run();
}

function insertFold(editor: Editor): void {
  const content = [{ type: "foldTitle" }, { type: "paragraph" }];
  const { $from } = editor.state.selection;
  const at = $from.depth ? $from.after(1) : $from.pos;
  editor
    .chain()
    .focus()
    .insertContentAt(at, { type: "fold", content })
    .setTextSelection(at + 2)
    .run();
}
