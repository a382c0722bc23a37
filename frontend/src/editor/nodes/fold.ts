// A fold: a title that opens and closes what is under it. It stands at the top level or in another fold.
import { Node } from "@tiptap/core";
import { TextSelection } from "@tiptap/pm/state";

export const Fold = Node.create({
  name: "fold",
  group: "top",
  content: "foldTitle (block | top)+",
  defining: true,
  isolating: true,

  parseHTML() {
    return [{ tag: "details" }, { tag: "div[data-fold]" }];
  },

  renderHTML() {
    return ["div", { "data-fold": "" }, 0];
  },
});

export const FoldTitle = Node.create({
  name: "foldTitle",
  content: "text*",
  marks: "",
  defining: true,
  isolating: true,

  parseHTML() {
    return [{ tag: "summary" }, { tag: "p[data-fold-title]", priority: 60 }];
  },

  renderHTML() {
    return ["p", { "data-fold-title": "" }, 0];
  },

  addKeyboardShortcuts() {
    return {
      // Enter in the title goes on in the text under it.
      Enter: ({ editor }) => {
        const { $from } = editor.state.selection;
        if ($from.parent.type.name !== this.name) return false;
        return editor.commands.command(({ tr, dispatch }) => {
          dispatch?.(tr.setSelection(TextSelection.near(tr.doc.resolve($from.after()), 1)));
          return true;
        });
      },
      // Backspace at the start of an empty title takes the fold away and keeps its text.
      Backspace: ({ editor }) => {
        const { $from, empty } = editor.state.selection;
        if (!empty || $from.parent.type.name !== this.name || $from.parentOffset > 0 || $from.parent.content.size > 0)
          return false;
        return editor.commands.command(({ tr, dispatch }) => {
          const fold = $from.node(-1);
          const start = $from.before(-1);
          dispatch?.(tr.replaceWith(start, start + fold.nodeSize, fold.children.slice(1)));
          return true;
        });
      },
    };
  },
});
