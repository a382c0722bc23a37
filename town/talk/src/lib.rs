//! Wing 2, what any post has: an author, a kind, a visibility, counts, revisions, topics, the shelves it stands on.
//!
//! It knows people, never a story: the kinds of post are a wing above.

pub mod posts;
pub mod revisions;
pub mod topics;
pub mod views;

pub use posts::{Counts, Cursor, PostId};
