//! Reading comments as a viewer sees them.

use db::{Row, Tx, params};
use people::{AccountId, Viewer, accounts::Author, blocks::where_not_muted, pictures::Shown};
use web::{Error, Tag};

use super::Waiting;
use crate::{
    PostId,
    comments::{Comment, Content, State},
    files, links,
    posts::{self, readable_as, reader},
    reactions::Reactions,
    revisions::{self, Revision},
    views,
};

/// Most versions that are compared on one page.
const MOST_VERSIONS: usize = 50;

pub(super) const FROM: &str = "join posts p on p.id = c.id join post_counts k on k.post_id = c.id join accounts a on a.id = p.author_id
    left join link_cards card on card.url = c.link and card.title <> ''";
/// Columns of a comment: what a list reads besides comes after them.
pub(super) const COLUMNS: usize = 30;

/// What is read of a comment, by the reader in `$1`.
fn columns_if(more: &str) -> String {
    format!(
        "c.id, c.subject_id, c.parent_id, c.thread_id, c.path, a.id, a.handle,
         case when c.guest_name = '' then a.name else c.guest_name end, a.picture, c.body, c.html, c.language, c.posted_at,
         c.edited_at, c.picked_at, c.replies, k.likes, k.comments, p.deleted_at, p.removed_by,
         case when a.id = $1 then 1 else 0 end, case when {}{more} then 1 else 0 end, p.label,
         c.pictures, c.sensitive, p.covered_at, card.url, card.title, card.description, card.site",
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
        content: if stands { content(row, 9, 11, 23)? } else { Content::default() },
        html: if stands { row.get(10)? } else { String::new() },
        pictures: Vec::new(),
        covered: row.get::<Option<i64>>(25)?.is_some(),
        card: if stands { links::card(row, 26)? } else { None },
        label: if stands { row.get(22)? } else { String::new() },
        posted_at: row.get(12)?,
        edited_at: row.get(13)?,
        picked: stands && row.get::<Option<i64>>(14)?.is_some(),
        reactions: Reactions { likes: row.get(16)?, ..Reactions::default() },
        replies: if id == thread { row.get(15)? } else { row.get(17)? },
    })
}

/// What a comment says, of the columns of its words, its language, and its pictures with whether they are sensitive.
pub(in crate::comments) fn content(row: &Row, body: usize, language: usize, pictures: usize) -> Result<Content, db::Error> {
    Ok(Content {
        body: row.get(body)?,
        language: row.get(language)?,
        sensitive: row.get::<i64>(pictures + 1)? == 1,
        pictures: files::kept(row.text(pictures)?),
    })
}

/// Hangs the pictures of comments, and of those that wait: one question where there are any.
pub(super) fn hang(tx: &mut Tx, comments: &mut [&mut Comment], waiting: &mut [Waiting]) -> Result<(), db::Error> {
    let all = comments.iter_mut().map(|comment| (comment.content.pictures.as_slice(), &mut comment.pictures));
    let all = all.chain(waiting.iter_mut().map(|of| (of.content.pictures.as_slice(), &mut of.pictures)));
    files::hang(tx, all.collect())
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
    hang(tx, &mut found.iter_mut().collect::<Vec<_>>(), &mut [])?;
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
pub fn shown_on(tx: &mut Tx, post: PostId) -> Result<Vec<Tag>, db::Error> {
    let subject = tx.first("select subject_id from comments where id = $1", params![post], |row| row.get::<i64>(0))?;
    Ok([Some(post.get()), subject].into_iter().flatten().map(views::tag).collect())
}

/// Whose a comment is, and when it was removed, whoever asks.
pub(in crate::comments) fn author_and_state(tx: &mut Tx, id: PostId) -> Result<(AccountId, Option<i64>), Error> {
    let sql = "select p.author_id, p.deleted_at from comments c join posts p on p.id = c.id where c.id = $1";
    tx.first(sql, params![id], |row| Ok((row.get(0)?, row.get(1)?)))?.ok_or(Error::NotFound)
}

/// Keys of the pictures that a comment shows, whoever asks.
///
/// # Errors
/// When the database does not answer.
pub fn pictures_of(tx: &mut Tx, id: PostId) -> Result<Vec<String>, db::Error> {
    let kept = tx.first("select pictures from comments where id = $1", params![id], |row| row.get::<String>(0))?.unwrap_or_default();
    Ok(files::kept(&kept).into_iter().map(|attached| attached.key).collect())
}

/// What a comment says, and what of its pictures is here, whoever asks.
pub(in crate::comments) fn said_in(tx: &mut Tx, id: PostId) -> Result<(Content, Vec<Shown>), db::Error> {
    let said =
        tx.one("select body, language, pictures, sensitive from comments where id = $1", params![id], |row| content(row, 0, 1, 2))?;
    let mut shown = Vec::new();
    files::hang(tx, vec![(&said.pictures, &mut shown)])?;
    Ok((said, shown))
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
