//! Corrections: what was wrong in stories, said in public, newest first.

mod pages;
mod routes;
#[cfg(test)]
mod tests;

pub use pages::note;
pub use routes::routes;

use db::Tx;
use talk::{
    Cursor, PostId,
    revisions::{self, Correction},
};
use things::stories::{self, Card};

/// A correction and the story it stands on.
#[derive(Debug)]
pub struct Corrected {
    /// The correction.
    pub correction: Correction,
    /// The story.
    pub card: Card,
}

impl Corrected {
    /// Where the next page begins after this one.
    pub fn cursor(&self) -> Cursor {
        Cursor { at: self.correction.created_at, id: PostId::new(self.correction.id) }
    }
}

/// Corrections older than a place in the list, newest first, with their stories: two statements.
pub fn newest(tx: &mut Tx, before: Cursor, limit: u32) -> Result<Vec<Corrected>, db::Error> {
    let found = revisions::corrections(tx, (before.at, before.id.get()), limit)?;
    let mut ids: Vec<PostId> = found.iter().map(|correction| correction.post).collect();
    ids.sort_unstable();
    ids.dedup();
    let cards = stories::cards_by_ids(tx, &ids)?;
    let with_story = |correction: Correction| {
        let card = cards.iter().find(|card| card.id == correction.post)?.clone();
        Some(Corrected { correction, card })
    };
    Ok(found.into_iter().filter_map(with_story).collect())
}
