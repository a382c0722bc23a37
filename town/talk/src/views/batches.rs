//! Batches of views in the database, and how far their counting has come.

use db::{Tx, params};
use std::collections::BTreeMap;

db::id! {
    /// Names a batch. Later ones have larger numbers.
    pub(super) struct BatchId;
}

/// Bytes of one post in a batch: its number and how many views, both little-endian.
const ENTRY: usize = 16;

/// Notes a second's views.
pub(super) fn note(tx: &mut Tx, views: &[(i64, i64)], now: i64) -> Result<(), db::Error> {
    let packed: Vec<u8> = views.iter().flat_map(|(post, count)| [post.to_le_bytes(), count.to_le_bytes()]).flatten().collect();
    tx.run("insert into view_batches (id, noted_at, views) values ($1, $2, $3)", params![BatchId::fresh(), now, &packed])?;
    Ok(())
}

/// When the oldest batch that waits was noted.
pub(super) fn oldest(tx: &mut Tx) -> Result<Option<i64>, db::Error> {
    tx.first("select noted_at from view_batches order by id limit 1", params![], |row| row.get(0))
}

/// How far counting has come: the batches up to one of them, for the posts up to one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) batch: BatchId,
    /// [`ALL`] when nothing is left to count of these batches.
    pub(super) post: i64,
}

/// Greater than every post's number.
pub(super) const ALL: i64 = i64::MAX;

/// Where counting stands.
pub(super) fn place(tx: &mut Tx) -> Result<Place, db::Error> {
    tx.one("select batch_id, post_id from view_counting where id = 1", params![], |row| Ok(Place { batch: row.get(0)?, post: row.get(1)? }))
}

/// Moves the place on; false when somebody else has moved it meanwhile.
pub(super) fn advance(tx: &mut Tx, from: Place, to: Place) -> Result<bool, db::Error> {
    let moved = tx.run(
        "update view_counting set batch_id = $3, post_id = $4 where id = 1 and batch_id = $1 and post_id = $2",
        params![from.batch, from.post, to.batch, to.post],
    )?;
    Ok(moved == 1)
}

/// The last of the batches to count together: so many of the oldest at most, all noted by then.
pub(super) fn last_of(tx: &mut Tx, limit: u32, noted_by: i64) -> Result<Option<BatchId>, db::Error> {
    let sql = "select id from view_batches where noted_at <= $1 order by id limit $2";
    Ok(tx.all(sql, params![noted_by, limit], |row| row.get(0))?.last().copied())
}

/// The views of the batches up to one, added up by post.
pub(super) fn views_until(tx: &mut Tx, until: BatchId) -> Result<BTreeMap<i64, i64>, db::Error> {
    let mut sums = BTreeMap::new();
    tx.all("select views from view_batches where id <= $1", params![until], |row| {
        let packed: Vec<u8> = row.get(0)?;
        for entry in packed.chunks_exact(ENTRY) {
            let (post, count) = entry.split_at(ENTRY / 2);
            *sums.entry(number(post)).or_default() += number(count);
        }
        Ok(())
    })?;
    Ok(sums)
}

fn number(bytes: &[u8]) -> i64 {
    i64::from_le_bytes(bytes.try_into().unwrap_or_default())
}

/// Forgets the batches up to this one.
pub(super) fn forget(tx: &mut Tx, until: BatchId) -> Result<(), db::Error> {
    tx.run("delete from view_batches where id <= $1", params![until])?;
    Ok(())
}
