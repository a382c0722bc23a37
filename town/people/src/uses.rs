//! What uses which file, so that it can be known which pictures and recordings nobody needs any more ([`crate::removals`]).
//!
//! Whoever shows files and is not an account's own picture says so here, under its own id, in the unit that saves it: [`set`]
//! with all keys it holds, [`forget`] when it is gone. A story's id holds what its working copy, its kept copies and its published
//! version show, each revision's id what that revision shows. An account that keeps a file in its library says so under its own id, too: that
//! holds the file, but is no use of it.

use db::{Tx, params};
use std::collections::{BTreeSet, HashSet};

use crate::removals;

/// The holder of pictures that old addresses lead to. Ids begin far above.
pub const OLD_ADDRESSES: i64 = 1;

/// The holder of the site's own logo and icon.
pub const LOOKS: i64 = 2;

/// This holder uses exactly these pictures and recordings, by their keys.
pub fn set(tx: &mut Tx, holder: i64, keys: &[String]) -> Result<(), db::Error> {
    let had: BTreeSet<String> =
        tx.all("select key from media_uses where holder = $1", params![holder], |row| row.get(0))?.into_iter().collect();
    for gone in had.iter().filter(|key| !keys.contains(key)) {
        release(tx, holder, gone)?;
    }
    let new: Vec<String> = keys.iter().filter(|key| !had.contains(*key)).cloned().collect();
    add(tx, holder, &new)
}

/// This holder uses these as well.
pub fn add(tx: &mut Tx, holder: i64, keys: &[String]) -> Result<(), db::Error> {
    for key in keys {
        tx.run("insert into media_uses (key, holder) values ($1, $2) on conflict (key, holder) do nothing", params![key, holder])?;
        removals::cancel(tx, key)?;
    }
    Ok(())
}

/// This holder is gone.
pub fn forget(tx: &mut Tx, holder: i64) -> Result<(), db::Error> {
    tx.run("delete from media_uses where holder = $1", params![holder])?;
    Ok(())
}

/// Whether this account keeps a file in its library.
pub fn is_held(tx: &mut Tx, holder: i64, key: &str) -> Result<bool, db::Error> {
    let held = "select 1 from media_uses where key = $1 and holder = $2";
    Ok(tx.first(held, params![key, holder], |row| row.get::<i64>(0))?.is_some())
}

/// This holder does not use this file any more.
pub fn release(tx: &mut Tx, holder: i64, key: &str) -> Result<(), db::Error> {
    tx.run("delete from media_uses where key = $1 and holder = $2", params![key, holder])?;
    Ok(())
}

/// The ids of what uses a file: posts, and accounts whose own picture it is.
pub fn holders(tx: &mut Tx, key: &str) -> Result<Vec<i64>, db::Error> {
    tx.all(
        "select holder from media_uses u where key = $1 and not exists (select 1 from accounts a where a.id = u.holder)
         union select id from accounts where picture = $1
         union select account_id from profiles where cover = $1 order by 1 limit 200",
        params![key],
        |row| row.get(0),
    )
}

/// Those of these files that something uses.
pub fn used_among(tx: &mut Tx, keys: &[String]) -> Result<HashSet<String>, db::Error> {
    let places = db::places(1, keys.len());
    let sql = format!(
        "select key from media_uses u where key in ({places}) and not exists (select 1 from accounts a where a.id = u.holder)
         union select picture from accounts where picture in ({places})
         union select cover from profiles where cover in ({places})
         union select poster from recordings where poster in ({places})"
    );
    Ok(tx.all(&sql, &db::padded(keys), |row| row.get(0))?.into_iter().collect())
}

/// The condition that nothing uses the file whose key this column holds.
pub(crate) fn none_of(column: &str) -> String {
    format!(
        "not exists (select 1 from media_uses u where u.key = {column} and not exists (select 1 from accounts a where a.id = u.holder))
         and not exists (select 1 from accounts a where a.picture = {column})
         and not exists (select 1 from profiles f where f.cover = {column})
         and not exists (select 1 from recordings r where r.poster = {column})"
    )
}
