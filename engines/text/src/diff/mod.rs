//! What changed between two versions of a text, word by word.
//!
//! [`words`] compares, [`markup`] shows all of it, [`hunks`] leaves out what stayed the same for
//! long and [`hunks_markup`] shows that. `Gone` and `Same` together are the old text, `New` and
//! `Same` together the new one, to the character.
//!
//! Time is bounded: long texts are compared by lines, and after a second the rest of the comparison
//! becomes coarser, never wrong.

mod compare;
mod hunks;
mod show;

pub use compare::words;
pub use hunks::{Hunk, hunks};
pub use show::{hunks_markup, markup};

/// A piece of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change<'a> {
    /// In both versions.
    Same(&'a str),
    /// Only in the old version.
    Gone(&'a str),
    /// Only in the new version.
    New(&'a str),
}

impl<'a> Change<'a> {
    /// The text of the piece, whichever it is.
    pub fn text(&self) -> &'a str {
        match self {
            Change::Same(text) | Change::Gone(text) | Change::New(text) => text,
        }
    }
}

#[cfg(test)]
mod tests;
