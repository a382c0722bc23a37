//! Every query about notices that asks nothing of posts.

use db::{Tx, params};

use super::{KEPT_MS, Kind};
use crate::{
    AccountId, connections,
    counters::{Counter, Drift, check},
};

db::id! {
    /// Names a notice.
    pub struct NoticeId;
}

/// How many notices a member has not read.
pub fn unread(tx: &mut Tx, account: AccountId) -> Result<i64, db::Error> {
    let sql = "select unread from connection_counts where owner_id = $1";
    Ok(tx.first(sql, params![account], |row| row.get(0))?.unwrap_or(0))
}

pub(super) fn add_unread(tx: &mut Tx, account: AccountId, by: i64) -> Result<(), db::Error> {
    connections::add_to(tx, account.get(), "unread", by)
}

/// A member has read one notice of theirs.
pub fn read_one(tx: &mut Tx, account: AccountId, notice: NoticeId, now: i64) -> Result<(), db::Error> {
    let sql = "update notices set read_at = $3, digest = 0 where id = $2 and account_id = $1 and read_at is null returning shown";
    let shown = tx.first(sql, params![account, notice, now], |row| row.get::<i64>(0))?;
    if shown == Some(1) { add_unread(tx, account, -1) } else { Ok(()) }
}

/// A member has read all that was there up to a time.
pub fn read_all(tx: &mut Tx, account: AccountId, until: i64, now: i64) -> Result<(), db::Error> {
    let sql = "update notices set read_at = $3, digest = 0 where account_id = $1 and read_at is null and latest_at <= $2 returning shown";
    let read: i64 = tx.all(sql, params![account, until, now], |row| row.get::<i64>(0))?.into_iter().sum();
    if read > 0 { add_unread(tx, account, -read) } else { Ok(()) }
}

/// These notices have become what their member does not see any more: they are read, so that nothing is counted which is not shown.
pub fn read_unseen(tx: &mut Tx, account: AccountId, notices: &[NoticeId], now: i64) -> Result<(), db::Error> {
    notices.iter().try_for_each(|notice| read_one(tx, account, *notice, now))
}

/// A notice that waited for the daily letter is in it.
pub fn take_from_digest(tx: &mut Tx, notices: &[NoticeId]) -> Result<(), db::Error> {
    for notice in notices {
        tx.run("update notices set digest = 0 where id = $1", params![*notice])?;
    }
    Ok(())
}

/// What a member came by and so has read: the notices about a thing, of one kind.
pub fn entered(tx: &mut Tx, account: AccountId, kind: &str, about: i64, now: i64) -> Result<(), db::Error> {
    let sql = "select id from notices where account_id = $1 and kind = $2 and about = $3 and read_at is null";
    let found = tx.all(sql, params![account, kind, about], |row| row.get::<NoticeId>(0))?;
    read_unseen(tx, account, &found, now)
}

/// A post is gone: nobody is told of it any more.
pub fn no_more_about(tx: &mut Tx, post: i64, now: i64) -> Result<(), db::Error> {
    let found = tx.all("select account_id, id from notices where post_id = $1 and read_at is null", params![post], |row| {
        Ok((row.get::<AccountId>(0)?, row.get::<NoticeId>(1)?))
    })?;
    found.into_iter().try_for_each(|(account, notice)| read_one(tx, account, notice, now))
}

/// A post with which somebody did something is gone: whoever has not read of it is not told any more.
pub fn no_more_with(tx: &mut Tx, post: i64, now: i64) -> Result<(), db::Error> {
    let sql = "select n.id, n.account_id, p.account_id from notice_people p join notices n on n.id = p.notice_id
        where p.post_id = $1 and n.read_at is null";
    let found = tx.all(sql, params![post], |row| Ok((row.get::<NoticeId>(0)?, row.get::<AccountId>(1)?, row.get::<AccountId>(2)?)))?;
    found.into_iter().try_for_each(|(notice, of, by)| without(tx, of, notice, by, now))
}

