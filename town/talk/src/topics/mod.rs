//! Topics: hashtags that authors set and readers follow through the archive.
//!
//! A topic keeps the spelling of whoever used it first; its key is the same whatever the case.

mod store;
#[cfg(test)]
mod tests;

pub use store::{by_id, by_key, of, set};

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
        format!("/topics/{}", percent(&self.key))
    }
}

/// Topics of any script in an address (RFC 3986 §2.1).
fn percent(key: &str) -> String {
    use std::fmt::Write as _;
    key.bytes().fold(String::new(), |mut address, byte| {
        if byte.is_ascii_alphanumeric() || byte == b'_' {
            address.push(char::from(byte));
        } else {
            let _ = write!(address, "%{byte:02X}");
        }
        address
    })
}
