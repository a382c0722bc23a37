// Tables from elsewhere: cells of one line, rows of one length, a header row.

export function levelTables(body: HTMLElement): void {
  for (const cell of body.querySelectorAll("td,th")) flatten(cell);
  for (const table of body.querySelectorAll("table")) {
    for (const part of table.querySelectorAll("caption,colgroup")) part.remove();
    const rows = [...table.querySelectorAll("tr")];
    for (const row of rows) spread(row);
    const width = Math.max(0, ...rows.map((row) => row.children.length));
    for (const row of rows) while (row.children.length < width) row.append(document.createElement("td"));
    for (const cell of [...(rows[0]?.querySelectorAll("td") ?? [])]) asHeader(cell);
  }
}

/** Paragraphs and lists in a cell become one line. */
function flatten(cell: Element): void {
  for (const inner of [...cell.querySelectorAll("p,div,li,h1,h2,h3,h4,br,ul,ol,table")]) {
    inner.replaceWith(...inner.childNodes, " ");
  }
  const last = cell.lastChild;
  if (last?.nodeType === 3) last.textContent = (last.textContent ?? "").trimEnd();
}

/** A cell over several columns keeps its words in the first of them. */
function spread(row: Element): void {
  for (const cell of [...row.children]) {
    const span = Math.min(20, Number(cell.getAttribute("colspan") ?? 1));
    for (let more = 1; more < span; more++) cell.after(document.createElement("td"));
  }
}

function asHeader(cell: Element): void {
  const header = document.createElement("th");
  header.append(...cell.childNodes);
  cell.replaceWith(header);
}
