//! Reviews that come, change, wait, appear and go.

use db::{Tx, params};
use people::{AccountId, notices};
use web::{Error, Tag};

use super::count::{counted, stands};
use crate::{
    PostId, gate, posts,
    reviews::{Content, Reason, told},
    revisions, views,
};

/// What shows a review that comes, changes or goes: the pages of its subject, and of its author.
pub(in crate::reviews) fn tags(subject: PostId, author: AccountId) -> Vec<Tag> {
    vec![views::tag(subject.get()), Tag("account", author.get())]
}

/// Does something to a review; counts change by what it did. Nobody is told.
pub(in crate::reviews) fn counted_as<T, E: From<db::Error>>(
    tx: &mut Tx,
    id: PostId,
    act: impl FnOnce(&mut Tx) -> Result<T, E>,
) -> Result<T, E> {
    Ok(moved(tx, id, act)?.0)
}

/// The same; answers also whether it stood before, and stands now.
fn moved<T, E: From<db::Error>>(tx: &mut Tx, id: PostId, act: impl FnOnce(&mut Tx) -> Result<T, E>) -> Result<(T, (bool, bool)), E> {
    let before = stands(tx, id)?;
    if before {
        counted(tx, id, -1)?;
    }
    let done = act(tx)?;
    let after = stands(tx, id)?;
    if after {
        counted(tx, id, 1)?;
    }
    Ok((done, (before, after)))
}

