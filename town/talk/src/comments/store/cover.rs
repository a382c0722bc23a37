//! Covering what a comment shows.

use db::{Tx, params};

use crate::PostId;

/// The staff cover what a comment shows, or uncover it.
pub(in crate::comments) fn set_covered(tx: &mut Tx, id: PostId, covered: bool, now: i64) -> Result<(), db::Error> {
    tx.run("update posts set covered_at = $2 where id = $1", params![id, covered.then_some(now)]).map(drop)
}
