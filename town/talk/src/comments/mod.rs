//! Comments: what people say under a story, a note, an album, and to each other there.
//!
//! A comment is a post of plain words, as notes are, with up to four pictures or the card of a link ([`crate::files`], [`crate::links`]). It stands under its **subject**; a comment that answers none begins a
//! **thread**, in which all others stand in the order in which they are read ([`comment::beneath`]). It is read by whoever reads its
//! subject, unless its author was shown out or the two are parted by a block ([`crate::posts::readable`]); whoever mutes its author
//! does not see it in lists. It stands on no shelf and in no feed.
//!
//! Rules: whoever may `comments.write` comments where the subject's authors let them ([`rules`]). Its author alone changes or deletes
//! it, whoever may `notes.moderate` takes it down, an editor picks it. What the [gate](crate::gate) holds is its author's to see until somebody has read it. What is gone leaves its place in the thread while anything
//! stands under it. Counts change in the transaction of their cause ([`store`]).
//!
//! What an import brings along from another site is a comment like any other; whoever wrote it and has no account here goes by the
//! name they gave there ([`bring`]).

mod change;
mod comment;
mod content;
mod covers;
mod pages;
mod places;
mod read;
mod rules;
mod settings;
mod store;
mod takedown;
#[cfg(test)]
mod tests;
mod told;
pub mod whole;
mod write;

pub use comment::{Asked, Comment, PAGE, State};
pub use content::{Content, MAX_BODY, MAX_BROUGHT, MAX_PICTURES};
pub use pages::{
    Standing,
    composer::scripts,
    said::count as said_count,
    section::section,
    waiting::{listed as waiting_listed, to_read as waiting_to_read, why as waits_for},
};
pub use places::lead;
pub use rules::{May, OpenTo, Rules};
pub use store::{
    Brought, By, Conversation, Discussed, Waiting, approve, bring, bring_anew, brought, discussed, drift, empty_removed, find,
    forget_waiting, guest_name, hold, of, pick, pictures_of, post, refuse_waiting, remove, restore, seen, set_rules, shown_on, take_down,
    waiting, waiting_of, waiting_one, withdraw,
};
pub(crate) use store::{forget_under, liked};
pub use told::{COMMENT, CONVERSATION, Follow, REPLY, tell_followers};

use axum::Router;
use people::Town;

/// The addresses of this room.
pub(crate) fn routes() -> Router<Town> {
    Router::new()
        .merge(read::routes())
        .merge(write::routes())
        .merge(change::routes())
        .merge(settings::routes())
        .merge(takedown::routes())
        .merge(covers::routes())
}
