// <contrast-check data-papers="#ffffff #f3f4f1" data-wash="7"> around a colour: says while it is picked how well it is read.
// Without this script the server says so when the form is sent.
import { readability } from "./contrast";

const READABLE = 4.5;

export class ContrastCheck extends HTMLElement {
  connectedCallback(): void {
    const input = this.querySelector<HTMLInputElement>("input[type=color]");
    const output = this.querySelector("output");
    if (!input || !output) return;
    const tell = () => {
      const ratio = readability(input.value, (this.dataset.papers ?? "").split(" "), Number(this.dataset.wash));
      const enough = ratio >= READABLE;
      // Rounded down, so that nothing is said to be readable that is not.
      const said = (Math.floor(ratio * 100) / 100).toFixed(2);
      output.textContent = enough ? `Contrast ${said}:1` : `Contrast ${said}:1, too little: text needs 4.5:1`;
      output.classList.toggle("too-little", !enough);
      input.setCustomValidity(enough ? "" : `The contrast is ${said}:1, and text needs 4.5:1. Choose another colour.`);
    };
    input.addEventListener("input", tell);
    tell();
  }
}
