//! What a comment is, and where it stands.

use people::{AccountId, accounts::Author, badges::Badge, pictures::Shown};
use serde::Deserialize;
use web::Error;

use super::Content;
use crate::{Cursor, PostId, links::Card, reactions::Reactions};

/// Threads on one page.
pub const PAGE: usize = 20;
/// Replies of a thread that stand on its subject's page; the others are on the thread's own.
pub(super) const FIRST_REPLIES: usize = 10;
/// Replies on one page of a thread's own.
pub(super) const THREAD_PAGE: usize = 50;
/// Comments stand so deep in one another on a page: on a phone a fifth step leaves no room for words.
pub(super) const SHOWN_DEPTH: usize = 4;
/// Parts of a path at most, so that its length is bounded. What answers a comment that deep stands beside it.
const MAX_PARTS: usize = 8;
/// Letters of one part: an id in hexadecimal digits.
pub(super) const PART: usize = 16;

/// What has become of a comment, for whoever looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It can be read.
    Standing,
    /// Its author deleted it.
    Deleted,
    /// Somebody of the staff took it down.
    TakenDown,
    /// The viewer does not see what its author says.
    Hidden,
}

/// A comment as a viewer sees it. Of one that does not stand nothing is told but its place.
#[derive(Clone, Debug)]
pub struct Comment {
    /// Its id.
    pub id: PostId,
    /// What it is under.
    pub subject: PostId,
    /// What it answers.
    pub parent: Option<PostId>,
    /// The comment that begins its thread.
    pub thread: PostId,
    /// Its place in the thread.
    pub path: String,
    /// Who wrote it.
    pub author: Author,
    /// The badges of whoever wrote it.
    pub badges: Vec<Badge>,
    /// Whether that is an author of its subject.
    pub by_author: bool,
    /// Whether it is the viewer's own.
    pub mine: bool,
    /// What has become of it.
    pub state: State,
    /// What it says, as it was written.
    pub content: Content,
    /// Its words as they are shown: safe, with links.
    pub html: String,
    /// Its pictures, in order, as far as they are here.
    pub pictures: Vec<Shown>,
    /// Whether the staff cover what it shows.
    pub covered: bool,
    /// What the page says of itself that it leads to.
    pub card: Option<Card>,
    /// The sentence that moderators put over it; empty where there is none.
    pub label: String,
    /// When it was posted.
    pub posted_at: i64,
    /// When it was changed last.
    pub edited_at: Option<i64>,
    /// Whether an editor picked it.
    pub picked: bool,
    /// What people react to it with.
    pub reactions: Reactions,
    /// How many stand under it: in all where it begins a thread, else those that answer it.
    pub replies: i64,
}

impl Comment {
    /// Its own address, which leads to where it stands.
    pub fn address(&self) -> String {
        address(self.id)
    }

    /// Whether it can be read.
    pub fn stands(&self) -> bool {
        self.state == State::Standing
    }

    /// How deep it stands on a page, from 0.
    pub(super) fn level(&self) -> usize {
        (self.path.len() / PART).min(SHOWN_DEPTH - 1)
    }

    /// Whether it answers one that it does not stand in.
    pub(super) fn is_flattened(&self) -> bool {
        self.path.len() / PART >= SHOWN_DEPTH
    }

    /// Whether what it shows is covered, by its author or by the staff.
    pub(super) fn is_sensitive(&self) -> bool {
        self.content.sensitive || self.covered
    }

    /// Whether this is its author's.
    pub fn is_by(&self, account: AccountId) -> bool {
        self.author.id == account
    }
}

/// The address of a comment.
pub fn address(id: PostId) -> String {
    format!("/comments/{id}")
}

/// The place of a comment that answers one at `path`: text order is the order of reading, an answer after what it answers and
/// before what was said beside that.
pub(super) fn beneath(path: &str, id: PostId) -> String {
    let kept = (path.len() / PART).min(MAX_PARTS - 1) * PART;
    format!("{}{:016x}", &path[..kept], id.get())
}

/// In which order the threads stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Order {
    /// The most liked first, of these the newest.
    #[default]
    Top,
    /// The newest first.
    Newest,
    /// The oldest first.
    Oldest,
    /// Those with the most replies first.
    Discussed,
}

impl Order {
    pub const ALL: [Self; 4] = [Self::Top, Self::Newest, Self::Oldest, Self::Discussed];

    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Top => "top",
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Discussed => "discussed",
        }
    }

    /// What people read.
    pub fn words(self) -> &'static str {
        match self {
            Self::Top => "Top",
            Self::Newest => "Newest",
            Self::Oldest => "Oldest",
            Self::Discussed => "Most discussed",
        }
    }

    /// Where its first page begins.
    pub fn beginning(self) -> Cursor {
        match self {
            Self::Oldest => Cursor { at: i64::MIN, id: PostId::new(i64::MIN) },
            _ => Cursor::NEWEST,
        }
    }
}

/// What an address asks of a conversation.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    /// The order's name.
    #[serde(default)]
    order: String,
    /// The last thread of the page before.
    #[serde(default)]
    past: String,
}

impl Asked {
    pub(super) fn newest() -> Self {
        Self { order: Order::Newest.name().into(), past: String::new() }
    }

    /// The order; the usual one for what is none.
    pub(super) fn order(&self) -> Order {
        Order::ALL.into_iter().find(|order| order.name() == self.order).unwrap_or_default()
    }

    /// Where the page begins, if it is not the first.
    ///
    /// # Errors
    /// `NotFound` for what is no place in a list.
    pub(super) fn past(&self) -> Result<Option<Cursor>, Error> {
        if self.past.is_empty() { Ok(None) } else { self.past.parse().map(Some).map_err(|()| Error::NotFound) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_in_the_order_of_reading_and_bounded() {
        let id = |number: i64| PostId::new(number);
        let first = beneath("", id(10));
        let answer = beneath(&first, id(30));
        let second = beneath("", id(20));
        assert!(String::new() < first && first < answer && answer < second);
        let mut path = String::new();
        for number in 1..40 {
            path = beneath(&path, id(number));
        }
        assert_eq!(path.len(), MAX_PARTS * PART);
        // Beside what it answers, and after it.
        let beside = beneath(&path, id(99));
        assert!(beside > path && beside.len() == path.len());
    }
}
