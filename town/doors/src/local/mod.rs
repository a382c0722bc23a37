//! The local feed: what everyone here posts for all to read, the newest first.

mod pages;
mod routes;
#[cfg(test)]
mod tests;

pub use routes::routes;

/// Its address.
pub const ADDRESS: &str = "/square/local";
