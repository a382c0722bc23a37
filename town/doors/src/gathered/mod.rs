//! What gathers stories and posts about it: a topic at `/topics/{tag}`, a place at `/places/{name}`, each with the newest first.
//!
//! Either is found in any case, a topic with or without `#`, a place by its name; the address that stays is the folded one.

mod pages;
mod routes;
mod subject;
#[cfg(test)]
mod tests;

pub use routes::routes;
