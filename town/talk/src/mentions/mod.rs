//! Mentions: pages elsewhere that link to a post, told to us by their sites (W3C Webmention), and shown under the post
//! once an editor has approved them.
//!
//! This room knows what a mention is, keeps it, and shows it. How it comes in, and how others are told of our links, is
//! the doors' affair.

mod pages;
mod store;
#[cfg(test)]
mod tests;
pub mod whole;

pub use pages::shown;
pub use store::{
    ask, asked, block, blocks, count_waiting, decide, find, forget, forget_sent, in_state, is_blocked, note_sent, sent_of, shown_of,
    unblock, verify,
};

use crate::PostId;

db::id! {
    /// Names a mention.
    pub struct MentionId;
}

/// Characters of a title.
pub const MAX_TITLE: usize = 200;
/// Characters of a name.
pub const MAX_AUTHOR: usize = 100;
/// Characters of an excerpt.
pub const MAX_EXCERPT: usize = 300;
/// Mentions shown under a post, the newest.
pub const MOST_SHOWN: u32 = 50;

/// How far a mention has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Somebody says that there is a link; nobody has looked.
    Asked,
    /// The link is there. An editor decides.
    Waiting,
    /// Approved.
    Shown,
    /// Declined; what comes from there again changes nothing.
    Declined,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Asked, Self::Waiting, Self::Shown, Self::Declined];

    /// Its name in tables and addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Waiting => "waiting",
            Self::Shown => "shown",
            Self::Declined => "declined",
        }
    }

    /// What follows when the page was looked at, and says the same as before or something else. What was approved is not
    /// approved any more once it says something else.
    pub fn looked_at(self, same: bool) -> Self {
        match self {
            Self::Asked => Self::Waiting,
            Self::Shown if !same => Self::Waiting,
            other => other,
        }
    }
}

impl std::str::FromStr for State {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|state| state.name() == name).ok_or(())
    }
}

/// What the page says of itself. Plain text, whatever it was there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Its title; may be empty.
    pub title: String,
    /// Who wrote it; may be empty.
    pub author: String,
    /// What it says; may be empty.
    pub excerpt: String,
}

/// A page elsewhere that links to a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Its id.
    pub id: MentionId,
    /// What it links to.
    pub post: PostId,
    /// Its address.
    pub source: String,
    /// The host in its address.
    pub host: String,
    /// How far it has come.
    pub state: State,
    /// What it says of itself.
    pub words: Words,
    /// When we were last told of it (milliseconds).
    pub received_at: i64,
}
