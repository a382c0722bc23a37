//! Who may do what with a story. Handlers and pages ask here; nobody else decides.

use db::{Tx, params};
use people::{
    AccountId, Permission, Viewer, accounts,
    levels::{self, Levels, Limit},
};
use talk::PostId;
use web::Error;

use super::draft;

/// What a viewer may do with one story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Access {
    /// Write on its working copy, see its drafts and copies.
    pub write: bool,
    /// Publish it, change what is published, schedule it, take it off the site.
    pub publish: bool,
    /// Decide on it as an editor: review, return to its author.
    pub edit: bool,
    /// Whether it is removed (and can only be restored).
    pub removed: bool,
}

/// What this viewer may do with this story.
///
/// # Errors
/// `NotFound` when there is no such story, or it is nothing that this viewer may know of.
pub fn access(tx: &mut Tx, viewer: &Viewer, story: PostId, review_required: bool) -> Result<Access, Error> {
    // Guests first, so that they cannot tell a draft from nothing.
    let me = viewer.must_be_member()?;
    let removed: bool = tx
        .first(
            "select case when deleted_at is null then 0 else 1 end from posts where id = $1 and kind = 'story'",
            params![story],
            |row| row.get(0),
        )?
        .ok_or(Error::NotFound)?;
    let edit = viewer.may(Permission::EditStories);
    let own = viewer.may(Permission::WriteStories) && is_author(tx, story, me.id)?;
    if !edit && !own {
        return Err(Error::Forbidden("Only its authors and the editors can open this story for writing.".into()));
    }
    let publish = edit || (own && viewer.may(Permission::PublishStories) && !review_required);
    Ok(Access { write: true, publish, edit, removed })
}

/// Its authors are those in the byline, and those whom the working copy will add to it.
fn is_author(tx: &mut Tx, story: PostId, account: AccountId) -> Result<bool, Error> {
    let found =
        tx.first("select 1 from post_authors where post_id = $1 and account_id = $2", params![story, account], |row| row.get::<i64>(0))?;
    Ok(found.is_some() || draft::open(tx, story)?.content.coauthors.contains(&account))
}

/// Whether a viewer may begin one story more just now.
///
/// # Errors
/// `Enough` when they have begun as many lately as their level allows; also those they have deleted since count.
pub fn must_have_left(tx: &mut Tx, viewer: &Viewer, now: i64) -> Result<(), Error> {
    let limit = Limit::StoriesADay;
    let (Some(most), Some(window)) = (viewer.limit(limit), limit.window_ms()) else { return Ok(()) };
    let earliest = tx.first(
        "select created_at from posts where author_id = $1 and created_at > $2 and kind = 'story' order by created_at desc limit 1 offset $3",
        params![viewer.must_be_member()?.id, now - window, most - 1],
        |row| row.get::<i64>(0),
    )?;
    earliest.map_or(Ok(()), |at| Err(levels::enough(limit, most, (at + window, now))))
}

/// Whether somebody may still publish, asked when what they scheduled is due: they may have been suspended since, or the
/// site may ask for review.
pub(super) fn still_publishes(tx: &mut Tx, account: AccountId, levels: &Levels, review_required: bool) -> Result<bool, Error> {
    let account = accounts::by_id(tx, account)?.filter(|account| account.suspended_at.is_none());
    let may = account.map(|account| levels.permissions(&account.level)).unwrap_or_default();
    Ok(may.has(Permission::EditStories) || (may.has(Permission::PublishStories) && !review_required))
}

impl Access {
    /// Publishing, or words that say who may.
    pub fn must_publish(self) -> Result<(), Error> {
        if self.publish {
            Ok(())
        } else {
            Err(Error::Forbidden("Stories here are read by an editor before they are published. Hand yours in for review.".into()))
        }
    }

    /// Deciding as an editor.
    pub fn must_edit(self) -> Result<(), Error> {
        if self.edit { Ok(()) } else { Err(Error::Forbidden("Only editors can do this.".into())) }
    }
}
