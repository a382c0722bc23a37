//! A note with everything that belongs to it, on its way out of a site or into one: a line of an export (docs/export.md).
//!
//! Its id is kept, and with it its address. All its versions travel with it; the last one is what it says. The time of its last change
//! says who is ahead: what anybody changed here since stays. Who voted travels apart from the poll, and only with a whole site.

mod store;
#[cfg(test)]
mod tests;

pub use store::{count, drafts, page, take_back, take_draft};
pub use talk::posts::Taken;

use people::AccountId;
use serde::{Deserialize, Serialize};
use talk::{
    Counts, PostId, gate,
    posts::{Audience, Byline, Spine},
};
use text::times::stamp;

use super::{Content, MAX_BODY, MAX_PICTURES, Written, note::MAX_WARNING};
use crate::polls;

/// Most versions of one note that are taken in.
const MAX_VERSIONS: usize = 500;

/// A note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whole {
    /// Its id.
    pub id: PostId,
    /// Its address on the site, for whoever reads the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Whose it is.
    pub author: AccountId,
    /// The same with handle and name, for whoever reads the file.
    pub byline: Vec<Byline>,
    /// Whom it is for.
    pub audience: Audience,
    /// When it was begun.
    #[serde(with = "stamp")]
    pub created: i64,
    /// When anything of it changed last.
    #[serde(with = "stamp")]
    pub updated: i64,
    /// When it was posted.
    #[serde(with = "stamp")]
    pub posted: i64,
    /// When it was removed; it can be restored for thirty days.
    #[serde(default, with = "stamp::maybe", skip_serializing_if = "Option::is_none")]
    pub removed: Option<i64>,
    /// Since when it is pinned.
    #[serde(default, with = "stamp::maybe", skip_serializing_if = "Option::is_none")]
    pub pinned: Option<i64>,
    /// Since when the staff cover what it shows.
    #[serde(default, with = "stamp::maybe", skip_serializing_if = "Option::is_none")]
    pub covered: Option<i64>,
    /// How often it was viewed.
    pub views: i64,
    /// Comments shown under it.
    pub comments: i64,
    /// Likes standing.
    pub likes: i64,
    /// Reviews shown.
    pub reviews: i64,
    /// What it asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub poll: Option<polls::whole::Whole>,
    /// What it said, the oldest first; the last one is what it says.
    pub versions: Vec<Version>,
}

/// What a note said for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Since when.
    #[serde(with = "stamp")]
    pub at: i64,
    /// Who wrote it, where that is not the author: one of those who run an organization.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<AccountId>,
    /// What.
    pub content: Content,
}

/// Words that are not posted yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The id that the note will have.
    pub id: PostId,
    /// Whose it is.
    pub author: AccountId,
    /// When it was begun.
    #[serde(with = "stamp")]
    pub created: i64,
    /// When it was changed last.
    #[serde(with = "stamp")]
    pub updated: i64,
    /// When it is to be posted by itself.
    #[serde(default, with = "stamp::maybe", skip_serializing_if = "Option::is_none")]
    pub publish: Option<i64>,
    /// Since when it waits to be read, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<gate::Waits>,
    /// What it says, and whom it is for.
    pub written: Written,
}

impl Whole {
    /// Puts other ids in the place of those of accounts, for a site where these have others.
    pub fn rename(&mut self, account: impl Fn(AccountId) -> AccountId) {
        self.author = account(self.author);
        self.versions.iter_mut().for_each(|version| version.by = version.by.map(&account));
        self.byline.iter_mut().for_each(|author| author.id = account(author.id));
    }

    /// Keys of all files that any version shows.
    pub fn keys(&self) -> impl Iterator<Item = String> {
        self.versions.iter().flat_map(|version| version.content.keys())
    }

    /// Whether it can be a note at all: files may be made by anybody.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn check(&self) -> Result<(), String> {
        if self.versions.is_empty() || self.versions.len() > MAX_VERSIONS {
            return Err(format!("has no version, or more than {MAX_VERSIONS}"));
        }
        if [self.views, self.comments, self.likes, self.reviews].iter().any(|count| *count < 0) {
            return Err("has a count that is less than nothing".into());
        }
        self.versions.iter().try_for_each(|version| sound(&version.content))?;
        self.poll.as_ref().map_or(Ok(()), polls::whole::Whole::check)
    }

    /// What it says.
    pub(super) fn newest(&self) -> Option<&Content> {
        self.versions.last().map(|version| &version.content)
    }

    fn spine(&self) -> Spine<'_> {
        Spine {
            id: self.id,
            kind: "note",
            author: self.author,
            visibility: self.audience.visibility.name(),
            created: self.created,
            updated: self.updated,
            published: Some(self.posted),
            removed: self.removed,
        }
    }

    fn counts(&self) -> Counts {
        Counts { views: self.views, comments: self.comments, likes: self.likes, reviews: self.reviews }
    }
}

fn sound(content: &Content) -> Result<(), String> {
    let longer = |text: &str, max: usize| text.chars().count() > max;
    let alts = content.pictures.iter().any(|attached| longer(&attached.alt, people::pictures::MAX_WORDS));
    if longer(&content.body, MAX_BODY) || longer(&content.warning, MAX_WARNING) || content.pictures.len() > MAX_PICTURES || alts {
        return Err("is longer than a note may be".into());
    }
    if content.body.contains('\0') || !content.language.is_empty() && text::language::known(&content.language).is_none() {
        return Err("is in no language, or holds what is no text".into());
    }
    if !content.place.is_empty() && text::place::parse(&content.place).is_none() {
        return Err("names a place by what is no name".into());
    }
    let keys = content.pictures.iter().all(|attached| media::is_key(&attached.key));
    if keys && content.recording.as_deref().is_none_or(people::recordings::is_key) {
        Ok(())
    } else {
        Err("names a file by what is no key".into())
    }
}
