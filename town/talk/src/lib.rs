//! Wing 2, what any post has: an author, a kind, a visibility, counts, numbers, revisions, topics, the shelves it stands on,
//! its place on the lists of those who saved it, and who mentions it elsewhere.
//!
//! It knows people, never a story: the kinds of post are a wing above.

pub mod mentions;
pub mod numbers;
pub mod posts;
pub mod revisions;
pub mod saved;
pub mod topics;
pub mod views;

pub use posts::{Counts, Cursor, PostId};

/// Every address of this wing.
pub fn routes() -> axum::Router<people::Town> {
    saved::routes().merge(numbers::routes())
}
