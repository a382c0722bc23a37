//! Decisions: what staff decided about people, posts and the site, written down in the transaction that carries it out.
//!
//! Who, when, about whom, in words that can still be read when what they speak of is gone. Administrators read all of it; it is
//! never changed and never shown to guests.

mod store;
#[cfg(test)]
mod tests;

pub use store::{about, latest, trouble_at};

use db::Tx;

use crate::{AccountId, accounts::Author, viewer::Viewer};

db::id! {
    /// Names a decision.
    pub struct DecisionId;
}

/// Longest reason that somebody writes, in characters.
pub const MAX_REASON: usize = 500;
/// Something of somebody's was taken down.
pub const TAKEN_DOWN: &str = "post.removed";
/// Somebody was suspended.
pub const SUSPENDED: &str = "account.suspended";

/// A decision, as the desk shows it.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Its id.
    pub id: DecisionId,
    /// Who decided; `None` for the program itself and for those who have left.
    pub by: Option<Author>,
    /// What kind of decision it was.
    pub act: String,
    /// Whom it was about.
    pub about: Option<Author>,
    /// In words.
    pub words: String,
    /// Why; may be empty.
    pub reason: String,
    /// When.
    pub at: i64,
}

/// A decision that is to be written down.
#[must_use]
#[derive(Clone, Debug)]
pub struct Entry {
    act: &'static str,
    words: String,
    about: Option<AccountId>,
    post: Option<i64>,
    reason: String,
}

impl Entry {
    /// What kind of decision it is, and what was decided in words: "Changed the colours".
    pub fn new(act: &'static str, words: impl Into<String>) -> Self {
        Self { act, words: words.into(), about: None, post: None, reason: String::new() }
    }

    /// Whom it is about.
    pub fn about(mut self, account: AccountId) -> Self {
        self.about = Some(account);
        self
    }

    /// The post it is about.
    pub fn post(mut self, id: i64) -> Self {
        self.post = Some(id);
        self
    }

    /// Why.
    pub fn because(mut self, reason: &str) -> Self {
        reason.clone_into(&mut self.reason);
        self
    }

    /// Writes it down as the viewer's.
    ///
    /// # Errors
    /// When the database does not answer.
    pub fn by(self, tx: &mut Tx, viewer: &Viewer, now: i64) -> Result<(), db::Error> {
        store::insert(tx, viewer.me.as_ref().map(|me| me.id), &self, now)
    }

    /// Writes it down as the program's own.
    ///
    /// # Errors
    /// When the database does not answer.
    pub fn by_itself(self, tx: &mut Tx, now: i64) -> Result<(), db::Error> {
        store::insert(tx, None, &self, now)
    }
}
