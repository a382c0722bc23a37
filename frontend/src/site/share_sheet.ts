// <share-sheet> around the sheet behind "Share": shows what needs a script (the device's own apps, the clipboard, paper)
// and says what was done. The links in it work without.

export class ShareSheet extends HTMLElement {
  connectedCallback(): void {
    this.#offer("[data-share]", "share" in navigator, () => this.#share());
    this.#offer("[data-copy]", true, () => this.#copy());
    this.#offer("[data-print]", true, () => {
      this.#close();
      print();
    });
    this.querySelector<HTMLInputElement>(".address input")?.addEventListener("focus", (event) =>
      (event.target as HTMLInputElement).select(),
    );
  }

  #offer(selector: string, possible: boolean, act: () => void): void {
    const button = this.querySelector<HTMLButtonElement>(selector);
    if (!button || !possible) return;
    button.closest("li")?.removeAttribute("hidden");
    button.addEventListener("click", act);
  }

  async #share(): Promise<void> {
    try {
      await navigator.share({ title: this.dataset.title, url: this.dataset.address });
      this.#close();
    } catch (error) {
      // Closing the device's sheet without choosing is no failure.
      if ((error as Error).name !== "AbortError") this.#say("This device could not share it. The links below can.");
    }
  }

  async #copy(): Promise<void> {
    try {
      // Only pages over HTTPS have a clipboard.
      if (navigator.clipboard) await navigator.clipboard.writeText(this.dataset.address ?? "");
      else this.#copySelected();
      this.#say("The link is copied.");
    } catch {
      this.#say("The browser did not let us copy. The address below is marked: copy it from there.");
      this.querySelector<HTMLInputElement>(".address input")?.focus();
    }
  }

  #copySelected(): void {
    const field = this.querySelector<HTMLInputElement>(".address input");
    const before = document.activeElement as HTMLElement | null;
    field?.select();
    const copied = document.execCommand("copy");
    before?.focus();
    if (!copied) throw new Error("not copied");
  }

  #say(words: string): void {
    const said = this.querySelector(".said");
    if (said) said.textContent = words;
  }

  #close(): void {
    const sheet = this.querySelector("details");
    if (sheet) sheet.open = false;
    this.querySelector("summary")?.focus();
  }
}
