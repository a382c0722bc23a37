//! A story with everything that belongs to it, on its way out of a site or into one.
//!
//! What is written here stands in the files of an export, field by field (docs/export.md). What follows from the rest
//! (the rendered body, the slug, topics, shelves) is not carried along: it is made again where the story arrives.
//!
//! Ids are kept, so a story has the same address wherever it goes, and coming a second time it is known by its id. When
//! both sides have it, the revisions and the version of the working copy say who is ahead: what only went on at its
//! source is taken over, what anybody changed here since is left alone.

mod put;
mod store;
#[cfg(test)]
mod tests;

pub use put::take_back;
pub use store::{before, copies_after, count, page, revisions_after};
pub use talk::posts::Taken;

use people::AccountId;
use serde::{Deserialize, Serialize};
use talk::{
    Counts, PostId,
    posts::{Byline, Spine},
    topics::MAX_TOPICS,
};
use text::times::stamp;

use super::{
    content::{Content, MAX_BODY, MAX_HEADLINE, MAX_LINE as MAX_PLACE, MAX_STANDFIRST},
    draft::DraftState,
    sources::{self, MAX_SOURCES},
};
use crate::sections::SectionId;

/// A story but for its revisions and its copies, which come one by one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whole {
    /// Its id.
    pub id: PostId,
    /// Its address on the site, for whoever reads the file; nobody's when it was never published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Its headline, for whoever reads the file.
    pub headline: String,
    /// Whose it is.
    pub author: AccountId,
    /// Who stands in its byline, the first author first.
    pub byline: Vec<Byline>,
    /// Who sees it: `public`, `only_me`.
    pub visibility: String,
    /// Where it stands, once it has been published.
    pub section: Option<SectionId>,
    /// When it was begun.
    #[serde(with = "stamp")]
    pub created: i64,
    /// When anything of it changed last.
    #[serde(with = "stamp")]
    pub updated: i64,
    /// When it was published first, or the time its author gave it.
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
    /// What its authors write on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub working: Option<Working>,
}

impl Whole {
    fn spine(&self) -> Spine<'_> {
        Spine {
            id: self.id,
            kind: "story",
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

/// The working copy of a story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Working {
    /// Rises with every change of the words.
    pub version: i64,
    /// `draft`, `submitted`, `scheduled`; `clean` when it is what is published.
    pub state: String,
    /// When it is to be published.
    #[serde(default, with = "stamp::maybe", skip_serializing_if = "Option::is_none")]
    pub publish: Option<i64>,
    /// Who saved last.
    pub by: AccountId,
    /// When.
    #[serde(with = "stamp")]
    pub at: i64,
    /// What it holds; none when it is clean.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<Content>,
}

/// A published version of a story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// Its id.
    pub id: db::Id,
    /// Of which story.
    pub story: PostId,
    /// From 1.
    pub number: i64,
    /// When it was published.
    #[serde(with = "stamp")]
    pub at: i64,
    /// By whom.
    pub by: AccountId,
    /// What was wrong before, when it is a correction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correction: Option<String>,
    /// What the story was then.
    pub content: Content,
}

/// Words that lost a race against somebody else's save, kept for their author.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aside {
    /// Its id.
    pub id: db::Id,
    /// Of which story.
    pub story: PostId,
    /// Whose words they are.
    pub by: AccountId,
    /// The version they were made from.
    pub version: i64,
    /// When they came.
    #[serde(with = "stamp")]
    pub at: i64,
    /// What they are.
    pub content: Content,
}

/// A story with its revisions and copies, each in order.
#[derive(Clone, Debug)]
pub struct Parcel {
    /// The story.
    pub story: Whole,
    /// What was published, the oldest first.
    pub revisions: Vec<Revision>,
    /// What lost a race, the oldest first.
    pub copies: Vec<Aside>,
}

