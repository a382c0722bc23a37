// Words that were written into a file: they are put into empty fields only, and it is said where they come from.
import { element } from "../element";

type Control = HTMLInputElement | HTMLTextAreaElement;

/** Puts each word into its field unless somebody has typed there; a note says so until somebody does. */
export function offerWords(fields: [Control | null | undefined, string][]): void {
  for (const [control, words] of fields) {
    if (!control || !words || control.value.trim()) continue;
    control.value = words;
    note(control, "from-file", "Read from the file. Is it right?");
  }
}

/** Asks for words that are missing. */
export function askFor(control: Control | null | undefined, words: string): void {
  if (control && !control.value.trim()) note(control, "asked-for", words);
}

/** A line under a field that goes when its words are changed. */
function note(control: Control, className: string, words: string): void {
  const id = `${control.id}-${className}`;
  document.getElementById(id)?.remove();
  const line = element("p", { id, className: `hint ${className}` }, words);
  control.after(line);
  const described = control.getAttribute("aria-describedby");
  control.setAttribute("aria-describedby", described ? `${described} ${id}` : id);
  const gone = () => {
    line.remove();
    if (described) control.setAttribute("aria-describedby", described);
    else control.removeAttribute("aria-describedby");
  };
  control.addEventListener("input", gone, { once: true });
}
