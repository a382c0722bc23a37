//! What members chose about notices, on its way out of a site or into one (docs/export.md). Notices themselves stay: they are about
//! what happened here, and mostly read. So do devices, which take messages with this site's keys alone.

use db::{Tx, params};
use serde::{Deserialize, Serialize};

use super::{Email, Ways, choose};
use crate::AccountId;

/// A line of `notice_choices.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Whose.
    pub account: AccountId,
    /// About which kind of notices.
    pub kind: String,
    /// On the page here.
    pub site: bool,
    /// By letter: `never`, `once`, `daily`.
    pub email: String,
    /// On devices.
    pub push: bool,
}

/// Choices by account and kind: all of them, or somebody's.
pub fn lines(tx: &mut Tx, of: Option<AccountId>, after: Option<(AccountId, &str)>, limit: u32) -> Result<Vec<Line>, db::Error> {
    let (account, kind) = after.unwrap_or((AccountId::new(i64::MIN), ""));
    let sql = "select account_id, kind, site, email, push from notice_choices
         where (account_id, kind) > ($1, $2) and (cast($3 as bigint) = 0 or account_id = $3) order by account_id, kind limit $4";
    tx.all(sql, params![account, kind, of.map_or(0, AccountId::get), limit], |row| {
        Ok(Line {
            account: row.get(0)?,
            kind: row.get(1)?,
            site: row.get::<i64>(2)? == 1,
            email: row.get(3)?,
            push: row.get::<i64>(4)? == 1,
        })
    })
}

/// Takes a choice in, unless its member has chosen here. Answers whether it is new. A kind that this program does not know is kept for
/// one that does.
pub fn take_in(tx: &mut Tx, line: &Line) -> Result<bool, db::Error> {
    let there = "select 1 from accounts a where a.id = $1
        and not exists (select 1 from notice_choices c where c.account_id = a.id and c.kind = $2)";
    if line.kind.len() > 60 || tx.first(there, params![line.account, &line.kind], |row| row.get::<i64>(0))?.is_none() {
        return Ok(false);
    }
    choose(tx, line.account, &line.kind, Ways { site: line.site, email: Email::named(&line.email), push: line.push })?;
    Ok(true)
}
