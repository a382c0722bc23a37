//! First start: one page that gives the site its name, its place and its first administrator.
//!
//! The program prints a link with a token that works once. Until it has been used, readers find a page at `/` that
//! says so. Setting up is one transaction: the site, the administrator, their session and the first sections are
//! there together or not at all, and of two people with the link one comes too late.

mod pages;
mod routes;
mod starters;
#[cfg(test)]
mod tests;

pub use routes::{routes, waiting_room};
