//! Every query about decisions.

use db::{Row, Tx, params};

use super::{Decision, DecisionId, Entry, SUSPENDED, TAKEN_DOWN};
use crate::{AccountId, accounts::Author};

const DECISION: &str =
    "select d.id, d.act, d.words, d.reason, d.created_at, b.id, b.handle, b.name, b.picture, a.id, a.handle, a.name, a.picture
    from decisions d left join accounts b on b.id = d.account_id left join accounts a on a.id = d.about_id";

fn decision(row: &Row) -> Result<Decision, db::Error> {
    let author = |at: usize| -> Result<Option<Author>, db::Error> {
        let Some(id) = row.get::<Option<AccountId>>(at)? else { return Ok(None) };
        Ok(Some(Author { id, handle: row.get(at + 1)?, name: row.get(at + 2)?, picture: row.get(at + 3)? }))
    };
    Ok(Decision {
        id: row.get(0)?,
        act: row.get(1)?,
        words: row.get(2)?,
        reason: row.get(3)?,
        at: row.get(4)?,
        by: author(5)?,
        about: author(9)?,
    })
}

pub(super) fn insert(tx: &mut Tx, by: Option<AccountId>, entry: &Entry, now: i64) -> Result<(), db::Error> {
    tx.run(
        "insert into decisions (id, account_id, act, about_id, post_id, words, reason, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![DecisionId::fresh(), by, entry.act, entry.about, entry.post, &entry.words, &entry.reason, now],
    )?;
    Ok(())
}

/// The latest decisions before one, all of them or those of somebody of the staff.
pub fn latest(tx: &mut Tx, by: Option<AccountId>, before: Option<DecisionId>, limit: u32) -> Result<Vec<Decision>, db::Error> {
    let before = before.map_or(i64::MAX, DecisionId::get);
    match by {
        Some(by) => {
            let sql = format!("{DECISION} where d.account_id = $1 and d.id < $2 order by d.id desc limit $3");
            tx.all(&sql, params![by, before, limit], decision)
        }
        None => tx.all(&format!("{DECISION} where d.id < $1 order by d.id desc limit $2"), params![before, limit], decision),
    }
}

/// The latest decisions about somebody.
pub fn about(tx: &mut Tx, account: AccountId, limit: u32) -> Result<Vec<Decision>, db::Error> {
    tx.all(&format!("{DECISION} where d.about_id = $1 order by d.id desc limit $2"), params![account, limit], decision)
}

/// When something of somebody's was last taken down, or they were suspended.
pub fn trouble_at(tx: &mut Tx, account: AccountId) -> Result<Option<i64>, db::Error> {
    let sql = "select created_at from decisions where about_id = $1 and act in ($2, $3) order by id desc limit 1";
    tx.first(sql, params![account, TAKEN_DOWN, SUSPENDED], |row| row.get(0))
}
