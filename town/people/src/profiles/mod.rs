//! What members say of themselves beside their name, words and picture: a wide picture over their page, facts, and links to their
//! pages elsewhere. Each fact and link is shown to whom they chose.
//!
//! A link is proved when the page it leads to leads back with `rel="me"` ([`proof`]): then whoever writes there and whoever
//! writes here are the same.

mod pages;
mod profile;
mod proof;
mod routes;
mod store;
#[cfg(test)]
mod tests;
pub mod whole;

pub use pages::{cover, facts, facts_in_short};
pub(crate) use profile::parse_url;
pub use profile::{Fact, Link, MAX_LINKS, Profile, Told};
pub use proof::{ProveLinks, prove_links};
pub use routes::routes;
pub use store::{of, own, set_cover, tell};
