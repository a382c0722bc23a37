/**
 * Texts that try to become more than text. Each sets `window.__executed` or opens a dialog if a browser ever runs it.
 * They are written for this project; the kinds are those that sanitizers and templates have been beaten by.
 */
const RUN = "__executed=1";

export const HOSTILE: readonly string[] = [
  // Elements and their handlers.
  `<script>${RUN}</script>`,
  `<SCRIPT type=module>${RUN}</SCRIPT>`,
  `<script src=data:text/javascript,${RUN}></script>`,
  `<scr<script>ipt>${RUN}</scr</script>ipt>`,
  `<script/x>${RUN}</script >`,
  `<img src=x onerror=${RUN}>`,
  `<img src=x oNeRrOr="${RUN}">`,
  `<img/src=x/onerror=${RUN}>`,
  `<img src=x onerror\n=${RUN}>`,
  `<image href=x onerror=${RUN}>`,
  `<body onload=${RUN}>`,
  `<input autofocus onfocus=${RUN}>`,
  `<select autofocus onfocus=${RUN}><option>one</select>`,
  `<details open ontoggle=${RUN}>more</details>`,
  `<video src=x onerror=${RUN}></video>`,
  `<audio src onerror=${RUN}>`,
  `<video><source onerror=${RUN}></video>`,
  `<marquee onstart=${RUN}>round</marquee>`,
  `<div onpointerover=${RUN}>here</div>`,
  `<a href="#" onclick="${RUN}">press</a>`,
  `<p style="animation-name:x" onanimationstart=${RUN}>moves</p>`,
  `<dialog open onclose=${RUN}><form method=dialog><button>ok</button></form></dialog>`,
  `<button popovertarget=p>x</button><div popover id=p onbeforetoggle=${RUN}>y</div>`,
  // Frames, objects, forms, the head.
  `<iframe src="javascript:parent.${RUN}"></iframe>`,
  `<iframe srcdoc="<script>parent.${RUN}</script>"></iframe>`,
  `<object data="javascript:${RUN}"></object>`,
  `<embed src="javascript:${RUN}">`,
  `<form action="javascript:${RUN}"><button>send</button></form>`,
  `<button formaction="javascript:${RUN}" form=story>send</button>`,
  `<base href="https://elsewhere.example/">`,
  `<meta http-equiv=refresh content="0;url=javascript:${RUN}">`,
  `<link rel=stylesheet href="data:text/css,*{display:none}">`,
  `<style>*{background:url(javascript:${RUN})} main{display:none}</style>`,
  `<template shadowrootmode=open><script>${RUN}</script></template>`,
  // SVG and MathML, where other rules of parsing hold.
  `<svg onload=${RUN}>`,
  `<svg><script>${RUN}</script></svg>`,
  `<svg><script href="data:text/javascript,${RUN}"/></svg>`,
  `<svg><a xlink:href="javascript:${RUN}"><text y=20>press</text></a></svg>`,
  `<svg><animate attributeName=href values="javascript:${RUN}" onbegin=${RUN} dur=1s>`,
  `<svg><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><image href='x' onerror='${RUN}'/></svg>#x">`,
  `<svg><foreignObject><img src=x onerror=${RUN}></foreignObject></svg>`,
  `<math href="javascript:${RUN}">press</math>`,
  `<math><mi xlink:href="javascript:${RUN}">press</mi></math>`,
  // Markup that changes when it is parsed a second time.
  `<svg></p><style><a id="</style><img src=x onerror=${RUN}>">`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=${RUN}&gt;">`,
  `<noscript><p title="</noscript><img src=x onerror=${RUN}>">`,
  `<textarea><img title="</textarea><img src=x onerror=${RUN}>">`,
  `<title></title><img src=x onerror=${RUN}>`,
  `<xmp><p title="</xmp><img src=x onerror=${RUN}>">`,
  `<!--><img src=x onerror=${RUN}>-->`,
  `<![CDATA[><img src=x onerror=${RUN}>]]>`,
  `<?xml ?><img src=x onerror=${RUN}>`,
  // Broken and unfinished.
  `"><img src=x onerror=${RUN}>`,
  `'><svg onload=${RUN}>`,
  `" autofocus onfocus=${RUN} x="`,
  `' onmouseover='${RUN}`,
  `</textarea></title></style></script><script>${RUN}</script>`,
  `</template></details></main></body></html><script>${RUN}</script>`,
  `<img src=x onerror=${RUN}`,
  `<<<<script>${RUN}//<</script>`,
  `--><script>${RUN}</script><!--`,
  // Entities and encodings.
  `&lt;img src=x onerror=${RUN}&gt;`,
  `&amp;lt;script&amp;gt;${RUN}&amp;lt;/script&amp;gt;`,
  `&#60;script&#62;${RUN}&#60;/script&#62;`,
  `\u003cscript\u003e${RUN}\u003c/script\u003e \\u003cscript\\u003e`,
  `%3Cscript%3E${RUN}%3C/script%3E`,
  `＜script＞${RUN}＜/script＞`,
  `+ADw-script+AD4-${RUN}+ADw-/script+AD4-`,
  // Addresses in Markdown.
  `[press](javascript:${RUN})`,
  `[press](JaVaScRiPt:${RUN})`,
  `[press](java\tscript:${RUN})`,
  `[press](javascript&colon;${RUN})`,
  `[press](&#x6A;avascript:${RUN})`,
  `[press](\u0001javascript:${RUN})`,
  `[press](vbscript:${RUN})`,
  `[press](data:text/html,<script>${RUN}</script>)`,
  `[press](data:text/html;base64,PHNjcmlwdD5fX2V4ZWN1dGVkPTE8L3NjcmlwdD4=)`,
  `[press](//elsewhere.example "\" onmouseover=\"${RUN}")`,
  `[press](<javascript:${RUN}>)`,
  `![x](javascript:${RUN})`,
  `![x" onerror="${RUN}](/media/x.webp "a | b\" onerror=\"${RUN}")`,
  `<javascript:${RUN}>`,
  `<https://example.org/"onmouseover="${RUN}>`,
  `https://example.org/"><script>${RUN}</script>`,
  `[press][ref]\n\n[ref]: javascript:${RUN}`,
  `\`\`\`"><script>${RUN}</script>\nx\n\`\`\``,
  `| a |\n| --- |\n| <img src=x onerror=${RUN}> |`,
  `+++ <img src=x onerror=${RUN}>\n\n<script>${RUN}</script>\n\n+++`,
  `https://vimeo.com/1"onmouseover="${RUN}`,
  `https://vimeo.com@elsewhere.example/"><script>${RUN}</script>`,
  // Templates of other programs.
  `{{constructor.constructor('${RUN}')()}}`,
  `\${${RUN}} <%= ${RUN} %> {% raw %}`,
  // Not code, but not harmless either.
  `\u202Egpj.exe\u202C and then \u2066more\u2069`,
  `Z\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309\u030A\u030B\u030C\u030D\u030E\u030F\u0310\u0311\u0312\u0313\u0314\u0315a\u0316\u0317\u0318\u0319\u031A\u031B\u031C\u031D\u031E\u031F\u0320\u0321lgo`,
  `مرحبا <b>بالعالم</b> "><img src=x onerror=${RUN}>`,
  "W".repeat(190),
  "supercalifragilistic".repeat(9),
  `\uFEFF\u200B\u200D\u2060 nothing to see \u00AD\u00AD`,
  `😀👩‍👩‍👧‍👦🏴󠁧󠁢󠁷󠁬󠁳󠁿 ${"🎈".repeat(60)}`,
];

