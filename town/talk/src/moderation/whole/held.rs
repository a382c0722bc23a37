//! What decisions hold, on its way out of a site or into one: posts with a sentence over them or taken down, people who only read.

use db::{Tx, params};
use people::AccountId;
use serde::{Deserialize, Serialize};
use text::times::stamp;

use crate::PostId;

/// A line of `held.jsonl`: a sentence over a post, or that the staff took it down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldLine {
    /// Which.
    pub post: PostId,
    /// The sentence over it.
    pub label: String,
    /// Who took it down.
    pub removed_by: Option<i64>,
    /// Why.
    pub why: String,
    /// Whether it is hidden rather than removed.
    pub hidden: bool,
    /// How long it is kept.
    #[serde(with = "stamp::maybe", default)]
    pub kept_until: Option<i64>,
}

/// A line of `limited.jsonl`: somebody who only reads for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitedLine {
    /// Who.
    pub account: AccountId,
    /// Until when.
    #[serde(with = "stamp")]
    pub until: i64,
}

/// Posts with a sentence over them, or that the staff took down, after one.
///
/// # Errors
/// When the database does not answer.
pub fn held(tx: &mut Tx, after: Option<PostId>, limit: u32) -> Result<Vec<HeldLine>, db::Error> {
    let sql = "select id, label, removed_by, removed_why, hidden, kept_until from posts
         where id > $1 and (label <> '' or removed_by is not null) order by id limit $2";
    tx.all(sql, params![after.map_or(i64::MIN, PostId::get), limit], |row| {
        Ok(HeldLine {
            post: row.get(0)?,
            label: row.get(1)?,
            removed_by: row.get(2)?,
            why: row.get(3)?,
            hidden: row.get::<i64>(4)? == 1,
            kept_until: row.get(5)?,
        })
    })
}

/// Holds a post as it was held. One that stands here is not said to be taken down.
///
/// # Errors
/// When the database does not answer.
pub fn take_held(tx: &mut Tx, line: &HeldLine) -> Result<bool, db::Error> {
    let changed = tx.run("update posts set label = $2 where id = $1 and label <> $2", params![line.post, &line.label])?
        + tx.run(
            "update posts set removed_by = $2, removed_why = $3, hidden = $4, kept_until = $5
         where id = $1 and deleted_at is not null and removed_by is null and cast($2 as bigint) is not null",
            params![line.post, line.removed_by, &line.why, i64::from(line.hidden), line.kept_until],
        )?;
    Ok(changed > 0)
}

/// People who only read for a while, after one.
///
/// # Errors
/// When the database does not answer.
pub fn limited(tx: &mut Tx, after: Option<AccountId>, limit: u32) -> Result<Vec<LimitedLine>, db::Error> {
    let sql = "select id, limited_until from accounts where id > $1 and limited_until is not null order by id limit $2";
    tx.all(sql, params![after.map_or(i64::MIN, AccountId::get), limit], |row| Ok(LimitedLine { account: row.get(0)?, until: row.get(1)? }))
}

/// Limits somebody as they were limited.
///
/// # Errors
/// When the database does not answer.
pub fn take_limited(tx: &mut Tx, line: &LimitedLine) -> Result<bool, db::Error> {
    Ok(tx.run("update accounts set limited_until = $2 where id = $1 and limited_until is null", params![line.account, line.until])? > 0)
}
