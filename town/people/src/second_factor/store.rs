//! Every query about second factors.

use db::{Tx, params};

use super::RecoveryCodes;
use crate::AccountId;

/// Whether a second step is asked for.
pub fn is_on(tx: &mut Tx, account: AccountId) -> Result<bool, db::Error> {
    Ok(since(tx, account)?.is_some())
}

/// Since when a second step is asked for.
pub(super) fn since(tx: &mut Tx, account: AccountId) -> Result<Option<i64>, db::Error> {
    tx.first("select created_at from second_factors where account_id = $1", params![account], |row| row.get(0))
}

/// Whether a code may be tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Try {
    /// It may: the sealed secret, and how many were wrong in a row if this one is wrong, too.
    Counted { sealed: Vec<u8>, wrong: i64 },
    /// Not before this time.
    Wait { until: i64 },
    /// There is no second step.
    Off,
}

/// Counts a try before it is looked at, so that many at once are counted, too. After `free` wrong ones in a row each waits
/// for `wait` milliseconds.
pub(super) fn count_try(tx: &mut Tx, account: AccountId, (free, wait): (i64, i64), now: i64) -> Result<Try, db::Error> {
    let counted = tx.first(
        "update second_factors set wrong = wrong + 1, wrong_at = $2 where account_id = $1 and (wrong < $3 or wrong_at <= $4)
         returning secret, wrong",
        params![account, now, free, now - wait],
        |row| Ok(Try::Counted { sealed: row.get(0)?, wrong: row.get(1)? }),
    )?;
    if let Some(counted) = counted {
        return Ok(counted);
    }
    let last = tx.first("select wrong_at from second_factors where account_id = $1", params![account], |row| row.get::<i64>(0))?;
    Ok(last.map_or(Try::Off, |last| Try::Wait { until: last + wait }))
}

/// The last try was right.
pub(super) fn forget_tries(tx: &mut Tx, account: AccountId) -> Result<(), db::Error> {
    tx.run("update second_factors set wrong = 0 where account_id = $1", params![account])?;
    Ok(())
}

/// Turns it on. `step` is the one of the code that was entered for it. `false` when it is on already.
pub(super) fn insert(tx: &mut Tx, account: AccountId, sealed: &[u8], step: i64, now: i64) -> Result<bool, db::Error> {
    let inserted = tx.run(
        "insert into second_factors (account_id, secret, last_step, created_at) values ($1, $2, $3, $4) on conflict (account_id) do nothing",
        params![account, sealed, step, now],
    )?;
    Ok(inserted > 0)
}

/// Uses the code of a step up; `false` when it, or one of a later step, was used before.
pub(super) fn use_step(tx: &mut Tx, account: AccountId, step: i64) -> Result<bool, db::Error> {
    Ok(tx.run("update second_factors set last_step = $2 where account_id = $1 and last_step < $2", params![account, step])? > 0)
}

/// Turns it off, recovery codes and all. `false` when it was off.
pub fn remove(tx: &mut Tx, account: AccountId) -> Result<bool, db::Error> {
    Ok(tx.run("delete from second_factors where account_id = $1", params![account])? > 0)
}

/// Keeps these codes in place of all earlier ones.
pub(super) fn set_codes(tx: &mut Tx, account: AccountId, codes: &RecoveryCodes) -> Result<(), db::Error> {
    tx.run("delete from recovery_codes where account_id = $1", params![account])?;
    for digest in codes.digests() {
        tx.run("insert into recovery_codes (account_id, digest) values ($1, $2)", params![account, digest])?;
    }
    Ok(())
}

/// Uses a recovery code up; `false` when it is none of theirs.
pub(super) fn use_code(tx: &mut Tx, account: AccountId, digest: &[u8]) -> Result<bool, db::Error> {
    Ok(tx.run("delete from recovery_codes where account_id = $1 and digest = $2", params![account, digest])? > 0)
}

/// How many recovery codes are left.
pub(super) fn codes_left(tx: &mut Tx, account: AccountId) -> Result<i64, db::Error> {
    tx.one("select count(*) from recovery_codes where account_id = $1", params![account], |row| row.get(0))
}
