// The queue of the desk: a key chooses what is done, Enter decides. Only while no field has the focus (WCAG 2.1.4), and only where
// the form of a decision stands. A rule brings its reason along, until somebody has written one of their own.

const FORM = "form[data-queue]";

/** Nothing to type in has the focus: a key there is a letter. */
function types(target: Element): boolean {
  return (
    target.closest("textarea, select, [contenteditable], dialog, input:not([type=radio], [type=checkbox])") !== null
  );
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
  if (types(event.target as Element)) return;
  const form = document.querySelector<HTMLFormElement>(FORM);
  const choice = [...(form?.querySelectorAll<HTMLInputElement>("input[data-key]") ?? [])].find(
    (input) => input.dataset.key === event.key,
  );
  if (!choice) return;
  event.preventDefault();
  choice.checked = true;
  // A radio button with the focus sends its form with Enter.
  choice.focus();
});

function reasons(form: HTMLFormElement): void {
  const [rule, reason] = [
    form.querySelector<HTMLSelectElement>("#rule"),
    form.querySelector<HTMLTextAreaElement>("#reason"),
  ];
  if (!rule || !reason) return;
  let given = "";
  const bring = () => {
    if (reason.value.trim() !== given) return;
    given = rule.selectedOptions[0]?.dataset.reason ?? "";
    reason.value = given;
  };
  rule.addEventListener("change", bring);
  bring();
}

function begin(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>(`${FORM}:not(.keyed)`)) {
    form.classList.add("keyed");
    for (const hint of form.querySelectorAll<HTMLElement>(".keys-hint")) hint.hidden = false;
    reasons(form);
  }
}

document.addEventListener("turbo:load", begin);
document.addEventListener("turbo:render", begin);
begin();
