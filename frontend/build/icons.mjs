// One file with every icon as a <symbol>, used as <use href="/assets/icons-HASH.svg#eye"/>.
// Colour and stroke width come from the .icon class of the page.
import { readFile } from "node:fs/promises";

const NAMES = `
arrow-down arrow-left arrow-right arrow-up at-sign award badge-check bell bold bookmark building-2 calendar chart-column check chevron-down chevron-left chevron-right
circle-question-mark clock code copyright corner-down-right download ellipsis external-link eye eye-off file-text flag
fold-vertical folder-tree funnel globe grip-vertical hash heading-2 heading-3 heading-4 heart history house landmark leaf image images inbox info italic
key-round layout-dashboard library link list list-ordered lock log-out mail map-pin megaphone menu message-circle minus monitor moon
newspaper palette pause pen-line pin play plus printer quote redo-2 repeat-2 rotate-ccw rss scale search send settings share-2 shield shield-ban shield-check smile-plus square-code square-pen star
square square-play store strikethrough sun table tag thumbs-up trash-2 triangle-alert undo-2 unlink upload user user-plus users volume-2 x
`
  .trim()
  .split(/\s+/);

/** The sprite as text. Fails when an icon no longer exists under its name. */
export async function sprite() {
  const symbols = await Promise.all(NAMES.map(symbol));
  return `<svg xmlns="http://www.w3.org/2000/svg">\n<!-- Lucide icons, ISC licence -->\n${symbols.join("\n")}\n</svg>\n`;
}

async function symbol(name) {
  const source = await readFile(new URL(`../node_modules/lucide-static/icons/${name}.svg`, import.meta.url), "utf8");
  const shapes = source
    .replace(/^[\s\S]*?<svg[\s\S]*?>/, "")
    .replace(/<\/svg>\s*$/, "")
    .replace(/\s*\n\s*/g, "");
  return `<symbol id="${name}" viewBox="0 0 24 24" stroke-linecap="round" stroke-linejoin="round">${shapes}</symbol>`;
}
