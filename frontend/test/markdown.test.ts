import "./dom";
import assert from "node:assert/strict";
import { test } from "node:test";
import { getSchema } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { extensions } from "../src/editor/extensions";
import { markdown } from "../src/editor/markdown/blocks";
import { blocks, html, inlineText } from "./reader";

const schema = getSchema(extensions());
type Json = { type: string; text?: string; attrs?: object; marks?: object[]; content?: Json[] };

const doc = (...content: Json[]): Node => schema.nodeFromJSON({ type: "doc", content });
const node = (type: string, ...content: Json[]): Json => ({ type, content });
const text = (value: string, ...marks: string[]): Json => ({
  type: "text",
  text: value,
  marks: marks.map((type) => ({ type })),
});
const paragraph = (...content: (Json | string)[]): Json =>
  node("paragraph", ...content.map((one) => (typeof one === "string" ? text(one) : one)));
const br: Json = { type: "hardBreak" };

const NASTY = [
  "“Quotes” and ‘single’ ones — with dashes – and an ellipsis…",
  "5 * 3 * 2 = 30 and 2*3*4, **not bold**, *not italic*",
  "snake_case_name, _under_, __double__, a_b, _x",
  "# not a heading",
  "###### six",
  "#hashtag stays",
  "## ",
  "####### seven",
  "1. not a list",
  "12) nor this",
  "1.5 is a number",
  "- dash",
  "-5 degrees",
  "+ plus",
  "+5",
  "* star",
  "---",
  "- - -",
  "***",
  "___",
  "===",
  "=",
  "--",
  "> not a quote",
  "+++ not a fold",
  "+++",
  "+++x",
  "``` not code",
  "~~~ nor this",
  "`code`",
  "``",
  "a`b",
  "~~gone~~",
  "~a~",
  "[link](https://example.org)",
  "![picture](/media/x.webp)",
  "[ref]: https://example.org",
  "[x]",
  "!",
  "wow![",
  "a!",
  "<b>html</b> & <script>alert(1)</script>",
  "a < b > c",
  "AT&T &amp; &copy; &#35; &nope;",
  "&",
  "a & b",
  "back\\slash \\* end\\",
  "\\",
  "\\\\",
  "C:\\temp",
  "| a | b |",
  "a | b",
  "|---|---|",
  ":---",
  "  two spaces before",
  "two after  ",
  "\ttab",
  "a  b   c",
  "\u00a0nbsp\u00a0inside\u00a0",
  "\u00a0",
  "$5 and $6^2",
  "100% :smile: (c) (tm) -- ...",
  "foo@example.org",
  "\"straight\" 'quotes'",
  "日本語のテキスト",
  "مرحبا بالعالم",
  "😀 emoji 👨‍👩‍👧",
  "é vs e\u0301",
  "https://example.org/a_b_c",
  "https://example.org/_a_?x=*y*&copy=1",
  "www.example.org/_x_",
  "http://a.example/~user",
  "*",
  "_",
  "#",
  ">",
  "<",
  "-",
  "+",
  "1.",
  "1)",
  "&#",
  "a*",
  "*a",
  "**",
  "_*_",
  "*_*",
  "]]",
  "](",
  "a](b)",
];

test("what was typed is what is shown, in a paragraph", () => {
  for (const typed of NASTY) {
    const source = markdown(doc(paragraph(typed)));
    assert.equal(inlineText(source), typed, source);
    assert.deepEqual(blocks(source), ["p"], source);
  }
});

test("what was typed is what is shown, after a line break", () => {
  for (const typed of NASTY) {
    const source = markdown(doc(paragraph("first", br, text(typed), br, text("last"))));
    assert.equal(inlineText(source), `first\n${typed}\nlast`, source);
    assert.deepEqual(blocks(source), ["p"], source);
  }
});

