// Cuts the two typefaces to what the pages use and writes their @font-face rules. Only Latin is
// sent, in weights from 400 to 800; other scripts use the reader's own fonts. The local fallbacks are stretched to the measures of
// the real faces, so that nothing on the page moves when these arrive.
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import subsetFont from "subset-font";

const CACHE = new URL("../node_modules/.cache/fonts/", import.meta.url);

const RANGES = {
  latin:
    "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
  "latin-ext":
    "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF",
};

// The optical-size axis is worth its weight for headlines only: upright Latin.
const FACES = [
  { key: "inter-latin", family: "Inter", pack: "inter", axis: "wght", weight: "400 800" },
  { key: "inter-latin-ext", family: "Inter", pack: "inter", axis: "wght", weight: "400 800" },
  { key: "serif-latin", family: "Source Serif 4", pack: "source-serif-4", axis: "opsz", weight: "400 800" },
  { key: "serif-latin-ext", family: "Source Serif 4", pack: "source-serif-4", axis: "wght", weight: "400 800" },
  {
    key: "serif-italic-latin",
    family: "Source Serif 4",
    pack: "source-serif-4",
    axis: "wght",
    weight: "400 800",
    style: "italic",
  },
  {
    key: "serif-italic-latin-ext",
    family: "Source Serif 4",
    pack: "source-serif-4",
    axis: "wght",
    weight: "400 800",
    style: "italic",
  },
];

// Per em: ascent, descent and the mean width of a letter in running text.
const INTER = { ascent: 1984 / 2048, descent: 494 / 2048, width: 978 / 2048 };
const SERIF = { ascent: 1.036, descent: 0.335, width: 0.479 };
const FALLBACKS = [
  { family: "Inter Fallback", like: INTER, width: 913 / 2048, local: ["Arial", "Liberation Sans", "Arimo"] },
  { family: "Source Serif Fallback", like: SERIF, width: 913 / 2048, local: ["Georgia", "Gelasio"] },
  {
    family: "Source Serif Fallback Times",
    like: SERIF,
    width: 832 / 2048,
    local: ["Times New Roman", "Liberation Serif", "Tinos"],
  },
];

/** Puts the font files into `dist`; returns the CSS that names them. */
export async function fontFaces(dist) {
  const rules = [];
  for (const face of FACES) {
    const subset = face.key.endsWith("latin-ext") ? "latin-ext" : "latin";
    const file = `${face.pack}-${subset}-${face.axis}-${face.style ?? "normal"}.woff2`;
    const source = new URL(`../node_modules/@fontsource-variable/${face.pack}/files/${file}`, import.meta.url);
    const name = await dist.put(`${face.key}.woff2`, await cut(await readFile(source), RANGES[subset]));
    rules.push(realFace(face, name, RANGES[subset]));
  }
  return [...rules, ...FALLBACKS.map(fallbackFace)].join("\n");
}

/** The characters of `range` in the weights that are used. Cutting is slow, so results are kept. */
async function cut(font, range) {
  const variationAxes = { wght: { min: 400, max: 800 } };
  const key = createHash("sha256").update(font).update(range).update(JSON.stringify(variationAxes)).digest("hex");
  const kept = new URL(key, CACHE);
  const known = await readFile(kept).catch(() => null);
  if (known) return known;
  const made = await subsetFont(font, charactersIn(range), { targetFormat: "woff2", variationAxes });
  await mkdir(CACHE, { recursive: true });
  await writeFile(kept, made);
  return made;
}

function charactersIn(range) {
  const spans = range.split(",").map((part) =>
    part
      .slice(2)
      .split("-")
      .map((hex) => Number.parseInt(hex, 16)),
  );
  return spans
    .map(([from, to = from]) => String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, n) => from + n)))
    .join("");
}

function realFace({ family, weight, style = "normal" }, name, range) {
  return `@font-face{font-family:"${family}";font-style:${style};font-weight:${weight};font-display:swap;src:url(./${name}) format("woff2");unicode-range:${range}}`;
}

function fallbackFace({ family, like, width, local }) {
  const scale = like.width / width;
  const percent = (value) => `${(value * 100).toFixed(2)}%`;
  const sources = local.map((name) => `local("${name}")`).join(",");
  return `@font-face{font-family:"${family}";src:${sources};size-adjust:${percent(scale)};ascent-override:${percent(like.ascent / scale)};descent-override:${percent(like.descent / scale)};line-gap-override:0%}`;
}
