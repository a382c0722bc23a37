//! Every query about pictures.

use db::{Row, Tx, params};

use super::{Focus, Picture, Words, width_of};
use crate::accounts::AccountId;

const COLUMNS: &str = "key, width, height, colour, blur, focus_x, focus_y, bytes, name, alt, caption, credit, account_id, created_at";

fn picture(row: &Row) -> Result<Picture, db::Error> {
    Ok(Picture {
        key: row.get(0)?,
        width: row.get(1)?,
        height: row.get(2)?,
        colour: row.get(3)?,
        blur: row.get(4)?,
        focus: Focus::at(row.get(5)?, row.get(6)?),
        bytes: row.get(7)?,
        words: Words { name: row.get(8)?, alt: row.get(9)?, caption: row.get(10)?, credit: row.get(11)? },
        owner: row.get(12)?,
        created_at: row.get(13)?,
    })
}

/// Notes a stored picture. The same picture may come twice: its first uploader stays its owner, its words stay, and it
/// counts as wanted from now on.
pub fn insert(tx: &mut Tx, picture: &Picture, owner: AccountId, now: i64) -> Result<(), db::Error> {
    let widths: Vec<String> = media::widths(width_of(&picture.key)).map(|width| width.to_string()).collect();
    let (words, focus) = (&picture.words, picture.focus);
    tx.run(
        "insert into pictures (key, account_id, width, height, variants, colour, created_at, bytes, blur, focus_x, focus_y, name, alt,
             caption, credit, held_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $7)
         on conflict (key) do update set held_at = excluded.held_at",
        params![
            &picture.key,
            owner,
            picture.width,
            picture.height,
            &format!("[{}]", widths.join(",")),
            &picture.colour,
            now,
            picture.bytes,
            &picture.blur,
            i64::from(focus.x),
            i64::from(focus.y),
            &words.name,
            &words.alt,
            &words.caption,
            &words.credit
        ],
    )?;
    Ok(())
}

/// One picture.
pub fn find(tx: &mut Tx, key: &str) -> Result<Option<Picture>, db::Error> {
    tx.first(&format!("select {COLUMNS} from pictures where key = $1"), params![key], picture)
}

/// Those of these pictures that exist.
pub fn find_all(tx: &mut Tx, keys: &[String]) -> Result<Vec<Picture>, db::Error> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!("select {COLUMNS} from pictures where key in ({})", db::places(1, keys.len()));
    tx.all(&sql, &db::padded(keys), picture)
}

/// What one account uploaded, the newest first. A page begins after the picture with this time and key.
pub fn all_of(tx: &mut Tx, owner: AccountId, after: Option<(i64, &str)>, limit: u32) -> Result<Vec<Picture>, db::Error> {
    let (at, key) = after.unwrap_or((i64::MAX, ""));
    tx.all(
        &format!(
            "select {COLUMNS} from pictures where account_id = $1 and (created_at, key) < ($2, $3) order by created_at desc, key desc limit $4"
        ),
        params![owner, at, key, limit],
        picture,
    )
}

/// Changes what people say of a picture, and what stays visible when it is cropped.
pub fn describe(tx: &mut Tx, key: &str, words: &Words, focus: Focus) -> Result<(), db::Error> {
    tx.run(
        "update pictures set name = $2, alt = $3, caption = $4, credit = $5, focus_x = $6, focus_y = $7 where key = $1",
        params![key, &words.name, &words.alt, &words.caption, &words.credit, i64::from(focus.x), i64::from(focus.y)],
    )?;
    Ok(())
}

/// The largest width of the picture whose files begin with this stem.
pub(crate) fn largest_of(tx: &mut Tx, stem: &str) -> Result<Option<u32>, db::Error> {
    // A stem has always the same length, so nothing else stands between these, whether a database orders by the hyphen or not.
    let key: Option<String> = tx.first(
        "select key from pictures where key >= $1 and key <= $2",
        params![&format!("{stem}-0"), &format!("{stem}-99999")],
        |row| row.get(0),
    )?;
    Ok(key.map(|key| width_of(&key)))
}
