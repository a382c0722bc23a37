//! Every query about identities.

use db::{Tx, params};

use super::{Identity, IdentityId};
use crate::AccountId;

/// Most that one member sees; nobody has so many.
const MOST: i64 = 50;

/// Those of an account, the oldest first.
pub(super) fn all_of(tx: &mut Tx, account: AccountId) -> Result<Vec<Identity>, db::Error> {
    tx.all(
        "select id, issuer, label, created_at, used_at from identities where account_id = $1 order by id limit $2",
        params![account, MOST],
        |row| Ok(Identity { id: row.get(0)?, issuer: row.get(1)?, label: row.get(2)?, created_at: row.get(3)?, used_at: row.get(4)? }),
    )
}

/// How many an account has.
///
/// # Errors
/// When the database does not answer.
pub fn count_of(tx: &mut Tx, account: AccountId) -> Result<i64, db::Error> {
    tx.one("select count(*) from identities where account_id = $1", params![account], |row| row.get(0))
}

/// Whose an identity is, whoever may sign in or not.
pub(super) fn whose(tx: &mut Tx, issuer: &str, subject: &str) -> Result<Option<(IdentityId, AccountId)>, db::Error> {
    let sql = "select id, account_id from identities where issuer = $1 and subject = $2";
    tx.first(sql, params![issuer, subject], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Connects an identity. One that is somebody's already is a uniqueness error on `identities.issuer`.
///
/// # Errors
/// When it is somebody's, or the database does not answer.
pub fn insert(tx: &mut Tx, account: AccountId, (issuer, subject): (&str, &str), label: &str, now: i64) -> Result<IdentityId, db::Error> {
    let id = IdentityId::fresh();
    tx.run(
        "insert into identities (id, account_id, issuer, subject, label, created_at) values ($1, $2, $3, $4, $5, $6)",
        params![id, account, issuer, subject, label, now],
    )?;
    Ok(id)
}

/// Notes that it signed in, and what it is called now.
pub(super) fn used(tx: &mut Tx, id: IdentityId, label: &str, now: i64) -> Result<(), db::Error> {
    tx.run("update identities set used_at = $2, label = $3 where id = $1", params![id, now, label])?;
    Ok(())
}

/// Takes one off an account; who vouched for it.
pub(super) fn remove(tx: &mut Tx, account: AccountId, id: IdentityId) -> Result<Option<String>, db::Error> {
    tx.first("delete from identities where id = $1 and account_id = $2 returning issuer", params![id, account], |row| row.get(0))
}
