// The folder that is served: hashed names, compressed copies, and the manifest.
import { createHash } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const TEXT = /\.(css|js|svg|json|txt)$/;

export class Dist {
  #folder;
  #files = new Map();

  constructor(folder) {
    this.#folder = folder;
  }

  async empty() {
    await rm(this.#folder, { recursive: true, force: true });
    await mkdir(this.#folder, { recursive: true });
  }

  /** Writes `bytes` under a name with their hash, and compressed copies of text. Returns the name. */
  async put(key, bytes) {
    bytes = Buffer.from(bytes);
    const hash = createHash("sha256").update(bytes).digest("base64url").replace(/[-_]/g, "").slice(0, 8);
    const name = key.replace(/(\.\w+)$/, `-${hash}$1`);
    await writeFile(new URL(name, this.#folder), bytes);
    if (TEXT.test(name)) await this.#compress(name, bytes);
    this.#files.set(key, { name, bytes });
    return name;
  }

  async #compress(name, bytes) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    await writeFile(new URL(`${name}.br`, this.#folder), brotliCompressSync(bytes, { params }));
    await writeFile(new URL(`${name}.gz`, this.#folder), gzipSync(bytes, { level: 9 }));
  }

  /** Writes manifest.json: from the name in the source to the name in the folder. */
  async finish() {
    const manifest = Object.fromEntries([...this.#files].map(([key, { name }]) => [key, name]).sort());
    await writeFile(new URL("manifest.json", this.#folder), `${JSON.stringify(manifest, null, 2)}\n`);
  }

  entries() {
    return this.#files.entries();
  }

  bytes(key) {
    return this.#files.get(key).bytes;
  }
}
