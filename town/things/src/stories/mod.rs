//! Stories: what authors write and readers read.
//!
//! A story lives twice. Its **working copy** ([`Draft`]) is what its authors write on; every save has a version, and a
//! save made from an older version than the newest is refused and kept beside it, so that nobody's words are lost.
//! **Publishing** makes the working copy a revision, renders it, and puts the story on its shelves. From then on readers
//! see the published story until it is published again.
//!
//! Rules: its authors may write on it, editors on any; publishing needs a headline, a body and a section; where the site
//! asks for review only editors publish. Taken off the site it keeps its id, its revisions and its counts.

mod content;
mod draft;
mod effects;
mod files;
mod later;
mod lifecycle;
mod preview;
mod reading;
mod reviewed;
mod rules;
mod shelving;
pub mod show;
mod sources;
#[cfg(test)]
pub(crate) mod tests;
mod told;
pub mod whole;
mod writing;

pub use content::{Content, LeadPicture, MAX_BODY, MAX_HEADLINE, MAX_STANDFIRST, Work};
pub use draft::{
    Copy, Draft, DraftState, Saved, copies, copy, discard_copies, drafts_of, editors_of, open as open_draft, seen_by, waiting_for_review,
};
pub use effects::{bring_back, take_off};
pub use files::recount;
pub use later::{publish_due, purge};
pub use lifecycle::{
    Changed, Publication, create, draw_anew, publish, publish_scheduled, remove, restore, return_to_author, save, schedule, submit,
    take_up, tell_of_author, unpublish,
};
pub use people::pictures::Shown;
pub use reading::{
    Card, Status, Story, cards, cards_by_ids, count_on_shelf, find, has_published, most_read_since, note_language, on_shelf,
    published_between, status_of,
};
pub use reviewed::REVIEWABLE;
pub(in crate::stories) use rules::must_have_left;
pub use rules::{Access, access};
pub use shelving::{Places, place_all};
pub use show::social::sweep as sweep_social_pictures;
pub use sources::Source;
pub use told::{Out, STORY, tell_out};

use axum::Router;
use people::Town;
use talk::PostId;

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new().merge(writing::routes()).merge(show::routes())
}

/// The one address of a story. The id decides; the slug is for people.
pub fn address(id: PostId, slug: &str) -> String {
    format!("/stories/{id}/{slug}")
}
