//! What uses which file, so that it can be known which pictures and recordings nobody needs any more.
//!
//! Whoever shows files and is neither a story nor an account's own picture (an album, for one) says so here, under its own
//! id, in the unit that saves it: [`set`] with all keys it holds, [`forget`] when it is gone. Stories need not: their working copies
//! and revisions say it themselves.

use db::{Tx, params};

/// This holder uses exactly these pictures and recordings, by their keys.
pub fn set(tx: &mut Tx, holder: i64, keys: &[String]) -> Result<(), db::Error> {
    forget(tx, holder)?;
    add(tx, holder, keys)
}

/// This holder uses these as well.
pub fn add(tx: &mut Tx, holder: i64, keys: &[String]) -> Result<(), db::Error> {
    for key in keys {
        tx.run("insert into media_uses (key, holder) values ($1, $2) on conflict (key, holder) do nothing", params![key, holder])?;
    }
    Ok(())
}

/// This holder is gone.
pub fn forget(tx: &mut Tx, holder: i64) -> Result<(), db::Error> {
    tx.run("delete from media_uses where holder = $1", params![holder])?;
    Ok(())
}
