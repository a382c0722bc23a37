//! Moderation, for everybody: reporting something, reading what was decided about oneself, appealing, and the public log.
//!
//! What is reported and decided is kept in [`talk::moderation`]; moderators work on the desk ([`crate::desk`], its queue). Whatever
//! somebody may read, they may report, but not what is their own; guests, too, with a proof of work ([`guests`]). A statement is read by whoever it is about, also by the sealed
//! address in their letter when they cannot sign in.

mod guests;
mod log;
mod reports;
mod statements;
mod subject;
#[cfg(test)]
mod tests;

pub(crate) use subject::{Seen, find};

use axum::Router;
use people::Town;

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new().merge(reports::routes()).merge(statements::routes()).merge(log::routes())
}
