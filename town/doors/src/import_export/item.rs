//! What comes in, whatever system it comes from.

use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Where a story stands at its source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// Everyone can read it.
    #[default]
    Published,
    /// Being written; with the reason, when readers of the source could not see it for another one.
    Draft(String),
    /// Waiting for an editor.
    Submitted,
    /// To be published at this time (milliseconds).
    Scheduled(i64),
}

/// The words of a story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Body {
    /// As Markdown.
    Markdown(String),
    /// As HTML.
    Html {
        /// The HTML.
        html: String,
        /// Whether empty lines part paragraphs.
        breaks: bool,
        /// The address it stood at, by which relative addresses are completed.
        base: Option<String>,
    },
}

impl Default for Body {
    fn default() -> Self {
        Self::Markdown(String::new())
    }
}

/// Somebody who wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Writer {
    /// The source's own name for them.
    pub key: String,
    /// What their handle could be.
    pub handle: String,
    /// The name people read.
    pub name: String,
    /// Where mail reaches them; empty when the source does not say.
    pub email: String,
    /// A few words about them.
    pub bio: String,
    /// The address or the path of a picture of them; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub portrait: String,
    /// Addresses of their page.
    pub addresses: Vec<String>,
}

/// A section or a topic.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// As readers know it.
    pub name: String,
    /// The readable part of its address; empty when the source has none.
    pub slug: String,
    /// What is in it.
    pub description: String,
    /// Addresses of its page.
    pub addresses: Vec<String>,
}

impl Label {
    /// A label of which only the name is known.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
}

/// A picture over a story.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lead {
    /// Its address or its path.
    pub src: String,
    /// What it shows, for those who cannot see it.
    pub alt: String,
    /// What stands under it.
    pub caption: String,
    /// Who made it.
    pub credit: String,
}

/// What a reader said under a story.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// The source's own id.
    pub key: String,
    /// The remark it answers; empty for none.
    pub parent: String,
    /// Who said it.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their page.
    pub url: String,
    /// When (milliseconds).
    pub at: i64,
    /// What they said, as HTML.
    pub html: String,
    /// Whether readers saw it.
    pub shown: bool,
    /// Whether line breaks in it are meant.
    #[serde(skip)]
    pub breaks: bool,
    /// Which of the source's authors said it, where the source knows.
    #[serde(skip)]
    pub writer: Option<Writer>,
    /// Why it does not come in, if it does not.
    #[serde(skip)]
    pub left_out: Option<&'static str>,
}

impl Remark {
    /// Why what was thrown away at the source does not come in.
    pub const SPAM: &'static str = "a comment was left out: it was marked as spam";
    /// The same.
    pub const TRASH: &'static str = "a comment was left out: it was in the trash";

    /// Whether it was thrown away at the source.
    pub fn is_thrown_away(&self) -> bool {
        self.left_out.is_some_and(|why| why == Self::SPAM || why == Self::TRASH)
    }
}

/// A story.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The source's own id, the same in every run.
    pub key: String,
    /// The headline.
    pub title: String,
    /// The sentence under it.
    pub standfirst: String,
    /// The story.
    pub body: Body,
    /// Where it stands.
    pub state: State,
    /// When it was published (milliseconds).
    pub published: Option<i64>,
    /// When it was changed last.
    pub updated: Option<i64>,
    /// Its section, those above it first; empty for none.
    pub section: Vec<Label>,
    /// Its topics.
    pub topics: Vec<Label>,
    /// Who wrote it, the first author first.
    pub authors: Vec<Writer>,
    /// The picture over it.
    pub picture: Option<Lead>,
    /// Addresses it had.
    pub addresses: Vec<String>,
    /// What readers said.
    pub remarks: Vec<Remark>,
    /// Where it happened.
    pub place: String,
    /// Tag of the language it is in; empty when the source does not say.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// What was left out of it, in words.
    pub notes: Vec<String>,
    /// The folder of its file, for pictures named beside it.
    #[serde(skip)]
    pub folder: Option<PathBuf>,
}

/// What a source holds, one after the other.
#[derive(Clone, Debug)]
pub enum Found {
    /// A story.
    Story(Box<Item>),
    /// Something that does not come in.
    LeftOut {
        /// What it is, by its title or number.
        what: String,
        /// Why.
        why: String,
    },
    /// An address of the source that a page of this site answers: its feed.
    Page {
        /// The old address.
        address: String,
        /// The path here.
        path: &'static str,
    },
}

/// Takes what is found.
pub type Sink<'a> = &'a mut dyn FnMut(Found) -> anyhow::Result<()>;

/// Something that can be read from its beginning to its end, again and again.
pub trait Source {
    /// Names the source in the table of what came in: the same in every run, different from other sources.
    fn name(&self) -> String;

    /// How many stories there are, where that is known without reading everything.
    fn count(&self) -> Option<usize> {
        None
    }

    /// Folders in which pictures may be found.
    fn roots(&self) -> Vec<PathBuf> {
        Vec::new()
    }

    /// Hands everything over, in the source's order.
    ///
    /// # Errors
    /// When the source cannot be read any further, or with what the sink answers.
    fn read(&mut self, sink: Sink<'_>) -> anyhow::Result<()>;
}
