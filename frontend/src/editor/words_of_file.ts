// Words that come with a file: they take the place of nothing that was typed about it, and it is said where they come from.
import { element } from "../element";

type Control = HTMLInputElement | HTMLTextAreaElement;

export interface Source {
  /** Says where the words come from. */
  note: string;
  /** What stands in the fields was typed about another file. */
  replaces: boolean;
}

export const FROM_FILE = "Read from the file. Is it right?";
const OF_ANOTHER = "This was written for the picture before. Is it still right?";

/** Puts each word into its field unless somebody has typed there about the same file; a note says so until somebody does. */
export function offerWords(
  fields: [Control | null | undefined, string][],
  { note: origin, replaces }: Source = { note: FROM_FILE, replaces: false },
): void {
  for (const [control, words] of fields) {
    if (!control) continue;
    const typed = control.value.trim() !== "";
    if (words && (replaces || !typed)) {
      control.value = words;
      note(control, "from-file", origin);
    } else if (replaces && typed) note(control, "asked-for", OF_ANOTHER);
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
