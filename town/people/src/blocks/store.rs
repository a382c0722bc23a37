//! Every query about blocks and mutes.

use db::{Tx, params};
use std::collections::HashSet;
use web::Error;

use super::{MOST, Muted};
use crate::{
    AccountId,
    accounts::Author,
    connections::{self, touch},
    lists, notices,
};

/// Blocks somebody and ends what connected the two.
///
/// # Errors
/// `Forbidden` for oneself, `Conflict` when too many are blocked.
pub fn block(tx: &mut Tx, account: AccountId, other: AccountId, now: i64) -> Result<(), Error> {
    if account == other {
        return Err(Error::Forbidden("Nobody can block themself.".into()));
    }
    room(tx, "select count(*) from blocks where account_id = $1", account)?;
    let new = tx.run(
        "insert into blocks (account_id, blocked_id, created_at) values ($1, $2, $3) on conflict (account_id, blocked_id) do nothing",
        params![account, other, now],
    )?;
    if new > 0 {
        connections::part(tx, account, other)?;
        lists::part(tx, account, other)?;
        notices::part(tx, account, other, now)?;
        touch(tx, &[account, other])?;
    }
    Ok(())
}

fn room(tx: &mut Tx, sql: &str, account: AccountId) -> Result<(), Error> {
    if tx.one(sql, params![account], |row| row.get::<i64>(0))? >= MOST {
        return Err(Error::Conflict(format!("Your list holds {MOST} people, which is all it can. Take somebody off it first.").into()));
    }
    Ok(())
}

/// Lifts a block, if there is one. What it ended stays ended.
pub fn unblock(tx: &mut Tx, account: AccountId, other: AccountId) -> Result<(), db::Error> {
    if tx.run("delete from blocks where account_id = $1 and blocked_id = $2", params![account, other])? > 0 {
        touch(tx, &[account, other])?;
    }
    Ok(())
}

/// Whether one of two blocks the other: then neither sees the other.
pub fn is_blocked_either_way(tx: &mut Tx, one: AccountId, other: AccountId) -> Result<bool, db::Error> {
    let sql = "select 1 from blocks where account_id = $1 and blocked_id = $2
        union all select 1 from blocks where account_id = $2 and blocked_id = $1";
    Ok(tx.first(sql, params![one, other], |row| row.get::<i64>(0))?.is_some())
}

/// Whom somebody blocks, by handle, after one.
pub fn blocked(tx: &mut Tx, account: AccountId, after: &str, limit: u32) -> Result<Vec<Author>, db::Error> {
    let sql = "select a.id, a.handle, a.name, a.picture from blocks b join accounts a on a.id = b.blocked_id
        where b.account_id = $1 and a.handle_key > $2 order by a.handle_key limit $3";
    tx.all(sql, params![account, after, limit], |row| {
        Ok(Author { id: row.get(0)?, handle: row.get(1)?, name: row.get(2)?, picture: row.get(3)? })
    })
}

/// Mutes somebody until a time, or until it is lifted.
///
/// # Errors
/// `Forbidden` for oneself, `Conflict` when too many are muted.
pub fn mute(tx: &mut Tx, account: AccountId, other: AccountId, ends_at: Option<i64>, now: i64) -> Result<(), Error> {
    if account == other {
        return Err(Error::Forbidden("Nobody can mute themself.".into()));
    }
    room(tx, "select count(*) from mutes where account_id = $1", account)?;
    tx.run(
        "insert into mutes (account_id, muted_id, created_at, ends_at) values ($1, $2, $3, $4)
         on conflict (account_id, muted_id) do update set ends_at = excluded.ends_at",
        params![account, other, now, ends_at],
    )?;
    notices::forget_people(tx, account, other, now)?;
    Ok(touch(tx, &[account])?)
}

/// Lifts a mute, if there is one.
pub fn unmute(tx: &mut Tx, account: AccountId, other: AccountId) -> Result<(), db::Error> {
    if tx.run("delete from mutes where account_id = $1 and muted_id = $2", params![account, other])? > 0 {
        touch(tx, &[account])?;
    }
    Ok(())
}

