//! Joining: how somebody becomes a member by themselves.
//!
//! They fill in a form, with a [proof of work](crate::proof) and the promise to keep the [house rules](crate::house_rules);
//! they prove their e-mail address by a mailed link; where the site asks for it, somebody lets them in. Until all of it is
//! done they may sign in, and do what guests do.
//!
//! An address belongs to nobody until it is proved, so anybody may *claim* any address, any number of times. That is why
//! the form answers the same whether or not an address is known: an account is made in either case, and only its owner's mail
//! tells the difference. What is not proved within [a week](FORGET_MS) is forgotten, with its handle.
//!
//! Neighbours: [`crate::accounts::names`] says which names are kept, [`crate::invitations`] who was invited,
//! [`crate::identities`] who comes by an account elsewhere.

mod confirmation;
mod form;
pub mod letters;
mod mode;
mod pages;
mod routes;
mod store;
#[cfg(test)]
mod tests;
mod with_provider;

pub use form::{MAX_REASON, Newcomer};
pub use mode::Mode;
pub use routes::routes;
pub use store::{Applicant, admit, count_waiting, forget_unconfirmed, refuse, waiting};

/// A link in a letter works for a day; another can be asked for.
pub const LINK_MS: i64 = 24 * 60 * 60 * 1000;
/// After so long without proof of an address an account is forgotten, and its handle is free again.
pub const FORGET_MS: i64 = 7 * 24 * 60 * 60 * 1000;
