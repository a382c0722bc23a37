//! What a note is, and what writing one takes.

use people::{AccountId, accounts::Author, badges::Badge, pictures::Shown, recordings::Recording};
use serde::{Deserialize, Serialize};
use std::{fmt::Write as _, time::Duration};
use talk::{
    PostId, context,
    files::{self, Attached},
    links::Card,
    places::Place,
    posts::{Audience, Visibility, mentioned},
    reactions::Reactions,
    topics::MAX_TOPICS,
};
use web::{Form, Problems};

use crate::{
    polls::{Asked, Poll},
    stories::show::fresh_for,
};

/// Characters of a note. What needs more is a story.
pub const MAX_BODY: usize = 1_000;
/// Pictures of a note.
pub const MAX_PICTURES: usize = 10;
/// Characters of a warning: a line that is read before anything else.
pub(super) const MAX_WARNING: usize = 120;

/// Whom what an organization posts can be for.
const OF_ORGANIZATIONS: [Visibility; 3] = [Visibility::Public, Visibility::Quiet, Visibility::Members];

/// What a note says and shows: what a revision holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Its words, as they were written.
    pub body: String,
    /// What to be warned of before one reads it; empty for nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub warning: String,
    /// Whether what it shows is covered until somebody opens it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sensitive: bool,
    /// Tag of the language it is written in; empty where nobody knows.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// Where it is, as people here call that; empty where it says nothing of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// Its pictures, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<Attached>,
    /// Key of its recording.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recording: Option<String>,
    /// The post it speaks of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quoted: Option<PostId>,
}

/// A note that is to be posted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// What it says.
    pub content: Content,
    /// Whom it is for.
    pub audience: Audience,
    /// The organization in whose name it is posted; whoever writes it themselves, where it is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<AccountId>,
    /// What it asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub poll: Option<Asked>,
}

/// A note as a viewer sees it.
#[derive(Clone, Debug)]
pub struct Note {
    /// Its id.
    pub id: PostId,
    /// Who wrote it.
    pub author: Author,
    /// The badges of whoever wrote it.
    pub badges: Vec<Badge>,
    /// Whether its author is an organization.
    pub of_organization: bool,
    /// Who of the organization wrote it, for those who are to know.
    pub written_by: Option<Author>,
    /// Whether it is the viewer's to change.
    pub may_change: bool,
    /// Whom it is for.
    pub visibility: Visibility,
    /// What it says, as it was written.
    pub content: Content,
    /// Where it is.
    pub place: Option<Place>,
    /// Its words as they are shown: safe, with links.
    pub html: String,
    /// When it was posted.
    pub posted_at: i64,
    /// When it was changed last.
    pub edited_at: Option<i64>,
    /// Its pictures, in order.
    pub pictures: Vec<Shown>,
    /// Its recording.
    pub recording: Option<Recording>,
    /// What the page says of itself that it leads to.
    pub card: Option<Card>,
    /// Its poll.
    pub poll: Option<Poll>,
    /// Whether the staff cover what it shows.
    pub covered: bool,
    /// What it speaks of, when the viewer may read that.
    pub quoted: Option<Quoted>,
    /// The sentence that moderators put over it; empty where there is none.
    pub label: String,
    /// How many comments stand under it.
    pub comments: i64,
    /// How many share it.
    pub shares: i64,
    /// Whether the viewer does.
    pub shared: bool,
    /// Whether the viewer keeps it for later.
    pub saved: bool,
    /// Whether its author pinned it.
    pub pinned: bool,
    /// What others reacted with, and the viewer.
    pub reactions: Reactions,
    /// Context that readers added.
    pub contexts: Vec<context::Shown>,
}

/// What a note speaks of.
#[derive(Clone, Debug)]
pub enum Quoted {
    /// Another note.
    Note(Box<Note>),
    /// Something that the viewer does not see, or nobody does any more.
    Away,
}

