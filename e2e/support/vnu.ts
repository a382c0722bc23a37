/** The Nu HTML checker, which is the W3C's, over many pages at once. */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** A page to be checked: who looked at what, and the HTML. */
export interface Checked {
  name: string;
  html: string;
}

interface Message {
  type: string;
  subType?: string;
  url: string;
  lastLine?: number;
  lastColumn?: number;
  message: string;
  extract?: string;
}

const jar = resolve(import.meta.dirname, "../node_modules/vnu-jar/build/dist/vnu.jar");
const assets = resolve(import.meta.dirname, "../../frontend/dist");
const folder = resolve(import.meta.dirname, "../results/markup");

/** What browsers know and the checker does not yet: container queries, fields that grow, transitions between pages. */
const NEWER = /“container”|@container|“field-sizing”|@view-transition|tion-group\(root\)/;

/** What the checker has against these pages, and our styles and icons: each fault once, with where it was found. One start of Java for all. */
export function faults(pages: Checked[]): string[] {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const names = new Map<string, string>();
  for (const [index, { name, html }] of pages.entries()) {
    const file = resolve(folder, `${index}.html`);
    names.set(file, name);
    writeFileSync(file, html);
  }
  for (const name of readdirSync(assets).filter((name) => /\.(css|svg)$/.test(name))) copyFileSync(join(assets, name), join(folder, name));
  const options = ["--stdout", "--exit-zero-always", "--no-langdetect", "--also-check-css", "--also-check-svg", "--format", "json"];
  const run = spawnSync("java", ["-Xss2m", "-jar", jar, ...options, folder], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  if (run.status !== 0) throw new Error(`The checker did not run (is Java here? make tools installs it):\n${run.error ?? ""}${run.stderr}`);
  const { messages } = JSON.parse(run.stdout) as { messages: Message[] };
  const found = new Map<string, string[]>();
  for (const { type, subType, url, message, extract, lastLine, lastColumn } of messages) {
    // It knows the properties of SVG 1.1; this is one of SVG 2 (§8.13).
    if (message.includes("“vector-effect”")) continue;
    if (NEWER.test(message) || (message.endsWith("Parse Error.") && NEWER.test(extract ?? ""))) continue;
    const fault = `${subType ?? type}: ${message}\n    ${(extract ?? "").replace(/\s+/g, " ").trim()}`;
    const where = `${names.get(fileURLToPath(url)) ?? url}, line ${lastLine}, column ${lastColumn}`;
    found.set(fault, [...(found.get(fault) ?? []), where]);
  }
  return [...found].map(([fault, where]) => `${fault}\n    on ${where.slice(0, 3).join("\n       ")}${where.length > 3 ? `\n       and ${where.length - 3} more` : ""}`);
}
