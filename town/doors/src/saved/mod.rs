//! The page of what a member has saved: `/saved`, what was saved last first. Stories that were taken off the site stand
//! on it as such, so that nobody wonders where they went, and can be taken off the list like any other.

mod pages;
mod routes;
#[cfg(test)]
mod tests;

pub use routes::routes;
