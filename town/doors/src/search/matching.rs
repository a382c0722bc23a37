//! A question with its filters, in the language of each database, side by side.
//!
//! Words are letters and digits and are quoted besides, so no word can be an operator. Filters are **marks**: words that
//! every story carries in the index beside its own (its section, its authors, its type, its months), begun with a
//! character that no word has. So a filtered question costs no more than one with a word more.

use db::Dialect;
use std::collections::BTreeSet;

use super::{
    query::{Query, Typed},
    tongues::{Phrase, Tongues},
};

/// For private use (Unicode, U+E000): never part of a word.
const MARK: char = '\u{e000}';

/// The mark of a thing: `mark('s', section)`.
pub(super) fn mark(kind: char, name: impl std::fmt::Display) -> String {
    format!("{MARK}{kind}{name}")
}

/// What stories must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Matching {
    /// One phrase of each of these groups.
    pub wanted: Vec<Vec<Phrase>>,
    /// None of these.
    pub unwanted: Vec<Phrase>,
    /// One of each of these groups.
    pub marks: Vec<Vec<String>>,
}

impl Matching {
    pub fn new(query: &Query, tongues: &Tongues, marks: &[Vec<String>]) -> Self {
        Self {
            wanted: query.wanted().map(|words| tongues.phrases(words)).collect(),
            unwanted: query.unwanted().flat_map(|words| tongues.phrases(words)).collect(),
            marks: marks.to_vec(),
        }
    }

    /// One word alone, in any of its forms.
    pub fn word(word: &Typed, tongues: &Tongues) -> Self {
        Self { wanted: vec![tongues.phrases(std::slice::from_ref(word))], ..Self::default() }
    }

    /// Only as they were written, each word in the form it has.
    pub fn as_written(&self) -> Self {
        Self { wanted: self.wanted.iter().map(|phrases| phrases[..1].to_vec()).collect(), ..self.clone() }
    }

    /// Without what must not be there, for indexes that do not hold everything.
    pub fn headline(&self) -> Self {
        Self { unwanted: Vec::new(), ..self.clone() }
    }

    /// Each word and mark in it alone.
    pub fn single(&self) -> BTreeSet<&str> {
        self.wanted.iter().flatten().chain(&self.marks).flatten().map(String::as_str).collect()
    }

    /// For this database.
    pub fn text(&self, dialect: Dialect) -> String {
        match dialect {
            Dialect::Sqlite => self.fts5(),
            Dialect::Postgres => self.tsquery(),
        }
    }

    /// SQLite's FTS5, "Full-text Query Syntax".
    fn fts5(&self) -> String {
        let phrase = |words: &Phrase| format!("\"{}\"", words.join(" "));
        let one_of = |phrases: &Vec<Phrase>| format!("({})", join(phrases, " OR ", phrase));
        let mut text = format!("({})", join(&self.wanted, " AND ", one_of));
        for group in &self.marks {
            text = format!("{text} AND ({})", join(group, " OR ", |mark| format!("\"{mark}\"")));
        }
        if self.unwanted.is_empty() { text } else { format!("({text}) NOT ({})", join(&self.unwanted, " OR ", phrase)) }
    }

    /// PostgreSQL's `tsquery`.
    fn tsquery(&self) -> String {
        let phrase = |words: &Phrase| format!("({})", join(words, " <-> ", |word| format!("'{word}'")));
        let mut text = join(&self.wanted, " & ", |phrases| format!("({})", join(phrases, " | ", phrase)));
        for group in &self.marks {
            text = format!("{text} & ({})", join(group, " | ", |mark| format!("'{mark}'")));
        }
        for words in &self.unwanted {
            text = format!("{text} & !{}", phrase(words));
        }
        text
    }
}

fn join<T>(parts: &[T], between: &str, text: impl Fn(&T) -> String) -> String {
    parts.iter().map(text).collect::<Vec<_>>().join(between)
}
