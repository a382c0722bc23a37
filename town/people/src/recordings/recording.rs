//! What a recording is.

use web::{Form, Problems};

use crate::{
    AccountId, Permission, Viewer,
    pictures::{self, MAX_NAME, MAX_WORDS},
};

/// Whether it is heard or seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// MP3, Ogg, M4A.
    Audio,
    /// MP4, WebM.
    Video,
}

impl Kind {
    /// Its name in tables, for scripts, and the HTML element that plays it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Audio => "audio",
            Self::Video => "video",
        }
    }

    pub(super) fn by_name(name: &str) -> Self {
        if name == "video" { Self::Video } else { Self::Audio }
    }
}

/// Audio or video.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recording {
    /// Its key in the store: a digest and the ending of its format.
    pub key: String,
    /// Whether it is heard or seen.
    pub kind: Kind,
    /// Its media type, such as `video/mp4`.
    pub content_type: String,
    /// The size of its file.
    pub bytes: i64,
    /// How long it plays, where its file says so.
    pub duration_ms: Option<i64>,
    /// Pixels, of video whose file says so.
    pub width: Option<i64>,
    /// Pixels, of video whose file says so.
    pub height: Option<i64>,
    /// What people say of it.
    pub words: Words,
    /// Key of the picture that stands in its place until it is played.
    pub poster: Option<String>,
    /// Who uploaded it first; nobody any more when the account is gone.
    pub owner: Option<AccountId>,
    /// When it was uploaded first.
    pub created_at: i64,
    /// When it was taken out of the library, if it was.
    pub removed_at: Option<i64>,
}

/// What people say of a recording.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// What it is called in the library; at first the name of its file.
    pub name: String,
    /// What it is called where it is played: its accessible name.
    pub title: String,
    /// What is heard or seen.
    pub caption: String,
    /// Who made it.
    pub credit: String,
}

impl Words {
    /// Reads `name`, `title`, `caption` and `credit`.
    pub fn parse(form: &Form, problems: &mut Problems) -> Self {
        Self {
            name: pictures::line(form, "name", MAX_NAME, problems),
            title: pictures::line(form, "title", MAX_NAME, problems),
            caption: pictures::line(form, "caption", MAX_WORDS, problems),
            credit: pictures::line(form, "credit", MAX_WORDS, problems),
        }
    }

    /// Everything in which a search looks for words.
    pub fn sought(&self) -> String {
        text::fold(&[&*self.name, &self.title, &self.caption, &self.credit].join(" "))
    }
}

impl Recording {
    /// Whether this viewer may change its words: who uploaded it, and those who edit everybody's stories.
    pub fn editable_by(&self, viewer: &Viewer) -> bool {
        self.owner.is_some_and(|owner| viewer.is(owner)) || viewer.may(Permission::EditStories)
    }

    /// As a body names it: `![title](address "caption | credit")`.
    pub fn markdown(&self) -> String {
        pictures::markdown(&self.words.title, &super::address(&self.key), &self.words.caption, &self.words.credit)
    }
}
