//! Shares on their way out of a site or into one (docs/export.md).

use db::{Tx, params};
use people::AccountId;
use serde::{Deserialize, Serialize};
use text::times::stamp;

use super::ShareId;
use crate::{PostId, feeds, posts::Visibility};

/// A line of `shares.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its id.
    pub id: ShareId,
    /// Who shared.
    pub by: AccountId,
    /// What.
    pub post: PostId,
    /// When.
    #[serde(with = "stamp")]
    pub at: i64,
}

/// Shares by their ids: all of them, or somebody's.
pub fn lines(tx: &mut Tx, of: Option<AccountId>, after: Option<ShareId>, limit: u32) -> Result<Vec<Line>, db::Error> {
    let sql = "select id, account_id, post_id, created_at from shares
         where id > $1 and (cast($2 as bigint) = 0 or account_id = $2) order by id limit $3";
    tx.all(sql, params![after.map_or(i64::MIN, ShareId::get), of.map_or(0, AccountId::get), limit], |row| {
        Ok(Line { id: row.get(0)?, by: row.get(1)?, post: row.get(2)?, at: row.get(3)? })
    })
}

/// Takes a share in, if its post is here and still for passing on. Answers whether it is new.
pub fn take_in(tx: &mut Tx, line: &Line) -> Result<bool, db::Error> {
    let there = "select p.visibility from posts p where p.id = $1 and p.kind not in ('comment', 'review') and exists (select 1 from accounts a where a.id = $2)";
    let visibility = tx.first(there, params![line.post, line.by], |row| row.get::<String>(0))?;
    let visibility = visibility.and_then(|name| Visibility::named(&name)).filter(|visibility| visibility.may_be_shared());
    let Some(visibility) = visibility else { return Ok(false) };
    let new = tx.run(
        "insert into shares (id, account_id, post_id, created_at) values ($1, $2, $3, $4) on conflict do nothing",
        params![line.id, line.by, line.post, line.at],
    )?;
    if new == 1 {
        feeds::put(tx, line.by.get(), line.post, line.at, Some(line.by), visibility)?;
        tx.run("update post_counts set shares = shares + 1 where post_id = $1", params![line.post])?;
    }
    Ok(new == 1)
}