/// Whether somebody mutes another at this time.
pub fn is_muted(tx: &mut Tx, account: AccountId, other: AccountId, now: i64) -> Result<bool, db::Error> {
    let sql = "select 1 from mutes where account_id = $1 and muted_id = $2 and (ends_at is null or ends_at > $3)";
    Ok(tx.first(sql, params![account, other, now], |row| row.get::<i64>(0))?.is_some())
}

/// Everybody whom somebody mutes at this time.
pub fn muted_by(tx: &mut Tx, account: AccountId, now: i64) -> Result<HashSet<AccountId>, db::Error> {
    let sql = "select muted_id from mutes where account_id = $1 and (ends_at is null or ends_at > $2)";
    Ok(tx.all(sql, params![account, now], |row| row.get(0))?.into_iter().collect())
}

/// Those of these people whom somebody mutes ([`where_no_mute`]).
pub fn muted_among(tx: &mut Tx, account: AccountId, others: &[AccountId]) -> Result<HashSet<AccountId>, db::Error> {
    let sql =
        format!("select a.id from accounts a where a.id in ({}) and not {}", db::places(2, others.len()), where_no_mute("$1", "a.id"));
    Ok(tx.all(&sql, &[params![account], &db::padded(others)].concat(), |row| row.get(0))?.into_iter().collect())
}

/// Whose posts are kept from somebody's feeds at this time (muted, or parted from them by a block), in order, and when the
/// first of the mutes ends by itself.
pub fn hidden_from(tx: &mut Tx, account: AccountId, now: i64) -> Result<(Vec<AccountId>, Option<i64>), db::Error> {
    let sql = "select muted_id, ends_at from mutes where account_id = $1 and (ends_at is null or ends_at > $2)
        union all select blocked_id, null from blocks where account_id = $1
        union all select account_id, null from blocks where blocked_id = $1";
    let found = tx.all(sql, params![account, now], |row| Ok((row.get::<AccountId>(0)?, row.get::<Option<i64>>(1)?)))?;
    let ends_at = found.iter().filter_map(|(_, ends_at)| *ends_at).min();
    let mut hidden: Vec<AccountId> = found.into_iter().map(|(who, _)| who).collect();
    hidden.sort_unstable();
    Ok((hidden, ends_at))
}

/// Whom somebody mutes at this time, by handle, after one.
pub fn muted(tx: &mut Tx, account: AccountId, now: i64, after: &str, limit: u32) -> Result<Vec<Muted>, db::Error> {
    let sql = "select a.id, a.handle, a.name, a.picture, m.ends_at from mutes m join accounts a on a.id = m.muted_id
        where m.account_id = $1 and (m.ends_at is null or m.ends_at > $2) and a.handle_key > $3 order by a.handle_key limit $4";
    tx.all(sql, params![account, now, after, limit], |row| {
        let who = Author { id: row.get(0)?, handle: row.get(1)?, name: row.get(2)?, picture: row.get(3)? };
        Ok(Muted { who, ends_at: row.get(4)? })
    })
}

/// Removes mutes that ended by themselves.
pub fn end_expired(tx: &mut Tx, now: i64) -> Result<(), db::Error> {
    tx.run("delete from mutes where ends_at <= $1", params![now])?;
    Ok(())
}

/// A condition for lists: that neither of two accounts blocks the other. Both are SQL, such as `$3` or `p.author_id`; a
/// guest is 0.
pub fn where_no_block(viewer: &str, other: &str) -> String {
    format!(
        "(not exists (select 1 from blocks xb where xb.account_id = {viewer} and xb.blocked_id = {other})
          and not exists (select 1 from blocks yb where yb.account_id = {other} and yb.blocked_id = {viewer}))"
    )
}

/// A condition for lists: that the viewer does not mute the other at the time `now`. All three are SQL.
pub fn where_not_muted(viewer: &str, other: &str, now: &str) -> String {
    format!(
        "not exists (select 1 from mutes xm where xm.account_id = {viewer} and xm.muted_id = {other} and (xm.ends_at is null or xm.ends_at > {now}))"
    )
}

/// The same where the time is not at hand: a mute that has ended counts until it is swept away, which is within the hour.
pub fn where_no_mute(viewer: &str, other: &str) -> String {
    format!("not exists (select 1 from mutes zm where zm.account_id = {viewer} and zm.muted_id = {other})")
}
