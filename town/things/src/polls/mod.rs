//! Polls: a question with choices, which members answer once.
//!
//! A poll belongs to the post that asks it, and is read by whoever reads that. It stands as it was asked: what somebody voted on must
//! not become something else. How the votes stand is shown to those who have voted, and to everyone when it is closed, so that
//! nobody votes with the crowd. Who voted for what is shown to nobody.

mod pages;
mod poll;
mod routes;
mod store;
#[cfg(test)]
mod tests;
mod told;
pub mod whole;

pub use pages::{fields, show};
pub use poll::{Asked, Choice, Poll};
pub(crate) use routes::routes;
pub use store::{ask, cast, of, vote};
pub use told::{CLOSED, Closed, tell_closed};
