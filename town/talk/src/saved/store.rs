//! Every query about lists of saved posts.

use db::{Tx, params};
use people::AccountId;
use web::Error;

use super::{MOST, Saved};
use crate::{
    Cursor, PostId,
    posts::{Visibility, readable},
};

/// Puts a post on somebody's list; one that is on it stays where it is.
///
/// # Errors
/// `NotFound` when this member may not read the post, or nobody but them; `Conflict` when the list is full.
pub fn put(tx: &mut Tx, account: AccountId, post: PostId, now: i64) -> Result<(), Error> {
    if has(tx, account, post)? {
        return Ok(());
    }
    let sql =
        format!("select 1 from posts p where p.id = $2 and p.kind not in ('comment', 'review') and p.visibility <> $3 and {}", readable(1));
    if tx.first(&sql, params![account, post, Visibility::OnlyMe.name()], |row| row.get::<i64>(0))?.is_none() {
        return Err(Error::NotFound);
    }
    let many: i64 = tx.one("select count(*) from saved where account_id = $1", params![account], |row| row.get(0))?;
    if many >= MOST {
        return Err(Error::Conflict(format!("Your list holds {MOST} posts, which is all it can. Take something off it first.").into()));
    }
    tx.run(
        "insert into saved (account_id, post_id, created_at) values ($1, $2, $3) on conflict (account_id, post_id) do nothing",
        params![account, post, now],
    )?;
    Ok(())
}

/// Takes a post off somebody's list, whether it was on it or not.
pub fn take_off(tx: &mut Tx, account: AccountId, post: PostId) -> Result<(), db::Error> {
    tx.run("delete from saved where account_id = $1 and post_id = $2", params![account, post])?;
    Ok(())
}

/// Whether a post is on somebody's list.
pub fn has(tx: &mut Tx, account: AccountId, post: PostId) -> Result<bool, db::Error> {
    let sql = "select 1 from saved where account_id = $1 and post_id = $2";
    Ok(tx.first(sql, params![account, post], |row| row.get::<i64>(0))?.is_some())
}

/// Which of these posts are on somebody's list.
pub fn among(tx: &mut Tx, account: AccountId, posts: &[PostId]) -> Result<Vec<PostId>, db::Error> {
    let sql = format!("select post_id from saved where account_id = $1 and post_id in ({})", db::places(2, posts.len()));
    tx.all(&sql, &[params![account], &db::padded(posts)].concat(), |row| row.get(0))
}

/// Somebody's list, what was saved last first.
pub fn of(tx: &mut Tx, account: AccountId, before: Cursor, limit: u32) -> Result<Vec<Saved>, db::Error> {
    tx.all(
        "select post_id, created_at from saved where account_id = $1 and (created_at, post_id) < ($2, $3)
         order by created_at desc, post_id desc limit $4",
        params![account, before.at, before.id, limit],
        |row| Ok(Saved { post: row.get(0)?, at: row.get(1)? }),
    )
}
