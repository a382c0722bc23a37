//! What is wrong with a form, field by field, in words.

use serde::Serialize;

/// Problems in the order they were found. Empty means that the input is fine.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Problems(Vec<(&'static str, String)>);

impl Problems {
    /// Notes a problem with one field. Only the first problem of a field is kept: one step at a time.
    pub fn add(&mut self, field: &'static str, words: impl Into<String>) {
        if self.of(field).is_none() {
            self.0.push((field, words.into()));
        }
    }

    /// The problem of one field.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| *name == field).map(|(_, words)| words.as_str())
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Field and words, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(field, words)| (*field, words.as_str()))
    }

    /// `Ok(value)` when nothing is wrong.
    pub fn or<T>(self, value: T) -> Result<T, Self> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }

    /// All problems as one text.
    pub fn sentence(&self) -> String {
        self.0.iter().map(|(_, words)| words.as_str()).collect::<Vec<_>>().join(" ")
    }
}
