//! Albums: pictures in an order, each with a caption of its own if it needs one.
//!
//! An album is a post: its authors, its visibility, its counts and its removal are those of posts. Unlike a story it has no
//! working copy: once it is public, readers see every change when it is saved. A picture stands in an album once, so its own
//! page is named by its key and stays where it is when the order changes.
//!
//! Rules: its authors work on it, editors on any; publishing needs a title, a picture, and words for each picture. Its address
//! alone on a line of a story becomes a card of it ([`card`]); stories that show it are drawn anew when it changes. What it
//! shows it uses ([`people::uses`]).

mod album;
mod card;
mod edit;
mod effects;
mod pages;
mod rules;
mod show;
mod store;
#[cfg(test)]
mod tests;
pub mod whole;

pub use album::{Album, Entry, MAX_PICTURES};
pub(crate) use card::{Cards, card_for_editing, ids_in};
pub use effects::{bring_back, changed, take_off};
pub use rules::{Access, access};
pub(crate) use store::set_embeds;
pub use store::{Listed, bring, find, listed, named, public_among};

use axum::Router;
use people::Town;
use talk::PostId;
use web::Tag;

/// The tag of the list of albums.
pub const LISTING: Tag = Tag("albums", 0);

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new().merge(edit::routes()).merge(show::routes())
}

/// The one address of an album. The id decides; the slug is for people.
pub fn address(id: PostId, slug: &str) -> String {
    format!("/albums/{id}/{slug}")
}
