//! A question with its filters, in the language of each database, side by side.
//!
//! Words are letters and digits and are quoted besides, so no word can be an operator. Filters are **marks**: words that
//! every story carries in the index beside its own (its section, its authors, its type, its months), begun with a
//! character that no word has. So a filtered question costs no more than one with a word more.

use db::Dialect;

use super::query::Query;

/// For private use (Unicode, U+E000): never part of a word.
const MARK: char = '\u{e000}';

/// The mark of a thing: `mark('s', section)`.
pub(super) fn mark(kind: char, name: impl std::fmt::Display) -> String {
    format!("{MARK}{kind}{name}")
}

/// Where a word is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Where {
    Anywhere,
    /// Standfirst, authors, topics, place.
    NearTheTop,
}

/// What stories must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Matching {
    pub wanted: Vec<Vec<String>>,
    pub unwanted: Vec<Vec<String>>,
    /// One of each of these groups.
    pub marks: Vec<Vec<String>>,
}

impl Matching {
    pub fn new(query: &Query, marks: &[Vec<String>]) -> Self {
        let all = |parts: &mut dyn Iterator<Item = &[String]>| parts.map(<[String]>::to_vec).collect();
        Self { wanted: all(&mut query.wanted()), unwanted: all(&mut query.unwanted()), marks: marks.to_vec() }
    }

    /// One word alone.
    pub fn word(word: &str) -> Self {
        Self { wanted: vec![vec![word.to_owned()]], ..Self::default() }
    }

    /// All wanted words in a row.
    pub fn as_phrase(&self) -> Self {
        Self { wanted: vec![self.wanted.concat()], ..self.clone() }
    }

    /// Without what must not be there, for indexes that do not hold everything.
    pub fn headline(&self) -> Self {
        Self { unwanted: Vec::new(), ..self.clone() }
    }

    /// Each word and mark in it alone.
    pub fn single(&self) -> impl Iterator<Item = &str> {
        self.wanted.iter().chain(&self.marks).flatten().map(String::as_str)
    }

    /// For this database.
    pub fn text(&self, dialect: Dialect, place: Where) -> String {
        match dialect {
            Dialect::Sqlite => self.fts5(place),
            Dialect::Postgres => self.tsquery(place),
        }
    }

    /// SQLite's FTS5, "Full-text Query Syntax".
    fn fts5(&self, place: Where) -> String {
        let phrase = |words: &Vec<String>| format!("\"{}\"", words.join(" "));
        let columns = if place == Where::NearTheTop { "{standfirst people topics place} : " } else { "" };
        let mut text = format!("{columns}({})", join(&self.wanted, " AND ", phrase));
        for group in &self.marks {
            text = format!("{text} AND ({})", join(group, " OR ", |mark| format!("\"{mark}\"")));
        }
        if self.unwanted.is_empty() { text } else { format!("({text}) NOT ({})", join(&self.unwanted, " OR ", phrase)) }
    }

    /// PostgreSQL's `tsquery`.
    fn tsquery(&self, place: Where) -> String {
        let weight = if place == Where::NearTheTop { ":BC" } else { "" };
        let phrase =
            |weight: &'static str| move |words: &Vec<String>| format!("({})", join(words, " <-> ", |word| format!("'{word}'{weight}")));
        let mut text = join(&self.wanted, " & ", phrase(weight));
        for group in &self.marks {
            text = format!("{text} & ({})", join(group, " | ", |mark| format!("'{mark}'")));
        }
        for words in &self.unwanted {
            text = format!("{text} & !{}", phrase("")(words));
        }
        text
    }
}

fn join<T>(parts: &[T], between: &str, text: impl Fn(&T) -> String) -> String {
    parts.iter().map(text).collect::<Vec<_>>().join(between)
}
