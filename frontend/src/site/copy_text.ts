// <copy-text> around a field that is only read: shows its button, which copies what stands in the field. Without this
// script the field can be marked and copied from.

export class CopyText extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector("button");
    const field = this.querySelector<HTMLTextAreaElement | HTMLInputElement>("textarea, input");
    if (!button || !field) return;
    button.hidden = false;
    button.addEventListener("click", () => this.#copy(field));
  }

  async #copy(field: HTMLTextAreaElement | HTMLInputElement): Promise<void> {
    const said = this.querySelector(".said");
    const say = (words: string) => {
      if (said) said.textContent = words;
    };
    try {
      // Only pages over HTTPS have a clipboard.
      if (navigator.clipboard) await navigator.clipboard.writeText(field.value);
      else {
        field.select();
        if (!document.execCommand("copy")) throw new Error("not copied");
      }
      say("Copied.");
    } catch {
      field.focus();
      field.select();
      say("The browser did not let us copy. It is marked: copy it from there.");
    }
  }
}
