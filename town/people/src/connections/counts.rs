//! How many follow, are followed, are friends and wait: kept with every change.

use db::{Tx, params};

use crate::{
    AccountId,
    counters::{Counter, Drift, check},
};

/// How many connections something has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Who follows it.
    pub followers: i64,
    /// What it follows: people, sections, topics.
    pub following: i64,
    /// Its friends.
    pub friends: i64,
    /// Requests that wait for its answer.
    pub waiting: i64,
}

/// The counts of an account, a section, a topic.
pub fn counts(tx: &mut Tx, owner: i64) -> Result<Counts, db::Error> {
    let sql = "select followers, following, friends, waiting from connection_counts where owner_id = $1";
    let found = tx.first(sql, params![owner], |row| {
        Ok(Counts { followers: row.get(0)?, following: row.get(1)?, friends: row.get(2)?, waiting: row.get(3)? })
    })?;
    Ok(found.unwrap_or_default())
}

/// How many requests wait for somebody's answer.
pub fn waiting(tx: &mut Tx, account: AccountId) -> Result<i64, db::Error> {
    Ok(counts(tx, account.get())?.waiting)
}

/// Grows whenever what an account follows, mutes or blocks changes.
pub fn version(tx: &mut Tx, account: AccountId) -> Result<i64, db::Error> {
    let found = tx.first("select version from connection_counts where owner_id = $1", params![account], |row| row.get(0))?;
    Ok(found.unwrap_or(0))
}

/// Notes that what these accounts follow, mute or block has changed: what was made for them before is old.
pub fn touch(tx: &mut Tx, accounts: &[AccountId]) -> Result<(), db::Error> {
    for account in accounts {
        add(tx, account.get(), "version", 1)?;
    }
    Ok(())
}

/// Adds to one of the counts. `count` is a column.
pub(crate) fn add(tx: &mut Tx, owner: i64, count: &'static str, by: i64) -> Result<(), db::Error> {
    let sql = format!(
        "insert into connection_counts (owner_id, {count}) values ($1, $2)
         on conflict (owner_id) do update set {count} = connection_counts.{count} + excluded.{count}"
    );
    tx.run(&sql, params![owner, by])?;
    Ok(())
}

/// How many there are, counted again; mended where that is wanted.
///
/// # Errors
/// When the database does not answer.
pub fn drift(tx: &mut Tx, mend: bool) -> Result<Vec<Drift>, db::Error> {
    let counter = |what, column, counted| Counter { what, table: "connection_counts", column, keys: ("owner_id", None), counted };
    let counters = [
        counter("followers", "followers", "select target_id as owner_id, count(*) as counted from follows group by target_id"),
        counter("followed", "following", "select account_id as owner_id, count(*) as counted from follows group by account_id"),
        counter("friends", "friends", "select account_id as owner_id, count(*) as counted from friendships group by account_id"),
        counter(
            "waiting requests",
            "waiting",
            "select friend_id as owner_id, count(*) as counted from friend_requests
             where refused_at is null and withdrawn_at is null group by friend_id",
        ),
    ];
    check(tx, &counters, mend)
}