/// Two people are parted by a block: neither is told of the other, of what was nor of what comes.
pub fn part(tx: &mut Tx, one: AccountId, other: AccountId, now: i64) -> Result<(), db::Error> {
    forget_people(tx, one, other, now)?;
    forget_people(tx, other, one, now)
}

/// Somebody is no longer told of another.
pub fn forget_people(tx: &mut Tx, account: AccountId, other: AccountId, now: i64) -> Result<(), db::Error> {
    let sql = "select n.id from notice_people p join notices n on n.id = p.notice_id where p.account_id = $2 and n.account_id = $1";
    let found = tx.all(sql, params![account, other], |row| row.get::<NoticeId>(0))?;
    found.into_iter().try_for_each(|notice| without(tx, account, notice, other, now))
}

/// What somebody did is undone: whoever has not read of it is not told any more.
pub fn undone(tx: &mut Tx, to: AccountId, (kind, about): (&Kind, i64), by: AccountId, now: i64) -> Result<(), db::Error> {
    let sql = "select id from notices where account_id = $1 and kind = $2 and about = $3 and read_at is null";
    match tx.first(sql, params![to, kind.name, about], |row| row.get::<NoticeId>(0))? {
        Some(notice) => without(tx, to, notice, by, now),
        None => Ok(()),
    }
}

/// Takes somebody out of a notice, which goes with the last of them.
fn without(tx: &mut Tx, account: AccountId, notice: NoticeId, other: AccountId, now: i64) -> Result<(), db::Error> {
    if tx.run("delete from notice_people where notice_id = $1 and account_id = $2", params![notice, other])? == 0 {
        return Ok(());
    }
    let left = tx.first("select 1 from notice_people where notice_id = $1 limit 1", params![notice], |row| row.get::<i64>(0))?;
    if left.is_none() {
        read_one(tx, account, notice, now)?;
        tx.run("delete from notices where id = $1", params![notice])?;
    }
    Ok(())
}

/// Takes an account that goes out of all notices, at most so many at a time, and answers whether any are left. In the last part goes
/// what is its own.
pub fn leave(tx: &mut Tx, account: AccountId, at_most: u32, now: i64) -> Result<bool, db::Error> {
    let sql = "select n.id, n.account_id from notice_people p join notices n on n.id = p.notice_id where p.account_id = $1 limit $2";
    let found = tx.all(sql, params![account, at_most], |row| Ok((row.get::<NoticeId>(0)?, row.get::<AccountId>(1)?)))?;
    for (notice, of) in &found {
        without(tx, *of, *notice, account, now)?;
    }
    if found.len() >= at_most as usize {
        return Ok(true);
    }
    for table in ["notices", "notice_choices", "push_subscriptions"] {
        tx.run(&format!("delete from {table} where account_id = $1"), params![account])?;
    }
    tx.run("delete from staff_messages where to_id = $1", params![account])?;
    tx.run("update staff_messages set author_id = null where author_id = $1", params![account])?;
    Ok(false)
}

/// Deletes what nobody looks for any more, at most so many at once; answers how many.
pub fn forget_old(tx: &mut Tx, now: i64, limit: u32) -> Result<u64, db::Error> {
    // Ids are in order of time (`db::Id::created_ms`).
    let sql = "select id, account_id from notices where id < $1 order by id limit $2";
    let old = tx.all(sql, params![(now - KEPT_MS) << 16, limit], |row| Ok((row.get::<NoticeId>(0)?, row.get::<AccountId>(1)?)))?;
    for (notice, account) in &old {
        read_one(tx, *account, *notice, now)?;
        tx.run("delete from notices where id = $1", params![*notice])?;
    }
    Ok(old.len() as u64)
}

/// How many notices each member has not read, counted again; mended where that is wanted.
///
/// # Errors
/// When the database does not answer.
pub fn drift(tx: &mut Tx, mend: bool) -> Result<Vec<Drift>, db::Error> {
    let counted = "select account_id as owner_id, count(*) as counted from notices where shown = 1 and read_at is null group by account_id";
    let counter = Counter { what: "unread notices", table: "connection_counts", column: "unread", keys: ("owner_id", None), counted };
    check(tx, &[counter], mend)
}
