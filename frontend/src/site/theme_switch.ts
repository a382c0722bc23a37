// <theme-switch></theme-switch>: light, dark, or as the system says. Kept on this computer only.

import { icon } from "../icons";

type Theme = "light" | "dark" | "auto";
const CHOICES: [Theme, string, string][] = [
  ["light", "Light", "sun"],
  ["dark", "Dark", "moon"],
  ["auto", "As on this computer", "monitor"],
];

export class ThemeSwitch extends HTMLElement {
  connectedCallback(): void {
    this.setAttribute("role", "group");
    this.ariaLabel = "Colours";
    this.replaceChildren(...CHOICES.map((choice) => this.#button(...choice)));
    this.#show();
  }

  #button(theme: Theme, label: string, name: string): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.value = theme;
    button.title = label;
    button.append(icon(name));
    button.ariaLabel = label;
    button.addEventListener("click", () => {
      choose(theme);
      this.#show();
    });
    return button;
  }

  #show(): void {
    const current = document.documentElement.dataset.theme ?? "auto";
    for (const button of this.querySelectorAll("button")) button.ariaPressed = String(button.value === current);
  }
}

function choose(theme: Theme): void {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    if (theme === "auto") localStorage.removeItem("theme");
    else localStorage.setItem("theme", theme);
  } catch {
    // Storage may be closed to us (private windows); the choice then lasts for this page.
  }
}
