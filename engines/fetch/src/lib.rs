//! The one way out to the web.
//!
//! A site that fetches what people name (an import, a mention, a hub) is asked sooner or later to fetch what only it can
//! reach: the router, the database, the cloud's metadata. [`Fetcher`] goes to the public web and nowhere else. Every
//! address is judged at the moment of connecting ([`is_public`]), so that a name which changes its mind between question
//! and answer gains nothing; redirects are followed by hand and judged hop by hop; nothing that identifies us is ever
//! sent; bytes (after decompression), time and requests to one host are bounded.
//!
//! The crate knows nothing of stories or hubs. Tests point names at servers of their own with [`Pins`].

mod address;
mod answer;
mod asking;
mod crowd;
mod error;
mod fetcher;
mod names;
#[cfg(test)]
mod tests;

pub use address::is_public;
pub use answer::Answer;
pub use asking::{Asking, Limits};
pub use error::Error;
pub use fetcher::Fetcher;
pub use names::Pins;
