// E-mail addresses in whatever somebody pastes or exports: lines, commas, vCards (RFC 6350), tables.

// What every address has, and little else does. A vCard folds long lines with a line break and a space.
const NOT = String.raw`\s<>"'(),;:[\]\\/?=&@`;
const ADDRESS = new RegExp(`[^${NOT}]{1,64}@[^${NOT}]{1,190}\\.[^${NOT}.]{2,63}`, "gu");

/** The addresses in a text, in small letters, each once, in their order. */
export function addressesIn(text: string): string[] {
  const unfolded = text.replace(/\r?\n[ \t]/g, "");
  const found = [...unfolded.matchAll(ADDRESS)].map(([address]) => address.toLowerCase());
  return [...new Set(found)];
}
