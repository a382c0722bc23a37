//! Every query about uploads in parts.

use db::{Row, Tx, params};

use super::upload::{MAX_HELD, MAX_OPEN, Upload, UploadId};
use crate::AccountId;

fn upload(row: &Row) -> Result<Upload, db::Error> {
    let size: i64 = row.get(3)?;
    Ok(Upload { id: row.get(0)?, owner: row.get(1)?, name: row.get(2)?, size: size.unsigned_abs(), key: row.get(4)? })
}

/// Begins one, unless its owner has too many open already.
pub(super) fn begin(tx: &mut Tx, upload: &Upload, now: i64) -> Result<bool, db::Error> {
    let size = i64::try_from(upload.size).unwrap_or(i64::MAX);
    let (open, held): (i64, Option<i64>) = tx.one(
        "select count(*), cast(sum(size) as bigint) from uploads where account_id = $1 and key is null",
        params![upload.owner],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    if open >= MAX_OPEN || held.unwrap_or(0).saturating_add(size) > MAX_HELD {
        return Ok(false);
    }
    tx.run(
        "insert into uploads (id, account_id, name, size, created_at) values ($1, $2, $3, $4, $5)",
        params![upload.id, upload.owner, &upload.name, size, now],
    )?;
    Ok(true)
}

/// One of somebody's own.
pub(super) fn of(tx: &mut Tx, id: UploadId, owner: AccountId) -> Result<Option<Upload>, db::Error> {
    tx.first("select id, account_id, name, size, key from uploads where id = $1 and account_id = $2", params![id, owner], upload)
}

/// Whether this account has sent the file with this key of late.
pub fn brought(tx: &mut Tx, key: &str, owner: AccountId) -> Result<bool, db::Error> {
    let sql = "select 1 from uploads where account_id = $1 and key = $2";
    Ok(tx.first(sql, params![owner, key], |row| row.get::<i64>(0))?.is_some())
}

/// Notes what became of one.
pub(super) fn finish(tx: &mut Tx, id: UploadId, key: &str) -> Result<(), db::Error> {
    tx.run("update uploads set key = $2 where id = $1", params![id, key])?;
    Ok(())
}

/// Forgets one.
pub(super) fn forget(tx: &mut Tx, id: UploadId) -> Result<(), db::Error> {
    tx.run("delete from uploads where id = $1", params![id])?;
    Ok(())
}

/// Forgets all that were begun before this moment.
pub(super) fn forget_before(tx: &mut Tx, moment: i64) -> Result<(), db::Error> {
    tx.run("delete from uploads where created_at < $1", params![moment])?;
    Ok(())
}
