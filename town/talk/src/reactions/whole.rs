//! Reactions on their way out of a site or into one (docs/export.md). How many there are is counted as they come in.

use db::{Tx, params};
use people::AccountId;
use serde::{Deserialize, Serialize};
use text::times::stamp;

use super::{Kind, LIKE, MAX_WORDS, offer, store};
use crate::PostId;

/// Kinds of one site that are taken in, with those that are retired.
const MOST_KINDS: i64 = 100;
/// Longest name of a kind, in characters.
const MAX_NAME: usize = 60;

/// A line of `reactions.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// To what.
    pub post: PostId,
    /// Who reacted.
    pub by: AccountId,
    /// With what: `like`, or the name of a kind.
    pub kind: String,
    /// When.
    #[serde(with = "stamp")]
    pub at: i64,
}

/// A line of `reaction_kinds.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindLine {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub words: String,
    /// What stands for it.
    pub emoji: String,
    /// Whether it is offered no more.
    pub retired: bool,
}

/// Reactions by post and account: all of them, or somebody's.
///
/// # Errors
/// When the database does not answer.
pub fn lines(tx: &mut Tx, of: Option<AccountId>, after: Option<(PostId, AccountId)>, limit: u32) -> Result<Vec<Line>, db::Error> {
    let (post, account) = after.unwrap_or((PostId::new(i64::MIN), AccountId::new(i64::MIN)));
    let sql = "select post_id, account_id, kind, created_at from reactions
         where (post_id, account_id) > ($1, $2) and (cast($3 as bigint) = 0 or account_id = $3) order by post_id, account_id limit $4";
    tx.all(sql, params![post, account, of.map_or(0, AccountId::get), limit], |row| {
        Ok(Line { post: row.get(0)?, by: row.get(1)?, kind: row.get(2)?, at: row.get(3)? })
    })
}

/// Takes a reaction in, if its post, its member and its kind are here and the member has not reacted here. Answers whether it is new.
/// Nobody is told.
///
/// # Errors
/// When the database does not answer.
pub fn take_in(tx: &mut Tx, line: &Line) -> Result<bool, db::Error> {
    let there = "select 1 from posts p where p.id = $1 and exists (select 1 from accounts a where a.id = $2)
        and not exists (select 1 from reactions r where r.post_id = p.id and r.account_id = $2)";
    let there = tx.first(there, params![line.post, line.by], |row| row.get::<i64>(0))?.is_some();
    if !there || offer::named(tx, &line.kind)?.is_none() {
        return Ok(false);
    }
    Ok(store::write(tx, line.post, line.by, &line.kind, line.at)?.1)
}

/// The site's kinds in their order.
///
/// # Errors
/// When the database does not answer.
pub fn kinds(tx: &mut Tx) -> Result<Vec<KindLine>, db::Error> {
    let line = |Kind { name, words, emoji, retired }: Kind| KindLine { name, words, emoji, retired };
    Ok(offer::all(tx)?.into_iter().map(line).collect())
}

/// Forgets all kinds: a site that begins with an export has those of the export alone.
///
/// # Errors
/// When the database does not answer.
pub fn forget_kinds(tx: &mut Tx) -> Result<(), db::Error> {
    tx.run("delete from reaction_kinds", params![])?;
    Ok(())
}

/// Takes a kind in, after all others, unless there is one of this name. Answers whether it is new.
///
/// # Errors
/// When the database does not answer.
pub fn take_kind(tx: &mut Tx, line: &KindLine) -> Result<bool, db::Error> {
    let words = text::clean_line(&line.words);
    let named = !line.name.is_empty() && line.name.chars().count() <= MAX_NAME && line.name != LIKE;
    let Some(emoji) = text::emoji::parse(&line.emoji).filter(|_| named && !words.is_empty() && words.chars().count() <= MAX_WORDS) else {
        return Ok(false);
    };
    let (many, last): (i64, i64) =
        tx.one("select count(*), coalesce(max(position), 0) from reaction_kinds", params![], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if many >= MOST_KINDS {
        return Ok(false);
    }
    let new = tx.run(
        "insert into reaction_kinds (name, words, emoji, position, retired) values ($1, $2, $3, $4, $5)
         on conflict (name) do nothing",
        params![&line.name, &words, &emoji, last + 1, i64::from(line.retired)],
    )?;
    Ok(new > 0)
}
