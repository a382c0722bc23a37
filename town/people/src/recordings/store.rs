//! Every query about recordings.

use db::{Row, Tx, params};

use super::{Kind, Recording, Words};
use crate::{Wanted, accounts::AccountId};

const COLUMNS: &str =
    "key, kind, content_type, bytes, duration_ms, width, height, name, title, caption, credit, poster, account_id, created_at,
     removed_at";

fn recording(row: &Row) -> Result<Recording, db::Error> {
    let kind: String = row.get(1)?;
    Ok(Recording {
        key: row.get(0)?,
        kind: Kind::by_name(&kind),
        content_type: row.get(2)?,
        bytes: row.get(3)?,
        duration_ms: row.get(4)?,
        width: row.get(5)?,
        height: row.get(6)?,
        words: Words { name: row.get(7)?, title: row.get(8)?, caption: row.get(9)?, credit: row.get(10)? },
        poster: row.get(11)?,
        owner: row.get(12)?,
        created_at: row.get(13)?,
        removed_at: row.get(14)?,
    })
}

/// Notes a stored recording. The same one may come twice: its first uploader stays its owner, its words stay, it counts as
/// wanted from now on, and is back in its owner's library if they had taken it out.
pub fn insert(tx: &mut Tx, recording: &Recording, owner: AccountId, now: i64) -> Result<(), db::Error> {
    let words = &recording.words;
    tx.run(
        "insert into recordings (key, account_id, kind, content_type, bytes, duration_ms, width, height, name, title, caption, credit,
             poster, created_at, held_at, sought)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14, $15)
         on conflict (key) do update set held_at = excluded.held_at, account_id = coalesce(recordings.account_id, excluded.account_id),
           removed_at = case when recordings.account_id = excluded.account_id then null else recordings.removed_at end",
        params![
            &recording.key,
            owner,
            recording.kind.name(),
            &recording.content_type,
            recording.bytes,
            recording.duration_ms,
            recording.width,
            recording.height,
            &words.name,
            &words.title,
            &words.caption,
            &words.credit,
            recording.poster.as_deref(),
            now,
            words.sought()
        ],
    )?;
    Ok(())
}

/// One recording.
pub fn find(tx: &mut Tx, key: &str) -> Result<Option<Recording>, db::Error> {
    tx.first(&format!("select {COLUMNS} from recordings where key = $1"), params![key], recording)
}

/// Those of these recordings that exist.
pub fn find_all(tx: &mut Tx, keys: &[String]) -> Result<Vec<Recording>, db::Error> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!("select {COLUMNS} from recordings where key in ({})", db::places(1, keys.len()));
    tx.all(&sql, &db::padded(keys), recording)
}

/// The recordings of a library, the newest first: all of them, or only those heard, or only those seen. A page begins after the
/// recording with this time and key.
pub fn newest(
    tx: &mut Tx,
    kind: Option<Kind>,
    wanted: &Wanted,
    after: Option<(i64, &str)>,
    limit: u32,
) -> Result<Vec<Recording>, db::Error> {
    let (rest, values) = wanted.newest("recordings", after, limit);
    let kind = kind.map_or(String::new(), |kind| format!("kind = '{}' and ", kind.name()));
    tx.all(&format!("select {COLUMNS} from recordings where {kind}{rest}"), &values, recording)
}

/// Changes what people say of a recording, and the picture that stands in its place.
pub fn describe(tx: &mut Tx, key: &str, words: &Words, poster: Option<&str>) -> Result<(), db::Error> {
    tx.run(
        "update recordings set name = $2, title = $3, caption = $4, credit = $5, poster = $6, sought = $7 where key = $1",
        params![key, &words.name, &words.title, &words.caption, &words.credit, poster, words.sought()],
    )?;
    Ok(())
}

/// Takes a recording out of the library, or puts it back.
pub fn set_removed(tx: &mut Tx, key: &str, at: Option<i64>) -> Result<(), db::Error> {
    tx.run("update recordings set removed_at = $2 where key = $1", params![key, at])?;
    Ok(())
}
