//! Topics as readers see them: `/topics/{tag}` with every story that carries the tag, newest first.
//!
//! A tag is found in any case and with or without `#`; the address that stays is the folded one.

mod pages;
mod routes;
#[cfg(test)]
mod tests;

pub use routes::routes;
