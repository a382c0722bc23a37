//! Blocks and mutes: whom a member does not want to meet.
//!
//! A **block** makes two people invisible to each other, whichever of them made it. It ends what connected them: follows
//! and friendship in both directions, requests, places on lists. Lifting it brings nothing of that back. Whoever is blocked
//! is not told. Stories of the newsroom stay readable with their bylines: a block parts neighbours, not readers and news.
//!
//! A **mute** is one way and changes nothing for the other: what they write stays out of one's own feeds, for a while or for
//! good.

mod store;
#[cfg(test)]
mod tests;

pub use store::{
    block, blocked, end_expired, hidden_from, is_blocked_either_way, is_muted, mute, muted, muted_among, muted_by, unblock, unmute,
    where_no_block, where_no_mute, where_not_muted,
};

use crate::accounts::Author;

/// Somebody blocks or mutes so many at most.
pub const MOST: i64 = 10_000;
const HOUR_MS: i64 = 60 * 60 * 1000;

/// Somebody that a member muted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Muted {
    /// Who it is.
    pub who: Author,
    /// When it ends by itself; `None` for one that does not.
    pub ends_at: Option<i64>,
}

/// How long a mute lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lasts {
    /// An hour.
    Hour,
    /// A day.
    Day,
    /// Seven days.
    Week,
    /// Thirty days.
    Month,
    /// Until it is lifted.
    Always,
}

impl Lasts {
    /// All of them, the shortest first.
    pub const ALL: [Self; 5] = [Self::Hour, Self::Day, Self::Week, Self::Month, Self::Always];

    /// Its name in forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Always => "always",
        }
    }

    /// What people read.
    pub fn words(self) -> &'static str {
        match self {
            Self::Hour => "For an hour",
            Self::Day => "For a day",
            Self::Week => "For a week",
            Self::Month => "For a month",
            Self::Always => "Until I unmute",
        }
    }

    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lasts| lasts.name() == name)
    }

    /// When one that begins now ends.
    pub fn ends_at(self, now: i64) -> Option<i64> {
        let hours = match self {
            Self::Hour => 1,
            Self::Day => 24,
            Self::Week => 7 * 24,
            Self::Month => 30 * 24,
            Self::Always => return None,
        };
        Some(now + hours * HOUR_MS)
    }
}