impl Parcel {
    /// Puts other ids in the place of those of accounts and sections, for a site where these have others.
    pub fn rename(&mut self, account: impl Fn(AccountId) -> AccountId, section: impl Fn(SectionId) -> SectionId) {
        let content = |content: &mut Content| {
            content.section = content.section.map(&section);
            content.coauthors.iter_mut().for_each(|id| *id = account(*id));
        };
        let story = &mut self.story;
        story.author = account(story.author);
        story.section = story.section.map(&section);
        story.byline.iter_mut().for_each(|author| author.id = account(author.id));
        if let Some(working) = &mut story.working {
            working.by = account(working.by);
            working.content.iter_mut().for_each(content);
        }
        for revision in &mut self.revisions {
            revision.by = account(revision.by);
            content(&mut revision.content);
        }
        for copy in &mut self.copies {
            copy.by = account(copy.by);
            content(&mut copy.content);
        }
    }

    /// Keys of every picture and recording that any version of it shows, each once.
    pub fn media_keys(&self) -> Vec<String> {
        let working = self.story.working.iter().filter_map(|working| working.content.as_ref());
        let revisions = self.revisions.iter().map(|revision| &revision.content);
        let contents = working.chain(revisions).chain(self.copies.iter().map(|copy| &copy.content));
        let mut keys: Vec<String> = contents.flat_map(Content::media_keys).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// Whether it can be a story at all: files may be made by anybody.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn check(&self) -> Result<(), String> {
        let story = &self.story;
        if !["public", "only_me"].contains(&story.visibility.as_str()) {
            return Err(format!("has the visibility “{}”, which is not known here", story.visibility));
        }
        if self.revisions.iter().zip(1..).any(|(revision, number)| revision.number != number) {
            return Err("its revisions are not numbered 1, 2, 3, …".into());
        }
        if story.listed.is_some() && (self.revisions.is_empty() || story.visibility != "public" || story.removed.is_some()) {
            return Err("is said to be published, but is not public or has no revision".into());
        }
        if self.revisions.is_empty() == story.section.is_some() {
            return Err("has a section without a revision, or a revision without a section".into());
        }
        if self.revisions.is_empty() && story.working.as_ref().is_none_or(|working| working.content.is_none()) {
            return Err("has neither a revision nor a working copy".into());
        }
        if let Some(working) = &story.working
            && (DraftState::by_name(&working.state).name() != working.state || (working.state == "clean") == working.content.is_some())
        {
            return Err("its working copy is in no state that is known".into());
        }
        if story.byline.first().map(|first| first.id) != Some(story.author)
            || [story.views, story.comments, story.likes, story.reviews].iter().any(|count| *count < 0)
        {
            return Err("its author does not stand first in its byline, or a count is less than nothing".into());
        }
        let working = story.working.iter().filter_map(|working| working.content.as_ref());
        let contents =
            working.chain(self.revisions.iter().map(|revision| &revision.content)).chain(self.copies.iter().map(|copy| &copy.content));
        contents.into_iter().try_for_each(within_limits)
    }
}

fn within_limits(content: &Content) -> Result<(), String> {
    let longer = |text: &str, max: usize| text.chars().count() > max;
    if longer(&content.headline, MAX_HEADLINE) || longer(&content.standfirst, MAX_STANDFIRST) || content.body.len() > MAX_BODY {
        return Err("is longer than a story may be".into());
    }
    if longer(&content.place, MAX_PLACE) || content.sources.len() > MAX_SOURCES || content.topics.len() > MAX_TOPICS {
        return Err("has more sources or topics than a story may have, or too long a place".into());
    }
    if content.sources.iter().any(|source| !source.url.is_empty() && !sources::is_web(&source.url)) {
        return Err("names a source that is not on the web".into());
    }
    if content.picture.as_ref().is_some_and(|picture| people::pictures::key_in(&people::pictures::address(&picture.key)).is_none()) {
        return Err("names a picture by what is no key".into());
    }
    Ok(())
}
