//! Posts: the spine of everything that anybody authored.
//!
//! A post has a kind, an author, a visibility and counts. Being published puts it on **shelves**: its section and those
//! above it, each of its authors, each of its topics. A shelf is read newest first with a keyset, so its thousandth page
//! costs what its first does. What changes on shelves is noted for a day, for whoever keeps something made of them.
//!
//! Who reads a post is one rule ([`readable`]), asked by every page, list, feed and count that shows posts which not everybody may
//! read.

mod audience;
mod counts;
mod cursor;
pub mod mentioned;
mod shelves;
mod spine;
mod store;
#[cfg(test)]
mod tests;

pub use audience::{Audience, GUEST, Visibility, readable, readable_as, readable_by, reader, readers_among};
pub use counts::Counts;
pub use cursor::Cursor;
pub use mentioned::{add_mentioned, known, mentioned_in, set_mentioned};
pub use shelves::{
    CHANGES_KEPT_MS, ShelfChange, forget_shelf_changes, latest_shelf_change, shelf_changes, shelve, shelves_moved, unshelve,
};
pub(crate) use shelves::{note_feeds, note_share};
pub use spine::{Byline, Spine, Taken, bylines, put, raise_counts};
pub use store::{
    add_views, authors_of, count_out, counts_of, hold, hold_anew, insert, insert_out, label_of, purge_removed, release, remove, restore,
    set_authors, set_label, take_down, taken_down, taken_down_by,
};
pub(crate) use store::{insert_like, use_no_more};

db::id! {
    /// Names a post, whatever its kind.
    pub struct PostId;
}

/// A removed post can be restored for so long.
pub const RESTORE_MS: i64 = 30 * 24 * 60 * 60 * 1000;
