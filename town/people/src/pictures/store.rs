//! Every query about pictures.

use db::{Row, Tx, params};

use super::{Focus, Picture, Words, width_of};
use crate::{Wanted, accounts::AccountId};

const COLUMNS: &str = "key, width, height, colour, blur, focus_x, focus_y, bytes, name, alt, caption, credit, account_id, created_at,
     removed_at";

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
        removed_at: row.get(14)?,
    })
}

/// Notes a stored picture. The same picture may come twice: its first uploader stays its owner, its words stay, it counts as
/// wanted from now on, and is back in its owner's library if they had taken it out.
pub fn insert(tx: &mut Tx, picture: &Picture, owner: AccountId, now: i64) -> Result<(), db::Error> {
    let widths: Vec<String> = media::widths(width_of(&picture.key)).map(|width| width.to_string()).collect();
    let (words, focus) = (&picture.words, picture.focus);
    tx.run(
        "insert into pictures (key, account_id, width, height, variants, colour, created_at, bytes, blur, focus_x, focus_y, name, alt,
             caption, credit, held_at, sought)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $7, $16)
         on conflict (key) do update set held_at = excluded.held_at, account_id = coalesce(pictures.account_id, excluded.account_id),
           removed_at = case when pictures.account_id = excluded.account_id then null else pictures.removed_at end",
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
            &words.credit,
            words.sought()
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

/// The pictures of a library, the newest first. A page begins after the picture with this time and key.
pub fn newest(tx: &mut Tx, wanted: &Wanted, after: Option<(i64, &str)>, limit: u32) -> Result<Vec<Picture>, db::Error> {
    let (rest, values) = wanted.newest("pictures", after, limit);
    tx.all(&format!("select {COLUMNS} from pictures where {rest}"), &values, picture)
}

/// Changes what people say of a picture, and what stays visible when it is cropped.
pub fn describe(tx: &mut Tx, key: &str, words: &Words, focus: Focus) -> Result<(), db::Error> {
    tx.run(
        "update pictures set name = $2, alt = $3, caption = $4, credit = $5, focus_x = $6, focus_y = $7, sought = $8 where key = $1",
        params![key, &words.name, &words.alt, &words.caption, &words.credit, i64::from(focus.x), i64::from(focus.y), words.sought()],
    )?;
    Ok(())
}

/// Takes a picture out of the library, or puts it back.
pub fn set_removed(tx: &mut Tx, key: &str, at: Option<i64>) -> Result<(), db::Error> {
    tx.run("update pictures set removed_at = $2 where key = $1", params![key, at])?;
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
