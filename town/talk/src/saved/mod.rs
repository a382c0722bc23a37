//! Saved: posts that a member keeps for later, on a list that nobody else sees.
//!
//! Any post that somebody may read can be saved by them, once, by its button. Saving again changes nothing. What is taken off the
//! site meanwhile stays on the list until its member takes it off: they should know that it is gone. The list itself is a
//! page of the doors, where every kind of post can be shown.
//!
//! A guest who presses the button is led to sign in, and finds the post saved afterwards. A cookie carries the wish
//! through, not the address: an address alone must not put anything on anybody's list.

mod pages;
mod routes;
mod store;
#[cfg(test)]
mod tests;

pub use pages::button;
pub(crate) use routes::{routes, stream, wants_stream, way_back};
pub use store::{among, has, of, put, take_off};

use crate::{Cursor, PostId};

/// A member keeps so many at most. Somebody who reads five a day fills the list in five years.
pub const MOST: i64 = 10_000;

/// A post on somebody's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Saved {
    /// What is saved.
    pub post: PostId,
    /// When it was saved, in milliseconds.
    pub at: i64,
}

impl Saved {
    /// Where the next page of the list begins after this one.
    pub fn cursor(&self) -> Cursor {
        Cursor { at: self.at, id: self.post }
    }
}
