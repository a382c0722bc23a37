//! Tables: those of words as tables, those that only arrange a page as what they hold.

use ego_tree::NodeRef;
use scraper::Node;

use super::runs::Marks;
use super::walk::{Walk, name};

const MAX_COLUMNS: usize = 40;
const MAX_ROWS: usize = 2_000;

type Cell<'a> = NodeRef<'a, Node>;

/// Writes a table.
pub(super) fn write(walk: &mut Walk<'_>, table: NodeRef<'_, Node>, marks: &Marks, depth: usize) {
    let mut rows = Vec::new();
    rows_of(table, &mut rows, 0);
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0).min(MAX_COLUMNS);
    let arranges = columns < 2 || rows.len() > MAX_ROWS || rows.iter().flatten().any(|cell| holds_blocks(*cell));
    if arranges {
        for cell in rows.into_iter().flatten() {
            walk.flush();
            walk.below(cell, marks, depth + 1);
            walk.flush();
        }
        return;
    }
    let mut lines = Vec::with_capacity(rows.len() + 1);
    for (number, row) in rows.into_iter().enumerate() {
        let mut cells: Vec<String> = row.into_iter().take(columns).map(|cell| words(walk, cell, depth)).collect();
        cells.resize(columns, String::new());
        lines.push(format!("| {} |", cells.join(" | ")));
        if number == 0 {
            lines.push(format!("|{}", " --- |".repeat(columns)));
        }
    }
    if let Some(caption) = table.children().find(|child| name(*child) == Some("caption")) {
        walk.below(caption, marks, depth + 1);
        walk.flush();
    }
    walk.push(lines.join("\n"));
}

/// The cells of one row, in one line.
fn words(walk: &mut Walk<'_>, cell: Cell<'_>, depth: usize) -> String {
    let blocks = walk.nested(cell, &Marks::default(), depth + 1);
    let line = blocks.join(" ").replace("\\\n", " ").replace('\n', " ");
    // In code a stroke is not escaped yet.
    let mut safe = String::with_capacity(line.len());
    let mut escaped = false;
    for c in line.chars() {
        if c == '|' && !escaped {
            safe.push('\\');
        }
        escaped = c == '\\' && !escaped;
        safe.push(c);
    }
    safe
}

fn rows_of<'a>(table: NodeRef<'a, Node>, rows: &mut Vec<Vec<Cell<'a>>>, depth: usize) {
    for child in table.children() {
        match name(child) {
            Some("tr") => {
                let cells: Vec<Cell> = child.children().filter(|cell| matches!(name(*cell), Some("td" | "th"))).collect();
                if !cells.is_empty() {
                    rows.push(cells);
                }
            }
            Some("thead" | "tbody" | "tfoot") if depth < 2 => rows_of(child, rows, depth + 1),
            _ => {}
        }
    }
}

fn holds_blocks(cell: Cell<'_>) -> bool {
    let paragraphs = cell.children().filter(|child| matches!(name(*child), Some("p"))).count();
    let other = |below: Cell<'_>| {
        matches!(
            name(below),
            Some(
                "table" | "ul" | "ol" | "blockquote" | "pre" | "figure" | "img" | "iframe" | "video" | "audio" | "hr" | "h1" | "h2" | "h3"
            )
        )
    };
    paragraphs > 1 || cell.descendants().any(other)
}
