//! Wing 3, the kinds of post: stories, the sections they stand in, and albums.

pub mod albums;
pub mod sections;
pub mod stories;

use axum::Router;
use people::Town;

/// Every address of this wing.
pub fn routes() -> Router<Town> {
    Router::new().merge(albums::routes()).merge(sections::routes()).merge(stories::routes())
}
