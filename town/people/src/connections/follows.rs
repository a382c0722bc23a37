//! Following: one way, and nobody is asked.

use db::{Tx, params};
use std::collections::HashSet;
use web::Error;

use super::{
    counts::{add, counts, touch},
    friends,
};
use crate::{
    AccountId, Viewer, blocks,
    levels::{self, Limit},
    notices::{self, Kind, News, Ways},
    safety,
};

/// Members are told who follows them.
pub const FOLLOW: Kind =
    Kind { name: "follow", title: "Somebody follows you", icon: "user-plus", one: "follows you", many: "follow you", usual: Ways::SITE };

/// Somebody follows so much at most. A home feed of more is read by nobody, and is made from all of it.
pub const MAX_FOLLOWS: i64 = 5_000;

/// Follows an account, a section, a topic; answers whether that is new. That the target exists is the caller's to know.
///
/// # Errors
/// `Forbidden` for oneself, `NotFound` when a block stands between the two, `Conflict` when they follow as much as they can.
pub fn follow(tx: &mut Tx, account: AccountId, target: i64, now: i64) -> Result<bool, Error> {
    let new = follow_untold(tx, account, target, now)?;
    if new {
        // Of a section or a topic there is no such account.
        notices::tell(tx, AccountId::new(target), &News::by(&FOLLOW, account), now)?;
    }
    Ok(new)
}

/// The same, where its target hears of more than that.
pub(super) fn follow_untold(tx: &mut Tx, account: AccountId, target: i64, now: i64) -> Result<bool, Error> {
    if account.get() == target {
        return Err(Error::Forbidden("Nobody can follow themself.".into()));
    }
    if blocks::is_blocked_either_way(tx, account, AccountId::new(target))? {
        return Err(Error::NotFound);
    }
    // Friends may go on following each other: they see each other all the same.
    if safety::is_locked(tx, AccountId::new(target))? && !friends::are_connected(tx, account, AccountId::new(target))? {
        return Err(Error::NotFound);
    }
    if follows(tx, account, target)? {
        return Ok(false);
    }
    if counts(tx, account.get())?.following >= MAX_FOLLOWS {
        let words = format!("You follow {}, which is all one can. Unfollow something first.", text::grouped(MAX_FOLLOWS));
        return Err(Error::Conflict(words.into()));
    }
    put(tx, account, target, now)?;
    Ok(true)
}

/// Whether a viewer may follow something more just now.
///
/// # Errors
/// `Enough` when they have followed as much lately as their level allows.
pub fn must_have_follows_left(tx: &mut Tx, viewer: &Viewer, now: i64) -> Result<(), Error> {
    let sql = "select created_at from follows where account_id = $1 and created_at > $2 order by created_at desc limit 1 offset $3";
    must_have_left(tx, viewer, Limit::FollowsAnHour, sql, now)
}

/// Asks for the time of the earliest of as many as a level allows, which ends the wait when it is out of the window. The markers
/// of the question: the account, the beginning of the window, how many are passed over.
pub(super) fn must_have_left(tx: &mut Tx, viewer: &Viewer, limit: Limit, sql: &str, now: i64) -> Result<(), Error> {
    let (Some(most), Some(window), Some(me)) = (viewer.limit(limit), limit.window_ms(), &viewer.me) else { return Ok(()) };
    let earliest = tx.first(sql, params![me.id, now - window, most - 1], |row| row.get::<i64>(0))?;
    earliest.map_or(Ok(()), |at| Err(levels::enough(limit, most, (at + window, now))))
}

pub(super) fn put(tx: &mut Tx, account: AccountId, target: i64, at: i64) -> Result<bool, db::Error> {
    let new = tx.run(
        "insert into follows (account_id, target_id, created_at) values ($1, $2, $3) on conflict (account_id, target_id) do nothing",
        params![account, target, at],
    )?;
    if new > 0 {
        add(tx, account.get(), "following", 1)?;
        add(tx, target, "followers", 1)?;
        touch(tx, &[account])?;
    }
    Ok(new > 0)
}

/// Stops following; answers whether they did follow.
pub fn unfollow(tx: &mut Tx, account: AccountId, target: i64) -> Result<bool, db::Error> {
    let gone = tx.run("delete from follows where account_id = $1 and target_id = $2", params![account, target])?;
    if gone > 0 {
        add(tx, account.get(), "following", -1)?;
        add(tx, target, "followers", -1)?;
        touch(tx, &[account])?;
        // When it would have been read does not matter: it is gone.
        notices::undone(tx, AccountId::new(target), (&FOLLOW, 0), account, 0)?;
    }
    Ok(gone > 0)
}

/// Makes somebody no longer follow one; they are not told.
pub fn remove_follower(tx: &mut Tx, account: AccountId, follower: AccountId) -> Result<bool, db::Error> {
    unfollow(tx, follower, account.get())
}

/// Whether an account follows this.
pub fn follows(tx: &mut Tx, account: AccountId, target: i64) -> Result<bool, db::Error> {
    let sql = "select 1 from follows where account_id = $1 and target_id = $2";
    Ok(tx.first(sql, params![account, target], |row| row.get::<i64>(0))?.is_some())
}

/// Which of these an account follows.
pub fn followed_among(tx: &mut Tx, account: AccountId, targets: &[i64]) -> Result<HashSet<i64>, db::Error> {
    let mut followed = HashSet::new();
    for part in targets.chunks(200) {
        let sql = format!("select target_id from follows where account_id = $1 and target_id in ({})", db::places(2, part.len()));
        followed.extend(tx.all(&sql, &[params![account], &db::padded(part)].concat(), |row| row.get::<i64>(0))?);
    }
    Ok(followed)
}

/// All that an account follows, at most [`MAX_FOLLOWS`], in the order of ids.
pub fn targets(tx: &mut Tx, account: AccountId) -> Result<Vec<i64>, db::Error> {
    tx.all("select target_id from follows where account_id = $1 order by target_id", params![account], |row| row.get(0))
}

/// Those who follow something that goes away (a section that is removed) follow what takes its place.
pub fn move_followers(tx: &mut Tx, from: i64, to: i64) -> Result<(), db::Error> {
    let moved: Vec<(AccountId, i64)> =
        tx.all("select account_id, created_at from follows where target_id = $1", params![from], |row| Ok((row.get(0)?, row.get(1)?)))?;
    for (account, at) in moved {
        unfollow(tx, account, from)?;
        put(tx, account, to, at)?;
    }
    Ok(())
}

/// A condition for lists: that an account follows something. Both are SQL, such as `$3` and `p.author_id`.
pub fn where_follows(account: &str, target: &str) -> String {
    format!("exists (select 1 from follows xf where xf.account_id = {account} and xf.target_id = {target})")
}
