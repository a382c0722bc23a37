//! Every query about recordings.

use db::{Row, Tx, params};

use super::{Kind, Recording, Words};
use crate::accounts::AccountId;

const COLUMNS: &str =
    "key, kind, content_type, bytes, duration_ms, width, height, name, title, caption, credit, poster, account_id, created_at";

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
    })
}

/// Notes a stored recording. The same one may come twice: its first uploader stays its owner, its words stay, and it counts
/// as wanted from now on.
pub fn insert(tx: &mut Tx, recording: &Recording, owner: AccountId, now: i64) -> Result<(), db::Error> {
    let words = &recording.words;
    tx.run(
        "insert into recordings (key, account_id, kind, content_type, bytes, duration_ms, width, height, name, title, caption, credit,
             poster, created_at, held_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14)
         on conflict (key) do update set held_at = excluded.held_at",
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
            now
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

/// What one account uploaded, the newest first. A page begins after the recording with this time and key.
pub fn all_of(tx: &mut Tx, owner: AccountId, after: Option<(i64, &str)>, limit: u32) -> Result<Vec<Recording>, db::Error> {
    let (at, key) = after.unwrap_or((i64::MAX, ""));
    tx.all(
        &format!(
            "select {COLUMNS} from recordings where account_id = $1 and (created_at, key) < ($2, $3)
             order by created_at desc, key desc limit $4"
        ),
        params![owner, at, key, limit],
        recording,
    )
}

/// Changes what people say of a recording, and the picture that stands in its place.
pub fn describe(tx: &mut Tx, key: &str, words: &Words, poster: Option<&str>) -> Result<(), db::Error> {
    tx.run(
        "update recordings set name = $2, title = $3, caption = $4, credit = $5, poster = $6 where key = $1",
        params![key, &words.name, &words.title, &words.caption, &words.credit, poster],
    )?;
    Ok(())
}
