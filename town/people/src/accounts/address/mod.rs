//! Another e-mail address: it counts once a letter to it was answered. The address before is told, and for a week whoever
//! reads it can take it back, since that is the first thing an intruder would change.

mod letters;
mod pages;
mod routes;
mod store;
#[cfg(test)]
mod tests;

pub(crate) use letters::KINDS as LETTERS;
pub(super) use routes::routes;

/// A letter to a new address works for a day.
const LINK_MS: i64 = 24 * 60 * 60 * 1000;
/// The way back to the address before is open for a week.
const BACK_MS: i64 = 7 * 24 * 60 * 60 * 1000;
