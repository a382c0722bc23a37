//! The front page: a lead, a row under it, strands of sections, and the rail.
//!
//! An editor arranges it; whatever they leave open fills itself by recency and interest ([`compose()`]). The newest
//! arrangement counts, and the earlier ones are kept.

mod arrange;
mod arrangement;
mod compose;
mod desk;
mod pages;
mod routes;
mod store;
#[cfg(test)]
mod tests;

pub use arrangement::Arrangement;
pub use compose::{Candidates, FrontPage, Strand, compose};
pub use routes::routes;
pub use store::save;
