//! Wing 4, where it all meets: the front page, the archive, corrections, the desk, first start.

pub mod archive;
pub mod authors;
pub mod cards;
pub mod connections;
pub mod corrections;
pub mod departures;
pub mod desk;
mod follow;
pub mod front;
pub mod gathered;
pub mod import_export;
pub mod library;
pub mod lists;
pub mod live;
pub mod local;
pub mod mentions;
pub mod moderation;
#[cfg(test)]
mod newsroom;
pub mod notices;
pub mod numbers;
pub mod old_addresses;
pub mod organizations;
#[cfg(test)]
mod parted;
pub mod porch;
mod posted;
pub mod promotions;
pub mod saved;
pub mod search;
pub mod sections;
pub mod setup;
pub mod square;
pub mod syndication;
pub mod waiting;
pub mod welcome;

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
        .merge(organizations::routes())
        .merge(gathered::routes())
        .merge(archive::routes())
        .merge(corrections::routes())
        .merge(library::routes())
        .merge(local::routes())
        .merge(live::routes())
        .merge(saved::routes())
        .merge(square::routes())
        .merge(waiting::routes())
        .merge(welcome::routes())
        .merge(connections::routes())
        .merge(lists::routes())
        .merge(import_export::own::routes())
        .merge(promotions::routes())
        .merge(numbers::routes())
        .merge(notices::routes())
        .merge(search::routes())
        .merge(syndication::routes())
        .merge(mentions::routes())
        .merge(moderation::routes())
}
