// <find-contacts data-salt data-most>: makes fingerprints of the addresses that somebody pastes or chooses, and sends those alone.
import { addressesIn } from "./addresses";

export class FindContacts extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector("form");
    // Browsers have the digest only where nobody can change the page on its way.
    const excuse = this.querySelector<HTMLElement>(".without");
    if (!crypto.subtle && excuse) {
      excuse.textContent = "This needs a connection over HTTPS. You can look for people by name or handle above.";
    }
    if (!form || !crypto.subtle) return;
    if (excuse) excuse.hidden = true;
    form.hidden = false;
    form.addEventListener("submit", this.send);
  }

  private send = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const addresses = addressesIn(`${this.typed()}\n${await this.chosen()}`).slice(0, Number(this.dataset.most));
    this.say(addresses.length === 0 ? "There is no e-mail address among them." : "");
    if (addresses.length === 0) return;
    const digests = await Promise.all(addresses.map((address) => this.digest(address)));
    (form.elements.namedItem("digests") as HTMLInputElement).value = digests.join("\n");
    form.submit();
  };

  private typed(): string {
    return this.querySelector("textarea")?.value ?? "";
  }

  private async chosen(): Promise<string> {
    const file = this.querySelector<HTMLInputElement>("input[type=file]")?.files?.[0];
    return file ? file.text() : "";
  }

  private async digest(address: string): Promise<string> {
    const bytes = new TextEncoder().encode(`${this.dataset.salt}:${address}`);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  private say(words: string): void {
    const status = this.querySelector("[role=status]");
    if (status) status.textContent = words;
  }
}
