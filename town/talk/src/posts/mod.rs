//! Posts: the spine of everything that anybody authored.
//!
//! A post has a kind, an author, a visibility and counts. Being published puts it on **shelves**: its section and those
//! above it, each of its authors, each of its topics. A shelf is read newest first with a keyset, so its thousandth page
//! costs what its first does.

mod counts;
mod cursor;
mod store;
#[cfg(test)]
mod tests;

pub use counts::Counts;
pub use cursor::Cursor;
pub use store::{add_views, authors_of, insert, purge_removed, remove, restore, set_authors, shelve, unshelve};

db::id! {
    /// Names a post, whatever its kind.
    pub struct PostId;
}

/// Who may see a post (DESIGN §2). The newsroom uses the first and the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// Everyone.
    Public,
    /// Its authors and the editors.
    OnlyMe,
}

impl Visibility {
    /// Its name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::OnlyMe => "only_me",
        }
    }
}

/// A removed post can be restored for so long.
pub const RESTORE_MS: i64 = 30 * 24 * 60 * 60 * 1000;
