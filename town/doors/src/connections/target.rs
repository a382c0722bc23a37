//! What can be followed: people, sections, topics, places.

use db::Tx;
use people::{
    AccountId, Viewer,
    accounts::{self, Standing},
};
use talk::{
    places::{self, PlaceId},
    posts::reader,
    topics::{self, TopicId},
};
use things::sections::{self, SectionId};
use web::{Error, Result};

/// Something that can be followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    /// Its id, which is that of its shelf.
    pub id: i64,
    /// What it is called.
    pub name: String,
    /// Whether it is somebody.
    pub is_person: bool,
}

/// What an id names, if it can be followed.
///
/// # Errors
/// `NotFound` when it cannot.
pub(super) fn find(tx: &mut Tx, id: i64) -> Result<Target> {
    if let Some(account) = accounts::by_id(tx, AccountId::new(id))? {
        let here = account.standing == Standing::Member && account.suspended_at.is_none();
        return if here { Ok(Target { id, name: account.name, is_person: true }) } else { Err(Error::NotFound) };
    }
    if let Some(section) = sections::all(tx)?.get(SectionId::new(id)) {
        return Ok(Target { id, name: section.name.clone(), is_person: false });
    }
    if let Some(topic) = topics::by_id(tx, TopicId::new(id))? {
        return Ok(Target { id, name: format!("#{}", topic.name), is_person: false });
    }
    let place = places::by_id(tx, PlaceId::new(id))?.ok_or(Error::NotFound)?;
    Ok(Target { id, name: place.name, is_person: false })
}

/// Whether the viewer may know of what they want to follow: topics and places are named in what not everybody reads, too.
///
/// # Errors
/// `NotFound` when they may not.
pub(super) fn must_be_known(tx: &mut Tx, viewer: &Viewer, id: i64) -> Result<()> {
    let reader = reader(viewer);
    let known = if let Some(topic) = topics::by_id(tx, TopicId::new(id))? {
        topics::known_to(tx, reader, &topic.key)?.is_some()
    } else if let Some(place) = places::by_id(tx, PlaceId::new(id))? {
        places::known_to(tx, reader, &place.key)?.is_some()
    } else {
        true
    };
    if known { Ok(()) } else { Err(Error::NotFound) }
}

/// Somebody who can be acted on: here, and not parted from the viewer by their block.
///
/// # Errors
/// `NotFound` when there is nobody.
pub(super) fn person(tx: &mut Tx, id: AccountId) -> Result<Target> {
    let target = find(tx, id.get())?;
    if target.is_person { Ok(target) } else { Err(Error::NotFound) }
}
