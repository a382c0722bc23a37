//! Places: where something is, by the name that people here have for it.
//!
//! A place gathers what is said and published about it, as a topic does; it keeps the spelling of whoever named it first. Besides its
//! own shelf it has a feed of what its neighbours post: those members who say that they are at home there. Its page is there for those
//! who may read something that names it ([`known_to`]).

mod store;
#[cfg(test)]
mod tests;

pub use store::{beginning, by_id, by_key, known_to, named, neighbourhood, neighbours_among, of, set};

db::id! {
    /// Names a place.
    pub struct PlaceId;
}

/// A place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its id, which is also its shelf.
    pub id: PlaceId,
    /// As people read it.
    pub name: String,
    /// As addresses carry it.
    pub key: String,
    /// Owner of the feed of what its neighbours post.
    pub neighbours: i64,
}

impl Place {
    /// Its page.
    pub fn address(&self) -> String {
        address(&self.key)
    }
}

/// The page of the place with this key.
pub fn address(key: &str) -> String {
    format!("/places/{}", crate::percent(key))
}
