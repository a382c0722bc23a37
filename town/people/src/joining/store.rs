//! Every query about people on their way in.

use db::{Tx, params};

use super::{FORGET_MS, Newcomer};
use crate::{
    AccountId,
    accounts::{Author, Standing},
    finding,
    invitations::InvitationId,
};

/// Somebody who waits to be let in.
#[derive(Clone, Debug)]
pub struct Applicant {
    /// As they would stand beside their words.
    pub author: Author,
    /// Their address, which is proved.
    pub email: String,
    /// Why they join, in their words.
    pub reason: String,
    /// When they filled in the form.
    pub since: i64,
}

/// Makes an account that has proved nothing yet, with the hash of its password if it has one. A handle that is taken, or looks as if it were, is a uniqueness error on
/// `accounts.handle_key` or `accounts.handle_likeness`.
pub(super) fn insert(
    tx: &mut Tx,
    new: &Newcomer,
    (level, hash): (&str, Option<&str>),
    invitation: Option<InvitationId>,
    now: i64,
) -> Result<AccountId, db::Error> {
    let id = AccountId::fresh();
    tx.run(
        "insert into accounts (id, kind, handle, handle_key, handle_likeness, name, claimed_email, claimed_key, password_hash, level, standing,
           reason, invitation_id, created_at, updated_at)
         values ($1, 'person', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)",
        params![
            id,
            &new.handle.name,
            &new.handle.key,
            text::likeness(&new.handle.name),
            &new.name,
            &new.email,
            text::fold(&new.email),
            hash,
            level,
            Standing::Unconfirmed.name(),
            &new.reason,
            invitation,
            now
        ],
    )?;
    finding::index(tx, id, &new.name, &new.handle.name)?;
    Ok(id)
}

/// Claims another address for an account that has proved none.
pub(super) fn claim(tx: &mut Tx, account: AccountId, email: &str, now: i64) -> Result<(), db::Error> {
    tx.run(
        "update accounts set claimed_email = $2, claimed_key = $3, updated_at = $4 where id = $1 and standing = 'unconfirmed'",
        params![account, email, text::fold(email), now],
    )?;
    Ok(())
}

/// The address that was claimed is theirs. One that somebody else has proved meanwhile is a uniqueness error on
/// `accounts.email_key`.
pub(super) fn confirm(tx: &mut Tx, account: AccountId, standing: Standing, now: i64) -> Result<(), db::Error> {
    tx.run(
        "update accounts set email = claimed_email, email_key = claimed_key, claimed_email = null, claimed_key = null, standing = $2,
           updated_at = $3
         where id = $1 and standing = 'unconfirmed'",
        params![account, standing.name(), now],
    )?;
    Ok(())
}

/// Whether an account came by an invitation.
pub(super) fn is_invited(tx: &mut Tx, account: AccountId) -> Result<bool, db::Error> {
    let sql = "select 1 from accounts where id = $1 and invitation_id is not null";
    Ok(tx.first(sql, params![account], |row| row.get::<i64>(0))?.is_some())
}

/// Those who wait to be let in, the longest waiting first.
pub fn waiting(tx: &mut Tx, limit: u32) -> Result<Vec<Applicant>, db::Error> {
    tx.all(
        "select id, handle, name, picture, email, reason, created_at from accounts where standing = 'waiting' order by id limit $1",
        params![limit],
        |row| {
            Ok(Applicant {
                author: Author { id: row.get(0)?, handle: row.get(1)?, name: row.get(2)?, picture: row.get(3)? },
                email: row.get::<Option<String>>(4)?.unwrap_or_default(),
                reason: row.get(5)?,
                since: row.get(6)?,
            })
        },
    )
}

/// How many wait, counted to `most`.
pub fn count_waiting(tx: &mut Tx, most: u32) -> Result<i64, db::Error> {
    let sql = "select count(*) from (select 1 as one from accounts where standing = 'waiting' limit $1) counted";
    tx.one(sql, params![most], |row| row.get(0))
}

/// Lets somebody in who waits; `false` when they do not.
pub fn admit(tx: &mut Tx, account: AccountId, now: i64) -> Result<bool, db::Error> {
    let sql = "update accounts set standing = 'member', reason = '', updated_at = $2 where id = $1 and standing = 'waiting'";
    Ok(tx.run(sql, params![account, now])? > 0)
}

/// Refuses somebody who waits: nothing of their account is kept. `false` when they do not wait.
pub fn refuse(tx: &mut Tx, account: AccountId) -> Result<bool, db::Error> {
    Ok(tx.run("delete from accounts where id = $1 and standing = 'waiting'", params![account])? > 0)
}

/// Forgets accounts whose address was not proved in time.
pub fn forget_unconfirmed(tx: &mut Tx, now: i64) -> Result<(), db::Error> {
    tx.run("delete from accounts where standing = 'unconfirmed' and created_at <= $1", params![now - FORGET_MS])?;
    Ok(())
}
