//! Topics: the words behind `#` in `#WaterRights` and `/topics/waterrights`.

use crate::fold;
use std::fmt;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Longest topic in characters.
pub const MAX: usize = 50;

/// A valid topic: up to 50 letters, digits and `_` of any script, with at least one letter or digit.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Topic {
    /// As its first user wrote it, in NFC: "WaterRights".
    pub name: String,
    /// Under which it is unique and looked up: "waterrights".
    pub key: String,
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// Reads a topic as people type it, with or without `#`. Nothing when it is not one.
pub fn parse(typed: &str) -> Option<Topic> {
    let name = typed.trim();
    let name = name.strip_prefix(['#', '＃']).unwrap_or(name);
    // Counted before normalizing, which is the costly part.
    if name.chars().take(MAX + 1).count() > MAX {
        return None;
    }
    let name: String = name.nfc().collect();
    // Vowel signs of Indic scripts are combining marks, not letters.
    let allowed = |c: char| c.is_alphanumeric() || c == '_' || is_combining_mark(c);
    let valid = name.chars().all(allowed)
        && name.chars().next().is_some_and(|c| !is_combining_mark(c))
        && name.chars().any(char::is_alphanumeric)
        && name.chars().count() <= MAX;
    let key = fold(&name);
    valid.then_some(Topic { name, key })
}
