//! Sections: the editorial tree, up to three deep, in which every story stands.
//!
//! A section's address is its slug, unique in the whole site. Every slug it ever had keeps leading to it; no other
//! section can take one. A story stands on the shelf of its section and of all sections above it.

mod rules;
mod section;
mod store;
#[cfg(test)]
mod tests;

pub use rules::NewSection;
pub use section::{Colour, MAX_DEPTH, Section, SectionId, Tree};
pub use store::{all, by_slug, exists, insert, links, remove, save};

use axum::Router;
use people::Town;
use web::Tag;

/// The tag of a section's page.
pub fn tag(section: SectionId) -> Tag {
    Tag("section", section.get())
}

/// The addresses of this room. Readers' pages of a section belong to the doors, where stories meet.
pub fn routes() -> Router<Town> {
    Router::new()
}
