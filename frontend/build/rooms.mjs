// Finds the stylesheets that live beside the code of each room, in an order that does not
// depend on the file system: engines first, then the town's wings from the ground up.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

const ROOT = new URL("../..", import.meta.url).pathname;
const WINGS = ["engines", "town/people", "town/talk", "town/things", "town/doors", "town/site"];

/** A stylesheet that imports every room's. */
export async function roomStyles() {
  return roomFolders()
    .flatMap(stylesIn)
    .map((file) => `@import ${JSON.stringify(file)};`)
    .join("\n");
}

export function roomFolders() {
  return WINGS.map((wing) => join(ROOT, wing)).filter(existsSync);
}

function stylesIn(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => /(^|\/)src\/.*\.css$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}
