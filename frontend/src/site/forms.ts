// Forms: the question before a hard step, and no second submission while the first is on its way.
import { asked } from "./confirm";

const agreed = new WeakSet<HTMLFormElement>();

export function guardForms(): void {
  // Captured before Turbo hears of the submission.
  document.addEventListener("submit", ask, { capture: true });
  document.addEventListener("submit", holdNativeSubmit);
  document.addEventListener("turbo:submit-start", (event) =>
    hold((event as CustomEvent).detail.formSubmission.formElement),
  );
  document.addEventListener("turbo:submit-end", (event) =>
    release((event as CustomEvent).detail.formSubmission.formElement),
  );
  // A page brought back by the browser must not come back with dead buttons.
  window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach(release));
}

function ask(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  const submitter = event.submitter as HTMLButtonElement | null;
  const question = submitter?.dataset.confirm ?? form.dataset.confirm;
  if (!question || agreed.delete(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  asked(question, submitter?.dataset.confirmYes ?? form.dataset.confirmYes).then((yes) => {
    if (!yes) return;
    agreed.add(form);
    form.requestSubmit(submitter);
  });
}

/** Submissions that Turbo leaves to the browser: data-turbo="false", downloads. */
function holdNativeSubmit(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (event.defaultPrevented || form.method === "dialog" || form.target === "_blank" || form.method === "get") return;
  if (form.ariaBusy === "true") {
    event.preventDefault();
    return;
  }
  // After the browser has read the form's fields, the name of the pressed button among them.
  setTimeout(() => hold(form));
}

function hold(form: HTMLFormElement): void {
  form.ariaBusy = "true";
  for (const button of submitters(form)) button.setAttribute("aria-disabled", "true");
}

function release(form: HTMLFormElement): void {
  form.ariaBusy = null;
  for (const button of submitters(form)) button.removeAttribute("aria-disabled");
}

function submitters(form: HTMLFormElement): Element[] {
  return [...form.elements].filter((element) => (element as HTMLButtonElement).type === "submit");
}
