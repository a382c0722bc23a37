//! Prevention: what is looked at before a post appears. Filters of words and links, the front porch, and from where nobody joins.
//!
//! A **filter** says what becomes of a post that has certain words, or leads to a certain host: it waits until somebody has read it
//! (hold), a sentence stands over it (label), it is not taken (refuse), or its writer is asked once whether they are sure (nudge). The
//! **front porch** says whether posts are read before they appear: none, the first ones of new members, or all. Where all are, a
//! [`letter`] a day says what appeared.
//!
//! All are kept in memory with the site ([`crate::Town::prevention`]), so that posting asks the database nothing for them, and looking
//! through a text takes as long as the text is, however many filters there are. What follows from it for a post is
//! `talk::gate`'s affair.

mod filter;
pub mod letter;
mod matching;
mod porch;
pub mod store;
#[cfg(test)]
mod tests;
pub mod whole;

pub use filter::{Act, Changes, Filter, FilterId, Kind, MAX_PATTERN, MAX_SENTENCE, MOST};
pub use matching::{Filters, Found, hosts};
pub use porch::{MOST_POSTS, Porch, State};

use db::Tx;

use crate::bars::{self, Bars};

/// What is looked at before a post appears.
#[derive(Debug, Default)]
pub struct Prevention {
    /// Words and links.
    pub filters: Filters,
    /// Which posts are read first.
    pub porch: Porch,
    /// From where nobody joins.
    pub bars: Bars,
}

impl Prevention {
    /// As the tables have it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub fn load(tx: &mut Tx) -> Result<Self, db::Error> {
        Ok(Self { filters: Filters::of(store::all(tx)?), porch: store::porch(tx)?, bars: Bars::of(bars::store::all(tx)?) })
    }
}
