//! Wing 3, the kinds of post: stories, and the sections they stand in.

pub mod sections;
pub mod stories;

use axum::Router;
use people::Town;

/// Every address of this wing.
pub fn routes() -> Router<Town> {
    Router::new().merge(sections::routes()).merge(stories::routes())
}
