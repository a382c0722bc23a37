// Cuts the typefaces of cards (src/card) out of the packages of Fontsource: one weight, one optical size, no outlines
// that no card needs. Run it where `subset-font` and the packages below are installed; what it writes is kept here.
import { readFile, writeFile } from "node:fs/promises";
import subsetFont from "subset-font";

const SERIF = { wght: 650, opsz: 40 };
const FACES = [
  ["serif-latin", "source-serif-4", "source-serif-4-latin-opsz-normal", SERIF],
  ["serif-latin-ext", "source-serif-4", "source-serif-4-latin-ext-opsz-normal", SERIF],
  ["serif-cyrillic", "source-serif-4", "source-serif-4-cyrillic-opsz-normal", SERIF],
  ["serif-greek", "source-serif-4", "source-serif-4-greek-opsz-normal", SERIF],
  ["serif-vietnamese", "source-serif-4", "source-serif-4-vietnamese-opsz-normal", SERIF],
  ["naskh-arabic", "noto-naskh-arabic", "noto-naskh-arabic-arabic-wght-normal", { wght: 650 }],
  ["serif-hebrew", "noto-serif-hebrew", "noto-serif-hebrew-hebrew-wght-normal", { wght: 650 }],
  ["sans-latin", "inter", "inter-latin-wght-normal", { wght: 600 }],
  ["sans-latin-ext", "inter", "inter-latin-ext-wght-normal", { wght: 600 }],
];
// Phonetic and historic letters, which make up most of the files, are left to the picture that stands in for the card.
const RANGES = [[0x20, 0x24f], [0x2b0, 0x36f], [0x370, 0x3ff], [0x400, 0x45f], [0x490, 0x4ff], [0x590, 0x6ff], [0x750, 0x77f],
  [0x1e00, 0x1eff], [0x2000, 0x206f], [0x20a0, 0x20c0], [0x2116, 0x2122], [0x2190, 0x2193], [0x2212, 0x2215], [0xfb1d, 0xfdff], [0xfe70, 0xfefe]];
const characters = RANGES.map(([from, to]) => String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, n) => from + n))).join("");

for (const [name, pack, file, variationAxes] of FACES) {
  const source = await readFile(new URL(`node_modules/@fontsource-variable/${pack}/files/${file}.woff2`, `file://${process.cwd()}/`));
  await writeFile(new URL(`${name}.ttf`, import.meta.url), await subsetFont(source, characters, { targetFormat: "truetype", variationAxes }));
}
