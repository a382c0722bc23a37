//! One-time links: the first setup, and passwords that were forgotten.

use db::{Tx, params};

use crate::accounts::AccountId;

/// A reset link works for an hour.
pub const RESET_MS: i64 = 60 * 60 * 1000;

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Setting the site up.
    Setup,
    /// A new password.
    Reset,
}

impl Purpose {
    fn name(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::Reset => "reset",
        }
    }
}

/// Makes a link's token. Earlier ones for the same purpose and account stop working.
pub fn issue(tx: &mut Tx, purpose: Purpose, account: Option<AccountId>, lasts_ms: i64, now: i64) -> Result<String, db::Error> {
    let owner = account.map_or(0, AccountId::get);
    tx.run("delete from links where purpose = $1 and coalesce(account_id, 0) = $2", params![purpose.name(), owner])?;
    let token = web::token::fresh();
    tx.run(
        "insert into links (digest, purpose, account_id, created_at, expires_at) values ($1, $2, $3, $4, $5)",
        params![web::token::digest(&token), purpose.name(), account, now, now + lasts_ms],
    )?;
    Ok(token)
}

/// Whom a token that still works belongs to: `None` when it does not work, `Some(None)` when it belongs to nobody (setup).
pub fn peek(tx: &mut Tx, purpose: Purpose, token: &str, now: i64) -> Result<Option<Option<AccountId>>, db::Error> {
    tx.first(
        "select account_id from links where digest = $1 and purpose = $2 and expires_at > $3",
        params![web::token::digest(token), purpose.name(), now],
        |row| row.get(0),
    )
}

/// Uses a token up. The same answer as [`peek`], once.
pub fn redeem(tx: &mut Tx, purpose: Purpose, token: &str, now: i64) -> Result<Option<Option<AccountId>>, db::Error> {
    tx.first(
        "delete from links where digest = $1 and purpose = $2 and expires_at > $3 returning account_id",
        params![web::token::digest(token), purpose.name(), now],
        |row| row.get(0),
    )
}

/// Takes back every link of an account: whoever has just chosen a password needs none, and nobody else should have one.
pub fn revoke(tx: &mut Tx, account: AccountId) -> Result<(), db::Error> {
    tx.run("delete from links where account_id = $1", params![account])?;
    Ok(())
}