/** Every handler that an element may have, on elements that take the focus, play, move and change. */
const HANDLERS = (
  "abort afterprint animationcancel animationend animationiteration auxclick beforecopy beforeinput beforematch beforeprint beforeunload " +
  "blur cancel canplay canplaythrough change click contextmenu contextrestored copy cuechange cut dblclick drag dragend dragenter " +
  "dragleave dragover dragstart drop durationchange emptied ended error focusin focusout formdata fullscreenchange gotpointercapture " +
  "hashchange input invalid keydown keypress keyup loadeddata loadstart message mousedown mouseenter mousewheel pagehide pageshow paste " +
  "play pointerdown pointerenter pointerrawupdate popstate progress ratechange resize scroll scrollend securitypolicyviolation seeked " +
  "select selectstart slotchange submit timeupdate touchstart transitionend transitionrun unhandledrejection volumechange wheel"
).split(" ");
const HOLDERS = ["input autofocus", "video controls src=x", "p tabindex=1 contenteditable", "form", "details open", "custom-one", "svg", "body"];

/** What parsers take for the end of a name, and what keeps a value together. */
const BETWEEN = ["\n", "\t", "\f", "\r", "//", "/x/", " / ", "\u00a0", "\u2028", "\u000b", "&#32;"];
const VALUES = [`"${RUN}"`, `'${RUN}'`, `\`${RUN}\``, ` ${RUN}`, `"&#95;_executed=1"`, `"__executed&equals;1"`, `"\n${RUN}\n"`, `"(()=>{${RUN}})()"`, `"eval('${RUN}')"`];

