// Tables as GFM knows them: a header row, cells of one paragraph, alignment by column.
import { Extension, Node } from "@tiptap/core";
import type { Node as ProseNode, Schema } from "@tiptap/pm/model";
import { TextSelection } from "@tiptap/pm/state";
import { goToNextCell, isInTable, tableEditing } from "@tiptap/pm/tables";

const cellAttributes = () => ({
  colspan: { default: 1, parseHTML: () => 1, rendered: false },
  rowspan: { default: 1, parseHTML: () => 1, rendered: false },
  colwidth: { default: null, parseHTML: () => null, rendered: false },
  align: {
    default: null,
    parseHTML: readAlign,
    renderHTML: ({ align }: { align: string | null }) => (align ? { class: `align-${align}` } : {}),
  },
});

function readAlign(element: HTMLElement): string | null {
  const align = element.getAttribute("align") ?? element.className;
  return /^(?:align-)?(left|center|right)$/.exec(align)?.[1] ?? null;
}

/** A node that prosemirror-tables knows by its role. */
function tableNode(name: string, role: string, content: string, tag: string, rest = {}) {
  return Node.create({
    name,
    content,
    isolating: true,
    extendNodeSchema: (extension) => (extension.name === name ? { tableRole: role } : {}),
    parseHTML: () => [{ tag }],
    renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0],
    ...rest,
  });
}

export const Table = tableNode("table", "table", "tableRow+", "table", {
  group: "block",
  renderHTML: () => ["table", {}, ["tbody", 0]],
  addProseMirrorPlugins: () => [tableEditing()],
});
export const TableRow = tableNode("tableRow", "row", "(tableCell | tableHeader)*", "tr", { isolating: false });
export const TableCell = tableNode("tableCell", "cell", "paragraph", "td", { addAttributes: cellAttributes });
export const TableHeader = tableNode("tableHeader", "header_cell", "paragraph", "th", {
  addAttributes: cellAttributes,
});

export const TableKeys = Extension.create({
  name: "tableKeys",
  priority: 200,
  addKeyboardShortcuts() {
    return {
      Tab: ({ editor }) => isInTable(editor.state) && goToNextCell(1)(editor.state, editor.view.dispatch),
      "Shift-Tab": ({ editor }) => isInTable(editor.state) && goToNextCell(-1)(editor.state, editor.view.dispatch),
      // A cell is one line: Enter goes to the cell below, or out of the table from its last row.
      Enter: ({ editor }) => {
        if (!isInTable(editor.state)) return false;
        const { $from } = editor.state.selection;
        const after = $from.after(depthOf($from, "table"));
        return editor.commands.command(({ tr, dispatch }) => {
          if (after >= tr.doc.content.size) tr.insert(after, tr.doc.type.schema.nodes.paragraph!.create());
          dispatch?.(tr.setSelection(TextSelection.near(tr.doc.resolve(after), 1)).scrollIntoView());
          return true;
        });
      },
    };
  },
});

function depthOf($from: { depth: number; node(depth: number): ProseNode }, name: string): number {
  let depth = $from.depth;
  while (depth > 0 && $from.node(depth).type.name !== name) depth--;
  return depth;
}

/** An empty table of three columns: a header row and two more. */
export function emptyTable(schema: Schema): ProseNode {
  const { table, tableRow, tableCell, tableHeader } = schema.nodes;
  const row = (type: typeof tableCell) =>
    tableRow!.create(
      null,
      Array.from({ length: 3 }, () => type!.createAndFill()!),
    );
  return table!.create(null, [row(tableHeader), row(tableCell), row(tableCell)]);
}
