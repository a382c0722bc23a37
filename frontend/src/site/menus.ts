// <details class="menu"> closes on Escape and when the person turns elsewhere.

export function closeMenus(): void {
  document.addEventListener("click", (event) => closeExcept(event.target as Node));
  document.addEventListener("focusin", (event) => closeExcept(event.target as Node));
  document.addEventListener("turbo:before-cache", () => closeExcept(null));
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && (event.target as Element).closest<HTMLDetailsElement>("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
}

function closeExcept(target: Node | null): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
    if (!target || !menu.contains(target)) menu.open = false;
  }
}
