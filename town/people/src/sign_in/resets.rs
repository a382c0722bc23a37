//! One-time tokens: the first setup, passwords that were forgotten, links that sign in, the second step.

use db::{Tx, params};

use crate::accounts::AccountId;

/// A reset link works for an hour.
pub const RESET_MS: i64 = 60 * 60 * 1000;

/// A link that signs somebody in works for a quarter of an hour.
pub const SIGN_IN_MS: i64 = 15 * 60 * 1000;

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Setting the site up.
    Setup,
    /// A new password.
    Reset,
    /// Signing in without a password.
    SignIn,
    /// The proof that mail to an address arrives.
    Confirmation,
    /// The same for the next address of a member.
    Email,
    /// The way back to the address before.
    EmailBack,
    /// The second step of signing in: held by a browser, not by a letter.
    HalfWay,
    /// Locking an account, which is all it can do.
    Lock,
}

impl Purpose {
    fn name(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::Reset => "reset",
            Self::SignIn => "sign-in",
            Self::Confirmation => "confirmation",
            Self::Email => "email",
            Self::EmailBack => "email-back",
            Self::HalfWay => "half way",
            Self::Lock => "lock",
        }
    }
}

/// Makes a link's token. Earlier ones for the same purpose and account stop working.
pub fn issue(tx: &mut Tx, purpose: Purpose, account: Option<AccountId>, lasts_ms: i64, now: i64) -> Result<String, db::Error> {
    issue_about(tx, purpose, account, "", lasts_ms, now)
}

/// Makes the token of a link that is about something beside its account: an e-mail address. See [`issue`]; only ways back
/// to earlier addresses and those to the lock stay open together, or a second change would close the way back from the first.
pub fn issue_about(
    tx: &mut Tx,
    purpose: Purpose,
    account: Option<AccountId>,
    detail: &str,
    lasts_ms: i64,
    now: i64,
) -> Result<String, db::Error> {
    let owner = account.map_or(0, AccountId::get);
    if !matches!(purpose, Purpose::EmailBack | Purpose::Lock) {
        tx.run("delete from links where purpose = $1 and coalesce(account_id, 0) = $2", params![purpose.name(), owner])?;
    }
    put(tx, purpose, account, detail, lasts_ms, now)
}

/// The same, beside earlier ones: somebody may be on their way in on two devices at once.
pub(super) fn put(
    tx: &mut Tx,
    purpose: Purpose,
    account: Option<AccountId>,
    detail: &str,
    lasts_ms: i64,
    now: i64,
) -> Result<String, db::Error> {
    let token = web::token::fresh();
    tx.run(
        "insert into links (digest, purpose, account_id, detail, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)",
        params![web::token::digest(&token), purpose.name(), account, detail, now, now + lasts_ms],
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

/// What a token that still works is about, and whose it is.
pub fn peek_about(tx: &mut Tx, purpose: Purpose, token: &str, now: i64) -> Result<Option<(AccountId, String)>, db::Error> {
    tx.first(
        "select account_id, detail from links where digest = $1 and purpose = $2 and expires_at > $3 and account_id is not null",
        params![web::token::digest(token), purpose.name(), now],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Takes back every link of an account: whoever has just chosen a password needs none, and nobody else should have one. Only
/// the way back to an earlier address and the way to the lock stay: whoever took an account over would close them first.
pub fn revoke(tx: &mut Tx, account: AccountId) -> Result<(), db::Error> {
    tx.run("delete from links where account_id = $1 and purpose not in ('email-back', 'lock')", params![account])?;
    Ok(())
}
