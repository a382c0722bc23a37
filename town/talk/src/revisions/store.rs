//! Every query about revisions.

use db::{Row, Tx, params};
use people::{AccountId, accounts::Author, uses};

use super::{Correction, Revision};
use crate::PostId;

/// Adds a revision and returns its number.
pub fn insert(tx: &mut Tx, post: PostId, by: AccountId, content: &str, correction: Option<&str>, now: i64) -> Result<i64, db::Error> {
    tx.one(
        "insert into revisions (id, post_id, number, account_id, content, correction, created_at)
         values ($1, $2, (select coalesce(max(r.number), 0) + 1 from revisions r where r.post_id = $2), $3, $4, $5, $6) returning number",
        params![db::fresh_id(), post, by, content, correction, now],
        |row| row.get(0),
    )
}

/// Says which pictures and recordings a revision shows, by their keys: they are kept as long as it can be read.
pub fn shows(tx: &mut Tx, post: PostId, number: i64, keys: &[String]) -> Result<(), db::Error> {
    if keys.is_empty() {
        return Ok(());
    }
    let id = tx.one("select id from revisions where post_id = $1 and number = $2", params![post, number], |row| row.get(0))?;
    uses::add(tx, id, keys)
}

/// What every revision of a post holds, and its number, the oldest first.
pub fn contents(tx: &mut Tx, post: PostId) -> Result<Vec<(i64, String)>, db::Error> {
    tx.all("select number, content from revisions where post_id = $1 order by number", params![post], |row| Ok((row.get(0)?, row.get(1)?)))
}

fn revision(row: &Row) -> Result<Revision, db::Error> {
    Ok(Revision {
        post: row.get(0)?,
        number: row.get(1)?,
        content: row.get(2)?,
        correction: row.get(3)?,
        created_at: row.get(4)?,
        by: Author { id: row.get(5)?, handle: row.get(6)?, name: row.get(7)?, picture: row.get(8)? },
    })
}

/// The newest revision.
pub fn latest(tx: &mut Tx, post: PostId) -> Result<Option<Revision>, db::Error> {
    tx.first(
        "select r.post_id, r.number, r.content, r.correction, r.created_at, a.id, a.handle, a.name, a.picture
         from revisions r join accounts a on a.id = r.account_id where r.post_id = $1 order by r.number desc limit 1",
        params![post],
        revision,
    )
}

/// One revision by its number.
pub fn named(tx: &mut Tx, post: PostId, number: i64) -> Result<Option<Revision>, db::Error> {
    tx.first(
        "select r.post_id, r.number, r.content, r.correction, r.created_at, a.id, a.handle, a.name, a.picture
         from revisions r join accounts a on a.id = r.account_id where r.post_id = $1 and r.number = $2",
        params![post, number],
        revision,
    )
}

/// All revisions of a post without their content, newest first.
pub fn of(tx: &mut Tx, post: PostId) -> Result<Vec<Revision>, db::Error> {
    tx.all(
        "select r.post_id, r.number, '', r.correction, r.created_at, a.id, a.handle, a.name, a.picture
         from revisions r join accounts a on a.id = r.account_id where r.post_id = $1 order by r.number desc limit 500",
        params![post],
        revision,
    )
}

fn correction(row: &Row) -> Result<Correction, db::Error> {
    Ok(Correction { id: row.get(0)?, post: row.get(1)?, number: row.get(2)?, note: row.get(3)?, created_at: row.get(4)? })
}

/// The corrections of one post, oldest first: the order in which they were made.
pub fn corrections_of(tx: &mut Tx, post: PostId) -> Result<Vec<Correction>, db::Error> {
    tx.all(
        "select id, post_id, number, correction, created_at from revisions where post_id = $1 and correction is not null order by number",
        params![post],
        correction,
    )
}

/// Corrections of everything that is public, newest first, older than a place in the list (time and id).
pub fn corrections(tx: &mut Tx, before: (i64, i64), limit: u32) -> Result<Vec<Correction>, db::Error> {
    tx.all(
        "select r.id, r.post_id, r.number, r.correction, r.created_at from revisions r join posts p on p.id = r.post_id
         where r.correction is not null and (r.created_at, r.id) < ($1, $2) and p.visibility = 'public' and p.deleted_at is null
         order by r.created_at desc, r.id desc limit $3",
        params![before.0, before.1, limit],
        correction,
    )
}
