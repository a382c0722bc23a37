//! Tables: in a frame that scrolls on phones and can be reached by keyboard (WCAG 2.2, 2.1.1).

use comrak::nodes::{NodeTable, TableAlignment};

pub(super) const OPEN: &str = "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"Table\"><table>\n";
pub(super) const CLOSE: &str = "</tbody></table></div>\n";

/// Where the walk is inside of the current table.
#[derive(Default)]
pub(super) struct Position {
    alignments: Vec<TableAlignment>,
    column: usize,
    header: bool,
}

impl Position {
    pub(super) fn table(&mut self, table: &NodeTable) {
        self.alignments.clone_from(&table.alignments);
    }

    pub(super) fn row(&mut self, header: bool) -> (&'static str, &'static str) {
        self.column = 0;
        self.header = header;
        if header { ("<thead><tr>", "</tr></thead><tbody>\n") } else { ("<tr>", "</tr>\n") }
    }

    pub(super) fn cell(&mut self) -> (&'static str, &'static str) {
        let alignment = self.alignments.get(self.column).copied().unwrap_or(TableAlignment::None);
        self.column += 1;
        let open = match (self.header, alignment) {
            (true, TableAlignment::Center) => "<th scope=\"col\" class=\"align-center\">",
            (true, TableAlignment::Right) => "<th scope=\"col\" class=\"align-right\">",
            (true, _) => "<th scope=\"col\">",
            (false, TableAlignment::Center) => "<td class=\"align-center\">",
            (false, TableAlignment::Right) => "<td class=\"align-right\">",
            (false, _) => "<td>",
        };
        (open, if self.header { "</th>" } else { "</td>" })
    }
}
