//! The address of an account, and the links by which it changes.

use db::{Tx, params};

use crate::{AccountId, finding, sign_in};

/// The address is theirs now. One that somebody else has is a uniqueness error on `accounts.email_key`. Links that were
/// mailed to the address before stop working.
pub(super) fn set(tx: &mut Tx, id: AccountId, email: &str, now: i64) -> Result<(), db::Error> {
    tx.run("update accounts set email = $2, email_key = $3, updated_at = $4 where id = $1", params![id, email, text::fold(email), now])?;
    finding::address_changed(tx, id)?;
    sign_in::revoke(tx, id)
}

/// Nobody gets in by a password, a passkey, a session or a link they had: whoever had them is not who the account belongs to.
pub(super) fn lock(tx: &mut Tx, id: AccountId, now: i64) -> Result<(), db::Error> {
    for table in ["links", "passkeys", "second_factors"] {
        tx.run(&format!("delete from {table} where account_id = $1"), params![id])?;
    }
    tx.run("update accounts set password_hash = null, updated_at = $2 where id = $1", params![id, now])?;
    sign_in::end_all(tx, id, None)
}
