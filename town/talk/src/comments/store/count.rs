//! Comments that come and go, and the counts that change with them: in the same transaction, so that they are exact after any race.

use db::{Tx, params};
use people::{AccountId, notices};
use web::{Error, Tag};

use super::tags;
use crate::{PostId, posts};

/// One more or one less (`by`) is counted: of its subject, of what it answers, of its thread.
pub(in crate::comments) fn counted(tx: &mut Tx, id: PostId, by: i64) -> Result<PostId, db::Error> {
    let sql = "select subject_id, parent_id, thread_id from comments where id = $1";
    let (subject, parent, thread): (PostId, Option<PostId>, PostId) =
        tx.one(sql, params![id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    counted_under(tx, (subject, parent, thread), by)?;
    Ok(subject)
}

/// The same where it is known what the comment is under.
pub(super) fn counted_under(tx: &mut Tx, (subject, parent, thread): (PostId, Option<PostId>, PostId), by: i64) -> Result<(), db::Error> {
    for post in [Some(subject), parent].into_iter().flatten() {
        tx.run("update post_counts set comments = comments + $2 where post_id = $1", params![post, by])?;
    }
    if parent.is_some() {
        tx.run("update comments set replies = replies + $2 where id = $1", params![thread, by])?;
    }
    Ok(())
}

/// One like more or one less of a post: where it is a comment, its place among the others changes.
pub(crate) fn liked(tx: &mut Tx, id: PostId, by: i64) -> Result<(), db::Error> {
    tx.run("update comments set likes = likes + $2 where id = $1", params![id, by]).map(drop)
}

/// Deletes a comment, whether it stands or not. It can be restored for [`posts::RESTORE_MS`]. Answers the tags of what changes.
///
/// # Errors
/// When the database does not answer.
pub fn remove(tx: &mut Tx, id: PostId, now: i64) -> Result<Vec<Tag>, db::Error> {
    if posts::remove(tx, id, now)? { gone(tx, id, now) } else { Ok(Vec::new()) }
}

/// Somebody of the staff takes a comment down, for a reason.
///
/// # Errors
/// When the database does not answer.
pub fn take_down(tx: &mut Tx, id: PostId, by: AccountId, why: &str, now: i64) -> Result<Vec<Tag>, db::Error> {
    if posts::take_down(tx, id, by, why, now)? { gone(tx, id, now) } else { Ok(Vec::new()) }
}

fn gone(tx: &mut Tx, id: PostId, now: i64) -> Result<Vec<Tag>, db::Error> {
    let subject = counted(tx, id, -1)?;
    notices::no_more_with(tx, id.get(), now)?;
    Ok(tags(subject))
}

/// Brings a comment back, whether it was gone or not.
///
/// # Errors
/// `Gone` when it was deleted too long ago.
pub fn restore(tx: &mut Tx, id: PostId, now: i64) -> Result<Vec<Tag>, Error> {
    let removed = "select 1 from posts where id = $1 and deleted_at is not null";
    if tx.first(removed, params![id], |row| row.get::<i64>(0))?.is_none() {
        return Ok(Vec::new());
    }
    if !posts::restore(tx, id, now)? {
        return Err(Error::Gone);
    }
    Ok(tags(counted(tx, id, 1)?))
}

/// Takes words and pictures out of comments that were deleted longer ago than they can be restored, and keep their place because others answer
/// them; at most so many at once. The others go as posts do.
///
/// # Errors
/// When the database does not answer.
pub fn empty_removed(tx: &mut Tx, now: i64) -> Result<(), db::Error> {
    let sql = "select c.id from posts p join comments c on c.id = p.id
         where p.deleted_at is not null and p.deleted_at <= $1 and coalesce(p.kept_until, 0) <= $2 and (c.body <> '' or c.pictures <> '')
           and exists (select 1 from comments r where r.parent_id = c.id) order by p.deleted_at, p.id limit 200";
    let due = tx.all(sql, params![now - posts::RESTORE_MS, now], |row| row.get::<PostId>(0))?;
    for id in due {
        tx.run("update comments set body = '', html = '', pictures = '', sensitive = 0, link = null where id = $1", params![id])?;
        posts::use_no_more(tx, id.get())?;
        for table in ["revisions", "post_mentions"] {
            tx.run(&format!("delete from {table} where post_id = $1"), params![id])?;
        }
    }
    Ok(())
}

/// Deletes for good what stands under a post that goes for good.
pub(crate) fn forget_under(tx: &mut Tx, subject: i64) -> Result<(), db::Error> {
    super::waiting::forget_under(tx, subject)?;
    // What they used is told from their ids.
    let pictured = "select distinct c.id from comments c join revisions r on r.post_id = c.id join media_uses u on u.holder = r.id
         where c.subject_id = $1";
    for id in tx.all(pictured, params![subject], |row| row.get::<i64>(0))? {
        posts::use_no_more(tx, id)?;
    }
    tx.run("delete from posts where id in (select id from comments where subject_id = $1)", params![subject])?;
    Ok(())
}
