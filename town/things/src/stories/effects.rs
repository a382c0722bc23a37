//! What follows from a change that readers can see: every page that showed the story, or shows it now, is drawn anew.

use db::{Tx, params};
use people::AccountId;
use talk::{PostId, views};
use web::{Error, Tag};

use super::lifecycle;

/// Does something to a story and answers the tags of all pages that it changed: those of the shelves it stood on before
/// and of those it stands on now. Give them to `Pages::changed` once the transaction is committed.
pub(super) fn of<T>(tx: &mut Tx, story: PostId, act: impl FnOnce(&mut Tx) -> Result<T, Error>) -> Result<(T, Vec<Tag>), Error> {
    let before = shelves_of(tx, story)?;
    let value = act(tx)?;
    let after = shelves_of(tx, story)?;
    let mut tags = vec![views::tag(story.get()), Tag("front", 0), Tag("listing", 0), Tag("corrections", 0)];
    for owner in before.into_iter().chain(after) {
        // Sections, accounts, topics and places draw their ids from one source, so only one of the four means anything.
        tags.extend([Tag("section", owner), Tag("account", owner), Tag("topic", owner), Tag("place", owner)]);
    }
    Ok((value, tags))
}

/// The shelves a story stands on, by their owners.
pub(super) fn shelves_of(tx: &mut Tx, story: PostId) -> Result<Vec<i64>, db::Error> {
    tx.all("select owner_id from shelves where post_id = $1", params![story], |row| row.get(0))
}

/// Restores a removed story, and says which pages change.
///
/// # Errors
/// `Gone` when it was removed too long ago.
pub fn bring_back(tx: &mut Tx, story: PostId, now: i64) -> Result<Vec<Tag>, Error> {
    Ok(of(tx, story, |tx| lifecycle::restore(tx, story, now))?.1)
}

/// Removes a story because its author leaves or the moderators decided so, and says which pages change.
///
/// # Errors
/// When the database does not answer.
pub fn take_off(tx: &mut Tx, story: PostId, by: AccountId, now: i64) -> Result<Vec<Tag>, Error> {
    Ok(of(tx, story, |tx| lifecycle::remove(tx, story, by, now))?.1)
}
