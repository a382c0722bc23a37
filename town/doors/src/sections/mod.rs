//! Sections as readers see them: the tree of all of them, and the page of each with its stories, newest first.
//!
//! A slug that a section once had leads to the one it has now.

mod pages;
mod routes;
mod store;
#[cfg(test)]
mod tests;

pub use routes::routes;
