//! Threads on pages of their own, and where a comment is seen.

use db::{Tx, params};
use people::Viewer;
use web::Error;

use super::{
    Head, find, head, subject_of,
    take::{FROM, columns, comment, hang},
    talk::{dress, pruned},
    tops::Tops,
};
use crate::{
    PostId,
    comments::{
        Comment, State,
        comment::{FIRST_REPLIES, Order, PAGE, PART, THREAD_PAGE},
        lead,
    },
    posts::reader,
};

/// A page of a thread.
#[derive(Clone, Debug)]
pub(in crate::comments) struct Part {
    pub head: Head,
    pub top: Comment,
    pub replies: Vec<Comment>,
    /// Whether it begins at the beginning.
    pub first: bool,
    /// The last reply on it, when there are more.
    pub past: Option<PostId>,
}

/// A page of a thread: its beginning, what comes after a reply, or the page on which one stands.
///
/// # Errors
/// `NotFound` when the viewer may not read it, or it begins no thread.
pub(in crate::comments) fn thread(
    tx: &mut Tx,
    viewer: &Viewer,
    top: PostId,
    (after, at): (Option<PostId>, Option<PostId>),
    now: i64,
) -> Result<Part, Error> {
    let subject = subject_of(tx, top)?;
    let head = head(tx, viewer, subject, now)?;
    let sql = format!("select {} from comments c {FROM} where c.id = $3 and c.parent_id is null", columns());
    let top = tx.first(&sql, params![reader(viewer), now, top], comment)?.ok_or(Error::NotFound)?;
    let path_of = |tx: &mut Tx, id: PostId| -> Result<String, Error> {
        tx.first("select path from comments where id = $1 and thread_id = $2", params![id, top.id], |row| row.get(0))?
            .ok_or(Error::NotFound)
    };
    let (from, compare) = match (after, at) {
        (Some(after), _) => (path_of(tx, after)?, ">"),
        (None, Some(at)) => {
            let path = path_of(tx, at)?;
            (page_of(tx, top.id, &path)?, ">=")
        }
        (None, None) => (String::new(), ">"),
    };
    let sql = format!(
        "select {} from comments c {FROM} where c.thread_id = $3 and c.path > '' and c.path {compare} $4 order by c.path limit $5",
        columns()
    );
    let mut replies = tx.all(&sql, params![reader(viewer), now, top.id, &from, THREAD_PAGE + 1], comment)?;
    let more = replies.len() > THREAD_PAGE;
    replies.truncate(THREAD_PAGE);
    let past = replies.last().filter(|_| more).map(|reply| reply.id);
    let mut part = Part { head, top, replies: pruned(replies, more), first: from.is_empty(), past };
    if !part.top.stands() && part.replies.is_empty() && part.first {
        return Err(if part.top.state == State::Hidden { Error::NotFound } else { Error::Gone });
    }
    let Part { head, top, replies, .. } = &mut part;
    let mut all: Vec<&mut Comment> = std::iter::once(top).chain(replies).collect();
    dress(tx, viewer, &mut all, &head.authors)?;
    hang(tx, &mut all, &mut [])?;
    Ok(part)
}

/// Where the page begins on which the reply at this path stands: at the beginning, else with the branch it is in, else with itself.
fn page_of(tx: &mut Tx, thread: PostId, path: &str) -> Result<String, db::Error> {
    for from in ["", path.get(..PART).unwrap_or_default()] {
        let sql = "select count(*) from (select 1 as one from comments where thread_id = $1 and path > '' and path >= $2 and path <= $3 limit $4) found";
        let before: i64 = tx.one(sql, params![thread, from, path, THREAD_PAGE + 1], |row| row.get(0))?;
        if before <= THREAD_PAGE as i64 {
            return Ok(from.to_owned());
        }
    }
    Ok(path.to_owned())
}

/// The address at which a comment is seen: its subject's page, if it stands on the first of them, else that of its thread.
///
/// # Errors
/// `NotFound` when the viewer may not read it.
pub(in crate::comments) fn landing(tx: &mut Tx, viewer: &Viewer, id: PostId, now: i64) -> Result<String, Error> {
    let found = find(tx, viewer, id)?;
    let head = head(tx, viewer, found.subject, now)?;
    lands(tx, &head, &Landing { id, parent: found.parent, thread: found.thread, fresh: false })
}

/// A comment, as far as its place goes.
pub(in crate::comments) struct Landing {
    pub id: PostId,
    pub parent: Option<PostId>,
    pub thread: PostId,
    /// Whether it has just been posted: of what nobody likes yet it is the first.
    pub fresh: bool,
}

/// The same of one that is known to stand under a subject that its reader may read.
pub(in crate::comments) fn lands(tx: &mut Tx, head: &Head, of: &Landing) -> Result<String, Error> {
    let on_first = is_on_first(tx, head, of)? && (of.parent.is_none() || is_among_first(tx, of)?);
    Ok(match (on_first, of.parent) {
        (true, _) => lead(&head.kind, head.subject),
        (false, None) => format!("/comments/{}/thread", of.id),
        (false, Some(_)) => format!("/comments/{}/thread?at={}", of.thread, of.id),
    })
}

/// Whether its thread stands on the first page of its subject, as it is read usually.
fn is_on_first(tx: &mut Tx, head: &Head, of: &Landing) -> Result<bool, db::Error> {
    let order = Order::default();
    // Where there are so few, all of them do.
    if head.count < PAGE as i64 {
        return Ok(true);
    }
    let (past, mut left) = (order.beginning(), PAGE);
    for part in Tops::of(order) {
        if of.fresh && of.parent.is_none() && matches!(part, Tops::None(_)) {
            return Ok(true);
        }
        let ids = tx.all(&part.ids(1), params![head.subject, past.at, past.id, left], |row| row.get::<PostId>(0))?;
        if ids.contains(&of.thread) {
            return Ok(true);
        }
        left -= ids.len();
        if left == 0 {
            break;
        }
    }
    Ok(false)
}

/// Whether a reply is among those of its thread that stand there.
fn is_among_first(tx: &mut Tx, of: &Landing) -> Result<bool, db::Error> {
    let sql = "select w.id from (select id from comments where thread_id = $1 and path > '' order by path limit $3) w where w.id = $2";
    Ok(tx.first(sql, params![of.thread, of.id, FIRST_REPLIES], |row| row.get::<i64>(0))?.is_some())
}
