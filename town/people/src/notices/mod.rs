//! Notices: what members are told, by the ways that they chose.
//!
//! A [`Kind`] is defined where its cause is, and names itself, its sentence and the ways that are usual; the page that lists all
//! kinds is a wing above (`doors::notices`). [`tell`] writes the row in the transaction of the cause. What is about the same thing
//! gathers in one notice until it is read ("Rosa and 11 others shared your post"), and is mailed and pushed once.
//!
//! Rules: nobody is told of what they did themself, by somebody whom they mute, across a block, or while
//! their account is locked. How many are unread is kept with
//! every change and read with every page. Whether a member may still see what a notice is about is asked again wherever it is shown,
//! mailed or pushed; that rule is that of posts, a wing above (`talk::told`).

mod choices;
mod kind;
mod post;
pub mod push;
mod store;
#[cfg(test)]
mod tests;
pub mod whole;

pub use choices::{choices, choose, no_letters};
pub use kind::{Email, Kind, Ways};
pub use post::{Digest, Letter, Push};
pub use store::{
    NoticeId, drift, entered, forget_old, forget_people, leave, no_more_about, no_more_with, part, read_all, read_one, read_unseen,
    take_from_digest, undone, unread,
};
pub use tell::{News, tell, tell_everybody, tell_followers};

mod tell;

/// Notices are kept for so long.
pub const KEPT_MS: i64 = 180 * 24 * 60 * 60 * 1000;
