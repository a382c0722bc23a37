// A question before something that is hard to take back: <form data-confirm="Delete this story?">.
// `data-confirm-yes` names the action on the button; without it the button says "Continue".

let sequence = 0;

/** Asks in a dialog; true when the person agrees. */
export function asked(question: string, yes = "Continue"): Promise<boolean> {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  const id = `asked-${++sequence}`;
  dialog.setAttribute("aria-labelledby", id);
  const text = document.createElement("p");
  text.id = id;
  text.textContent = question;
  const actions = document.createElement("div");
  actions.className = "actions";
  actions.append(button("Cancel", "no"), button(yes, "yes"));
  const form = document.createElement("form");
  form.method = "dialog";
  form.append(text, actions);
  dialog.append(form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}

function button(text: string, value: string): HTMLButtonElement {
  const element = document.createElement("button");
  element.className = value === "yes" ? "button primary" : "button";
  element.value = value;
  element.textContent = text;
  return element;
}
