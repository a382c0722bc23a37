//! That something waits, on its way out of a site or into one.

use db::Row;
use serde::{Deserialize, Serialize};
use text::times::stamp;

use super::{Held, Why};

/// Since when something waits to be read, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waits {
    /// Since when.
    #[serde(with = "stamp")]
    pub at: i64,
    /// `filter`, `porch`, `repeated` or `links`.
    pub why: String,
    /// What it was held for; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub what: String,
    /// The sentence that will stand over it; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
}

impl Waits {
    /// Of the columns `held_at`, `held_why`, `held_for` and `label`, which begin at this one.
    ///
    /// # Errors
    /// When they are no such columns.
    pub fn read(row: &Row, from: usize) -> Result<Option<Self>, db::Error> {
        let Some(at) = row.get(from)? else { return Ok(None) };
        Ok(Some(Self { at, why: row.get(from + 1)?, what: row.get(from + 2)?, label: row.get(from + 3)? }))
    }

    /// Without what only those know who read it.
    #[must_use]
    pub fn for_its_author(self) -> Self {
        Self { what: String::new(), ..self }
    }

    /// Why it is held.
    pub fn held(&self) -> Held {
        Held { why: Why::named(&self.why).unwrap_or(Why::Filter), what: self.what.clone() }
    }
}
