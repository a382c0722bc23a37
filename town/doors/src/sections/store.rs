//! What the list of sections asks the database.

use db::{Tx, params};
use std::collections::HashMap;
use talk::PostId;
use things::{
    sections::SectionId,
    stories::{self, Card},
};

/// The newest story on each section's shelf, in two statements however many sections there are.
pub(super) fn newest_of_each(tx: &mut Tx) -> Result<HashMap<SectionId, Card>, db::Error> {
    let found = tx.all(
        "select s.id, (select h.post_id from shelves h where h.owner_id = s.id order by h.listed_at desc, h.post_id desc limit 1)
         from sections s",
        params![],
        |row| Ok((row.get::<SectionId>(0)?, row.get::<Option<PostId>>(1)?)),
    )?;
    let newest: Vec<(SectionId, PostId)> = found.into_iter().filter_map(|(section, story)| Some((section, story?))).collect();
    let mut ids: Vec<PostId> = newest.iter().map(|(_, story)| *story).collect();
    ids.sort_unstable();
    ids.dedup();
    let cards: HashMap<PostId, Card> = stories::cards_by_ids(tx, &ids)?.into_iter().map(|card| (card.id, card)).collect();
    Ok(newest.into_iter().filter_map(|(section, story)| Some((section, cards.get(&story)?.clone()))).collect())
}