test("what was typed is what is shown, in headings, quotes, lists and cells", () => {
  for (const typed of NASTY) {
    const heading = markdown(doc({ ...node("heading", text(typed)), attrs: { level: 2 } }));
    if (typed.trim()) assert.equal(inlineText(heading), typed, heading);
    const item = node("listItem", paragraph(typed), node("orderedList", node("listItem", paragraph(typed))));
    const list = markdown(doc(node("bulletList", item, node("listItem", paragraph(typed)))));
    if (typed.trim()) assert.equal(inlineText(list), [typed, typed, typed].join("\n\n"), list);
    const quote = markdown(doc(node("blockquote", paragraph(typed), paragraph("b"))));
    assert.equal(inlineText(quote), `${typed}\n\nb`, quote);
    const row = (type: string) => node("tableRow", node(type, paragraph(typed)), node(type, paragraph("x")));
    const table = markdown(doc(node("table", row("tableHeader"), row("tableCell"))));
    if (typed.trim()) assert.equal(inlineText(table), `${typed}\n\nx\n\n${typed}\n\nx`, table);
  }
});

const TAGS: Record<string, string> = { bold: "strong", italic: "em", strike: "s", code: "code" };

test("marks hold beside any neighbour", () => {
  const pieces = ["word", "“quoted”", "*", "_", "(x)", "1", "!", "\u00a0a", "é", "—", "…", "$", "`"];
  for (const mark of ["bold", "italic", "strike", "code"])
    for (const inner of pieces)
      for (const before of ["", "a", "a ", "”", "—", "*", "_", "!", "$"])
        for (const after of ["", "b", " b", "“", "—", "*", "_", ".", "$"]) {
          const source = markdown(
            doc(paragraph(...[text(before), text(inner, mark), text(after)].filter((one) => one.text))),
          );
          const shown = html(source);
          assert.equal(inlineText(source), before + inner + after, source);
          assert.match(shown, new RegExp(`<${TAGS[mark]}>`), `${source} -> ${shown}`);
        }
});

test("marks that meet and cross keep every character and every mark", () => {
  const kinds = [
    [],
    ["bold"],
    ["italic"],
    ["bold", "italic"],
    ["strike"],
    ["bold", "strike"],
    ["code"],
    ["code", "bold"],
  ];
  for (const first of kinds)
    for (const second of kinds)
      for (const third of kinds) {
        const source = markdown(doc(paragraph(text("on", ...first), text("“e”", ...second), text("x y", ...third))));
        assert.equal(inlineText(source), "on“e”x y", source);
        assert.doesNotMatch(html(source).replace(/<code>.*?<\/code>/g, ""), /\*\*|~~|_/, source);
      }
});

test("a letter between two delimiters does not keep the outer one from closing", () => {
  const source = markdown(doc(paragraph(text("x", "bold", "italic"), text("c", "bold"), text("d"))));
  assert.equal(html(source), "<p><strong><em>x</em>c</strong>d</p>\n", source);
});

test("an address beside syntax is not taken for more than it is", () => {
  const bare = markdown(doc(paragraph("see https://a.example/x now")));
  assert.equal(bare, "see https://a.example/x now\n");
  const bold = markdown(doc(paragraph(text("https://a.example/x", "bold"), "y")));
  assert.doesNotMatch(bold, /https:/);
  assert.equal(inlineText(bold), "https://a.example/xy");
  assert.doesNotMatch(markdown(doc(paragraph("www.a.example", br, "b"))), /www/);
});

test("white space at the edge of a mark stays, outside of it", () => {
  const source = markdown(doc(paragraph("a", text(" bold ", "bold"), "b")));
  assert.equal(source, "a **bold** b\n");
});

