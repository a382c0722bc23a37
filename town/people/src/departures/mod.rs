//! People leave: they ask for it, have two weeks to stay after all, and are forgotten then.
//!
//! What somebody wrote either stays, under the name "Former member", or goes with them. What leads from an account to the
//! posts belongs to the rooms above, which carry out what is [`due`] and then have the account itself [`forget`] who it was.

mod letters;
mod pages;
mod routes;
mod store;
#[cfg(test)]
mod tests;

pub use routes::routes;
pub use store::{Departure, ask, due, forget, gone, leaves_at, stay, sweep};

/// What is mailed.
pub(crate) const LETTERS: [crate::letters::Kind; 2] = [letters::ASKED, letters::DONE];
/// How long somebody who asked to leave may still stay.
pub const GRACE_MS: i64 = 14 * 24 * 60 * 60 * 1000;
/// What stands where the name of somebody stood who has left.
pub const FORMER: &str = "Former member";
