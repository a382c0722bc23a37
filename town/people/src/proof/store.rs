//! What was spent, and the key.

use db::{Tx, params};

use super::{Key, Proved};
use crate::secrets;

const NAME: &str = "proof of work";

/// The site's key; made when it is first asked for.
pub fn key(tx: &mut Tx) -> Result<Key, db::Error> {
    Ok(Key::new(&secrets::named(tx, NAME)?))
}

/// Spends what was proved; `false` when it was spent before.
pub fn spend(tx: &mut Tx, proved: &Proved) -> Result<bool, db::Error> {
    let spent = tx.run(
        "insert into spent_proofs (digest, expires_at) values ($1, $2) on conflict (digest) do nothing",
        params![&proved.digest[..], proved.expires_at],
    )?;
    Ok(spent > 0)
}

/// Whether it was spent before.
pub fn is_spent(tx: &mut Tx, proved: &Proved) -> Result<bool, db::Error> {
    let sql = "select 1 from spent_proofs where digest = $1";
    Ok(tx.first(sql, params![&proved.digest[..]], |row| row.get::<i64>(0))?.is_some())
}

/// Forgets what would have run out by now.
pub fn forget_expired(tx: &mut Tx, now: i64) -> Result<(), db::Error> {
    tx.run("delete from spent_proofs where expires_at <= $1", params![now])?;
    Ok(())
}
