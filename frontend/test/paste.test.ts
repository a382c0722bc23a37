import "./dom";
import assert from "node:assert/strict";
import { test } from "node:test";
import { getSchema } from "@tiptap/core";
import { DOMParser as Reader } from "@tiptap/pm/model";
import { extensions } from "../src/editor/extensions";
import { markdown } from "../src/editor/markdown/blocks";
import { clean } from "../src/editor/paste/clean";

const reader = Reader.fromSchema(getSchema(extensions()));

/** What is kept of a paste, as Markdown. */
function pasted(html: string): string {
  const holder = document.createElement("div");
  holder.innerHTML = clean(html);
  return markdown(reader.parse(holder));
}

test("Word: paragraphs, marks and no styles", () => {
  const html = `<html xmlns:o="x"><head><style>p.MsoNormal{color:red}</style></head><body lang=EN-US><!--StartFragment-->
    <h1>Minutes</h1><p class=MsoNormal style='margin:0'><b>Bold</b> and <i style='mso-bidi-font-style:normal'>italic</i>,
    wrapped<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal><span style='color:red;font-size:14pt'>“End.”</span></p><!--EndFragment--></body></html>`;
  assert.equal(pasted(html), "## Minutes\n\n**Bold** and _italic_, wrapped\n\n“End.”\n");
});

test("Word: drawn bullets become lists, nested ones too", () => {
  const item = (level: number, mark: string, text: string) =>
    `<p class=MsoListParagraph style='text-indent:-.25in;mso-list:l0 level${level} lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>${mark}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>${text}<o:p></o:p></p>`;
  assert.equal(
    pasted(
      `<p>Before</p>${item(1, "·", "one")}${item(2, "o", "inner")}${item(1, "·", "two")}<p>After</p>${item(1, "1.", "first")}`,
    ),
    "Before\n\n- one\n  - inner\n- two\n\nAfter\n\n1. first\n",
  );
});

test("Google Docs: styles become marks, its wrapper and redirects go", () => {
  const html = `<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span style="font-weight:400">Plain </span><span style="font-weight:700;font-style:italic">both</span><span style="font-weight:400"> </span><a href="https://www.google.com/url?q=https://a.example/x%3Fy&sa=D"><span style="text-decoration:underline">link</span></a></p><ul><li dir="ltr"><p dir="ltr"><span>one</span></p></li><ul><li><p>inner</p></li></ul></ul><br><h3><span style="font-weight:700">Head</span></h3></b>`;
  assert.equal(pasted(html), "Plain **_both_** [link](https://a.example/x?y)\n\n- one\n  - inner\n\n### Head\n");
});

test("LibreOffice and mail: font tags, double breaks", () => {
  assert.equal(
    pasted(`<p style="margin-bottom:0cm"><font face="Liberation Serif"><b>a</b></font></p><div>x<br>y<br><br>z</div>`),
    "**a**\n\nx\\\ny\n\nz\n",
  );
});

test("tables become plain ones with a header", () => {
  const html =
    "<table><tr><td colspan=2><p>Head</p><p>line</p></td></tr><tr><td>1</td><td><ul><li>a</li><li>b</li></ul></td></tr></table>";
  assert.equal(pasted(html), "| Head line |  |\n| --- | --- |\n| 1 | a b |\n");
});

test("nothing that runs or loads from elsewhere comes along", () => {
  const html = `<p onclick="x()">a<script>x()</script><img src="https://e.example/x.png" onerror="x()"><a href="javascript:x()">b</a></p><iframe src="x"></iframe>`;
  assert.equal(pasted(html), "ab\n");
  assert.doesNotMatch(clean(html), /onclick|script|iframe|img/);
});

test("what the editor copied is left alone", () => {
  const html = '<p data-pm-slice="0 0 []">x</p>';
  assert.equal(clean(html), html);
});
