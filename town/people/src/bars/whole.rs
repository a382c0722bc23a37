//! Bars on their way out of a site or into one (docs/export.md).

use db::{Tx, params};
use serde::{Deserialize, Serialize};
use text::times::stamp;

use super::{BarId, Kind};
use crate::AccountId;

/// A line of `bars.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its id.
    pub id: BarId,
    /// `email`, `host` or `network`.
    pub kind: String,
    /// Which.
    pub value: String,
    /// Why.
    pub reason: String,
    /// Until when.
    #[serde(with = "stamp::maybe", default, skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
    /// Who set it.
    pub by: Option<AccountId>,
    /// Since when.
    #[serde(with = "stamp")]
    pub at: i64,
}

/// All of them.
///
/// # Errors
/// When the database does not answer.
pub fn bars(tx: &mut Tx) -> Result<Vec<Line>, db::Error> {
    tx.all("select id, kind, value, reason, until_at, by_id, created_at from bars order by id", params![], |row| {
        Ok(Line {
            id: row.get(0)?,
            kind: row.get(1)?,
            value: row.get(2)?,
            reason: row.get(3)?,
            until: row.get(4)?,
            by: row.get(5)?,
            at: row.get(6)?,
        })
    })
}

/// Takes one in, unless the same is barred here.
///
/// # Errors
/// When the database does not answer.
pub fn take_in(tx: &mut Tx, line: &Line) -> Result<bool, db::Error> {
    if Kind::named(&line.kind).is_none() {
        return Ok(false);
    }
    let new = tx.run(
        "insert into bars (id, kind, value, reason, until_at, by_id, created_at)
         values ($1, $2, $3, $4, $5, (select id from accounts where id = $6), $7) on conflict do nothing",
        params![line.id, &line.kind, &line.value, &line.reason, line.until, line.by, line.at],
    )?;
    Ok(new > 0)
}
