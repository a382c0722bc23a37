//! Every query about removals.

use db::{Error, Kind, Tx, params};

use super::{names, stem};
use crate::recordings;

/// Something uses this file: it stays, unless its removal has begun.
pub(crate) fn cancel(tx: &mut Tx, key: &str) -> Result<(), Error> {
    if let Some(stem) = stem(key) {
        tx.run("delete from media_removals where stem = $1 and begun_at is null", params![stem])?;
    }
    Ok(())
}

/// A file with this key is about to be stored: its week begins now, unless something uses it already. Answers whether it may be; not
/// while it is being removed.
pub fn expect(tx: &mut Tx, key: &str, now: i64) -> Result<bool, Error> {
    let Some(stem) = stem(key) else { return Ok(true) };
    let begun = tx.first("select begun_at from media_removals where stem = $1", params![stem], |row| row.get::<Option<i64>>(0))?;
    if begun.flatten().is_some() {
        return Ok(false);
    }
    if !used(tx, key)? {
        tx.run(
            "insert into media_removals (stem, key, since) values ($1, $2, $3)
             on conflict (stem) do update set key = excluded.key, since = excluded.since",
            params![stem, key, now],
        )?;
    }
    Ok(true)
}

/// Whether anything that can be asked here uses the file.
fn used(tx: &mut Tx, key: &str) -> Result<bool, Error> {
    let names = names(key);
    let held = format!("select 1 from media_uses where key in ({}) limit 1", db::places(1, names.len()));
    if tx.first(&held, &db::padded(&names), |row| row.get::<i64>(0))?.is_some() {
        return Ok(true);
    }
    tx.first(
        "select 1 from accounts where picture = $1 union all select 1 from recordings where poster = $1 limit 1",
        params![key],
        |row| row.get::<i64>(0),
    )
    .map(|found| found.is_some())
}

/// Whether what was written before uses were noted is still being gone through.
pub(super) fn recounting(tx: &mut Tx) -> Result<bool, Error> {
    Ok(tx.first("select 1 from media_recounts", params![], |row| row.get::<i64>(0))?.is_some())
}

/// Looks at some files that nobody has looked at since `before`, and begins the week of those that nothing uses (any more).
/// Answers how many it has looked at.
pub(super) fn look(tx: &mut Tx, before: i64, now: i64, limit: u32) -> Result<usize, Error> {
    let mut looked = 0;
    for table in ["pictures", "recordings"] {
        let due = format!("select key from {table} where held_at <= $1 order by held_at, key limit $2");
        let keys: Vec<String> = tx.all(&due, params![before, limit], |row| row.get(0))?;
        looked += keys.len();
        for key in &keys {
            tx.run(&format!("update {table} set held_at = $2 where key = $1"), params![key, now])?;
            if let Some(stem) = stem(key)
                && !used(tx, key)?
            {
                tx.run(
                    "insert into media_removals (stem, key, since) values ($1, $2, $3) on conflict (stem) do nothing",
                    params![stem, key, now],
                )?;
            }
        }
    }
    Ok(looked)
}

/// What became of some files whose week is over.
pub(super) struct Begun {
    /// How many were asked about; none when there is nothing more to do.
    pub asked: usize,
    /// Keys of those whose rows are gone, so that their files may be.
    pub keys: Vec<String>,
}

/// Removes the rows of some files that nothing has used since `before`. Whatever has begun to use one meanwhile is asked in this
/// unit; and a row that another points at stays, whoever that is.
pub(super) fn begin(tx: &mut Tx, before: i64, now: i64, limit: u32) -> Result<Begun, Error> {
    let due: Vec<String> = tx.all(
        "select key from media_removals where begun_at is null and since <= $1 order by since, stem limit $2",
        params![before, limit],
        |row| row.get(0),
    )?;
    let (asked, mut keys) = (due.len(), Vec::new());
    for key in due {
        if !used(tx, &key)? && tx.attempt(|tx| remove_row(tx, &key)).map_or_else(pointed_at, |()| Ok(true))? {
            tx.run("update media_removals set begun_at = $2 where stem = $1", params![stem(&key), now])?;
            keys.push(key);
        } else {
            tx.run("delete from media_removals where stem = $1", params![stem(&key)])?;
        }
    }
    Ok(Begun { asked, keys })
}

fn remove_row(tx: &mut Tx, key: &str) -> Result<(), Error> {
    let table = if recordings::is_key(key) { "recordings" } else { "pictures" };
    tx.run(&format!("delete from {table} where key = $1"), params![key]).map(drop)
}

fn pointed_at(error: Error) -> Result<bool, Error> {
    if error.kind() == Kind::ForeignKey { Ok(false) } else { Err(error) }
}

/// Keys of files whose removal was begun and not finished.
pub(super) fn unfinished(tx: &mut Tx, limit: u32) -> Result<Vec<String>, Error> {
    tx.all("select key from media_removals where begun_at is not null order by begun_at, stem limit $1", params![limit], |row| row.get(0))
}

/// The files are gone: the same may come again.
pub(super) fn finish(tx: &mut Tx, key: &str) -> Result<(), Error> {
    tx.run("delete from media_removals where stem = $1 and begun_at is not null", params![stem(key)])?;
    Ok(())
}
