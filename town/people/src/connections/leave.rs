//! What is left of connections when somebody goes.

use db::{Tx, params};

use super::{
    follows::unfollow,
    friends::{end, part},
};
use crate::AccountId;

/// Takes an account out of everybody's connections, `at_most` of them at a time, and answers whether any are left: whoever
/// has a hundred thousand followers leaves in many short units of writing. In the last of them goes what is its own alone:
/// its lists, blocks, mutes and choices, the words by which it was found.
pub fn leave(tx: &mut Tx, account: AccountId, at_most: u32) -> Result<bool, db::Error> {
    let mut left = i64::from(at_most);
    let targets = some(tx, "select target_id from follows where account_id = $1 limit $2", account, left)?;
    for target in &targets {
        unfollow(tx, account, *target)?;
    }
    left -= length(&targets);
    let followers = some(tx, "select account_id from follows where target_id = $1 limit $2", account, left)?;
    for follower in &followers {
        unfollow(tx, AccountId::new(*follower), account.get())?;
    }
    left -= length(&followers);
    let friends = some(tx, "select friend_id from friendships where account_id = $1 limit $2", account, left)?;
    for friend in &friends {
        end(tx, account, AccountId::new(*friend))?;
    }
    left -= length(&friends);
    let requests = "select friend_id from friend_requests where account_id = $1 union select account_id from friend_requests where friend_id = $1 limit $2";
    let requests = some(tx, requests, account, left)?;
    for other in &requests {
        part(tx, account, AccountId::new(*other))?;
    }
    left -= length(&requests);
    let lists = some(tx, "select list_id from list_members where account_id = $1 limit $2", account, left)?;
    for list in &lists {
        tx.run("delete from list_members where list_id = $1 and account_id = $2", params![*list, account])?;
        tx.run("update lists set members = members - 1 where id = $1", params![*list])?;
    }
    left -= length(&lists);
    if left <= 0 {
        return Ok(true);
    }
    for (table, column) in OWN {
        tx.run(&format!("delete from {table} where {column} = $1"), params![account])?;
    }
    Ok(false)
}

/// Tables and the columns that name somebody in them.
const OWN: [(&str, &str); 10] = [
    ("connection_counts", "owner_id"),
    ("lists", "account_id"),
    ("blocks", "account_id"),
    ("blocks", "blocked_id"),
    ("mutes", "account_id"),
    ("mutes", "muted_id"),
    ("connection_choices", "account_id"),
    ("dismissed_suggestions", "account_id"),
    ("dismissed_suggestions", "target_id"),
    ("account_words", "account_id"),
];

fn some(tx: &mut Tx, sql: &str, account: AccountId, limit: i64) -> Result<Vec<i64>, db::Error> {
    if limit <= 0 {
        return Ok(Vec::new());
    }
    tx.all(sql, params![account, limit], |row| row.get(0))
}

fn length(rows: &[i64]) -> i64 {
    i64::try_from(rows.len()).unwrap_or(i64::MAX)
}
