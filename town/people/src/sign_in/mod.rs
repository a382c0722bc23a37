//! Sign-in for people with a password: sessions, the list of them, and resets by a mailed or printed link.
//!
//! Tokens are 256 random bits; the database keeps only their digests. Every way to guess is limited by address and by
//! name. An unknown address takes as long as a wrong password and gets the same words.

mod pages;
pub mod password;
mod resets;
mod routes;
mod sessions;
#[cfg(test)]
mod tests;

pub use resets::{Purpose, RESET_MS, issue, peek, redeem, revoke};
pub use routes::{routes, session_cookie};
pub use sessions::{Session, SessionId, all_of, end, end_all, end_expired, open, touch, viewer};
