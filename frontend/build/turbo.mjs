// Turbo writes a <style> element for its progress bar as soon as it is loaded, which the
// site's Content-Security-Policy (style-src 'self') refuses and reports. The rules are in
// css/base.css instead, and the call is taken out here; the build fails if it ever moves.
import { readFile } from "node:fs/promises";

const CALL = "    this.installStylesheetElement();\n    this.setValue(0);";

export const strictTurbo = {
  name: "strict-turbo",
  setup(plugin) {
    plugin.onLoad({ filter: /@hotwired\/turbo\/dist\/turbo\.es2017-esm\.js$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      if (!source.includes(CALL)) throw new Error("Turbo's progress bar changed: see build/turbo.mjs");
      return { contents: source.replace(CALL, "    this.setValue(0);"), loader: "js" };
    });
  },
};
