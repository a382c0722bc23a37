//! Every query about people who leave.

use db::{Tx, params};

use super::{FORMER, letters};
use crate::{
    AccountId,
    accounts::{self, Account, Standing},
    letters::send,
    organizations,
};

/// Somebody whose time has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Departure {
    /// Who leaves.
    pub account: AccountId,
    /// Whether what they wrote goes with them.
    pub with_posts: bool,
}

/// Somebody asks to leave at this time, or an organization is closed. Everybody is signed out of the account.
///
/// # Errors
/// When the database does not answer.
pub fn ask(tx: &mut Tx, account: AccountId, with_posts: bool, leaves_at: i64, now: i64) -> Result<(), db::Error> {
    tx.run(
        "update accounts set standing = 'leaving', leaves_at = $2, leaves_with_posts = $3, updated_at = $4
         where id = $1 and standing = 'member'",
        params![account, leaves_at, i64::from(with_posts), now],
    )?;
    crate::sign_in::revoke(tx, account)?;
    crate::sign_in::end_all(tx, account, None)
}

/// They stay after all; `false` when they were not about to leave.
///
/// # Errors
/// When the database does not answer.
pub fn stay(tx: &mut Tx, account: AccountId, now: i64) -> Result<bool, db::Error> {
    let sql = "update accounts set standing = 'member', leaves_at = null, leaves_with_posts = 0, updated_at = $2
               where id = $1 and standing = 'leaving'";
    Ok(tx.run(sql, params![account, now])? > 0)
}

/// When somebody leaves who asked to.
///
/// # Errors
/// When the database does not answer.
pub fn leaves_at(tx: &mut Tx, account: AccountId) -> Result<Option<i64>, db::Error> {
    let sql = "select leaves_at from accounts where id = $1 and standing = 'leaving'";
    Ok(tx.first(sql, params![account], |row| row.get::<Option<i64>>(0))?.flatten())
}

/// Whether somebody else could still look after people and site if this account were gone.
pub(super) fn has_successor(tx: &mut Tx, account: AccountId) -> Result<bool, db::Error> {
    let found = tx.first(
        "select 1 from accounts a where a.id <> $1 and a.standing = 'member' and a.suspended_at is null
           and exists (select 1 from level_permissions p where p.level = a.level and p.permission = 'people.manage')
           and exists (select 1 from level_permissions p where p.level = a.level and p.permission = 'site.manage') limit 1",
        params![account],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

/// Those who are to be forgotten by now, the longest waiting first.
///
/// # Errors
/// When the database does not answer.
pub fn due(tx: &mut Tx, now: i64, limit: u32) -> Result<Vec<Departure>, db::Error> {
    tx.all(
        "select id, leaves_with_posts from accounts where standing = 'leaving' and leaves_at <= $1 order by leaves_at, id limit $2",
        params![now, limit],
        |row| Ok(Departure { account: row.get(0)?, with_posts: row.get::<i64>(1)? != 0 }),
    )
}

/// Forgets who an account was: nothing of it is left but an id and the words "Former member". Those who change their mind in
/// the same moment are left alone.
///
/// # Errors
/// When the database does not answer.
pub fn forget(tx: &mut Tx, id: AccountId, site: &str, now: i64) -> Result<bool, web::Error> {
    let Some(account) = accounts::by_id(tx, id)?.filter(|account| account.standing == Standing::Leaving) else { return Ok(false) };
    accounts::give_up_handle(tx, &account, now)?;
    let handle = format!("former-{}", id.get());
    tx.run(
        "update accounts set kind = 'former', standing = 'gone', handle = $2, handle_key = $2, handle_likeness = null, name = $3, email = null,
           email_key = null, claimed_email = null, claimed_key = null, password_hash = null, level = 'guest', bio = '', picture = null,
           reason = '', invitation_id = null, leaves_at = null, leaves_with_posts = 0, locked_at = null,
           birth_year = null, minor_until = null, updated_at = $4
         where id = $1",
        params![id, &handle, FORMER, now],
    )?;
    for table in [
        "sessions",
        "links",
        "uploads",
        "passkeys",
        "second_factors",
        "identities",
        "profile_links",
        "profile_facts",
        "profiles",
        "safety_choices",
    ] {
        tx.run(&format!("delete from {table} where account_id = $1"), params![id])?;
    }
    for table in ["pictures", "recordings"] {
        tx.run(&format!("update {table} set account_id = null where account_id = $1"), params![id])?;
    }
    organizations::leave_all(tx, id, now)?;
    organizations::end_all(tx, id)?;
    crate::uses::forget(tx, id.get())?;
    if let Some(email) = &account.email {
        send(tx, &letters::DONE, ("", email), &[("site", site)], now)?;
    }
    Ok(true)
}

/// Those who have left and are still named as former members.
///
/// # Errors
/// When the database does not answer.
pub fn gone(tx: &mut Tx, after: AccountId, limit: u32) -> Result<Vec<AccountId>, db::Error> {
    tx.all("select id from accounts where standing = 'gone' and id > $1 order by id limit $2", params![after, limit], |row| row.get(0))
}

/// Removes what is left of somebody to whom nothing leads any more.
///
/// # Errors
/// When the database does not answer.
pub fn sweep(tx: &mut Tx, id: AccountId) -> Result<(), db::Error> {
    tx.run("delete from accounts where id = $1 and standing = 'gone'", params![id])?;
    Ok(())
}

/// For the page: the account as it is now.
pub(super) fn account(tx: &mut Tx, id: AccountId) -> Result<Account, web::Error> {
    accounts::by_id(tx, id)?.ok_or(web::Error::NotFound)
}
