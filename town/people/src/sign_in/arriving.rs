//! The last step of every way in: a session, or first the second step.
//!
//! Whoever has [two-step sign-in](crate::second_factor) and showed one factor is half way in. Their browser holds a token
//! of its own for ten minutes, which opens nothing but the page that asks for the code, and dies with a new password.

use axum::response::{AppendHeaders, IntoResponse as _, Response};
use db::Tx;
use http::{HeaderMap, header};
use url::form_urlencoded::byte_serialize;
use web::{html::safe_path, see_other};

use super::{Purpose, peek, redeem, resets::put, session_cookie, sessions};
use crate::{AccountId, Caller, Town, accounts, safety, second_factor};

/// Half way in lasts ten minutes: long enough to find the telephone.
pub const HALF_WAY_MS: i64 = 10 * 60 * 1000;
/// The cookie of somebody who is half way in.
pub const HALF_WAY_COOKIE: &str = "half_way";

/// By what somebody showed who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Their password.
    Password,
    /// A link in a letter.
    Letter,
    /// A link in a letter, and a new password.
    NewPassword,
    /// Somebody who vouches for them: an account elsewhere.
    Provider,
    /// A passkey: what they have, and what they know or are. Nothing more is asked.
    Passkey,
}

impl By {
    /// Whether it also shows, for some minutes, that it is really them who changes how they sign in. A password does not:
    /// browsers fill it in for whoever sits there, so it is asked for again.
    fn proves(self) -> bool {
        self != Self::Password
    }
}

/// How far somebody came.
#[derive(Debug)]
pub enum Arrival {
    /// They are in: the token of their session.
    In(String),
    /// A code is asked for: the token that lets them enter one.
    HalfWay(String),
    /// Their account is locked, and what they showed does not open it.
    Locked,
}

/// Lets somebody in as far as their account lets them. The session that this browser came with ends: a token that somebody
/// else may have planted there is worth nothing (session fixation).
///
/// # Errors
/// When the database does not answer.
pub fn arrive(tx: &mut Tx, caller: &Caller, account: AccountId, by: By, now: i64) -> Result<Arrival, db::Error> {
    if let Some(before) = &caller.session {
        sessions::end_by_digest(tx, before)?;
    }
    if !matches!(by, By::Letter | By::NewPassword) && safety::is_locked(tx, account)? {
        return Ok(Arrival::Locked);
    }
    if by != By::Passkey && second_factor::is_on(tx, account)? {
        return Ok(Arrival::HalfWay(put(tx, Purpose::HalfWay, Some(account), "", HALF_WAY_MS, now)?));
    }
    Ok(Arrival::In(sessions::start(tx, account, &caller.agent, by.proves().then_some(now), now)?))
}

impl Arrival {
    /// Leads on to `next`, or first to the page that asks for the code.
    pub fn lead(self, town: &Town, next: &str) -> Response {
        let next = safe_path(next);
        match self {
            Self::Locked => see_other("/sign-in/link?done=account-locked"),
            Self::In(token) => ([(header::SET_COOKIE, session_cookie(town, &token))], see_other(next)).into_response(),
            Self::HalfWay(token) => {
                let cookies = AppendHeaders([
                    (header::SET_COOKIE, web::cookies::write(HALF_WAY_COOKIE, &token, HALF_WAY_MS / 1000, town.secure)),
                    // The session of that cookie has ended.
                    (header::SET_COOKIE, web::cookies::write(web::door::SESSION_COOKIE, "", 0, town.secure)),
                ]);
                let next: String = byte_serialize(next.as_bytes()).collect();
                (cookies, see_other(&format!("/sign-in/second-step?next={next}"))).into_response()
            }
        }
    }
}

/// The token of somebody who is half way in, as their browser sends it.
pub fn half_way_token(headers: &HeaderMap) -> Option<String> {
    web::cookies::read(headers, HALF_WAY_COOKIE).map(ToOwned::to_owned)
}

/// Whose token it is, while it works.
///
/// # Errors
/// When the database does not answer.
pub fn half_way(tx: &mut Tx, token: &str, now: i64) -> Result<Option<AccountId>, db::Error> {
    let Some(account) = peek(tx, Purpose::HalfWay, token, now)?.flatten() else { return Ok(None) };
    Ok(accounts::by_id(tx, account)?.filter(|account| account.suspended_at.is_none()).map(|account| account.id))
}

/// The second step is done: a session for whoever was half way in; `None` when the token ran out meanwhile.
///
/// # Errors
/// When the database does not answer.
pub fn whole_way(tx: &mut Tx, token: &str, agent: &str, now: i64) -> Result<Option<String>, db::Error> {
    let Some(account) = half_way(tx, token, now)? else { return Ok(None) };
    redeem(tx, Purpose::HalfWay, token, now)?;
    sessions::start(tx, account, agent, None, now).map(Some)
}
