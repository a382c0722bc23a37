//! What happens while a page is open: how many notices are unread, that there are new posts, the counts of what is on it, and how many
//! read the same story.
//!
//! A stream ([`web::live`]) says *that* something is there, as Turbo streams of a few bytes; what it is, a page shows to whoever may
//! see it. Nothing is published by those who write: the [`Teller`] looks at what the database says now ([`store`]) and tells the
//! difference to those who listen. So nothing that is written can be forgotten, by a form, a job or another node. Before every event
//! stands the rule that stands before every page: who of those who listen may see the post is one question.

mod markup;
mod routes;
mod store;
mod teller;
#[cfg(test)]
mod tests;

pub use routes::routes;
pub use teller::{Teller, keep_telling};

use people::{AccountId, Town, Viewer};
use talk::posts::reader;
use web::Tag;

/// The number of somebody's unread notices.
fn unread(account: AccountId) -> Tag {
    Tag("unread", account.get())
}

/// The counts of a post.
fn counts(post: i64) -> Tag {
    Tag("counts", post)
}

/// Those who read a story.
fn reading(story: i64) -> Tag {
    Tag("reading", story)
}

/// A feed that grows while it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grows {
    /// A member's own.
    Home,
    /// That of everyone here.
    Local,
}

impl Grows {
    const ALL: [Self; 2] = [Self::Home, Self::Local];

    fn name(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Local => "local",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|feed| feed.name() == name)
    }

    fn tag(self) -> Tag {
        Tag(self.name(), 0)
    }
}

/// What the page of a feed asks its stream for: to be called before the feed is read, so that nothing is lost between the two.
pub(crate) fn of_feed(town: &Town, viewer: &Viewer, feed: Grows) -> String {
    format!("feed={}&after={}", feed.name(), town.live.expect(reader(viewer), &[feed.tag()]))
}