/// Does something to a review; counts change by what it did. Whoever is to be told of a review that appears is told.
fn changed<T, E: From<db::Error>>(
    tx: &mut Tx,
    id: PostId,
    now: i64,
    act: impl FnOnce(&mut Tx) -> Result<T, E>,
) -> Result<(T, Vec<Tag>), E> {
    let (done, moved) = moved(tx, id, act)?;
    let sql = "select subject_id, author_id from reviews where id = $1";
    let (subject, author) = tx.one(sql, params![id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    match moved {
        (false, true) => told::appeared(tx, id, (subject, author), now)?,
        (true, false) => notices::no_more_with(tx, id.get(), now)?,
        _ => {}
    }
    Ok((done, tags(subject, author)))
}

/// Writes what a member thinks of a subject, in place of what they thought before. Whether they may is the caller's to ask. One that
/// is held, or was, waits until it is approved. Answers its id, and the tags to give to `Pages::changed` once that is committed.
///
/// # Errors
/// `Forbidden` when somebody of the staff took theirs down.
pub fn put(
    tx: &mut Tx,
    author: AccountId,
    subject: PostId,
    content: &Content,
    held: Option<Reason>,
    now: i64,
) -> Result<(PostId, Vec<Tag>), Error> {
    must_not_be_down(tx, author, subject)?;
    let sql = "select r.id, p.deleted_at from reviews r join posts p on p.id = r.id where r.subject_id = $1 and r.author_id = $2";
    let found = tx.first(sql, params![subject, author], |row| Ok((row.get::<PostId>(0)?, row.get::<Option<i64>>(1)?.is_some())))?;
    let (id, new) = match found {
        Some((id, removed)) => (id, removed),
        None => (begin(tx, author, subject, now)?, true),
    };
    let before: Option<Content> = revisions::latest(tx, id)?.and_then(|revision| serde_json::from_str(&revision.content).ok());
    if !new && before.as_ref() == Some(content) {
        return Ok((id, Vec::new()));
    }
    let (_, tags) = changed(tx, id, now, |tx| -> Result<(), Error> {
        tx.run("update posts set deleted_at = null, updated_at = $2 where id = $1", params![id, now])?;
        write_down(tx, id, content, before.is_some().then_some(now))?;
        if let Some(reason) = held {
            tx.run("update reviews set held_at = $2, held_why = $3 where id = $1", params![id, now, reason.name()])?;
        } else if before.is_none() {
            tx.run("update reviews set held_at = null where id = $1", params![id])?;
        }
        revision_of(tx, id, author, content, now)
    })?;
    Ok((id, tags))
}

/// Whoever's review of a subject was taken down writes no other.
///
/// # Errors
/// `Forbidden`.
pub(in crate::reviews) fn must_not_be_down(tx: &mut Tx, author: AccountId, subject: PostId) -> Result<(), Error> {
    let sql = "select 1 from reviews r join posts p on p.id = r.id
         where r.subject_id = $1 and r.author_id = $2 and p.deleted_at is not null and p.removed_by is not null";
    match tx.first(sql, params![subject, author], |row| row.get::<i64>(0))? {
        Some(_) => {
            Err(Error::Forbidden("The people who run this site took your review of this down, so only they can bring it back.".into()))
        }
        None => Ok(()),
    }
}

/// A review that says nothing yet, and waits.
fn begin(tx: &mut Tx, author: AccountId, subject: PostId, now: i64) -> Result<PostId, db::Error> {
    let id = posts::insert(tx, "review", author, now)?;
    posts::set_authors(tx, id, &[author])?;
    // Who reads it is its subject's affair; what is written here is for whoever counts.
    tx.run(
        "update posts set visibility = (select s.visibility from posts s where s.id = $2), published_at = $3, updated_at = $3 where id = $1",
        params![id, subject, now],
    )?;
    tx.run(
        "insert into reviews (id, subject_id, author_id, posted_at, stars, recommends, title, pros, cons, body, html, language, held_at, held_why)
         values ($1, $2, $3, $4, 0, 0, '', '', '', '', '', '', $4, 'new')",
        params![id, subject, author, now],
    )?;
    Ok(id)
}

/// Writes everything that is made from what a review says.
pub(in crate::reviews) fn write_down(tx: &mut Tx, id: PostId, content: &Content, edited: Option<i64>) -> Result<(), db::Error> {
    let Content { stars, recommends, title, pros, cons, body, language, ratings } = content;
    tx.run(
        "update reviews set stars = $2, recommends = $3, title = $4, pros = $5, cons = $6, body = $7, html = $8, language = $9, edited_at = $10
         where id = $1",
        params![id, *stars, i64::from(*recommends), title, pros, cons, body, draw(body), language, edited],
    )?;
    tx.run("delete from review_ratings where review_id = $1", params![id])?;
    for rating in ratings {
        // A criterion of another site may not be here.
        tx.run(
            "insert into review_ratings (review_id, criterion_id, stars) select cast($1 as bigint), c.id, cast($3 as bigint) from review_criteria c where c.id = $2
             on conflict (review_id, criterion_id) do nothing",
            params![id, rating.criterion, rating.stars],
        )?;
    }
    Ok(())
}

/// Words as they are shown. Names and topics in them are no links: nobody is called to a judgement.
pub(in crate::reviews) fn draw(body: &str) -> String {
    text::note::markup(body, &|_| None).into_string()
}

/// Keeps these words as the review's newest version.
pub(in crate::reviews) fn revision_of(tx: &mut Tx, id: PostId, by: AccountId, content: &Content, at: i64) -> Result<(), Error> {
    let json = serde_json::to_string(content).map_err(Error::broken)?;
    revisions::insert(tx, id, by, &json, None, at)?;
    Ok(())
}

/// A review that waits appears, and its author is told; nothing happens to one that does not wait.
///
/// # Errors
/// When the database does not answer.
pub fn approve(tx: &mut Tx, id: PostId, now: i64) -> Result<Vec<Tag>, db::Error> {
    let sql = "update reviews set held_at = null, held_why = '' where id = $1 and held_at is not null returning author_id";
    let (author, tags) = changed(tx, id, now, |tx| tx.first(sql, params![id], |row| row.get(0)))?;
    if let Some(author) = author {
        gate::let_through(tx, author, id, now)?;
    }
    Ok(tags)
}

/// Deletes a review, whether it stands or not. It can be restored for [`posts::RESTORE_MS`].
///
/// # Errors
/// When the database does not answer.
pub fn remove(tx: &mut Tx, id: PostId, now: i64) -> Result<Vec<Tag>, db::Error> {
    Ok(changed(tx, id, now, |tx| posts::remove(tx, id, now))?.1)
}

/// Somebody of the staff takes a review down, or refuses one that waits, for a reason.
///
/// # Errors
/// When the database does not answer.
pub fn take_down(tx: &mut Tx, id: PostId, by: AccountId, why: &str, now: i64) -> Result<Vec<Tag>, db::Error> {
    Ok(changed(tx, id, now, |tx| posts::take_down(tx, id, by, why, now))?.1)
}

/// Brings a review back, whether it was gone or not. One that waited waits again.
///
/// # Errors
/// `Gone` when it was deleted too long ago.
pub fn restore(tx: &mut Tx, id: PostId, now: i64) -> Result<Vec<Tag>, Error> {
    let removed = "select 1 from posts where id = $1 and deleted_at is not null";
    if tx.first(removed, params![id], |row| row.get::<i64>(0))?.is_none() {
        return Ok(Vec::new());
    }
    let (restored, tags) = changed(tx, id, now, |tx| posts::restore(tx, id, now))?;
    if restored { Ok(tags) } else { Err(Error::Gone) }
}

/// Deletes for good the reviews of a post that goes for good.
pub(crate) fn forget_under(tx: &mut Tx, subject: i64) -> Result<(), db::Error> {
    tx.run("delete from posts where id in (select id from reviews where subject_id = $1)", params![subject])?;
    Ok(())
}
