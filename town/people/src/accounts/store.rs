//! Every query about accounts.

use db::{Row, Tx, params};

use super::account::{Account, AccountId, NewAccount, Standing};
use crate::{finding, levels::Permission};

pub(super) const COLUMNS: &str = "a.id, a.handle, a.name, a.email, a.level, a.bio, a.picture, a.created_at, a.suspended_at, a.standing,
    a.claimed_email, a.suspended_until, a.suspended_why, a.kind";

pub(super) fn account(row: &Row) -> Result<Account, db::Error> {
    Ok(Account {
        id: row.get(0)?,
        handle: row.get(1)?,
        name: row.get(2)?,
        email: row.get(3)?,
        level: row.get(4)?,
        bio: row.get(5)?,
        picture: row.get(6)?,
        created_at: row.get(7)?,
        suspended_at: row.get(8)?,
        standing: Standing::named(row.text(9)?),
        claimed_email: row.get(10)?,
        suspended_until: row.get(11)?,
        suspended_why: row.get(12)?,
        is_organization: row.text(13)? == "organization",
    })
}

/// Makes an account. A handle or address that is taken is a uniqueness error on `accounts.handle_key` or `accounts.email_key`.
///
/// Staff and imports may bring a handle that looks like another; only the first of them then has the likeness, and whoever
/// joins is kept away from both.
pub fn insert(tx: &mut Tx, new: &NewAccount, password_hash: Option<&str>, now: i64) -> Result<AccountId, db::Error> {
    let id = AccountId::fresh();
    let email_key = new.email.as_deref().map(text::fold);
    let likeness = free_likeness(tx, &new.handle.name)?;
    tx.run(
        "insert into accounts (id, kind, handle, handle_key, name, email, email_key, password_hash, level, handle_likeness, created_at,
           updated_at)
         values ($1, 'person', $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)",
        params![
            id,
            &new.handle.name,
            &new.handle.key,
            &new.name,
            new.email.as_deref(),
            email_key.as_deref(),
            password_hash,
            &new.level,
            likeness.as_deref(),
            now
        ],
    )?;
    finding::index(tx, id, &new.name, &new.handle.name)?;
    Ok(id)
}

/// What a handle looks like, if no other account looks like it.
pub fn free_likeness(tx: &mut Tx, handle: &str) -> Result<Option<String>, db::Error> {
    let likeness = text::likeness(handle);
    let taken = tx.first("select 1 from accounts where handle_likeness = $1", params![&likeness], |row| row.get::<i64>(0))?;
    Ok(taken.is_none().then_some(likeness))
}

