//! Invitations: links by which a number of people may join until a day. The desk makes them; whoever comes by one needs no
//! further leave.

mod store;
#[cfg(test)]
mod tests;

pub use store::{all, came_by, find, hold, make, open, withdraw};

use crate::accounts::Author;
use web::{Form, Problems};

db::id! {
    /// Names an invitation; it opens nothing.
    pub struct InvitationId;
}

/// Longest note on whom an invitation is for, in characters.
pub const MAX_NOTE: usize = 120;
/// Most people that one invitation lets in.
pub const MAX_PLACES: i64 = 1_000;
/// Longest an invitation lasts, in days.
pub const MAX_DAYS: i64 = 365;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// An invitation as the desk sees it.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// Whom it is for, in the words of whoever made it.
    pub note: String,
    /// Who made it, unless they are gone.
    pub by: Option<Author>,
    /// How many people it lets in.
    pub places: i64,
    /// How many came by it so far.
    pub used: i64,
    /// When it was made.
    pub created_at: i64,
    /// When it stops working.
    pub expires_at: i64,
    /// When it was withdrawn.
    pub withdrawn_at: Option<i64>,
}

impl Invitation {
    /// Whether somebody can still come by it.
    pub fn works(&self, now: i64) -> bool {
        self.withdrawn_at.is_none() && self.expires_at > now && self.used < self.places
    }
}

/// An invitation to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewInvitation {
    /// Whom it is for.
    pub note: String,
    /// How many people it lets in.
    pub places: i64,
    /// How long it lasts, in milliseconds.
    pub lasts_ms: i64,
}

impl NewInvitation {
    /// Reads `note`, `places` and `days`.
    pub fn parse(form: &Form, problems: &mut Problems) -> Self {
        let note = text::clean_line(form.text("note"));
        if note.chars().count() > MAX_NOTE {
            problems.add("note", format!("Use at most {MAX_NOTE} characters for the note."));
        }
        let mut number = |field: &'static str, most: i64| {
            let number = form.number(field).filter(|number| (1..=most).contains(number));
            number.unwrap_or_else(|| {
                problems.add(field, format!("Write a number from 1 to {}.", text::grouped(most)));
                1
            })
        };
        let (places, days) = (number("places", MAX_PLACES), number("days", MAX_DAYS));
        Self { note, places, lasts_ms: days * DAY_MS }
    }
}
