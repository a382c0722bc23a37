//! Reactions: what members answer a post with, in one press.
//!
//! One a member and post: a like, which is always there, or one of those that the site offers ([`Kind`]). Choosing another changes
//! it, and it can be taken back. Whoever reads a post may react to it, if their level includes that. A kind that is retired stays
//! where it stands and is offered no more.
//!
//! How many there are is kept with every change: by as much as the statement changed that wrote the reaction. So a double tap, a
//! second device and a form that comes twice count once, whichever of them is first. Reactions of somebody who was blocked or
//! suspended still count; who they are is not shown to those who are parted from them.

mod kinds;
mod offer;
mod pages;
mod routes;
mod store;
#[cfg(test)]
mod tests;
pub mod whole;

pub use kinds::{Changes, Kind, LIKE, MAX_WORDS, MOST};
pub use offer::{add, all, change, move_up, named, retire};
pub use pages::{button, likes, typed};
pub(crate) use routes::routes;
pub use store::{Reacted, drift, leave, of, of_one, of_one_among, put, take_back, typed_of, who};

use people::notices::{self, Ways};
use std::sync::Arc;

/// Members are told who likes what they wrote.
pub const LIKED: notices::Kind = notices::Kind {
    name: "like",
    title: "Somebody likes your post",
    icon: "heart",
    one: "liked your post",
    many: "liked your post",
    usual: Ways::SITE,
};

/// The same of every other reaction.
pub const REACTED: notices::Kind = notices::Kind {
    name: "reaction",
    title: "Somebody reacts to your post otherwise",
    icon: "smile-plus",
    one: "reacted to your post",
    many: "reacted to your post",
    usual: Ways::SITE,
};

/// The reactions to a post, as somebody sees them.
#[derive(Clone, Debug, Default)]
pub struct Reactions {
    /// How many like it.
    pub likes: i64,
    /// The others that stand, in the site's order, and how many of each.
    pub typed: Vec<(Kind, i64)>,
    /// The viewer's own.
    pub mine: Option<Kind>,
    /// What can be chosen besides the like.
    pub offered: Arc<[Kind]>,
}