test("random strings survive", () => {
  const alphabet = "ab 1.#*_~`[]()<>&!|\\-+=>:\"'“”—\u00a0;é/@";
  let seed = 42;
  const next = (n: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed % n;
  };
  for (let round = 0; round < 4000; round++) {
    const typed = Array.from({ length: 1 + next(12) }, () => [...alphabet][next(alphabet.length)]).join("");
    if (!typed.trim()) continue;
    const source = markdown(doc(paragraph(typed)));
    assert.equal(inlineText(source), typed, JSON.stringify(source));
  }
});

test("links", () => {
  const link = (value: string, href: string): Json => ({
    type: "text",
    text: value,
    marks: [{ type: "link", attrs: { href } }],
  });
  assert.equal(
    markdown(doc(paragraph("See ", link("the [list]", "https://a.example/x"), "!"))),
    "See [the \\[list\\]](https://a.example/x)!\n",
  );
  assert.equal(markdown(doc(paragraph("wow!", link("x", "/a")))), "wow\\![x](/a)\n");
  assert.equal(
    markdown(doc(paragraph(link("https://a.example/_x_", "https://a.example/_x_")))),
    "<https://a.example/_x_>\n",
  );
  assert.match(
    html(markdown(doc(paragraph(link("x", "https://a.example/(b) c"))))),
    /href="https:\/\/a\.example\/\(b\)%20c"/,
  );
});

test("lists, nested and side by side", () => {
  const item = (...content: Json[]) => node("listItem", ...content);
  const nested = node(
    "bulletList",
    item(paragraph("a"), node("orderedList", item(paragraph("b")), item(paragraph("c")))),
    item(paragraph("d")),
  );
  assert.equal(markdown(doc(nested)), "- a\n  1. b\n  2. c\n- d\n");
  const two = markdown(doc(node("bulletList", item(paragraph("a"))), node("bulletList", item(paragraph("b")))));
  assert.equal(html(two).match(/<ul>/g)?.length, 2);
  const loose = markdown(doc(node("bulletList", item(paragraph("a"), paragraph("b")), item(paragraph("c")))));
  assert.equal(loose, "- a\n\n  b\n\n- c\n");
  const numbered = markdown(doc({ ...node("orderedList", item(paragraph("x"))), attrs: { start: 9 } }));
  assert.equal(numbered, "9. x\n");
});

test("code, rules, tables, pictures, folds and cards", () => {
  assert.equal(markdown(doc(node("codeBlock", text("a\n```\nb")))), "````\na\n```\nb\n````\n");
  assert.equal(markdown(doc(paragraph(text("a`b", "code")))), "``a`b``\n");
  assert.equal(markdown(doc(paragraph("a"), node("horizontalRule"), paragraph("b"))), "a\n\n---\n\nb\n");
  const cell = (type: string, value: string, align: string | null = null) => ({
    ...node(type, paragraph(value)),
    attrs: { align },
  });
  const table = node(
    "table",
    node("tableRow", cell("tableHeader", "a"), cell("tableHeader", "b", "right")),
    node("tableRow", cell("tableCell", "1"), cell("tableCell", "2 | 3")),
  );
  assert.equal(markdown(doc(table)), "| a | b |\n| --- | ---: |\n| 1 | 2 \\| 3 |\n");
  const figure: Json = {
    type: "figure",
    attrs: { src: "/media/k.webp", alt: "A *cat*", caption: 'The "cat"', credit: "Ana" },
  };
  assert.equal(markdown(doc(figure)), '![A \\*cat\\*](/media/k.webp "The \\"cat\\" | Ana")\n');
  const fold = node(
    "fold",
    node("foldTitle", text("Who is who")),
    paragraph("x"),
    node("bulletList", node("listItem", paragraph("y"))),
  );
  assert.equal(markdown(doc(fold)), "+++ Who is who\n\nx\n\n- y\n\n+++\n");
  assert.equal(markdown(doc({ type: "embed", attrs: { url: "https://youtu.be/x_y" } })), "https://youtu.be/x_y\n");
});

test("an empty story is empty", () => {
  assert.equal(markdown(doc(node("paragraph"))), "");
});
