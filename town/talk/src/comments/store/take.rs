//! Reading comments as a viewer sees them.

use db::{Row, Tx, params};
use people::{AccountId, Viewer, accounts::Author, blocks::where_not_muted};
use web::{Error, Tag};

use crate::{
    PostId,
    comments::{Comment, Content, State},
    posts::{self, readable_as, reader},
    reactions::Reactions,
    revisions::{self, Revision},
    views,
};

/// Most versions that are compared on one page.
const MOST_VERSIONS: usize = 50;

pub(super) const FROM: &str = "join posts p on p.id = c.id join post_counts k on k.post_id = c.id join accounts a on a.id = p.author_id";

/// What is read of a comment, by the reader in `$1`.
fn columns_if(more: &str) -> String {
    format!(
        "c.id, c.subject_id, c.parent_id, c.thread_id, c.path, a.id, a.handle,
         case when c.guest_name = '' then a.name else c.guest_name end, a.picture, c.body, c.html, c.language, c.posted_at,
         c.edited_at, c.picked_at, c.replies, k.likes, k.comments, p.deleted_at, p.removed_by,
         case when a.id = $1 then 1 else 0 end, case when {}{more} then 1 else 0 end, p.label",
        readable_as("$1")
    )
}

/// The same of one in a list, at the time in `$2`: whoever mutes its author does not see it there.
pub(super) fn columns() -> String {
    columns_if(&format!(" and {}", where_not_muted("$1", "p.author_id", "$2")))
}

/// A comment of [`columns`]. Of one that does not stand, nothing is brought along that could be shown by a slip.
pub(super) fn comment(row: &Row) -> Result<Comment, db::Error> {
    let removed = row.get::<Option<i64>>(18)?.is_some();
    let state = match (removed, row.get::<Option<i64>>(19)?, row.get::<i64>(21)?) {
        (true, Some(_), _) => State::TakenDown,
        (true, None, _) => State::Deleted,
        (false, _, 1) => State::Standing,
        (false, _, _) => State::Hidden,
    };
    let (id, thread): (PostId, PostId) = (row.get(0)?, row.get(3)?);
    let nobody = || Author { id: AccountId::new(0), handle: String::new(), name: String::new(), picture: None };
    let stands = state == State::Standing;
    Ok(Comment {
        id,
        subject: row.get(1)?,
        parent: row.get(2)?,
        thread,
        path: row.get(4)?,
        author: if stands { Author { id: row.get(5)?, handle: row.get(6)?, name: row.get(7)?, picture: row.get(8)? } } else { nobody() },
        badges: Vec::new(),
        by_author: false,
        mine: row.get::<i64>(20)? == 1,
        state,
        content: if stands { Content { body: row.get(9)?, language: row.get(11)? } } else { Content::default() },
        html: if stands { row.get(10)? } else { String::new() },
        label: if stands { row.get(22)? } else { String::new() },
        posted_at: row.get(12)?,
        edited_at: row.get(13)?,
        picked: stands && row.get::<Option<i64>>(14)?.is_some(),
        reactions: Reactions { likes: row.get(16)?, ..Reactions::default() },
        replies: if id == thread { row.get(15)? } else { row.get(17)? },
    })
}

/// One comment that a viewer may read, muted or not.
///
/// # Errors
/// `NotFound` when there is none.
pub fn find(tx: &mut Tx, viewer: &Viewer, id: PostId) -> Result<Comment, Error> {
    seen(tx, viewer, &[id])?.pop().ok_or(Error::NotFound)
}

/// Those of these posts that are comments and that a viewer may read, in this order.
///
/// # Errors
/// When the database does not answer.
pub fn seen(tx: &mut Tx, viewer: &Viewer, ids: &[PostId]) -> Result<Vec<Comment>, db::Error> {
    let sql =
        format!("select {} from comments c {FROM} where c.id in ({}) and {}", columns_if(""), db::places(2, ids.len()), posts::readable(1));
    let mut found = tx.all(&sql, &[params![reader(viewer)], &db::padded(ids)].concat(), comment)?;
    found.sort_by_key(|comment| ids.iter().position(|id| *id == comment.id));
    Ok(found)
}

/// What a comment is under, whoever asks.
pub(in crate::comments) fn subject_of(tx: &mut Tx, id: PostId) -> Result<PostId, Error> {
    tx.first("select subject_id from comments where id = $1", params![id], |row| row.get(0))?.ok_or(Error::NotFound)
}

/// The tags of pages that show a post by itself: a comment is shown on those of what it is under.
///
/// # Errors
/// When the database does not answer.
pub(crate) fn shown_on(tx: &mut Tx, post: PostId) -> Result<Vec<Tag>, db::Error> {
    let subject = tx.first("select subject_id from comments where id = $1", params![post], |row| row.get::<i64>(0))?;
    Ok([Some(post.get()), subject].into_iter().flatten().map(views::tag).collect())
}

/// Whose a comment is, and when it was removed, whoever asks.
pub(in crate::comments) fn author_and_state(tx: &mut Tx, id: PostId) -> Result<(AccountId, Option<i64>), Error> {
    let sql = "select p.author_id, p.deleted_at from comments c join posts p on p.id = c.id where c.id = $1";
    tx.first(sql, params![id], |row| Ok((row.get(0)?, row.get(1)?)))?.ok_or(Error::NotFound)
}

/// What a comment says, whoever asks.
pub(in crate::comments) fn body_of(tx: &mut Tx, id: PostId) -> Result<String, db::Error> {
    tx.one("select body from comments where id = $1", params![id], |row| row.get(0))
}

/// Everything that a comment said, the newest first.
pub(in crate::comments) fn versions(tx: &mut Tx, id: PostId) -> Result<Vec<(Revision, Content)>, Error> {
    let mut versions = Vec::new();
    for listed in revisions::of(tx, id)?.into_iter().take(MOST_VERSIONS) {
        let Some(revision) = revisions::named(tx, id, listed.number)? else { continue };
        let content = serde_json::from_str(&revision.content).map_err(Error::broken)?;
        versions.push((revision, content));
    }
    Ok(versions)
}
