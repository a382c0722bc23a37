//! What stories and posts are gathered about.

use db::Tx;
use people::Viewer;
use talk::{places, posts::reader, topics};
use web::{Error, Result, Tag};

/// What kind of thing they are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Topic,
    Place,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Subject {
    pub kind: Kind,
    /// Its id, which is that of its shelf.
    pub id: i64,
    /// As people read it.
    pub title: String,
    /// As its address carries it.
    pub key: String,
    /// Its page.
    pub address: String,
}

impl Kind {
    /// Finds one by what stands in an address.
    ///
    /// # Errors
    /// `NotFound` when nothing that the viewer may read names it.
    pub fn find(self, tx: &mut Tx, viewer: &Viewer, typed: &str) -> Result<Subject> {
        let reader = reader(viewer);
        match self {
            Self::Topic => {
                let key = text::topic::parse(typed).ok_or(Error::NotFound)?.key;
                let topic = topics::known_to(tx, reader, &key)?.ok_or(Error::NotFound)?;
                Ok(Subject { kind: self, id: topic.id.get(), title: format!("#{}", topic.name), address: topic.address(), key: topic.key })
            }
            Self::Place => {
                let key = text::place::parse(typed).ok_or(Error::NotFound)?.key;
                let place = places::known_to(tx, reader, &key)?.ok_or(Error::NotFound)?;
                Ok(Subject { kind: self, id: place.id.get(), address: place.address(), title: place.name, key: place.key })
            }
        }
    }

    /// What people read.
    pub fn words(self) -> &'static str {
        match self {
            Self::Topic => "Topic",
            Self::Place => "Place",
        }
    }

    pub fn tag(self, id: i64) -> Tag {
        match self {
            Self::Topic => Tag("topic", id),
            Self::Place => Tag("place", id),
        }
    }
}

impl Subject {
    /// What its pages depend on.
    pub fn tag(&self) -> Tag {
        self.kind.tag(self.id)
    }

    /// What its tabs are called together.
    pub fn about(&self) -> &'static str {
        match self.kind {
            Kind::Topic => "About this topic",
            Kind::Place => "About this place",
        }
    }

    /// What is said where there is no story.
    pub fn no_story(&self) -> &'static str {
        match self.kind {
            Kind::Topic => "No story that can be read carries this topic.",
            Kind::Place => "No story that can be read is set here.",
        }
    }
}
