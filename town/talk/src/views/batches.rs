//! Batches of views in the database, and how far their counting has come.

use db::{Tx, params};
use web::audience::{Tally, Views};

db::id! {
    /// Names a batch. Later ones have larger numbers.
    pub(super) struct BatchId;
}

/// Bytes of one post in a batch: its number, then the tally's numbers in four bytes each, all little-endian. Before there
/// were tallies it was the number and how many views, in eight each.
const ENTRY: usize = 8 + 4 * Tally::NUMBERS;
const OLD_ENTRY: i64 = 16;

/// Notes a second's views.
pub(super) fn note(tx: &mut Tx, views: &Views, now: i64) -> Result<(), db::Error> {
    let mut packed = Vec::with_capacity(views.tallies.len() * ENTRY);
    for (post, tally) in &views.tallies {
        packed.extend(post.to_le_bytes());
        tally.numbers().into_iter().for_each(|number| packed.extend(u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes()));
    }
    let sites: Vec<(i64, &str, i64)> = views.sites.iter().map(|((post, site), count)| (*post, site.as_ref(), *count)).collect();
    let sites = serde_json::to_string(&sites).unwrap_or_default();
    let sql = "insert into view_batches (id, noted_at, views, entry_bytes, sites) values ($1, $2, $3, $4, $5)";
    tx.run(sql, params![BatchId::fresh(), now, &packed, ENTRY, sites])?;
    Ok(())
}

/// When the oldest batch that waits was noted.
pub(super) fn oldest(tx: &mut Tx) -> Result<Option<i64>, db::Error> {
    tx.first("select noted_at from view_batches order by id limit 1", params![], |row| row.get(0))
}

/// How far counting has come: the batches up to one of them, for the owners of numbers up to one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) batch: BatchId,
    /// [`ALL`] when nothing is left to count of these batches.
    pub(super) owner: i64,
}

/// Greater than every owner's number.
pub(super) const ALL: i64 = i64::MAX;

/// Where counting stands.
pub(super) fn place(tx: &mut Tx) -> Result<Place, db::Error> {
    tx.one("select batch_id, post_id from view_counting where id = 1", params![], |row| {
        Ok(Place { batch: row.get(0)?, owner: row.get(1)? })
    })
}

/// Moves the place on; false when somebody else has moved it meanwhile.
pub(super) fn advance(tx: &mut Tx, from: Place, to: Place) -> Result<bool, db::Error> {
    let moved = tx.run(
        "update view_counting set batch_id = $3, post_id = $4 where id = 1 and batch_id = $1 and post_id = $2",
        params![from.batch, from.owner, to.batch, to.owner],
    )?;
    Ok(moved == 1)
}

/// The last of the batches to count together: so many of the oldest at most, all noted by then.
pub(super) fn last_of(tx: &mut Tx, limit: u32, noted_by: i64) -> Result<Option<BatchId>, db::Error> {
    let sql = "select id from view_batches where noted_at <= $1 order by id limit $2";
    Ok(tx.all(sql, params![noted_by, limit], |row| row.get(0))?.last().copied())
}

/// The views of the batches up to one, added up.
pub(super) fn views_until(tx: &mut Tx, until: BatchId) -> Result<Views, db::Error> {
    let mut sums = Views::default();
    tx.all("select views, entry_bytes, sites from view_batches where id <= $1", params![until], |row| {
        let (packed, old): (Vec<u8>, bool) = (row.get(0)?, row.get::<i64>(1)? == OLD_ENTRY);
        for entry in packed.chunks_exact(if old { OLD_ENTRY as usize } else { ENTRY }) {
            let (post, rest) = entry.split_at(8);
            *sums.tallies.entry(number(post)).or_default() +=
                if old { Tally { views: number(rest), ..Tally::default() } } else { tally(rest) };
        }
        let sites: Vec<(i64, String, i64)> = serde_json::from_str(row.text(2)?).unwrap_or_default();
        for (post, site, count) in sites {
            *sums.sites.entry((post, site.into())).or_default() += count;
        }
        Ok(())
    })?;
    Ok(sums)
}

fn tally(bytes: &[u8]) -> Tally {
    let mut numbers = [0; Tally::NUMBERS];
    for (number, bytes) in numbers.iter_mut().zip(bytes.chunks_exact(4)) {
        *number = bytes.try_into().map_or(0, u32::from_le_bytes).into();
    }
    Tally::of(numbers)
}

fn number(bytes: &[u8]) -> i64 {
    i64::from_le_bytes(bytes.try_into().unwrap_or_default())
}

/// Forgets the batches up to this one.
pub(super) fn forget(tx: &mut Tx, until: BatchId) -> Result<(), db::Error> {
    tx.run("delete from view_batches where id <= $1", params![until])?;
    Ok(())
}
