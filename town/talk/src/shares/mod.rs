//! Shares: members pass on what others wrote, to those who read what they post.
//!
//! Only what is for everyone, or for all members, is passed on, and only by who may read it. A share stands among what its member
//! posts, at the time they shared it, and nowhere that the post stands by itself. It has an id of its own, for those who hear of it
//! elsewhere.

pub mod whole;

use db::{Tx, params};
use people::{
    AccountId, Viewer,
    counters::{Counter, Drift, check},
    notices::{self, Kind, News, Ways},
};
use web::Error;

use crate::{
    PostId, feeds,
    posts::{self, Visibility, readable_by},
    told,
};

/// Members are told who passes on what they wrote.
pub const SHARE: Kind = Kind {
    name: "share",
    title: "Somebody shares your post",
    icon: "repeat-2",
    one: "shared your post",
    many: "shared your post",
    usual: Ways::SITE,
};

db::id! {
    /// Names a share.
    pub struct ShareId;
}

/// Shares a post; one that is shared already stays where it is.
///
/// # Errors
/// `NotFound` when this member may not read the post, `Forbidden` when it is not for passing on.
pub fn put(tx: &mut Tx, viewer: &Viewer, post: PostId, now: i64) -> Result<(), Error> {
    let me = viewer.must_be_member()?.id;
    if !readable_by(tx, viewer, post)? {
        return Err(Error::NotFound);
    }
    // A comment is read where it stands.
    let sql = "select case when kind in ('comment', 'review') then '' else visibility end, author_id from posts where id = $1";
    let (visibility, author): (String, AccountId) = tx.one(sql, params![post], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let Some(visibility) = Visibility::named(&visibility).filter(|visibility| visibility.may_be_shared()) else {
        return Err(Error::Forbidden("This was written for some people alone, so it is not passed on.".into()));
    };
    let new = tx.run(
        "insert into shares (id, account_id, post_id, created_at) values ($1, $2, $3, $4) on conflict (account_id, post_id) do nothing",
        params![ShareId::fresh(), me, post, now],
    )?;
    if new == 1 {
        feeds::put(tx, me.get(), post, now, Some(me), visibility)?;
        posts::note_share(tx, post, now, me)?;
        tx.run("update post_counts set shares = shares + 1 where post_id = $1", params![post])?;
        told::tell(tx, author, &News { about: post.get(), post: Some(post.get()), ..News::by(&SHARE, me) }, now)?;
    }
    Ok(())
}

/// Takes a share back, whether there was one or not.
pub fn take_back(tx: &mut Tx, account: AccountId, post: PostId) -> Result<(), db::Error> {
    if tx.run("delete from shares where account_id = $1 and post_id = $2", params![account, post])? == 1 {
        tx.run("delete from feed_entries where post_id = $2 and shared_by = $1", params![account, post])?;
        let sql = "update post_counts set shares = shares - 1 where post_id = $1";
        tx.run(sql, params![post])?;
        let author = tx.one("select author_id from posts where id = $1", params![post], |row| row.get(0))?;
        // When it would have been read does not matter: it is gone.
        notices::undone(tx, author, (&SHARE, post.get()), account, 0)?;
    }
    Ok(())
}

/// Takes back all that somebody shares.
pub fn forget(tx: &mut Tx, account: AccountId) -> Result<(), db::Error> {
    let sql = "update post_counts set shares = shares - 1 where post_id in (select post_id from shares where account_id = $1)";
    tx.run(sql, params![account])?;
    tx.run("delete from feed_entries where shared_by = $1", params![account])?;
    tx.run("delete from shares where account_id = $1", params![account])?;
    Ok(())
}

/// Which of these posts somebody shares.
pub fn among(tx: &mut Tx, account: AccountId, posts: &[PostId]) -> Result<Vec<PostId>, db::Error> {
    let sql = format!("select post_id from shares where account_id = $1 and post_id in ({})", db::places(2, posts.len()));
    tx.all(&sql, &[params![account], &db::padded(posts)].concat(), |row| row.get(0))
}

/// How many share each post, counted again; mended where that is wanted.
///
/// # Errors
/// When the database does not answer.
pub fn drift(tx: &mut Tx, mend: bool) -> Result<Vec<Drift>, db::Error> {
    let counted = "select post_id, count(*) as counted from shares group by post_id";
    check(tx, &[Counter { what: "shares", table: "post_counts", column: "shares", keys: ("post_id", None), counted }], mend)
}
