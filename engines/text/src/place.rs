//! Places: what people call where something is, "Depot Street", and `/places/depot-street`.

use crate::{clean_line, fold};
use unicode_normalization::char::is_combining_mark;

/// Longest name of a place in characters.
pub const MAX: usize = 80;

/// A place by its name: up to 80 characters of one line, with at least one letter or digit.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    /// As whoever named it wrote it, in NFC: "Depot Street".
    pub name: String,
    /// Under which it is unique and looked up: letters and digits of any script, parted by single hyphens: "depot-street".
    pub key: String,
}

/// Reads the name of a place as people type it, or its key. Nothing when it is not one.
pub fn parse(typed: &str) -> Option<Place> {
    // Counted before normalizing, which is the costly part.
    if typed.chars().take(MAX * 4).count() >= MAX * 4 {
        return None;
    }
    let name = clean_line(typed);
    let key = key(&name);
    (!key.is_empty() && name.chars().count() <= MAX).then_some(Place { name, key })
}

fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    // Folded without apostrophes: marks that stood on both sides of one have an order among themselves.
    for c in fold(&fold(name).replace(['\'', '’'], "")).chars() {
        // Vowel signs of Indic scripts are combining marks, not letters.
        let inside = !key.is_empty() && !key.ends_with('-');
        match c {
            c if c.is_alphanumeric() || inside && is_combining_mark(c) => key.push(c),
            _ if inside => key.push('-'),
            _ => {}
        }
    }
    key.truncate(key.trim_end_matches('-').len());
    key
}
