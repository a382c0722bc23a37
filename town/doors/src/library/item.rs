//! A file of the library, and who may do what with it.

use db::Tx;
use people::{
    AccountId, Permission, Viewer,
    pictures::{self, Picture},
    recordings::{self, Kind, Recording},
    uses,
};
use serde_json::{Value, json};
use web::{Error, Result};

/// A picture or a recording.
#[derive(Clone, Debug)]
pub(super) enum Item {
    Picture(Picture),
    Recording(Recording),
}

impl Item {
    /// The file with this key, if the viewer may open its page: whose library it is in, and those who edit everybody's stories.
    pub fn open(tx: &mut Tx, viewer: &Viewer, key: &str) -> Result<Self> {
        let me = viewer.must(Permission::WriteStories)?.id;
        let found = match recordings::is_key(key) {
            true => recordings::find(tx, key)?.map(Self::Recording),
            false => pictures::find(tx, key)?.map(Self::Picture),
        };
        let item = found.ok_or(Error::NotFound)?;
        let admitted = item.editable_by(viewer) || uses::is_held(tx, me.get(), key)?;
        if admitted { Ok(item) } else { Err(Error::NotFound) }
    }

    /// Whether this viewer may change its words, take it out and put it back.
    pub fn editable_by(&self, viewer: &Viewer) -> bool {
        match self {
            Self::Picture(picture) => picture.editable_by(viewer),
            Self::Recording(recording) => recording.editable_by(viewer),
        }
    }

    /// The same, or words that say who may.
    pub fn must_be_editable_by(&self, viewer: &Viewer) -> Result<()> {
        if self.editable_by(viewer) {
            return Ok(());
        }
        Err(Error::Forbidden("Somebody else brought this file first. They and the editors can change it; you can use it.".into()))
    }

    pub fn key(&self) -> &str {
        match self {
            Self::Picture(picture) => &picture.key,
            Self::Recording(recording) => &recording.key,
        }
    }

    pub fn owner(&self) -> Option<AccountId> {
        match self {
            Self::Picture(picture) => picture.owner,
            Self::Recording(recording) => recording.owner,
        }
    }

    pub fn created_at(&self) -> i64 {
        match self {
            Self::Picture(picture) => picture.created_at,
            Self::Recording(recording) => recording.created_at,
        }
    }

    pub fn removed_at(&self) -> Option<i64> {
        match self {
            Self::Picture(picture) => picture.removed_at,
            Self::Recording(recording) => recording.removed_at,
        }
    }

    pub fn bytes(&self) -> i64 {
        match self {
            Self::Picture(picture) => picture.bytes,
            Self::Recording(recording) => recording.bytes,
        }
    }

    /// What it is called; what it is where nobody has named it.
    pub fn name(&self) -> &str {
        let (name, title) = match self {
            Self::Picture(picture) => (&*picture.words.name, ""),
            Self::Recording(recording) => (&*recording.words.name, &*recording.words.title),
        };
        [name, title].into_iter().find(|name| !name.is_empty()).unwrap_or_else(|| self.kind())
    }

    /// What it is.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Picture(_) => "Picture",
            Self::Recording(Recording { kind: Kind::Audio, .. }) => "Audio",
            Self::Recording(_) => "Video",
        }
    }

    /// Whether it lacks the words for those who cannot see or hear it.
    pub fn is_undescribed(&self) -> bool {
        match self {
            Self::Picture(picture) => picture.words.alt.is_empty(),
            Self::Recording(recording) => recording.words.title.is_empty(),
        }
    }

    /// As a body names it.
    pub fn markdown(&self) -> String {
        match self {
            Self::Picture(picture) => picture.markdown(),
            Self::Recording(recording) => recording.markdown(),
        }
    }

    /// What a script is told.
    pub fn told(&self) -> Value {
        match self {
            Self::Picture(picture) => json!({
                "key": picture.key, "kind": "picture", "url": pictures::address(&picture.key), "small": pictures::small_address(&picture.key),
                "name": self.name(), "alt": picture.words.alt, "caption": picture.words.caption, "credit": picture.words.credit,
                "width": picture.width, "height": picture.height, "focus": { "x": picture.focus.x, "y": picture.focus.y },
            }),
            Self::Recording(recording) => json!({
                "key": recording.key, "kind": recording.kind.name(), "url": recordings::address(&recording.key),
                "small": recording.poster.as_deref().map(pictures::small_address),
                "name": self.name(), "alt": recording.words.title, "caption": recording.words.caption, "credit": recording.words.credit,
            }),
        }
    }

    /// Its page in the library.
    pub fn address(&self) -> String {
        format!("/library/{}", self.key())
    }

    /// Takes it out of this account's library. Whoever brought it can put it back; of others only their hold on it goes.
    pub fn take_out(&self, tx: &mut Tx, of: AccountId, now: i64) -> Result<(), db::Error> {
        uses::release(tx, of.get(), self.key())?;
        if self.owner() == Some(of) { self.mark(tx, Some(now)) } else { Ok(()) }
    }

    /// Puts it back into the library of whoever brought it.
    pub fn put_back(&self, tx: &mut Tx) -> Result<(), db::Error> {
        self.mark(tx, None)?;
        self.hold(tx)
    }

    /// Keeps it in the library of whoever brought it.
    pub fn hold(&self, tx: &mut Tx) -> Result<(), db::Error> {
        match self.owner() {
            Some(owner) => uses::add(tx, owner.get(), &[self.key().to_owned()]),
            None => Ok(()),
        }
    }

    fn mark(&self, tx: &mut Tx, removed_at: Option<i64>) -> Result<(), db::Error> {
        match self {
            Self::Picture(picture) => pictures::set_removed(tx, &picture.key, removed_at),
            Self::Recording(recording) => recordings::set_removed(tx, &recording.key, removed_at),
        }
    }
}
