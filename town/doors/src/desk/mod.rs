//! The desk: what waits, and everything about the site that its people change.
//!
//! Who sees which of its pages is the table of levels' affair: a page asks for its permission, and the navigation
//! shows what the viewer may. Three rules keep it safe: somebody can always manage people and the site (the last one
//! who can is neither demoted nor suspended), nobody gives away what they may not do themselves, and nobody changes
//! an account that may more than they may.

mod badges;
mod bars;
mod criteria;
mod decisions;
mod filters;
mod frame;
mod joining;
mod letters;
mod levels;
mod looks;
mod organizations;
mod overview;
mod people;
mod questions;
pub(crate) mod queue;
mod reactions;
mod reviews;
mod safety;
mod sections;
mod site;
#[cfg(test)]
mod tests;
mod undone;

pub(crate) use ::people::accounts::taken;
pub use frame::{Place, draw};
pub(crate) use people::ends_at;
pub use people::{Ends, end as end_suspension, rules::somebody_manages};
pub(crate) use site::site_fields;

use ::people::Town;
use axum::Router;

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new()
        .merge(overview::routes())
        .merge(sections::routes())
        .merge(people::routes())
        .merge(organizations::routes())
        .merge(joining::routes())
        .merge(levels::routes())
        .merge(decisions::routes())
        .merge(filters::routes())
        .merge(looks::routes())
        .merge(letters::routes())
        .merge(questions::routes())
        .merge(queue::routes())
        .merge(badges::routes())
        .merge(bars::routes())
        .merge(reactions::routes())
        .merge(reviews::routes())
        .merge(safety::routes())
        .merge(criteria::routes())
        .merge(site::routes())
        .merge(undone::routes())
}
