// A small form in a <dialog>. Focus goes back to where it was when it closes.
import { element } from "../../element";
import { offerWords } from "../words_of_file";

export interface Field {
  name: string;
  label: string;
  hint?: string;
  value?: string;
  type?: "text" | "textarea";
  /** Says what is wrong with a value, or nothing. */
  check?: (value: string) => string | undefined;
}

export interface Ask {
  title: string;
  fields: Field[];
  yes: string;
  /** A further way out, as "Remove link". */
  other?: string;
  /** Stands above the fields. */
  before?: HTMLElement;
}

export type Answer = { do: "yes"; values: Record<string, string> } | { do: "other" } | null;

let sequence = 0;

export interface Opened {
  /** Its main button. */
  yes: HTMLButtonElement;
  /** What the person decided. */
  closed: Promise<Answer>;
  /** Puts words that were read from a file into fields that are empty. */
  offer: (values: Record<string, string>) => void;
  /** Closes it as "Cancel" does. */
  close: () => void;
}

/** Opens the dialog at once. */
export function open(ask: Ask): Opened {
  const id = `dialog-${++sequence}`;
  const yes = element("button", { type: "submit", className: "button primary", value: "yes" }, ask.yes);
  const cancel = element("button", { type: "button", className: "button" }, "Cancel");
  const actions = element("div", { className: "actions" }, cancel, yes);
  const rows = ask.fields.map((field) => row(field, `${id}-${field.name}`));
  const form = element(
    "form",
    { method: "dialog", noValidate: true },
    element("h2", { id }, ask.title),
    ...(ask.before ? [ask.before] : []),
    ...rows,
    actions,
  );
  const dialog = element("dialog", { className: "dialog", "aria-labelledby": id }, form);
  cancel.addEventListener("click", () => dialog.close());
  if (ask.other) actions.prepend(otherButton(ask.other, dialog));
  form.addEventListener("submit", (event) => {
    if (!valid(form, ask.fields, id)) event.preventDefault();
  });
  document.body.append(dialog);
  dialog.showModal();
  form.querySelector<HTMLElement>("input,textarea")?.focus();
  const field = (name: string) => form.elements.namedItem(name) as HTMLInputElement | null;
  return {
    yes,
    closed: outcome(dialog, form, ask.fields),
    offer: (values) => offerWords(Object.entries(values).map(([name, words]) => [field(name), words])),
    close: () => dialog.close(),
  };
}

function row(field: Field, id: string): HTMLElement {
  const control = field.type === "textarea" ? element("textarea", { rows: 2 }) : element("input", { type: "text" });
  control.id = id;
  control.name = field.name;
  control.value = field.value ?? "";
  const made = element("div", { className: "field" }, element("label", { htmlFor: id }, field.label));
  if (field.hint) {
    made.append(element("p", { className: "hint", id: `${id}-hint` }, field.hint));
    control.setAttribute("aria-describedby", `${id}-hint`);
  }
  made.append(control, element("p", { className: "error", id: `${id}-error`, hidden: true }));
  return made;
}

function otherButton(text: string, dialog: HTMLDialogElement): HTMLButtonElement {
  const button = element("button", { type: "button", className: "button quiet" }, text);
  button.addEventListener("click", () => dialog.close("other"));
  return button;
}

function valid(form: HTMLFormElement, fields: Field[], id: string): boolean {
  let first: HTMLInputElement | undefined;
  for (const field of fields) {
    const control = form.elements.namedItem(field.name) as HTMLInputElement;
    const problem = field.check?.(control.value.trim());
    const line = form.querySelector<HTMLElement>(`#${id}-${field.name}-error`)!;
    line.hidden = !problem;
    line.textContent = problem ?? "";
    control.ariaInvalid = problem ? "true" : null;
    control.setAttribute("aria-describedby", `${id}-${field.name}-${problem ? "error" : "hint"}`);
    if (problem) first ??= control;
  }
  first?.focus();
  return !first;
}

function outcome(dialog: HTMLDialogElement, form: HTMLFormElement, fields: Field[]): Promise<Answer> {
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      const values = Object.fromEntries(
        fields.map(({ name }) => [name, (form.elements.namedItem(name) as HTMLInputElement).value.trim()]),
      );
      dialog.remove();
      if (dialog.returnValue === "yes") resolve({ do: "yes", values });
      else resolve(dialog.returnValue === "other" ? { do: "other" } : null);
    });
  });
}
