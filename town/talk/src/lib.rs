//! Wing 2, what any post has: an author, a kind, a visibility, counts, numbers, revisions, topics, a place, the shelves it stands on,
//! what is said under it, its place on the lists of those who saved it and in the feeds of the town square, who likes and shares it,
//! what members think of it, and who mentions it elsewhere; what it shows, and the card of its link; and what becomes of what was reported.
//!
//! It knows people, never a story: the kinds of post are a wing above.

pub mod comments;
pub mod context;
pub mod feeds;
pub mod files;
pub mod gate;
pub mod lately;
pub mod links;
pub mod mentions;
pub mod moderation;
pub mod numbers;
pub mod pins;
pub mod places;
pub mod posts;
pub mod reactions;
pub mod reviews;
pub mod revisions;
pub mod saved;
pub mod shares;
pub mod told;
pub mod topics;
pub mod views;

pub use posts::{Counts, Cursor, PostId};

/// Every address of this wing.
pub fn routes() -> axum::Router<people::Town> {
    comments::routes().merge(context::routes()).merge(saved::routes()).merge(reactions::routes()).merge(numbers::routes())
}

/// A key of any script in an address (RFC 3986 §2.1).
fn percent(key: &str) -> String {
    use std::fmt::Write as _;
    key.bytes().fold(String::new(), |mut address, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-') {
            address.push(char::from(byte));
        } else {
            let _ = write!(address, "%{byte:02X}");
        }
        address
    })
}
