//! The gate: whether what a member writes appears, waits to be read, or is not taken.
//!
//! It asks the site's [filters and front porch](people::prevention), and what was said of late ([`said`]): the same words by one member
//! are not taken twice within an hour, wherever they go; words that several said, and hosts that many new members link to, wait until
//! somebody has read them. Whoever would read them ([`is_trusted`]) is asked nothing, and neither is what its writer alone reads.
//!
//! What waits is its author's to see, change and withdraw, and they are told that it waits: nothing is ever hidden from others without
//! its author's knowing. Where it waits is its kind's affair; it is no post until it is let through, so that nothing counts, shows or
//! tells of it.

mod judge;
mod said;
#[cfg(test)]
mod tests;
mod told;
mod waits;

pub use judge::{Gate, Held, MOST_WAITING, Passed, Why, is_trusted, knows};
pub use said::{Words, forget, forget_old};
pub use told::{LET_THROUGH, let_through};
pub use waits::Waits;

use db::{Tx, params};
use people::{
    AccountId,
    counters::{Counter, Drift, check},
};

/// One more or fewer of somebody's notes and comments waits.
///
/// # Errors
/// When the database does not answer.
pub fn count(tx: &mut Tx, author: AccountId, by: i64) -> Result<(), db::Error> {
    tx.run("update accounts set held = held + $2 where id = $1", params![author, by]).map(drop)
}

/// How many notes and comments of each member wait, counted again; mended where that is wanted.
///
/// # Errors
/// When the database does not answer.
pub fn drift(tx: &mut Tx, mend: bool) -> Result<Vec<Drift>, db::Error> {
    let held = Counter {
        what: "posts that wait",
        table: "accounts",
        column: "held",
        keys: ("id", None),
        counted: "select account_id as id, count(*) as counted from (
            select account_id from note_drafts where held_at is not null
            union all
            select author_id from waiting_comments
          ) waits group by account_id",
    };
    check(tx, &[held], mend)
}
