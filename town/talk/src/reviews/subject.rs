//! What can be reviewed. Kinds of posts are a wing above, and say for themselves what the room has to know of them.

use db::{Tx, params};
use people::{AccountId, Viewer};
use web::Error;

use crate::{
    PostId,
    posts::{readable, reader},
};

/// A subject, as far as a review shows it.
#[derive(Clone, Debug)]
pub struct About {
    /// Which post.
    pub id: PostId,
    /// What it is called.
    pub title: String,
    /// Where it is, as a path.
    pub address: String,
    /// Whose criteria hold: a section's id; 0 for those of the whole site.
    pub owner: i64,
}

/// A kind of post that can be reviewed.
#[derive(Debug)]
pub struct Reviewable {
    /// Its name in the table of posts.
    pub kind: &'static str,
    /// Those of these posts that are out. Whether a viewer may read them is asked here, not there.
    pub about: fn(&mut Tx, &[PostId]) -> Result<Vec<About>, Error>,
}

/// All kinds that can be reviewed.
pub type Reviewables = &'static [&'static Reviewable];

/// A subject that a viewer may read, and its authors.
pub(super) fn find(tx: &mut Tx, viewer: &Viewer, kinds: Reviewables, id: PostId) -> Result<(About, Vec<AccountId>), Error> {
    let sql = format!(
        "select p.kind, p.author_id, w.account_id from posts p left join post_authors w on w.post_id = p.id
         where p.id = $2 and p.published_at is not null and {} order by w.position",
        readable(1)
    );
    let mut authors = Vec::new();
    let kinds_found = tx.all(&sql, params![reader(viewer), id], |row| {
        authors.extend([row.get::<Option<AccountId>>(2)?, Some(row.get(1)?)].into_iter().flatten());
        row.get::<String>(0)
    })?;
    authors.sort_unstable();
    authors.dedup();
    let kind = kinds_found.into_iter().next().ok_or(Error::NotFound)?;
    let kind = kinds.iter().find(|reviewable| reviewable.kind == kind).ok_or(Error::NotFound)?;
    let about = (kind.about)(tx, &[id])?.pop().ok_or(Error::NotFound)?;
    Ok((about, authors))
}

/// These subjects, of whatever kind. Whether somebody may read them is the caller's to ask.
pub(super) fn named(tx: &mut Tx, kinds: Reviewables, ids: &[PostId]) -> Result<Vec<About>, Error> {
    let mut found = Vec::new();
    if !ids.is_empty() {
        for kind in kinds {
            found.extend((kind.about)(tx, ids)?);
        }
    }
    Ok(found)
}
