// A button that is exchanged for its answer keeps the focus: a disabled one would lose it while the form is on its way.
// Pressing it twice is harmless, since what is saved twice is saved once.
export function keepFocus(): void {
  addEventListener("turbo:submit-start", (event) => {
    const { submitter } = (event as CustomEvent<{ formSubmission: { submitter?: HTMLButtonElement } }>).detail
      .formSubmission;
    if (submitter?.form?.classList.contains("save")) submitter.disabled = false;
  });
}
