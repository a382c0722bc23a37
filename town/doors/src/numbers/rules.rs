//! Who may see whose numbers: authors their own, editors everybody's. They are nobody else's business.

use db::Tx;
use people::{Me, Permission, Viewer};
use talk::{PostId, posts};
use things::stories::{self, Status};
use web::Error;

/// May this viewer see the numbers of this story?
///
/// # Errors
/// `NotFound` when there is no such story, or it is nothing that this viewer may know of.
pub(super) fn may_see_story(tx: &mut Tx, viewer: &Viewer, story: PostId) -> Result<(), Error> {
    let me = viewer.must_be_member()?;
    let status = stories::status_of(tx, story)?.filter(|status| *status != Status::Removed).ok_or(Error::NotFound)?;
    if viewer.may(Permission::EditStories) || posts::authors_of(tx, story)?.iter().any(|author| author.id == me.id) {
        return Ok(());
    }
    if status == Status::Hidden {
        return Err(Error::NotFound);
    }
    Err(Error::Forbidden("Only the authors of this story and the editors can see its numbers.".into()))
}

/// May this viewer see the numbers of sections and of the whole site?
pub(super) fn may_see_all(viewer: &Viewer) -> Result<(), Error> {
    viewer.must(Permission::EditStories).map(|_| ())
}

/// Whoever writes here has numbers of their own.
pub(super) fn has_own(viewer: &Viewer) -> Result<&Me, Error> {
    viewer.must(Permission::WriteStories)
}
