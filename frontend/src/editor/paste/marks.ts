// Bold, italic and struck text that is only said in style attributes, as Google Docs does.

/** Turns such styles into elements. Styles are read as text: the page's policy applies none of them. */
export function spansToMarks(body: HTMLElement): void {
  spaces(body);
  // Google Docs wraps everything in <b style="font-weight:normal">.
  for (const element of [...body.querySelectorAll("b,strong,i,em")]) {
    const style = styleOf(element);
    if (/(^|;)(font-weight:(normal|400)|font-style:normal)/.test(style)) element.replaceWith(...element.childNodes);
  }
  for (const span of [...body.querySelectorAll("span,font")]) {
    const style = styleOf(span);
    // A heading is bold by itself.
    if (/(^|;)font-weight:(bold|[6-9]00)/.test(style) && !span.closest("h1,h2,h3,h4,h5,h6,th")) wrap(span, "strong");
    if (/(^|;)font-style:italic/.test(style)) wrap(span, "em");
    if (/(^|;)text-decoration[a-z-]*:[^;]*line-through/.test(style)) wrap(span, "s");
  }
}

/** Runs of spaces that programs write as non-breaking ones become one plain space. */
function spaces(body: HTMLElement): void {
  for (const span of body.querySelectorAll("span")) {
    if (span.className === "Apple-converted-space" || styleOf(span).includes("mso-spacerun")) span.textContent = " ";
  }
}

function styleOf(element: Element): string {
  return (element.getAttribute("data-style") ?? "").toLowerCase().replace(/\s*([:;])\s*/g, "$1");
}

function wrap(element: Element, tag: string): void {
  const made = document.createElement(tag);
  made.append(...element.childNodes);
  element.append(made);
}
