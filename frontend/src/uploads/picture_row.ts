// A picture that has just come, with the field for what it shows: as `talk::files::Fields` draws one that was there.
import { element } from "../element";
import { icon } from "../icons";
import type { Taken } from "./taken";

/** As `people::pictures::MAX_WORDS`. */
const MAX_WORDS = 600;

/** The row. `form` parts its field from those of other forms on the page; `gone` is called when it was taken out. */
export function pictureRow(taken: Taken, form: string, gone: () => void): HTMLLIElement {
  const name = `alt-${taken.key}`;
  const id = name + form;
  const words = element("textarea", { id, name, rows: 2, maxLength: MAX_WORDS, dir: "auto", value: taken.alt });
  const out = element("button", { type: "button", className: "button small quiet" }, icon("x"), "Take it out");
  const row = element(
    "li",
    {},
    element("input", { type: "hidden", name: "picture", value: taken.key }),
    element("img", { className: "thumb", src: taken.small ?? taken.url, alt: "", width: 72, height: 72 }),
    element("div", { className: "field" }, element("label", { htmlFor: id }, "What does it show?"), words),
    out,
  );
  out.addEventListener("click", () => {
    row.remove();
    gone();
  });
  return row;
}
