//! Wing 3, the kinds of post: stories and the sections they stand in, albums, notes and their polls, the pages of organizations.

pub mod albums;
pub mod departures;
pub mod notes;
pub mod organizations;
pub mod polls;
pub mod sections;
pub mod stories;

use axum::Router;
use people::Town;
use talk::reviews::{self, Reviewables};

/// The kinds of post that members review. A later kind joins here.
pub const REVIEWABLES: Reviewables = &[&stories::REVIEWABLE, &organizations::REVIEWABLE];

/// Every address of this wing.
pub fn routes() -> Router<Town> {
    Router::new()
        .merge(albums::routes())
        .merge(notes::routes())
        .merge(polls::routes())
        .merge(sections::routes())
        .merge(stories::routes())
        .merge(reviews::routes(REVIEWABLES))
}
