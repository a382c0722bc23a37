//! What uses which file, so that it can be known which pictures and recordings nobody needs any more ([`crate::removals`]).
//!
//! Whoever shows files and is not an account's own picture says so here, under its own id, in the unit that saves it: [`set`]
//! with all keys it holds, [`forget`] when it is gone. A story's id holds what its working copy, its kept copies and its published
//! version show, each revision's id what that revision shows.

use db::{Tx, params};
use std::collections::BTreeSet;

use crate::removals;

/// The holder of pictures that old addresses lead to. Ids begin far above.
pub const OLD_ADDRESSES: i64 = 1;

/// This holder uses exactly these pictures and recordings, by their keys.
pub fn set(tx: &mut Tx, holder: i64, keys: &[String]) -> Result<(), db::Error> {
    let had: BTreeSet<String> =
        tx.all("select key from media_uses where holder = $1", params![holder], |row| row.get(0))?.into_iter().collect();
    for gone in had.iter().filter(|key| !keys.contains(key)) {
        tx.run("delete from media_uses where key = $1 and holder = $2", params![gone, holder])?;
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
