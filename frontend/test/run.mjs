// Bundles the tests (they import TypeScript) and runs them with Node's own test runner.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { build } from "esbuild";

const here = new URL(".", import.meta.url).pathname;
const entries = readdirSync(here).filter((name) => name.endsWith(".test.ts"));
const outdir = new URL("../node_modules/.cache/tests/", import.meta.url).pathname;
await build({
  entryPoints: entries.map((name) => here + name),
  bundle: true,
  platform: "node",
  format: "esm",
  outdir,
  outExtension: { ".js": ".mjs" },
  packages: "external",
  define: { ICONS: '"icons.svg"' },
  logLevel: "warning",
});
const files = entries.map((name) => outdir + name.replace(/ts$/, "mjs"));
process.exit(spawnSync(process.execPath, ["--test", ...files], { stdio: "inherit" }).status ?? 1);
