//! What follows from a change that readers can see.

use db::Tx;
use talk::{PostId, views};
use web::{Error, Tag};

use super::{LISTING, store};
use crate::stories;

/// An album, or a picture in it, has changed: the stories that show it are drawn anew. Give the tags to `Pages::changed` once
/// the transaction is committed.
pub fn changed(tx: &mut Tx, album: PostId) -> Result<Vec<Tag>, Error> {
    let mut tags = vec![views::tag(album.get()), LISTING];
    for story in store::stories_with(tx, album)? {
        stories::draw_anew(tx, story)?;
        tags.push(views::tag(story.get()));
    }
    Ok(tags)
}

/// Restores a removed album, and says which pages change.
///
/// # Errors
/// `Gone` when it was removed too long ago.
pub fn bring_back(tx: &mut Tx, album: PostId, now: i64) -> Result<Vec<Tag>, Error> {
    store::restore(tx, album, now)?;
    changed(tx, album)
}

/// Removes an album because its author leaves or the moderators decided so, and says which pages change.
///
/// # Errors
/// When the database does not answer.
pub fn take_off(tx: &mut Tx, album: PostId, now: i64) -> Result<Vec<Tag>, Error> {
    store::remove(tx, album, now)?;
    changed(tx, album)
}
