//! Pins: what somebody keeps at the top of what they posted.

use db::{Tx, params};
use people::{AccountId, Viewer};
use web::Error;

use crate::{
    PostId,
    posts::{readable, reader},
};

/// More would be another list.
pub const MOST: i64 = 5;

/// Pins a post of somebody's own; one that is pinned already stays where it is.
///
/// # Errors
/// `NotFound` when it is not theirs, `Conflict` when there are too many.
pub fn put(tx: &mut Tx, account: AccountId, post: PostId, now: i64) -> Result<(), Error> {
    let own = "select 1 from posts where id = $1 and author_id = $2 and deleted_at is null and published_at is not null";
    tx.first(own, params![post, account], |row| row.get::<i64>(0))?.ok_or(Error::NotFound)?;
    let others: i64 =
        tx.one("select count(*) from pins where account_id = $1 and post_id <> $2", params![account, post], |row| row.get(0))?;
    if others >= MOST {
        return Err(Error::Conflict(format!("{MOST} posts are pinned, and there is no room for more. Unpin one first.").into()));
    }
    tx.run(
        "insert into pins (account_id, post_id, created_at) values ($1, $2, $3) on conflict (account_id, post_id) do nothing",
        params![account, post, now],
    )?;
    Ok(())
}

/// Takes a pin out, whether there was one or not.
pub fn take_out(tx: &mut Tx, account: AccountId, post: PostId) -> Result<(), db::Error> {
    tx.run("delete from pins where account_id = $1 and post_id = $2", params![account, post])?;
    Ok(())
}

/// What somebody pinned and this viewer may read, what was pinned last first.
pub fn of(tx: &mut Tx, viewer: &Viewer, account: AccountId) -> Result<Vec<PostId>, db::Error> {
    let sql = format!(
        "select i.post_id from pins i join posts p on p.id = i.post_id where i.account_id = $2 and {} order by i.created_at desc, i.post_id desc",
        readable(1)
    );
    tx.all(&sql, params![reader(viewer), account], |row| row.get(0))
}

/// Which of these posts somebody pinned.
pub fn among(tx: &mut Tx, account: AccountId, posts: &[PostId]) -> Result<Vec<PostId>, db::Error> {
    let sql = format!("select post_id from pins where account_id = $1 and post_id in ({})", db::places(2, posts.len()));
    tx.all(&sql, &[params![account], &db::padded(posts)].concat(), |row| row.get(0))
}
