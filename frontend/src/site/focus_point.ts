// <focus-point> around a picture: pressing on it sets the two numbers of the form named by `data-fields`, and shows at once
// what is left of the picture where it is cropped. The numbers themselves work without.

export class FocusPoint extends HTMLElement {
  connectedCallback(): void {
    const [x, y] = [this.#field("focus_x"), this.#field("focus_y")];
    if (!x || !y) return;
    this.addEventListener("click", (event) => {
      const box = this.getBoundingClientRect();
      const percent = (at: number, size: number) => String(Math.min(100, Math.max(0, Math.round((100 * at) / size))));
      x.value = percent(event.clientX - box.left, box.width);
      y.value = percent(event.clientY - box.top, box.height);
      this.#draw(x, y);
    });
    for (const field of [x, y]) field.addEventListener("input", () => this.#draw(x, y));
  }

  #field(name: string): HTMLInputElement | null {
    return document.querySelector(`#${this.dataset.fields} input[name=${name}]`);
  }

  #draw(x: HTMLInputElement, y: HTMLInputElement): void {
    const cropped = this.parentElement?.querySelectorAll<HTMLElement>(".crops picture > img, .focus-mark") ?? [];
    for (const shown of cropped) {
      shown.style.setProperty("--focus-x", `${x.valueAsNumber}%`);
      shown.style.setProperty("--focus-y", `${y.valueAsNumber}%`);
    }
  }
}