/** Addresses that would run, as they are written to be overlooked. */
const ADDRESSES = [
  `JAVASCRIPT:${RUN}`,
  `java\nscript:${RUN}`,
  `java&Tab;script:${RUN}`,
  `java&NewLine;script:${RUN}`,
  `javascript&#58;${RUN}`,
  `javascript&#x3A;${RUN}`,
  `&#106;&#97;vascript:${RUN}`,
  `&#0000106avascript:${RUN}`,
  `\\u006aavascript:${RUN}`,
  `javascript://example.org/%0a${RUN}`,
  `javascript://%E2%80%A8${RUN}`,
  `\u2000javascript:${RUN}`,
  `ｊavascript:${RUN}`,
  `livescript:${RUN}`,
  `data:text/html,<script>parent.${RUN}</script>`,
  `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='${RUN}'/>`,
  `data:application/xhtml+xml;base64,PHg+PC94Pg==`,
  `blob:https://example.org/${RUN}`,
  `filesystem:https://example.org/temporary/${RUN}`,
  `view-source:javascript:${RUN}`,
  `feed:javascript:${RUN}`,
  `https:javascript:${RUN}`,
];
/** Where an address stands, in Markdown and in HTML. */
const CARRIERS: ((address: string) => string)[] = [
  (address) => `[press](${address})`,
  (address) => `![looks](${address})`,
  (address) => `[press][there]\n\n[there]: <${address}>`,
  (address) => `<${address}>`,
  (address) => `<a href="${address}">press</a>`,
  (address) => `<iframe src='${address}'></iframe>`,
  (address) => `<form><input type=submit formaction="${address}"></form>`,
];

/** Some hundred more, by what they are made of: each stands for a rule that somebody's sanitizer forgot. */
export const INJECTIONS: readonly string[] = [
  ...HOSTILE,
  ...HANDLERS.map((name, at) => `<${HOLDERS[at % HOLDERS.length]} on${name}=${VALUES[at % VALUES.length]}>${name}`),
  ...BETWEEN.flatMap((between) => [`<img${between}src=x${between}onerror=${RUN}>`, `<svg${between}onload${between}=${RUN}>`]),
  ...VALUES.map((value) => `<img src=x onerror=${value}>`),
  ...ADDRESSES.flatMap((address) => CARRIERS.map((carrier) => carrier(address))),
];

/** Shapes that a parser follows too far, or never ends. */
const SHAPES: readonly string[] = [
  `${">".repeat(300)} deep`,
  `${"- ".repeat(200)}deep`,
  `${"1. ".repeat(120)}deep`,
  Array.from({ length: 60 }, (_, depth) => `${"  ".repeat(depth)}- step`).join("\n").slice(0, 2_900),
  "[".repeat(900),
  "![".repeat(400),
  "](".repeat(400),
  "*".repeat(1_500),
  "_a*b".repeat(300),
  "**a _b ".repeat(200),
  "`".repeat(1_500),
  Array.from({ length: 50 }, (_, length) => "`".repeat(length + 1)).join("a"),
  "~".repeat(900),
  `${"#".repeat(500)} heading`,
  `${"a ".repeat(700)}\n===`,
  `|${"a|".repeat(300)}\n|${"-|".repeat(300)}\n|${"b|".repeat(300)}`,
  `| a | b |\n| --- |\n| c | d | e | f |`,
  "<div>".repeat(400),
  "</div>".repeat(400),
  "<b><i>".repeat(250),
  "<!--".repeat(400),
  "<![CDATA[".repeat(200),
  "<?php ".repeat(300),
  "<!DOCTYPE html>".repeat(100),
  "&".repeat(1_500),
  "&amp;".repeat(500),
  "\\".repeat(1_500),
  "https://example.org/?a=".repeat(60),
  "https://example.org ".repeat(80),
  `https://example.org/${"(".repeat(500)}${")".repeat(500)}`,
  "@nobody_here ".repeat(29),
  "#topic ".repeat(200),
  Array.from({ length: 90 }, (_, number) => `[a${number}]: https://example.org/${number}`).join("\n"),
  "[a]: b\n\n[b]: a\n\n[a][b][a]",
  "+++ fold\n\n".repeat(120),
  "\u202e".repeat(300) + "turned",
  "\u0301".repeat(900) + "stacked",
  "👩‍👩‍👧‍👦".repeat(90),
  "\u3000".repeat(300) + "wide",
  "ﷺ".repeat(300),
];

/** Whole documents in HTML and Markdown, of which no part may come to life. */
export const DOCUMENTS: readonly string[] = [
  ...SHAPES,
  ...HOSTILE.slice(0, 66).map((text, at) =>
    [
      at % 2 ? `<!DOCTYPE html><html><head><title>${at}</title></head><body>` : `# Document ${at}`,
      text,
      `- ${text.replace(/\s+/g, " ")}\n  > ${text.replace(/\s+/g, " ")}`,
      `<table><tr><td>${text}</td></tr>`,
      `<div>\n\n${text}\n\n</div>`,
      at % 2 ? `</body></html>` : `\`\`\`html\n${text}`,
    ].join("\n\n"),
  ),
];
