//! The desk: what waits, and everything about the site that its people change.
//!
//! Who sees which of its pages is the table of levels' affair: a page asks for its permission, and the navigation
//! shows what the viewer may. Three rules keep it safe: somebody can always manage people and the site (the last one
//! who can is neither demoted nor suspended), nobody gives away what they may not do themselves, and nobody changes
//! an account that may more than they may.

mod frame;
mod levels;
mod overview;
mod people;
mod sections;
mod site;
#[cfg(test)]
mod tests;
mod undone;

pub use frame::{Place, draw};
pub use people::rules::somebody_manages;
pub(crate) use people::taken;
pub(crate) use site::site_fields;

use ::people::Town;
use axum::Router;

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new()
        .merge(overview::routes())
        .merge(sections::routes())
        .merge(people::routes())
        .merge(levels::routes())
        .merge(site::routes())
        .merge(undone::routes())
}
