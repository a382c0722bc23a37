//! Revisions: every published version of a post, for anyone to read. A **correction** is a revision with a public note
//! of what was wrong.
//!
//! What a revision holds is the kind's own affair: here it is opaque text (JSON).

mod store;
#[cfg(test)]
mod tests;

pub use store::{contents, corrections, corrections_of, insert, latest, named, of, shows};

use people::accounts::Author;

use crate::PostId;

/// A saved version of a post.
#[derive(Clone, Debug)]
pub struct Revision {
    /// The post.
    pub post: PostId,
    /// 1 for the first.
    pub number: i64,
    /// Who published it.
    pub by: Author,
    /// What it held; empty where only the list was asked for.
    pub content: String,
    /// The public note, if it corrects something.
    pub correction: Option<String>,
    /// When.
    pub created_at: i64,
}

/// A correction as the public list shows it.
#[derive(Clone, Debug)]
pub struct Correction {
    /// Id of the revision, for paging.
    pub id: i64,
    /// The corrected post.
    pub post: PostId,
    /// Which revision it made.
    pub number: i64,
    /// What was wrong.
    pub note: String,
    /// When it was corrected.
    pub created_at: i64,
}
