//! Notes as they stand in a feed.

use db::{Tx, params};
use people::{AccountId, Viewer, accounts::Author};
use std::collections::HashMap;
use talk::{
    Cursor, PostId,
    feeds::{self, Entry},
    posts::{readable, reader},
};

use super::{Note, store};

/// A note in a feed.
#[derive(Clone, Debug)]
pub struct Item {
    /// Where it stands there.
    pub entry: Entry,
    /// The note.
    pub note: Note,
    /// Who passed it on, if somebody did.
    pub shared_by: Option<Author>,
}

/// A page of a feed: at most `limit` notes, the newest first, and whether there are older ones.
pub fn items(tx: &mut Tx, viewer: &Viewer, owner: i64, before: Cursor, limit: usize, now: i64) -> Result<(Vec<Item>, bool), db::Error> {
    let mut entries = feeds::of(tx, viewer, owner, before, u32::try_from(limit + 1).unwrap_or(u32::MAX), now)?;
    let older = entries.len() > limit;
    entries.truncate(limit);
    Ok((of_entries(tx, viewer, entries)?, older))
}

/// A page of those notes of somebody that show pictures, without what comes with a warning or is covered: at most `limit`, the newest first, and
/// whether there are older ones.
pub fn pictured(tx: &mut Tx, viewer: &Viewer, account: AccountId, before: Cursor, limit: usize) -> Result<(Vec<Item>, bool), db::Error> {
    let reader = reader(viewer);
    let sql = format!(
        "select f.post_id, f.listed_at from feed_entries f join posts p on p.id = f.post_id join notes n on n.id = f.post_id
         where f.owner_id = $2 and f.shared_by is null and (f.listed_at, f.post_id) < ($3, $4) and n.warning = '' and n.sensitive = 0 and p.covered_at is null and {}
           and exists (select 1 from note_pictures s where s.note_id = f.post_id)
         order by f.listed_at desc, f.post_id desc limit $5",
        readable(1),
    );
    let side = if reader == 0 { -account.get() } else { account.get() };
    let asked = u32::try_from(limit + 1).unwrap_or(u32::MAX);
    let mut entries = tx.all(&sql, params![reader, side, before.at, before.id, asked], |row| {
        Ok(Entry { post: row.get(0)?, at: row.get(1)?, shared_by: None })
    })?;
    let older = entries.len() > limit;
    entries.truncate(limit);
    Ok((of_entries(tx, viewer, entries)?, older))
}

/// The notes of these entries, in their order.
pub fn of_entries(tx: &mut Tx, viewer: &Viewer, entries: Vec<Entry>) -> Result<Vec<Item>, db::Error> {
    let ids: Vec<PostId> = entries.iter().map(|entry| entry.post).collect();
    let sharers: Vec<AccountId> = entries.iter().filter_map(|entry| entry.shared_by).collect();
    let notes: HashMap<PostId, Note> = store::notes(tx, viewer, &ids)?.into_iter().map(|note| (note.id, note)).collect();
    let sharers = store::authors(tx, &sharers)?;
    let item = |entry: Entry| {
        let note = notes.get(&entry.post)?.clone();
        let shared_by = entry.shared_by.and_then(|by| sharers.get(&by).cloned());
        Some(Item { entry, note, shared_by })
    };
    Ok(entries.into_iter().filter_map(item).collect())
}
