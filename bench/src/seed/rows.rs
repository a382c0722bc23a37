//! Numbers of what is seeded: made from places, so that no run has to look them up. They are ordinary ids, of moments
//! in 2012 and after; stories carry the moment of their publishing.

use people::AccountId;
use talk::{PostId, topics::TopicId};
use things::sections::SectionId;

/// 2012-01-01, before everything.
const BEGINNING_MS: i64 = 1_325_376_000_000;
/// Between two stories: a busy newsroom's five minutes. A million of them are nine and a half years.
pub const BETWEEN_STORIES_MS: i64 = 300_000;

const fn id(milliseconds: i64, low: i64) -> i64 {
    (milliseconds << 16) | low
}

/// The account of this place.
pub fn account(place: usize) -> AccountId {
    AccountId::new(id(BEGINNING_MS + place as i64, 0))
}

/// The section of this place.
pub fn section(place: usize) -> SectionId {
    SectionId::new(id(BEGINNING_MS + 10_000_000 + place as i64, 0))
}

/// The topic of this place.
pub fn topic(place: usize) -> TopicId {
    TopicId::new(id(BEGINNING_MS + 20_000_000 + place as i64, 0))
}

/// The draft of this place.
pub fn draft(place: usize) -> PostId {
    PostId::new(id(BEGINNING_MS + 30_000_000 + place as i64, 0))
}

/// A story by the moment of its publishing.
pub fn story(published_at: i64) -> PostId {
    PostId::new(id(published_at, 0))
}

/// A revision of such a story.
pub fn revision(published_at: i64, number: i64) -> i64 {
    id(published_at, number)
}
