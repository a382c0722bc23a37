/** The addresses of the program, read from the sources that serve them, so that no page is forgotten. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const town = resolve(import.meta.dirname, "../../town");

/** One address, such as `/stories/{id}/{slug}`, and what may be done there. */
export interface Route {
  pattern: string;
  get: boolean;
  post: boolean;
  fits: RegExp;
}

/** Every address that a room names, the plainest first: `/admin/people/new` is no `/admin/people/{id}`. */
export function addresses(): Route[] {
  const merged = new Map<string, Route>();
  for (const source of sources()) {
    for (const [pattern, methods] of routesIn(source)) {
      const known = merged.get(pattern);
      const post = /\bpost\(/.test(methods);
      const get = /\bget\(/.test(methods) || !post;
      merged.set(pattern, { pattern, get: get || !!known?.get, post: post || !!known?.post, fits: expression(pattern) });
    }
  }
  const holes = (route: Route) => route.pattern.split("{").length;
  return [...merged.values()].sort((one, other) => holes(one) - holes(other) || one.pattern.localeCompare(other.pattern));
}

function sources(): string[] {
  return readdirSync(town, { recursive: true, encoding: "utf8" })
    .filter((name) => /(^|\/)src\/.*\.rs$/.test(name) && !/\/tests(\/|\.rs)/.test(name))
    .map((name) => readFileSync(join(town, name), "utf8").split(/#\[cfg\(test\)\]\s+mod \w+ \{/)[0] ?? "");
}

/** `.route("/write", get(index).post(create))`: the address and the words behind it, to the bracket that closes the call. */
function* routesIn(source: string): Generator<[string, string]> {
  for (const found of source.matchAll(/\.route\(\s*"([^"]+)",/g)) {
    const start = found.index + found[0].length;
    let depth = 1;
    let end = start;
    while (depth > 0 && end < source.length) {
      if (source[end] === "(") depth++;
      if (source[end] === ")") depth--;
      end++;
    }
    yield [found[1] ?? "", source.slice(start, end)];
  }
}

function expression(pattern: string): RegExp {
  const plain = pattern.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
  return new RegExp(`^${plain.replace(/\{\*[^}]+\}/g, ".+").replace(/\{[^}]+\}/g, "[^/]+")}$`);
}
