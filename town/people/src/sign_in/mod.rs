//! Sign-in by a password, a mailed link or a [passkey](crate::passkeys): sessions, the list of them, and resets by a mailed or printed link.
//!
//! Tokens are 256 random bits; the database keeps only their digests. Every way to guess is limited by address and by
//! name. An unknown address takes as long as a wrong password and gets the same words. Whoever has shown one factor and
//! has [another](crate::second_factor) is half way in ([`arrive`]). Before somebody changes how they sign in they show
//! [again](ask_again) that it is them.

mod again;
mod arriving;
mod by_letter;
mod changes;
mod mailed;
mod pages;
pub mod password;
mod resets;
mod routes;
mod sessions;
#[cfg(test)]
mod tests;
mod ways;

pub use again::ask_again;
pub use arriving::{Arrival, By, HALF_WAY_COOKIE, HALF_WAY_MS, arrive, half_way, half_way_token, whole_way};
pub use changes::{Change, Others};
pub(crate) use mailed::{LETTERS, ask_for_lock, send_lock};
pub(crate) use pages::sign_in as page;
pub use resets::{Purpose, RESET_MS, SIGN_IN_MS, issue, issue_about, peek, peek_about, redeem, revoke};
pub use routes::{routes, session_cookie};
pub(crate) use sessions::end_by_digest;
pub use sessions::{Session, SessionId, all_of, end, end_all, end_expired, open, touch, viewer};
pub use ways::Ways;
