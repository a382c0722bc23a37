//! Every query about pictures.

use db::{Row, Tx, params};

use crate::accounts::AccountId;

/// A picture in its largest width.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its key in the store; says the width, too.
    pub key: String,
    /// Pixels.
    pub width: i64,
    /// Pixels.
    pub height: i64,
    /// Its average colour, `#rrggbb`.
    pub colour: String,
}

fn picture(row: &Row) -> Result<Picture, db::Error> {
    Ok(Picture { key: row.get(0)?, width: row.get(1)?, height: row.get(2)?, colour: row.get(3)? })
}

/// Notes a stored picture. The same picture may come twice; the first uploader stays its owner.
pub fn insert(tx: &mut Tx, picture: &Picture, owner: AccountId, variants: &str, now: i64) -> Result<(), db::Error> {
    tx.run(
        "insert into pictures (key, account_id, width, height, variants, colour, created_at) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (key) do nothing",
        params![&picture.key, owner, picture.width, picture.height, variants, &picture.colour, now],
    )?;
    Ok(())
}

/// One picture.
pub fn find(tx: &mut Tx, key: &str) -> Result<Option<Picture>, db::Error> {
    tx.first("select key, width, height, colour from pictures where key = $1", params![key], picture)
}

/// Those of these pictures that exist.
pub fn find_all(tx: &mut Tx, keys: &[String]) -> Result<Vec<Picture>, db::Error> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!("select key, width, height, colour from pictures where key in ({})", db::places(1, keys.len()));
    tx.all(&sql, &db::padded(keys), picture)
}
