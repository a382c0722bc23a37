// Icons from the sprite, whose hashed name the build puts in.

declare const ICONS: string;

const address = new URL(ICONS, import.meta.url).pathname;

/** An icon that is only seen; the control around it carries the name. */
export function icon(name: string): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${address}#${name}`);
  svg.append(use);
  return svg;
}
