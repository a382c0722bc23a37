// A button that is exchanged for its answer keeps the focus: a disabled one would lose it while the form is on its way.
// Pressing it twice is harmless, since what is saved, liked or followed twice is so once.
export function keepFocus(): void {
  addEventListener("turbo:submit-start", (event) => {
    const { submitter } = (event as CustomEvent<{ formSubmission: { submitter?: HTMLButtonElement } }>).detail
      .formSubmission;
    if (submitter?.form?.matches(".save, .react, .react-menu form, .follow, .connect form")) submitter.disabled = false;
  });
}
