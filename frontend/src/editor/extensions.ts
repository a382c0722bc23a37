// What a story's body can hold: exactly what the Markdown of the site can say, no more.
import type { Extensions } from "@tiptap/core";
import { Node } from "@tiptap/core";
import { Code } from "@tiptap/extension-code";
import { CharacterCount, Placeholder } from "@tiptap/extensions";
import StarterKit from "@tiptap/starter-kit";
import { Embed } from "./nodes/embed";
import { Figure, type FigureOptions } from "./nodes/figure";
import { Fold, FoldTitle } from "./nodes/fold";
import { Table, TableCell, TableHeader, TableKeys, TableRow } from "./nodes/table";

const Document = Node.create({ name: "doc", topNode: true, content: "(block | top)+" });

export function extensions(options: Partial<FigureOptions> = {}): Extensions {
  return [
    Document,
    StarterKit.configure({
      document: false,
      underline: false,
      code: false,
      heading: { levels: [2, 3, 4] },
      link: {
        openOnClick: false,
        defaultProtocol: "https",
        protocols: ["mailto"],
        HTMLAttributes: { rel: null, target: null },
      },
    }),
    Placeholder.configure({
      showOnlyCurrent: false,
      placeholder: ({ node }) => (node.type.name === "foldTitle" ? "Title of the fold" : ""),
    }),
    CharacterCount,
    // A link may hold code, and code may be bold.
    Code.extend({ excludes: "" }),
    Figure.configure(options),
    Fold,
    FoldTitle,
    Embed,
    Table,
    TableRow,
    TableHeader,
    TableCell,
    TableKeys,
  ];
}