/// Whether a handle looks like that of another account than this one, or like one that led to another lately.
pub fn likeness_is_taken(tx: &mut Tx, handle: &str, of: Option<AccountId>, now: i64) -> Result<bool, db::Error> {
    let found = tx.first(
        "select 1 from accounts where handle_likeness = $1 and id <> $2
         union all select 1 from former_handles where likeness = $1 and account_id <> $2 and until > $3",
        params![&text::likeness(handle), of.map_or(0, AccountId::get), now],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

/// The account with this id.
pub fn by_id(tx: &mut Tx, id: AccountId) -> Result<Option<Account>, db::Error> {
    tx.first(&format!("select {COLUMNS} from accounts a where a.id = $1"), params![id], account)
}

/// The account with this handle, whatever its case.
pub fn by_handle(tx: &mut Tx, handle: &str) -> Result<Option<Account>, db::Error> {
    tx.first(&format!("select {COLUMNS} from accounts a where a.handle_key = $1"), params![&text::fold(handle)], account)
}

/// The account with this e-mail address, whatever its case.
pub fn by_email(tx: &mut Tx, email: &str) -> Result<Option<Account>, db::Error> {
    tx.first(&format!("select {COLUMNS} from accounts a where a.email_key = $1"), params![&text::fold(email)], account)
}

/// What somebody typed to sign in, as it is looked up, so that tries at one name are counted together however it is written.
pub fn sign_in_key(name: &str) -> String {
    text::fold(text::fold(name).trim_start_matches('@'))
}

/// Somebody who may be signing in: their account, and the hash of their password.
pub type Credentials = (AccountId, Option<String>);

/// Whom somebody says to be, by e-mail address or handle: an account whose address is proved, and the newest of those
/// that only claim the address.
pub fn credentials(tx: &mut Tx, name: &str) -> Result<(Option<Credentials>, Option<Credentials>), db::Error> {
    let key = sign_in_key(name);
    let known = tx.first(
        "select id, password_hash from accounts where (email_key = $1 or handle_key = $1) and suspended_at is null",
        params![&key],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let claiming = tx.first(
        "select id, password_hash from accounts
         where claimed_key = $1 and standing = 'unconfirmed' and suspended_at is null order by id desc limit 1",
        params![&key],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok((known, claiming))
}

/// The names of those who work here, as their level has it, for telling imitations; the account itself is left out.
pub fn names_of_staff(tx: &mut Tx, except: Option<AccountId>) -> Result<Vec<String>, db::Error> {
    /// More than any newsroom has.
    const MOST: i64 = 2_000;
    let theirs: Vec<&str> = Permission::of_staff().map(Permission::name).collect();
    let sql = format!(
        "select a.name from accounts a
         where exists (select 1 from level_permissions p where p.level = a.level and p.permission in ({}))
           and a.id <> $1 and a.suspended_at is null order by a.id limit $2",
        db::places(3, theirs.len())
    );
    tx.all(&sql, &[params![except.map_or(0, AccountId::get), MOST], &db::padded(&theirs)].concat(), |row| row.get(0))
}

/// Says which of handle and e-mail address is taken.
pub fn taken(error: db::Error) -> web::Error {
    if error.violates("accounts.handle_key") {
        return web::Error::invalid("handle", "Somebody has this handle. Choose another.");
    }
    if error.violates("accounts.handle_likeness") {
        return web::Error::invalid("handle", super::names::LOOKS_TAKEN);
    }
    if error.violates("accounts.email_key") {
        return web::Error::invalid("email", "There is an account with this e-mail address.");
    }
    error.into()
}

/// The accounts with these handles, in the order of the handles; unknown ones are returned as `Err`.
pub fn by_handles(tx: &mut Tx, handles: &[String]) -> Result<Vec<Result<Account, String>>, db::Error> {
    let member = |account: &Account| account.standing == Standing::Member;
    handles.iter().map(|handle| Ok(by_handle(tx, handle)?.filter(member).ok_or_else(|| handle.clone()))).collect()
}

/// Accounts by level and name, for the desk; a page begins after `after` (level rank is not paged over: staff are few).
pub fn list(tx: &mut Tx, after: Option<AccountId>, limit: u32) -> Result<Vec<Account>, db::Error> {
    let after = after.map_or(0, AccountId::get);
    tx.all(&format!("select {COLUMNS} from accounts a where a.id > $1 order by a.id limit $2"), params![after, limit], account)
}

/// Changes what a member says of themselves.
pub fn save_profile(tx: &mut Tx, id: AccountId, name: &str, bio: &str, now: i64) -> Result<(), db::Error> {
    let sql = "update accounts set name = $2, bio = $3, updated_at = $4 where id = $1 returning handle";
    if let Some(handle) = tx.first(sql, params![id, name, bio, now], |row| row.get::<String>(0))? {
        finding::index(tx, id, name, &handle)?;
    }
    Ok(())
}

/// Sets or removes the picture.
pub fn set_picture(tx: &mut Tx, id: AccountId, picture: Option<&str>, now: i64) -> Result<(), db::Error> {
    tx.run("update accounts set picture = $2, updated_at = $3 where id = $1", params![id, picture, now])?;
    Ok(())
}

/// Sets the password's hash.
pub fn set_password(tx: &mut Tx, id: AccountId, hash: &str, now: i64) -> Result<(), db::Error> {
    tx.run("update accounts set password_hash = $2, updated_at = $3 where id = $1", params![id, hash, now])?;
    Ok(())
}

/// Moves an account to another level.
pub fn set_level(tx: &mut Tx, id: AccountId, level: &str, now: i64) -> Result<(), db::Error> {
    tx.run("update accounts set level = $2, updated_at = $3 where id = $1", params![id, level, now])?;
    Ok(())
}

/// Suspends an account (its sessions end) or lets it back in.
pub fn set_suspended(tx: &mut Tx, id: AccountId, suspended: bool, now: i64) -> Result<(), db::Error> {
    let since = suspended.then_some(now);
    tx.run(
        "update accounts set suspended_at = $2, suspended_until = null, suspended_why = '', updated_at = $3 where id = $1",
        params![id, since, now],
    )?;
    if suspended {
        tx.run("delete from sessions where account_id = $1", params![id])?;
    }
    Ok(())
}

/// Lets an account only read until then, or no longer.
pub fn limit(tx: &mut Tx, id: AccountId, until: Option<i64>, now: i64) -> Result<(), db::Error> {
    tx.run("update accounts set limited_until = $2, updated_at = $3 where id = $1", params![id, until, now])?;
    Ok(())
}

/// Until when an account only reads, if anybody decided so; also when that is over.
pub fn limited_until(tx: &mut Tx, id: AccountId) -> Result<Option<i64>, db::Error> {
    Ok(tx.first("select limited_until from accounts where id = $1", params![id], |row| row.get(0))?.flatten())
}

/// Whether an account only reads at this time.
pub fn is_limited(tx: &mut Tx, id: AccountId, now: i64) -> Result<bool, db::Error> {
    Ok(limited_until(tx, id)?.is_some_and(|until| until > now))
}

/// Suspends an account until a time, or until somebody lifts it, for a reason.
pub fn suspend(tx: &mut Tx, id: AccountId, until: Option<i64>, why: &str, now: i64) -> Result<(), db::Error> {
    set_suspended(tx, id, true, now)?;
    tx.run("update accounts set suspended_until = $2, suspended_why = $3 where id = $1", params![id, until, why])?;
    Ok(())
}
