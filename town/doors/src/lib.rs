//! Wing 4, where it all meets: the front page, the archive, corrections, the desk, first start.

pub mod archive;
pub mod authors;
pub mod cards;
pub mod corrections;
pub mod desk;
mod follow;
pub mod front;
pub mod import_export;
pub mod library;
pub mod mentions;
#[cfg(test)]
mod newsroom;
pub mod numbers;
pub mod old_addresses;
pub mod saved;
pub mod search;
pub mod sections;
pub mod setup;
pub mod syndication;
pub mod topics;

pub use follow::story_changed;

use axum::Router;
use people::Town;

/// Every address of this wing.
pub fn routes() -> Router<Town> {
    Router::new()
        .merge(setup::routes())
        .merge(desk::routes())
        .merge(front::routes())
        .merge(sections::routes())
        .merge(authors::routes())
        .merge(topics::routes())
        .merge(archive::routes())
        .merge(corrections::routes())
        .merge(library::routes())
        .merge(saved::routes())
        .merge(import_export::own::routes())
        .merge(numbers::routes())
        .merge(search::routes())
        .merge(syndication::routes())
        .merge(mentions::routes())
}
