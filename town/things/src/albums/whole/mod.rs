//! An album with everything that belongs to it, on its way out of a site or into one: a line of an export (docs/export.md).
//!
//! Its id is kept, so the stories that show it go on showing it. What people say of a picture wherever it stands (what it
//! shows, who made it) is the picture's own and comes with the pictures. An album has no versions: the time of its last
//! change says who is ahead. What only went on at its source is taken over, what anybody changed here since stays.

mod store;
#[cfg(test)]
mod tests;

pub use store::{count, page, take_back};
pub use talk::posts::Taken;

use people::{AccountId, pictures};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use talk::{
    Counts, PostId,
    posts::{Byline, Spine, Visibility},
};
use text::times::stamp;

use super::album::{MAX_CAPTION, MAX_DESCRIPTION, MAX_PICTURES, MAX_TITLE};

/// An album.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whole {
    /// Its id.
    pub id: PostId,
    /// Its address on the site, for whoever reads the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Its title; may be empty before it is public.
    pub title: String,
    /// A few words about it.
    pub description: String,
    /// Whose it is.
    pub author: AccountId,
    /// Who made it, the first author first.
    pub byline: Vec<Byline>,
    /// Who sees it: `public`, `only_me`.
    pub visibility: String,
    /// When it was begun.
    #[serde(with = "stamp")]
    pub created: i64,
    /// When anything of it changed last.
    #[serde(with = "stamp")]
    pub updated: i64,
    /// When it was published first.
    #[serde(with = "stamp::maybe")]
    pub published: Option<i64>,
    /// The time under which lists show it; none while readers do not see it.
    #[serde(with = "stamp::maybe")]
    pub listed: Option<i64>,
    /// When it was removed; it can be restored for thirty days.
    #[serde(default, with = "stamp::maybe", skip_serializing_if = "Option::is_none")]
    pub removed: Option<i64>,
    /// How often it was viewed.
    pub views: i64,
    /// Comments shown under it.
    pub comments: i64,
    /// Likes standing.
    pub likes: i64,
    /// Reviews shown.
    pub reviews: i64,
    /// Whether its pictures are covered until somebody opens them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sensitive: bool,
    /// Since when the staff cover them.
    #[serde(default, with = "stamp::maybe", skip_serializing_if = "Option::is_none")]
    pub covered: Option<i64>,
    /// Its pictures, in order.
    pub pictures: Vec<Standing>,
}

/// A picture as it stands in an album.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Its key.
    pub key: String,
    /// What this album says of it; empty where the picture's own caption stands.
    pub caption: String,
}

impl Whole {
    /// Puts other ids in the place of those of accounts, for a site where these have others.
    pub fn rename(&mut self, account: impl Fn(AccountId) -> AccountId) {
        self.author = account(self.author);
        self.byline.iter_mut().for_each(|author| author.id = account(author.id));
    }

    /// Keys of its pictures.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.pictures.iter().map(|standing| standing.key.as_str())
    }

    /// Whether it can be an album at all: files may be made by anybody.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn check(&self) -> Result<(), String> {
        let longer = |text: &str, max: usize| text.chars().count() > max;
        if ![Visibility::Public, Visibility::OnlyMe].iter().any(|known| known.name() == self.visibility) {
            return Err(format!("has the visibility “{}”, which is not known here", self.visibility));
        }
        let public = self.visibility == Visibility::Public.name();
        if self.listed.is_some() && !(public && self.removed.is_none() && self.published == self.listed && !self.title.is_empty()) {
            return Err("is said to be published, but is not public, was never published or has no title".into());
        }
        if self.byline.first().map(|first| first.id) != Some(self.author)
            || [self.views, self.comments, self.likes, self.reviews].iter().any(|count| *count < 0)
        {
            return Err("its author does not stand first in its byline, or a count is less than nothing".into());
        }
        if longer(&self.title, MAX_TITLE) || longer(&self.description, MAX_DESCRIPTION) || self.pictures.len() > MAX_PICTURES {
            return Err("is longer than an album may be".into());
        }
        if self.pictures.iter().any(|standing| longer(&standing.caption, MAX_CAPTION)) {
            return Err("has a caption that is longer than a caption may be".into());
        }
        let keys: HashSet<&str> = self.keys().collect();
        if keys.len() != self.pictures.len() || keys.iter().any(|key| pictures::key_in(&pictures::address(key)).is_none()) {
            return Err("names a picture twice, or by what is no key".into());
        }
        Ok(())
    }

    fn spine(&self) -> Spine<'_> {
        Spine {
            id: self.id,
            kind: "album",
            author: self.author,
            visibility: &self.visibility,
            created: self.created,
            updated: self.updated,
            published: self.published,
            removed: self.removed,
        }
    }

    fn counts(&self) -> Counts {
        Counts { views: self.views, comments: self.comments, likes: self.likes, reviews: self.reviews }
    }
}
