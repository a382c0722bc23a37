//! The languages of the index. What a reader types may be in any of them, so a word is looked for as it is written and by
//! its stem in each; mostly that is one word or two.

use db::{Tx, params};
use std::collections::BTreeSet;
use text::language::Stemmer;

use super::{query::Typed, words};

/// Words in a row.
pub(super) type Phrase = Vec<String>;

/// How words may be cut in this index.
#[derive(Default)]
pub(super) struct Tongues(Vec<Stemmer>);

impl Tongues {
    /// The languages of the stories in the index.
    pub fn of_index(tx: &mut Tx) -> Result<Self, db::Error> {
        let tags: Vec<String> = tx.all("select language from search_languages order by language", params![], |row| row.get(0))?;
        Ok(Self::new(tags.iter().map(String::as_str)))
    }

    /// These languages.
    pub fn new<'a>(tags: impl IntoIterator<Item = &'a str>) -> Self {
        Self(tags.into_iter().map(Stemmer::of).filter(|stemmer| !stemmer.is_none()).collect())
    }

    /// Notes that a story of the index is in this language.
    pub fn learn(tx: &mut Tx, tag: &str) -> Result<(), db::Error> {
        tx.run("insert into search_languages (language) values ($1) on conflict do nothing", params![tag]).map(drop)
    }

    /// What typed words may stand as in the index: as they are, then cut in each language.
    pub fn phrases(&self, typed: &[Typed]) -> Vec<Phrase> {
        let mut phrases = vec![typed.iter().map(|word| word.folded.clone()).collect::<Phrase>()];
        for stemmer in &self.0 {
            // With its accents, and for those who type none without.
            for plain in [false, true] {
                let stem = |word: &Typed| words::stem(if plain { &word.folded } else { &word.written }, word.folded.clone(), stemmer);
                let phrase: Phrase = typed.iter().map(stem).collect();
                if !phrases.contains(&phrase) {
                    phrases.push(phrase);
                }
            }
        }
        phrases
    }

    /// What each of these words may stand as.
    pub fn forms<'a>(&self, typed: impl IntoIterator<Item = &'a Typed>) -> BTreeSet<String> {
        typed.into_iter().flat_map(|word| self.phrases(std::slice::from_ref(word))).flatten().collect()
    }
}
