//! Who may do what with an album.

use db::{Tx, params};
use people::{Permission, Viewer};
use talk::{PostId, posts};
use web::{Error, Result};

/// What a viewer may do with one album.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Access {
    /// Show it to readers and take it off the site.
    pub publish: bool,
    /// Work on it whoever made it.
    pub edit: bool,
}

/// What this viewer may do with this album.
///
/// # Errors
/// `NotFound` when there is no such album, or when it is nothing that this viewer may know of.
pub fn access(tx: &mut Tx, viewer: &Viewer, album: PostId, review_required: bool) -> Result<Access> {
    viewer.must_be_member()?;
    tx.first("select 1 from albums where id = $1", params![album], |row| row.get::<i64>(0))?.ok_or(Error::NotFound)?;
    let edit = viewer.may(Permission::EditStories);
    let own = viewer.may(Permission::WriteStories) && posts::authors_of(tx, album)?.iter().any(|author| viewer.is(author.id));
    if !edit && !own {
        return Err(Error::Forbidden("Only its authors and the editors can work on this album.".into()));
    }
    Ok(Access { publish: edit || (viewer.may(Permission::PublishStories) && !review_required), edit })
}

impl Access {
    /// Publishing, or words that say who may.
    pub fn must_publish(self) -> Result<()> {
        if self.publish {
            Ok(())
        } else {
            Err(Error::Forbidden("An editor looks at albums here before they are published. Tell one that yours is ready.".into()))
        }
    }
}
