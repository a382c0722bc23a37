// Builds everything a browser is sent besides pages: styles, scripts, fonts, icons.
// Names carry a hash of the content, so the site may let them be kept for ever;
// manifest.json says which name is current. Run with --watch while writing styles.
import { watch } from "node:fs";
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { Dist } from "./build/dist.mjs";
import { fontFaces } from "./build/fonts.mjs";
import { sprite } from "./build/icons.mjs";
import { licences } from "./build/licences.mjs";
import { roomFolders, roomStyles } from "./build/rooms.mjs";
import { strictTurbo } from "./build/turbo.mjs";

/** What a reading page may load, in bytes after gzip (DESIGN section 5). */
const SITE_SCRIPT_LIMIT = 40 * 1024;
/** theme.js blocks the first paint, so it stays tiny. In bytes, before compression. */
const THEME_SCRIPT_LIMIT = 500;

const ENTRIES = [
  "site.css",
  "editor.css",
  "site.ts",
  "editor.ts",
  "uploads.ts",
  "contacts.ts",
  "queue.ts",
  "colours.ts",
  "notes.ts",
  "proof_worker.ts",
  "push_worker.ts",
  "theme.ts",
];

async function buildAll() {
  const dist = new Dist(new URL("./dist/", import.meta.url));
  await dist.empty();
  const faces = await fontFaces(dist);
  const icons = await dist.put("icons.svg", await sprite());
  await dist.put("favicon.svg", await readFile(new URL("./icons/favicon.svg", import.meta.url)));
  await dist.put("apple-touch-icon.png", await readFile(new URL("./icons/apple-touch-icon.png", import.meta.url)));
  const inputs = new Set();
  for (const entry of ENTRIES) await dist.put(entry.replace(/ts$/, "js"), await bundle(entry, faces, icons, inputs));
  await dist.put("licences.txt", await licences(inputs));
  await dist.finish();
  return dist;
}

async function bundle(entry, faces, icons, inputs) {
  const result = await build({
    entryPoints: [new URL(`./src/${entry}`, import.meta.url).pathname],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: entry === "theme.ts" ? "iife" : "esm",
    target: ["es2022", "chrome123", "firefox120", "safari17.5"],
    charset: "utf8",
    legalComments: "none",
    define: { ICONS: JSON.stringify(icons) },
    external: ["*.woff2"],
    plugins: [virtual("fonts", async () => faces), virtual("rooms", roomStyles), strictTurbo],
    logLevel: "warning",
  });
  for (const input of Object.keys(result.metafile.inputs)) inputs.add(input);
  return Buffer.from(result.outputFiles[0].contents);
}

/** A stylesheet that is not a file: `@import "name"` reads what `make` returns. */
function virtual(name, make) {
  return {
    name,
    setup(plugin) {
      plugin.onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: name, namespace: name }));
      plugin.onLoad({ filter: /.*/, namespace: name }, async () => ({
        contents: await make(),
        loader: "css",
        resolveDir: new URL("..", import.meta.url).pathname,
      }));
    },
  };
}

function report(dist) {
  for (const [key, { name, bytes }] of dist.entries()) {
    console.log(
      `${key.padEnd(28)} ${String(bytes.length).padStart(7)}  gz ${String(gzipSync(bytes).length).padStart(6)}  ${name}`,
    );
  }
  const site = gzipSync(dist.bytes("site.js"), { level: 9 }).length;
  if (site > SITE_SCRIPT_LIMIT)
    throw new Error(
      `site.js is ${site} bytes gzipped, over the limit of ${SITE_SCRIPT_LIMIT}: move something out of src/site.ts`,
    );
  const theme = dist.bytes("theme.js").length;
  if (theme > THEME_SCRIPT_LIMIT)
    throw new Error(`theme.js is ${theme} bytes, over the limit of ${THEME_SCRIPT_LIMIT}`);
}

async function watchAll() {
  let timer;
  const again = () => {
    clearTimeout(timer);
    timer = setTimeout(
      () =>
        buildAll()
          .then(report)
          .catch((error) => console.error(error.message)),
      100,
    );
  };
  for (const folder of ["src", "css", "icons"])
    watch(new URL(`./${folder}`, import.meta.url), { recursive: true }, again);
  for (const folder of roomFolders())
    watch(folder, { recursive: true }, (_, file) => file?.endsWith(".css") && again());
  again();
}

if (process.argv.includes("--watch")) await watchAll();
else report(await buildAll());
