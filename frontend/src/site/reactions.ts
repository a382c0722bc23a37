// Reactions: holding the button that likes opens the menu of the others beside it, as its own button does. What is chosen there
// closes it and gives the focus to the button, which says then what was chosen.

/** Long enough not to be a tap, shorter than what opens a browser's own menu. */
const HELD_MS = 450;

export function holdToReact(): void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let opened = false;
  document.addEventListener("pointerdown", (event) => {
    opened = false;
    clearTimeout(waiting);
    const menu = event.button === 0 && menuOf(event.target as Element);
    if (!menu) return;
    waiting = setTimeout(() => {
      opened = true;
      menu.open = true;
    }, HELD_MS);
  });
  for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => clearTimeout(waiting));
  // A finger that was lifted from what it held has pressed nothing.
  const nothing = (event: Event) => {
    if (!opened || !menuOf(event.target as Element)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.type === "click") opened = false;
  };
  document.addEventListener("click", nothing, true);
  document.addEventListener("contextmenu", nothing, true);
  addEventListener("turbo:submit-start", (event) => {
    const menu = (event.target as Element).closest<HTMLDetailsElement>(".react-menu");
    if (!menu) return;
    menu.open = false;
    menu.parentElement?.querySelector<HTMLElement>(".react button")?.focus({ preventScroll: true });
  });
}

/** The menu beside the button that likes, if it is one. */
function menuOf(target: Element): HTMLDetailsElement | null | undefined {
  return target.closest(".react button")?.closest(".reactions")?.querySelector<HTMLDetailsElement>(".react-menu");
}
