//! The switch that locks an account.

use db::{Tx, params};
use web::Error;

use crate::{
    AccountId, connections,
    letters::{Given, Kind},
    notices::push,
    sign_in::{self, SessionId},
};

/// The letter with the link that locks an account.
pub(crate) const LETTER: Kind =
    Kind { name: "safety.lock", when: "Somebody asks for a link that locks their account", placeholders: &["site", "name"], draw: letter };

fn letter(of: &Given) -> (String, String) {
    let (site, name, link) = (of.get("site"), of.get("name"), of.get("link"));
    let text = format!(
        "Hello {name},\n\nsomebody, hopefully you, wants to lock your account at {site}. Open this address within an hour, and press the\n\
         button there:\n\n{link}\n\n\
         Locking signs out every device, hides you from everybody but your friends, and lets nobody in without a link in a letter to\n\
         this address. You can lift it at any time. If it was not you, leave this letter alone: nothing has changed.\n"
    );
    (format!("Lock your account at {site}"), text)
}

/// Whether an account is locked.
pub fn is_locked(tx: &mut Tx, account: AccountId) -> Result<bool, db::Error> {
    let sql = "select 1 from accounts where id = $1 and locked_at is not null";
    Ok(tx.first(sql, params![account], |row| row.get::<i64>(0))?.is_some())
}

/// Locks an account; answers whether it was open. Every session ends but the one that is kept, and with them links and devices.
///
/// # Errors
/// When the database does not answer.
pub fn lock(tx: &mut Tx, account: AccountId, kept: Option<SessionId>, now: i64) -> Result<bool, Error> {
    let new = tx.run("update accounts set locked_at = $2, updated_at = $2 where id = $1 and locked_at is null", params![account, now])? > 0;
    sign_in::end_all(tx, account, kept)?;
    sign_in::revoke(tx, account)?;
    push::forget_all(tx, account)?;
    connections::touch(tx, &[account])?;
    Ok(new)
}

/// Lifts the lock; answers whether there was one.
///
/// # Errors
/// When the database does not answer.
pub fn unlock(tx: &mut Tx, account: AccountId, now: i64) -> Result<bool, db::Error> {
    let lifted =
        tx.run("update accounts set locked_at = null, updated_at = $2 where id = $1 and locked_at is not null", params![account, now])? > 0;
    connections::touch(tx, &[account])?;
    Ok(lifted)
}
