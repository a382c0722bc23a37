//! Authors as readers see them: everyone who has published, and the page of each account under its handle.
//!
//! Handles are found in any case; the address that stays is the one in the case its owner gave it.

mod pages;
mod routes;
mod store;
#[cfg(test)]
mod tests;

pub use routes::routes;
