import "./dom";
import assert from "node:assert/strict";
import { test } from "node:test";
import { getSchema } from "@tiptap/core";
import { DOMParser as Reader } from "@tiptap/pm/model";
import { extensions } from "../src/editor/extensions";
import { initialContent } from "../src/editor/initial";
import { markdown } from "../src/editor/markdown/blocks";

const schema = getSchema(extensions());

/** What the editor would write back if the server's HTML were opened and saved. */
function reopened(html: string, source = ""): string {
  const form = document.createElement("div");
  form.innerHTML = "<template data-body></template>";
  form.querySelector("template")!.innerHTML = html;
  const parsed = Reader.fromSchema(schema).parse(initialContent(form, source), { preserveWhitespace: true });
  return markdown(parsed);
}

test("every kind of block comes back as it was", () => {
  const html = `<h2 id="a">A</h2>
<p>Two  spaces, a<br>
break and <a href="https://a.example/"><code>code</code></a></p>
<ul>
<li>one
<ol>
<li>in</li>
</ol>
</li>
<li>two</li>
</ul>
<details><summary>Fold</summary>
<p>inside</p>
<details><summary>Deeper</summary>
<p>x</p>
</details>
</details>
<div class="table" role="region" tabindex="0" aria-label="Table"><table>
<thead><tr><th scope="col">a</th><th scope="col" class="align-right">b</th></tr></thead><tbody>
<tr><td>1</td><td class="align-right">2</td></tr>
</tbody></table></div>
<p class="embed-card"><a href="https://youtu.be/x"><strong>YouTube</strong> <span>youtu.be/x</span></a></p>
<pre><code class="language-rust">fn a() {
    b();
}
</code></pre>
<hr>
<blockquote>
<p>said</p>
</blockquote>
`;
  const expected = `## A

Two  spaces, a\\
break and [\`code\`](https://a.example/)

- one
  1. in
- two

+++ Fold

inside

+++ Deeper

x

+++

+++

| a | b |
| --- | ---: |
| 1 | 2 |

https://youtu.be/x

\`\`\`rust
fn a() {
    b();
}
\`\`\`

---

> said
`;
  assert.equal(reopened(html), expected);
});

test("recordings stay where they are", () => {
  const html = `<figure><img src="/media/k.mp4" alt="The bell" loading="lazy"><figcaption>At noon <span class="credit">Ana</span></figcaption></figure>
<figure><img src="/media/k.mp3" alt=""></figure>
`;
  const source = '![The bell](/media/k.mp4 "At noon | Ana")\n\n![](/media/k.mp3)\n';
  assert.equal(reopened(html, source), source);
});

test("a picture keeps its address from the source, its caption and its credit", () => {
  const html = `<figure><img src="/media/k-800.webp" srcset="/media/k-400.webp 400w" alt="A cat"><figcaption>On a wall <span class="credit">Ana</span></figcaption></figure>`;
  const source = '![A cat](/media/k.webp "On a wall | Ana")\n';
  assert.equal(reopened(html, source), source);
});

test("a picture over its blur, and the card of an album, come back as they were", () => {
  const shown = (key: string) =>
    `<span class="shown"><img class="blur" src="data:image/webp;base64,UklG" alt="" aria-hidden="true"><picture><source type="image/webp" srcset="/media/${key}-640.webp 640w"><img src="/media/${key}-1080.jpg" alt="A cat"></picture></span>`;
  const html = `<figure>${shown("k")}<figcaption>On a wall</figcaption></figure>
<figure class="album-card"><a href="/albums/7/fair" rel="nofollow">${shown("a")}${shown("b")}</a><figcaption><a href="/albums/7/fair">Fair</a> <span class="credit">2 pictures</span></figcaption></figure>
<p>After</p>`;
  const source = '![A cat](/media/k-1600.webp "On a wall")\n\nhttps://news.example/albums/7/fair\n\nAfter\n';
  assert.equal(reopened(html, source), source);
});
