// Addresses and titles inside the brackets of a link or picture.

/** `address "title"` as it stands between the parentheses. */
export function destination(address: string, title?: string | null): string {
  const clean = String(address ?? "").replace(/[\n\r]/g, "");
  const plain = clean !== "" && /^[^\s<>()\\]+$/.test(clean) && !hasReference(clean);
  const target = plain ? clean : `<${clean.replace(/[\\<>]/g, "\\$&").replaceAll("&", "&amp;")}>`;
  return title ? `${target} "${quoted(title)}"` : target;
}

function quoted(title: string): string {
  return title.replace(/\s+/g, " ").trim().replace(/[\\"]/g, "\\$&").replaceAll("&", "&amp;").replaceAll("|", "|");
}

/** `&copy=1` in an address would be read as a character reference only with its semicolon. */
function hasReference(address: string): boolean {
  return /&#?\w+;/.test(address);
}
