//! Every query about what came in.

use db::{Tx, params};
use std::collections::HashMap;
use talk::PostId;

/// Longest id of a source that is kept as it is; longer ones are kept by their digest.
const MAX_KEY: usize = 300;

/// What is known of an item that came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Known {
    pub digest: String,
    pub target: String,
    pub written: String,
    pub missing: i64,
}

/// A source's id as it is kept.
pub(super) fn key(id: &str) -> String {
    let id: String = id.chars().filter(|c| !c.is_control()).collect();
    if id.len() <= MAX_KEY { id } else { super::ready::sha256(id.as_bytes()) }
}

/// What came in of a source, of one kind.
pub(super) fn known(tx: &mut Tx, source: &str, kind: &str) -> Result<HashMap<String, Known>, db::Error> {
    let rows = tx.all(
        "select item, digest, target, written, missing from imports where source = $1 and kind = $2",
        params![source, kind],
        |row| Ok((row.get(0)?, Known { digest: row.get(1)?, target: row.get(2)?, written: row.get(3)?, missing: row.get(4)? })),
    )?;
    Ok(rows.into_iter().collect())
}

/// One thing that came in.
pub(super) fn one(tx: &mut Tx, source: &str, kind: &str, item: &str) -> Result<Option<Known>, db::Error> {
    tx.first(
        "select digest, target, written, missing from imports where source = $1 and item = $2 and kind = $3",
        params![source, item, kind],
        |row| Ok(Known { digest: row.get(0)?, target: row.get(1)?, written: row.get(2)?, missing: row.get(3)? }),
    )
}

/// Notes that something came in.
pub(super) fn note(tx: &mut Tx, source: &str, kind: &str, item: &str, known: &Known, now: i64) -> Result<(), db::Error> {
    tx.run(
        "insert into imports (source, item, kind, digest, target, written, missing, imported_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (source, item) do update set digest = excluded.digest, target = excluded.target, written = excluded.written,
           missing = excluded.missing, imported_at = excluded.imported_at",
        params![source, item, kind, &known.digest, &known.target, &known.written, known.missing, now],
    )?;
    Ok(())
}

/// The picture that was taken from an address.
pub(super) fn picture_of(tx: &mut Tx, address: &str) -> Result<Option<String>, db::Error> {
    tx.first("select picture from import_pictures where address = $1", params![address], |row| row.get(0))
}

/// Notes which picture was taken from an address.
pub(super) fn keep_picture(tx: &mut Tx, address: &str, picture: &str) -> Result<(), db::Error> {
    tx.run(
        "insert into import_pictures (address, picture) values ($1, $2) on conflict (address) do update set picture = excluded.picture",
        params![address, picture],
    )?;
    Ok(())
}

/// Whether a comment stands under a story, or has its place there.
pub(super) fn is_under(tx: &mut Tx, comment: PostId, story: PostId) -> Result<bool, db::Error> {
    let sql = "select 1 from comments where id = $1 and subject_id = $2";
    Ok(tx.first(sql, params![comment, story], |row| row.get::<i64>(0))?.is_some())
}

/// Forgets what an earlier version of this program kept of what readers said, when comments had no place yet.
pub(super) fn forget_kept(tx: &mut Tx, source: &str, story: PostId) -> Result<(), db::Error> {
    tx.run("delete from import_comments where story_id = $1 and source = $2", params![story, source])?;
    Ok(())
}
