//! Who finds which review helpful.

use db::{Tx, params};
use people::AccountId;

use crate::{PostId, reviews::told};

/// A member finds a review helpful, or does so no more. Whether they may is the caller's to ask; what holds already stays as it is.
///
/// # Errors
/// When the database does not answer.
pub fn set(tx: &mut Tx, account: AccountId, review: PostId, helpful: bool, now: i64) -> Result<(), db::Error> {
    if helpful {
        return if vote(tx, account, review, now)? { told::helpful(tx, review, account, now) } else { Ok(()) };
    }
    if tx.run("delete from review_votes where review_id = $1 and account_id = $2", params![review, account])? == 0 {
        return Ok(());
    }
    count(tx, review, -1)?;
    told::not_helpful(tx, review, account, now)
}

/// Writes a vote; answers whether it is new.
pub(in crate::reviews) fn vote(tx: &mut Tx, account: AccountId, review: PostId, at: i64) -> Result<bool, db::Error> {
    let sql =
        "insert into review_votes (review_id, account_id, created_at) values ($1, $2, $3) on conflict (review_id, account_id) do nothing";
    let new = tx.run(sql, params![review, account, at])? == 1;
    if new {
        count(tx, review, 1)?;
    }
    Ok(new)
}

/// Takes back all votes of somebody who leaves, at most so many at a time; answers whether any are left.
///
/// # Errors
/// When the database does not answer.
pub fn leave(tx: &mut Tx, account: AccountId, at_most: u32) -> Result<bool, db::Error> {
    let sql = "delete from review_votes where account_id = $1
          and review_id in (select review_id from review_votes where account_id = $1 order by review_id limit $2) returning review_id";
    let gone = tx.all(sql, params![account, at_most], |row| row.get::<PostId>(0))?;
    gone.iter().try_for_each(|review| count(tx, *review, -1))?;
    Ok(gone.len() >= at_most as usize)
}

fn count(tx: &mut Tx, review: PostId, by: i64) -> Result<(), db::Error> {
    tx.run("update reviews set helpful = helpful + $2 where id = $1", params![review, by]).map(drop)
}
