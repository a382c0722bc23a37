//! Where a page of a list begins: the last post of the page before.

use std::{fmt, str::FromStr};

use super::PostId;

/// A place in a list that is ordered by time, newest first: everything strictly older comes after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Time of the last post shown.
    pub at: i64,
    /// Its id, for posts of the same moment.
    pub id: PostId,
}

impl Cursor {
    /// Before everything: the first page.
    pub const NEWEST: Self = Self { at: i64::MAX, id: PostId::new(i64::MAX) };
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.at, self.id)
    }
}

impl FromStr for Cursor {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        // The time of something from before 1970 begins with a minus of its own.
        let (at, id) = text.rsplit_once('-').ok_or(())?;
        Ok(Self { at: at.parse().map_err(|_| ())?, id: id.parse().map_err(|_| ())? })
    }
}
