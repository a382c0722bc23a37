//! What becomes of contexts when somebody leaves, and how many are shown, counted again.

use db::{Tx, params};
use people::{
    AccountId,
    counters::{Counter, Drift, check},
};
use web::Tag;

use super::{ContextId, Judge, store};
use crate::PostId;

/// Takes back all ratings of somebody who leaves, at most so many at a time; answers whether any are left.
///
/// # Errors
/// When the database does not answer.
pub fn leave(tx: &mut Tx, account: AccountId, at_most: u32, now: i64) -> Result<bool, db::Error> {
    let sql = "delete from context_ratings where account_id = $1
          and context_id in (select context_id from context_ratings where account_id = $1 order by context_id limit $2)";
    let gone = tx.run(sql, params![account, at_most])?;
    if gone > 0 {
        Judge::soon(tx, now)?;
    }
    Ok(gone >= u64::from(at_most))
}

/// Deletes the contexts of somebody who takes along what they wrote, at most so many at a time; answers how many it were, and which
/// pages change.
///
/// # Errors
/// When the database does not answer.
pub fn take_along(tx: &mut Tx, account: AccountId, at_most: u32, now: i64) -> Result<(usize, Vec<Tag>), db::Error> {
    let sql = "select id, subject_id from contexts where author_id = $1 order by id limit $2";
    let own = tx.all(sql, params![account, at_most], |row| Ok((row.get::<ContextId>(0)?, row.get::<PostId>(1)?)))?;
    own.iter().try_for_each(|(id, _)| store::delete(tx, *id, now))?;
    Ok((own.len(), own.iter().flat_map(|(_, subject)| store::tags(*subject)).collect()))
}

/// How many contexts are shown under each post, counted again; mended where that is wanted.
///
/// # Errors
/// When the database does not answer.
pub fn drift(tx: &mut Tx, mend: bool) -> Result<Vec<Drift>, db::Error> {
    let shown = Counter {
        what: "contexts shown",
        table: "post_counts",
        column: "contexts",
        keys: ("post_id", None),
        counted: "select subject_id as post_id, count(*) as counted from contexts where status = 'shown' and removed_at is null group by subject_id",
    };
    check(tx, &[shown], mend)
}
