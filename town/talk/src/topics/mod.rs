//! Topics: hashtags that authors set and readers follow through the archive.
//!
//! A topic keeps the spelling of whoever used it first; its key is the same whatever the case. It is there for those alone who may read
//! something that carries it ([`known_to`]): what was written for few would be told by the name of its topic.

mod store;
#[cfg(test)]
mod tests;

pub use store::{add, beginning, by_id, by_key, known_to, of, set};

/// Most topics on one post: more is noise.
pub const MAX_TOPICS: usize = 12;

db::id! {
    /// Names a topic.
    pub struct TopicId;
}

/// A topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// Its id, which is also its shelf.
    pub id: TopicId,
    /// As people read it, without the #.
    pub name: String,
    /// As addresses carry it.
    pub key: String,
}

impl Topic {
    /// Its page.
    pub fn address(&self) -> String {
        address(&self.key)
    }
}

/// The page of the topic with this key.
pub fn address(key: &str) -> String {
    format!("/topics/{}", crate::percent(key))
}
