// The licences of everything by others that is sent to readers, as those licences ask for.
import { readdir, readFile } from "node:fs/promises";

/** Not bundled by esbuild, but sent all the same. */
const ALWAYS = ["lucide-static", "@fontsource-variable/inter", "@fontsource-variable/source-serif-4"];

/** One text for all packages that `inputs` (paths of bundled files) come from. */
export async function licences(inputs) {
  const names = new Set(ALWAYS);
  for (const path of inputs) {
    const name = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(path)?.[1];
    if (name) names.add(name);
  }
  const parts = await Promise.all([...names].sort().map(licence));
  return `Software and typefaces by others in this site's pages\n\n${parts.join("\n\n")}\n`;
}

async function licence(name) {
  const folder = new URL(`../node_modules/${name}/`, import.meta.url);
  const about = JSON.parse(await readFile(new URL("package.json", folder), "utf8"));
  const file = (await readdir(folder)).find((entry) => /^(licen[sc]e|mit-license|copying)/i.test(entry));
  const text = file ? (await readFile(new URL(file, folder), "utf8")).trim() : `Licence: ${about.license}`;
  return `${"=".repeat(78)}\n${name} ${about.version} (${about.license})\n\n${text}`;
}
