//! Every query about accounts.

use db::{Row, Tx, params};

use super::account::{Account, AccountId, NewAccount};

const COLUMNS: &str = "a.id, a.handle, a.name, a.email, a.level, a.bio, a.picture, a.created_at, a.suspended_at";

fn account(row: &Row) -> Result<Account, db::Error> {
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
    })
}

/// Makes an account. A handle or address that is taken is a uniqueness error on `accounts.handle_key` or `accounts.email_key`.
pub fn insert(tx: &mut Tx, new: &NewAccount, password_hash: Option<&str>, now: i64) -> Result<AccountId, db::Error> {
    let id = AccountId::fresh();
    let email_key = new.email.as_deref().map(text::fold);
    tx.run(
        "insert into accounts (id, kind, handle, handle_key, name, email, email_key, password_hash, level, created_at, updated_at)
         values ($1, 'person', $2, $3, $4, $5, $6, $7, $8, $9, $9)",
        params![
            id,
            &new.handle.name,
            &new.handle.key,
            &new.name,
            new.email.as_deref(),
            email_key.as_deref(),
            password_hash,
            &new.level,
            now
        ],
    )?;
    Ok(id)
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

/// Whom somebody says to be, by e-mail address or handle, and the hash of their password.
pub fn credentials(tx: &mut Tx, name: &str) -> Result<Option<(AccountId, Option<String>)>, db::Error> {
    let key = sign_in_key(name);
    tx.first(
        "select id, password_hash from accounts where (email_key = $1 or handle_key = $1) and suspended_at is null",
        params![&key],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// The accounts with these handles, in the order of the handles; unknown ones are returned as `Err`.
pub fn by_handles(tx: &mut Tx, handles: &[String]) -> Result<Vec<Result<Account, String>>, db::Error> {
    handles.iter().map(|handle| Ok(by_handle(tx, handle)?.ok_or_else(|| handle.clone()))).collect()
}

/// Accounts by level and name, for the desk; a page begins after `after` (level rank is not paged over: staff are few).
pub fn list(tx: &mut Tx, after: Option<AccountId>, limit: u32) -> Result<Vec<Account>, db::Error> {
    let after = after.map_or(0, AccountId::get);
    tx.all(&format!("select {COLUMNS} from accounts a where a.id > $1 order by a.id limit $2"), params![after, limit], account)
}

/// Changes what a member says of themselves.
pub fn save_profile(tx: &mut Tx, id: AccountId, name: &str, bio: &str, now: i64) -> Result<(), db::Error> {
    tx.run("update accounts set name = $2, bio = $3, updated_at = $4 where id = $1", params![id, name, bio, now])?;
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
    tx.run("update accounts set suspended_at = $2, updated_at = $3 where id = $1", params![id, since, now])?;
    if suspended {
        tx.run("delete from sessions where account_id = $1", params![id])?;
    }
    Ok(())
}
