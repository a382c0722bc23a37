//! Two-step sign-in: after the password, or a mailed link, a code from an app that only its owner has (RFC 6238).
//!
//! The secret is sealed with the site's key. Each code counts once, and so does each of the ten recovery codes, of which
//! only digests are kept. Whoever changes any of it shows [again](crate::sign_in::ask_again) that it is them, and gets a
//! letter. A passkey is both factors, so nobody who has one is asked for a code.

mod codes;
mod pages;
mod passing;
mod routes;
mod setup;
mod sign_in;
mod store;
#[cfg(test)]
mod tests;
pub mod totp;

pub use codes::RecoveryCodes;
pub use passing::{FREE_TRIES, Passed, WAIT_MS, WRONG, pass, passes};
pub use routes::routes;
pub use store::{is_on, remove};
