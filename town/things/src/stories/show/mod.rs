//! A story as its readers see it, and the cards that stand for it in lists.
//!
//! The page has one order, whatever the story has of it: section, headline, standfirst, authors, time, type of work,
//! reading time, counts, what a reader can do with it (save, share, listen), picture, body, corrections, sources, topics
//! and place, reviews, comments, more from the section. The id in the address decides; a slug that is wrong or missing leads to the right
//! one. What was removed is gone (410), what is not published is not there (404), though its authors and the editors are
//! told where to find it.

pub mod cards;
mod data;
mod freshness;
mod head;
mod judged;
mod pages;
mod parts;
mod routes;
mod sharing;
pub(super) mod social;
#[cfg(test)]
mod tests;

pub use freshness::fresh_for;
pub(crate) use pages::{Beneath, View, page};
pub(super) use routes::routes;

use jiff::tz::TimeZone;

/// The moment in which a page is drawn, and where: what spoken times and words in other languages depend on.
#[derive(Clone, Debug)]
pub struct Now {
    /// Milliseconds since 1970.
    pub ms: i64,
    /// The site's zone.
    pub zone: TimeZone,
    /// Tag of the site's language, which is that of the page.
    pub language: String,
}

/// How the words of a story are marked in a page (WCAG 3.1.2): voices, hyphens and quotation marks follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tongue<'a> {
    /// For `lang`: the story's language where it is another than the page's.
    pub lang: Option<&'a str>,
    /// For `dir`: the first letters of a text decide, unless its language runs from right to left whatever it begins with.
    pub dir: &'static str,
}

impl Now {
    /// The moment of this town.
    pub fn of(town: &people::Town) -> Self {
        Self { ms: town.now(), zone: town.zone(), language: town.site().language.clone() }
    }

    /// How the words of a story in this language are marked here.
    pub fn tongue<'a>(&self, language: &'a str) -> Tongue<'a> {
        let lang = (!language.is_empty() && !text::language::same(language, &self.language)).then_some(language);
        Tongue { lang, dir: if text::language::direction(language) == "rtl" { "rtl" } else { "auto" } }
    }
}
