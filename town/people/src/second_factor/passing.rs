//! Whether a code is right, and using it up.

use db::Tx;
use web::Error;

use super::{
    codes,
    store::{self, Try},
    totp,
};
use crate::{AccountId, Town, seal::Seal, sign_in::Change};

/// What is said of a code that is not taken. The same for one that was used before.
pub const WRONG: &str = "That code is not right, or was used before. Wait for the next one in your app, or take a recovery code.";

/// So many wrong codes in a row cost nothing. Whoever types codes here knows the password already, so few are enough.
pub const FREE_TRIES: i64 = 5;
/// Then one may be tried every five minutes. Trying day and night, a guesser has an even chance after two years, and the
/// member was told long before.
pub const WAIT_MS: i64 = 5 * 60 * 1000;

/// What became of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passed {
    /// It is one of their app.
    Code,
    /// It is a recovery code; so many are left.
    Recovery {
        /// How many are left.
        left: i64,
    },
    /// It is none; so many were wrong in a row.
    Not {
        /// How many.
        wrong: i64,
    },
}

/// What a secret is sealed as.
pub(super) fn about(account: AccountId) -> String {
    format!("second factor of {account}")
}

/// Tries a code, and uses it up when it is right.
///
/// # Errors
/// `TooMany` after some wrong ones, whether or not this one is right; when the database does not answer.
pub fn pass(tx: &mut Tx, seal: &Seal, account: AccountId, typed: &str, now: i64) -> Result<Passed, Error> {
    let (sealed, wrong) = match store::count_try(tx, account, (FREE_TRIES, WAIT_MS), now)? {
        Try::Counted { sealed, wrong } => (sealed, wrong),
        Try::Wait { until } => return Err(Error::TooMany { seconds: (until - now).unsigned_abs().div_ceil(1000) }),
        Try::Off => return Ok(Passed::Not { wrong: 0 }),
    };
    let code: String = typed.chars().filter(|character| !character.is_whitespace() && *character != '-').collect();
    let passed = if code.len() == totp::DIGITS && code.bytes().all(|byte| byte.is_ascii_digit()) {
        let secret = seal.open(&about(account), &sealed);
        if secret.is_none() {
            tracing::error!(%account, "the secret of a second factor was sealed with another key");
        }
        let step = secret.and_then(|secret| totp::step_of(&secret, &code, now));
        match step {
            Some(step) if store::use_step(tx, account, step)? => Passed::Code,
            _ => Passed::Not { wrong },
        }
    } else if store::use_code(tx, account, &codes::digest(&code))? {
        Passed::Recovery { left: store::codes_left(tx, account)? }
    } else {
        Passed::Not { wrong }
    };
    if !matches!(passed, Passed::Not { .. }) {
        store::forget_tries(tx, account)?;
    }
    Ok(passed)
}

/// Whether a code is right, with the letters that follow: after a recovery code, and after some wrong ones.
///
/// # Errors
/// As [`pass`].
pub(super) fn passes_in(tx: &mut Tx, town: &Town, account: AccountId, typed: &str) -> Result<bool, Error> {
    let (right, what) = match pass(tx, &town.seal, account, typed, town.now())? {
        Passed::Code => return Ok(true),
        Passed::Recovery { left: 0 } => (true, "the last recovery code was used".to_owned()),
        Passed::Recovery { left: 1 } => (true, "a recovery code was used, and one is left,".to_owned()),
        Passed::Recovery { left } => (true, format!("a recovery code was used, and {left} are left,")),
        Passed::Not { wrong: FREE_TRIES } => (false, format!("{FREE_TRIES} wrong codes in a row were entered after your password")),
        Passed::Not { .. } => return Ok(false),
    };
    Change::new(town, account, what).tell(tx)?;
    Ok(right)
}

/// The same in a unit of its own.
///
/// # Errors
/// As [`pass`].
pub async fn passes(town: &Town, account: AccountId, typed: &str) -> Result<bool, Error> {
    let (inner, typed) = (town.clone(), typed.to_owned());
    let right = town.db.write(move |tx| passes_in(tx, &inner, account, &typed)).await?;
    town.wake();
    Ok(right)
}
