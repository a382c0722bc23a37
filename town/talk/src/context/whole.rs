//! Contexts and ratings on their way out of a site or into one (docs/export.md). Which are shown is judged anew where they come in.

use db::{Tx, params};
use people::AccountId;
use serde::{Deserialize, Serialize};
use text::times::stamp;

use super::{
    ContextId, Judge, MAX_BODY, MAX_SOURCES,
    content::{address, known_reasons},
    model::Value,
};
use crate::PostId;

/// A line of `contexts.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its id.
    pub id: ContextId,
    /// What it is about.
    pub post: PostId,
    /// Who wrote it.
    pub by: AccountId,
    /// What it says.
    pub body: String,
    /// Where that can be checked: addresses on the web.
    pub sources: Vec<String>,
    /// When it was written.
    #[serde(with = "stamp")]
    pub at: i64,
    /// When people were told that it is shown.
    #[serde(default, with = "stamp::maybe", skip_serializing_if = "Option::is_none")]
    pub told: Option<i64>,
    /// When it was taken down.
    #[serde(default, with = "stamp::maybe", skip_serializing_if = "Option::is_none")]
    pub removed: Option<i64>,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

/// A line of `context_ratings.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RatingLine {
    /// Of what.
    pub context: ContextId,
    /// Who rated it.
    pub by: AccountId,
    /// `helpful`, `somewhat`, `not`.
    pub value: String,
    /// Names of reasons.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
    /// When.
    #[serde(with = "stamp")]
    pub at: i64,
}

/// Contexts by their ids: all of them, or somebody's.
///
/// # Errors
/// When the database does not answer.
pub fn lines(tx: &mut Tx, of: Option<AccountId>, after: Option<ContextId>, limit: u32) -> Result<Vec<Line>, db::Error> {
    let sql = "select id, subject_id, author_id, body, sources, written_at, told_at, removed_at, removed_why from contexts
         where id > $1 and (cast($2 as bigint) = 0 or author_id = $2) order by id limit $3";
    tx.all(sql, params![after.map_or(i64::MIN, ContextId::get), of.map_or(0, AccountId::get), limit], |row| {
        Ok(Line {
            id: row.get(0)?,
            post: row.get(1)?,
            by: row.get(2)?,
            body: row.get(3)?,
            sources: row.text(4)?.lines().map(ToOwned::to_owned).collect(),
            at: row.get(5)?,
            told: row.get(6)?,
            removed: row.get(7)?,
            why: row.get(8)?,
        })
    })
}

/// Ratings by context and account: all of them, or somebody's.
///
/// # Errors
/// When the database does not answer.
pub fn ratings(
    tx: &mut Tx,
    of: Option<AccountId>,
    after: Option<(ContextId, AccountId)>,
    limit: u32,
) -> Result<Vec<RatingLine>, db::Error> {
    let (context, account) = after.unwrap_or((ContextId::new(i64::MIN), AccountId::new(i64::MIN)));
    let sql = "select context_id, account_id, value, reasons, rated_at from context_ratings
         where (context_id, account_id) > ($1, $2) and (cast($3 as bigint) = 0 or account_id = $3) order by context_id, account_id limit $4";
    tx.all(sql, params![context, account, of.map_or(0, AccountId::get), limit], |row| {
        let reasons = row.text(3)?.split(',').filter(|name| !name.is_empty()).map(ToOwned::to_owned).collect();
        Ok(RatingLine { context: row.get(0)?, by: row.get(1)?, value: row.get(2)?, reasons, at: row.get(4)? })
    })
}

/// Takes a context in, if its post and its author are here and it says something. Answers whether it is new. Nobody is told.
///
/// # Errors
/// When the database does not answer.
pub fn take_in(tx: &mut Tx, line: &Line, now: i64) -> Result<bool, db::Error> {
    let there =
        "select 1 from posts p where p.id = $1 and p.kind in ('story', 'note') and exists (select 1 from accounts a where a.id = $2)";
    let there = tx.first(there, params![line.post, line.by], |row| row.get::<i64>(0))?.is_some();
    let sources: Option<Vec<String>> = line.sources.iter().map(|source| address(source)).collect();
    let sources = sources.filter(|sources| sources.len() <= MAX_SOURCES).unwrap_or_default();
    let length = line.body.chars().count();
    if !there || length == 0 || length > MAX_BODY || sources.is_empty() {
        return Ok(false);
    }
    let new = tx.run(
        "insert into contexts (id, subject_id, author_id, body, sources, written_at, told_at, removed_at, removed_why)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing",
        params![line.id, line.post, line.by, &line.body, sources.join("\n"), line.at, line.told, line.removed, &line.why],
    )?;
    if new == 1 {
        Judge::soon(tx, now)?;
    }
    Ok(new == 1)
}

/// Takes a rating in, if its context and its member are here and the member has not rated here. Answers whether it is new.
///
/// # Errors
/// When the database does not answer.
pub fn take_rating(tx: &mut Tx, line: &RatingLine, now: i64) -> Result<bool, db::Error> {
    let there = "select 1 from contexts c where c.id = $1 and c.author_id <> $2 and exists (select 1 from accounts a where a.id = $2)";
    let there = tx.first(there, params![line.context, line.by], |row| row.get::<i64>(0))?.is_some();
    if !there || Value::named(&line.value).is_none() {
        return Ok(false);
    }
    let given: Vec<&str> = line.reasons.iter().map(String::as_str).collect();
    let new = tx.run(
        "insert into context_ratings (context_id, account_id, value, reasons, rated_at) values ($1, $2, $3, $4, $5)
         on conflict (context_id, account_id) do nothing",
        params![line.context, line.by, &line.value, known_reasons(&given).join(","), line.at],
    )?;
    if new == 1 {
        Judge::soon(tx, now)?;
    }
    Ok(new == 1)
}
