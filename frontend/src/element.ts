// Elements without ceremony: element("p", { className: "hint" }, "text", child).

type Props<T> = Partial<Omit<T, "children" | "style">> & { [key: `data-${string}` | `aria-${string}`]: string };

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props<HTMLElementTagNameMap[K]> = {},
  ...children: (globalThis.Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name.includes("-")) made.setAttribute(name, String(value));
    else Reflect.set(made, name, value);
  }
  made.append(...children);
  return made;
}