impl Content {
    /// Reads `body`, `warning`, `language`, `place`, and of each picture `picture` (its key) and `alt-KEY`, without those in `without`; keys
    /// of what was just uploaded are in `came`.
    pub fn parse(form: &Form, came: &[String], problems: &mut Problems) -> Self {
        let body = text::note::clean(form.text("body"));
        let length = body.chars().count();
        if length > MAX_BODY {
            problems.add("body", format!("This is {length} characters long, and a post may have {MAX_BODY}. Shorten it a little."));
        }
        if text::note::topics(&body).len() > MAX_TOPICS {
            problems.add("body", format!("Use at most {MAX_TOPICS} topics."));
        }
        if text::note::people(&body).len() > mentioned::MOST {
            problems.add("body", format!("Name at most {} people.", mentioned::MOST));
        }
        let warning = text::clean_line(form.text("warning"));
        if warning.chars().count() > MAX_WARNING {
            problems.add("warning", format!("Use at most {MAX_WARNING} characters for the warning."));
        }
        let place = text::clean_line(form.text("place"));
        if !place.is_empty() && text::place::parse(&place).is_none() {
            problems.add("place", format!("Name a place with letters or digits, in at most {} characters.", text::place::MAX));
        }
        let (pictures, recording) = files::parse(form, came, ("A post", MAX_PICTURES), problems);
        let chosen = text::language::known(form.text("language"));
        let language = chosen.or_else(|| text::language::detect(&body)).unwrap_or_default().to_owned();
        let quoted = form.text("quote").parse().ok();
        Self { body, warning, sensitive: form.ticked("sensitive"), language, place, pictures, recording, quoted }
    }

    /// Keys of the files it shows.
    pub fn keys(&self) -> Vec<String> {
        self.pictures.iter().map(|attached| attached.key.clone()).chain(self.recording.clone()).collect()
    }

    /// What it is about in a line: for titles, where a note has none.
    pub fn excerpt(&self, characters: usize) -> String {
        let words = if self.warning.is_empty() { &self.body } else { &self.warning };
        text::excerpt(words, characters)
    }
}

impl Written {
    /// Reads the composer: what [`Content::parse`] and [`Asked::parse`] read, and `audience`.
    pub fn parse(form: &Form, came: &[String], problems: &mut Problems) -> Self {
        let content = Content::parse(form, came, problems);
        let poll = Asked::parse(form, problems);
        // What is no audience here is nobody else's.
        let audience: Audience = match form.text("audience") {
            "" => Visibility::Public.into(),
            chosen => chosen.parse().unwrap_or(Visibility::OnlyMe.into()),
        };
        let speaker = match form.text("speaker") {
            "" => None,
            id => id.parse().map_err(|_| problems.add("speaker", "Choose in whose name you post.")).ok(),
        };
        // Those who run an organization read all that is posted in its name.
        if speaker.is_some() && !OF_ORGANIZATIONS.contains(&audience.visibility) {
            problems.add("audience", "What an organization posts is for everyone, quiet or not, or for members. Choose one of these.");
        }
        let written = Self { content, audience, speaker, poll };
        if written.says_nothing() {
            problems.add("body", "Write something first, or add a picture.");
        }
        if written.poll.is_some() && written.content.body.is_empty() {
            problems.add("body", "Write the question that the choices answer.");
        }
        written
    }

    fn says_nothing(&self) -> bool {
        let content = &self.content;
        content.body.is_empty() && content.pictures.is_empty() && content.recording.is_none() && self.poll.is_none()
    }
}

impl Note {
    /// Its one address.
    pub fn address(&self) -> String {
        super::address(&self.author.handle, self.id)
    }

    /// Whether what it shows is covered, by whoever posted it or by the staff.
    pub fn is_sensitive(&self) -> bool {
        self.content.sensitive || self.covered
    }

    /// What stands for a title.
    pub fn title(&self) -> String {
        let words = self.content.excerpt(70);
        let mut title = self.author.name.clone();
        let _ = if words.is_empty() { write!(title, " posted a picture") } else { write!(title, ": {words}") };
        title
    }

    /// How long a page on which it stands may be kept: its times must stay right, and a poll is told when it closes.
    pub fn fresh_for(&self, now: i64) -> Duration {
        let fresh = fresh_for(self.posted_at, now);
        let closing = self.poll.as_ref().map(|poll| poll.closes_at - now).and_then(|left| u64::try_from(left).ok());
        closing.map_or(fresh, |left| fresh.min(Duration::from_millis(left)))
    }
}
