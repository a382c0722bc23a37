//! Polls: a question with choices, which members answer once.
//!
//! A poll belongs to the post that asks it, and is read by whoever reads that. It stands as it was asked: what somebody voted on must
//! not become something else. How the votes stand is shown to those who have voted, and to everyone when it is closed, so that
//! nobody votes with the crowd. Who voted for what is shown to nobody.
//!
//! A count is the ballots that are kept and those that are **past**: of whoever has left, or was counted elsewhere and never came here.

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
pub(crate) use store::forget;
pub use store::{ask, cast, drift, of, vote};
pub use told::{CLOSED, Closed, tell_closed};
