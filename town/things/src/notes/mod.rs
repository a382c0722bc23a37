//! Notes: short posts of the town square, read by whom they are for.
//!
//! A note is plain words in which addresses, `@people` and `#topics` are links; with up to ten pictures, each with words for those who
//! cannot see it, or a recording; perhaps a poll, a warning, another note it speaks of. It lives at `/@{handle}/{id}`. It is a post:
//! its author, its audience ([`talk::posts::Visibility`]), its counts and its removal are those of posts.
//!
//! Rules: whoever may `notes.write` posts, its author alone changes or removes it. Every change leaves a revision that whoever reads
//! the note may read, too; of what is for those it names only its author does, for the names may have changed. The audience is
//! chosen once: what was written for some is not shown to others by a slip of the hand. What the [gate](talk::gate) holds waits as its author's draft. The same rule stands between every
//! surface and its readers ([`talk::posts::readable`]); nothing here asks another question.

mod completions;
mod covers;
mod drafts;
mod feed;
mod links;
mod note;
mod pages;
mod read;
mod rules;
mod store;
mod takedown;
#[cfg(test)]
pub(crate) mod tests;
mod told;
mod waiting;
pub mod whole;
mod write;

pub use drafts::{Due, post_due};
pub use feed::{Item, items, pictured};
pub use links::leading_to;
pub use note::{Content, MAX_BODY, MAX_PICTURES, Note, Quoted, Written};
pub use pages::{
    card::{Standing, card, list, shares},
    composer::{Composer, SCRIPTS, composer},
};
pub use store::{Waiting, find, notes, post, tags, waiting, waiting_of, waiting_one};
pub use told::{MENTION, NOT_POSTED, NOT_POSTED_LETTER, QUOTE};
pub use waiting::{approve, pictures_of, refuse_waiting, waiting_listed, waiting_to_read};
pub use write::{lists_of, voices_of};

use axum::Router;
use people::Town;
use talk::PostId;
use web::Tag;

/// The tag of the feed of everyone here.
pub const LISTING: Tag = Tag("notes", 0);

/// The addresses of this room.
pub(crate) fn routes() -> Router<Town> {
    Router::new()
        .merge(read::routes())
        .merge(write::routes())
        .merge(drafts::routes())
        .merge(completions::routes())
        .merge(takedown::routes())
        .merge(covers::routes())
}

/// The one address of a note.
pub fn address(handle: &str, id: PostId) -> String {
    format!("/@{handle}/{id}")
}
