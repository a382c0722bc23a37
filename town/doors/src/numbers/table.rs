//! A table of numbers and its two faces: on the page, and as a file for spreadsheets.

use maud::{Markup, html};

/// A table.
#[derive(Debug)]
pub(super) struct Table {
    /// Its name in addresses and files.
    pub name: &'static str,
    /// What it shows.
    pub title: &'static str,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
}

/// A column's heading, on the page and in the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column(pub &'static str, pub &'static str);

/// What stands in a row.
#[derive(Clone, Debug)]
pub(super) enum Cell {
    /// Words of ours.
    Words(String),
    /// A time: for people, for machines.
    Time(String, String),
    /// Somebody's words that lead somewhere.
    Link(String, String),
    /// How many.
    Count(i64),
    /// A part of a whole; nothing of nothing is not said.
    Share(i64, i64),
    /// Seconds on average: all of them, and of how many.
    Average(i64, i64),
}

impl Table {
    /// The table on the page, captioned for those who do not see its heading.
    pub(super) fn markup(&self) -> Markup {
        html! {
            // Wide ones scroll, also by keyboard.
            div.table tabindex="0" role="region" aria-label=(self.title) {
                table {
                    thead { tr { @for (at, column) in self.columns.iter().enumerate() { th.number[at > 0] scope="col" { (column.0) } } } }
                    tbody {
                        @for row in &self.rows {
                            tr { @for (at, cell) in row.iter().enumerate() {
                                @if at == 0 { th scope="row" { (cell.markup()) } } @else { td.number { (cell.markup()) } }
                            } }
                        }
                    }
                }
            }
        }
    }

    /// The table as a file (RFC 4180), UTF-8 with the mark by which spreadsheets know it.
    ///
    /// # Errors
    /// None: it is written to memory.
    pub(super) fn csv(&self) -> Result<Vec<u8>, csv::Error> {
        let mut file = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
        file.write_record(self.columns.iter().map(|column| column.1))?;
        for row in &self.rows {
            file.write_record(row.iter().map(|cell| harmless(cell.plain())))?;
        }
        file.into_inner().map_err(|error| std::io::Error::other(error.to_string()).into())
    }
}

impl Cell {
    fn markup(&self) -> Markup {
        match self {
            Self::Words(words) | Self::Time(words, _) => html! { (words) },
            Self::Link(words, address) if address.is_empty() => html! { span dir="auto" { (words) } },
            Self::Link(words, address) => html! { a href=(address) dir="auto" { (words) } },
            Self::Count(count) => html! { (text::grouped(*count)) },
            Self::Share(part, whole) => html! { (share(*part, *whole)) },
            Self::Average(sum, of) => html! { (duration(*sum, *of)) },
        }
    }

    fn plain(&self) -> String {
        match self {
            Self::Words(words) | Self::Link(words, _) => words.clone(),
            Self::Time(_, iso) => iso.clone(),
            Self::Count(count) => count.to_string(),
            Self::Share(_, 0) | Self::Average(_, 0) => String::new(),
            Self::Share(part, whole) => format!("{:.1}", *part as f64 * 100.0 / *whole as f64),
            Self::Average(sum, of) => (sum / of).to_string(),
        }
    }
}

/// Spreadsheets run what begins like a formula, wherever it came from: an apostrophe makes it words again (OWASP, "CSV
/// injection").
fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']) {
        format!("'{cell}")
    } else {
        cell
    }
}

/// "34%", "under 1%", and a dash for nothing of nothing.
pub(super) fn share(part: i64, whole: i64) -> String {
    match (part, whole) {
        (_, 0) => "–".into(),
        (0, _) => "0%".into(),
        _ if part * 200 < whole => "under 1%".into(),
        _ => format!("{}%", (part * 100 + whole / 2) / whole),
    }
}

/// "1 min 20 s" of seconds in all among so many.
pub(super) fn duration(sum: i64, of: i64) -> String {
    if of == 0 {
        return "–".into();
    }
    match sum / of {
        seconds @ 0..60 => format!("{seconds} s"),
        seconds if seconds % 60 == 0 => format!("{} min", seconds / 60),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn numbers_read_as_people_say_them() {
        assert_eq!([share(1, 3), share(0, 9), share(1, 900), share(5, 5), share(0, 0)], ["33%", "0%", "under 1%", "100%", "–"]);
        assert_eq!([duration(100, 3), duration(160, 2), duration(120, 1), duration(5, 0)], ["33 s", "1 min 20 s", "2 min", "–"]);
    }

    #[test]
    fn a_file_is_plain_and_harmless_whatever_the_headline() {
        let headlines = ["Plain", "With, a comma", "With \"quotes\"", "=HYPERLINK(\"http://evil.example\")", "@cmd", "-2+3", "Line\nbreak"];
        let rows = headlines
            .map(|headline| vec![Cell::Link(headline.into(), "/x".into()), Cell::Count(1_204), Cell::Share(1, 3), Cell::Average(100, 3)]);
        let columns = vec![Column("Story", "Story"), Column("Views", "Views"), Column("Share", "Share (%)"), Column("Time", "Seconds")];
        let table = Table { name: "stories", title: "Stories", columns, rows: rows.into() };
        let file = String::from_utf8(table.csv().unwrap()).unwrap();
        let lines: Vec<&str> = file.trim_start_matches('\u{feff}').split("\r\n").collect();
        assert_eq!(
            lines,
            [
                "Story,Views,Share (%),Seconds",
                "Plain,1204,33.3,33",
                "\"With, a comma\",1204,33.3,33",
                "\"With \"\"quotes\"\"\",1204,33.3,33",
                "\"'=HYPERLINK(\"\"http://evil.example\"\")\",1204,33.3,33",
                "'@cmd,1204,33.3,33",
                "'-2+3,1204,33.3,33",
                "\"Line\nbreak\",1204,33.3,33",
                ""
            ]
        );
    }
}
