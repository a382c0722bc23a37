// What of a picture stays in view where it is cropped: a point that is clicked, or moved by two sliders.
import { element } from "../element";
import type { Taken } from "../uploads/taken";

/** Percents of width and height. */
type Focus = Taken["focus"];

/** Pages carry no inline styles, so points on them move in steps of ten; sliders in fives are fine enough. */
const STEP = 5;
const PAUSE = 400;

/** The control for the picture with this key, shown by the file at `src`. Every change is told to the site. */
export function focalPoint(key: string, src: string, focus: Focus): HTMLElement {
  const said = element("p", { className: "hint", role: "status" });
  const [across, down] = [slider("From the left", focus.x), slider("From the top", focus.y)];
  const picture = element("div", { className: "focal-picture" }, element("img", { src, alt: "", loading: "lazy" }));
  const point = marker();
  picture.append(point.root);
  const crops = ["picture wide", "picture square"].map((shape) => crop(shape, src));
  let timer: ReturnType<typeof setTimeout>;
  const move = (save: boolean) => {
    const [x, y] = [across.valueAsNumber, down.valueAsNumber];
    point.move(x, y);
    const step = (percent: number) => Math.floor((percent + 5) / 10) * 10;
    for (const { image } of crops) image.className = `focus-x-${step(x)} focus-y-${step(y)}`;
    if (!save) return;
    clearTimeout(timer);
    timer = setTimeout(async () => {
      said.textContent = await keep(key, { x, y });
    }, PAUSE);
  };
  for (const input of [across, down]) input.addEventListener("input", () => move(true));
  picture.addEventListener("click", (event) => {
    const box = picture.getBoundingClientRect();
    const percent = (at: number, size: number) => Math.round((100 * at) / size / STEP) * STEP;
    across.valueAsNumber = percent(event.clientX - box.left, box.width);
    down.valueAsNumber = percent(event.clientY - box.top, box.height);
    move(true);
  });
  move(false);
  return element(
    "details",
    { className: "focal-point" },
    element("summary", {}, "What stays in view"),
    element(
      "p",
      { className: "hint" },
      "Lists show a part of the picture. Click what must not be cut off, or move the sliders.",
    ),
    picture,
    element("label", {}, "From the left", across),
    element("label", {}, "From the top", down),
    element("div", { className: "focal-crops", "aria-hidden": "true" }, ...crops.map(({ root }) => root)),
    said,
  );
}

function slider(label: string, value: number): HTMLInputElement {
  const input = element("input", { type: "range", min: "0", max: "100", step: String(STEP) });
  input.setAttribute("aria-label", label);
  input.valueAsNumber = value;
  return input;
}

/** A ring of two colours, to be seen on any picture. Its place is an attribute, for styles are the policy's. */
function marker(): { root: SVGElement; move: (x: number, y: number) => void } {
  const make = (name: string) => document.createElementNS("http://www.w3.org/2000/svg", name);
  const root = make("svg");
  root.setAttribute("class", "focal-marker");
  const rings = ["12", "9"].map((radius) => {
    const ring = make("circle");
    ring.setAttribute("r", radius);
    return ring;
  });
  root.append(...rings);
  const move = (x: number, y: number) => {
    for (const ring of rings) {
      ring.setAttribute("cx", `${x}%`);
      ring.setAttribute("cy", `${y}%`);
    }
  };
  return { root, move };
}

function crop(shape: string, src: string): { root: HTMLElement; image: HTMLImageElement } {
  const image = element("img", { src, alt: "", loading: "lazy" });
  const shown = element("span", { className: "shown" }, element("picture", {}, image));
  return { root: element("div", { className: shape }, shown), image };
}

async function keep(key: string, { x, y }: Focus): Promise<string> {
  const body = new URLSearchParams({ focus_x: String(x), focus_y: String(y) });
  try {
    const answer = await fetch(`/pictures/${key}/focus`, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
    });
    if (answer.ok) return "Kept.";
    return (await answer.json()).error ?? "This could not be kept.";
  } catch {
    return "This could not be kept: you are offline.";
  }
}
