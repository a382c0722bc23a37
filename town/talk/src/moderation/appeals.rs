//! Appeals: once, in time, decided by somebody else.

use db::{Tx, params};
use people::{AccountId, Permission};
use web::Error;

use super::{
    APPEAL_MS, Statement, StatementId, count,
    statements::{STATEMENT, statement},
};
use crate::Cursor;

/// Whoever a decision is about asks for it to be looked at again.
///
/// # Errors
/// `Conflict` when they did already, or it was taken back, or too long ago.
pub fn file(tx: &mut Tx, id: StatementId, words: &str, now: i64) -> Result<(), Error> {
    let filed = tx.run(
        "update statements set appealed_at = $2, appeal = $3 where id = $1 and appealed_at is null and undone_at is null and created_at > $4",
        params![id, now, words, now - APPEAL_MS],
    )?;
    if filed == 0 {
        return Err(Error::Conflict("This can be appealed once, within six months, while it holds.".into()));
    }
    Ok(count(tx, "appeals", 1)?)
}

/// Appeals that wait, the longest waiting first.
///
/// # Errors
/// When the database does not answer.
pub fn waiting(tx: &mut Tx, after: Cursor, limit: u32) -> Result<Vec<Statement>, db::Error> {
    tx.all(
        &format!(
            "{STATEMENT} where s.appealed_at is not null and s.outcome is null and (s.appealed_at, s.id) > ($1, $2)
             order by s.appealed_at, s.id limit $3"
        ),
        params![after.at, after.id, limit],
        statement,
    )
}

/// Writes down what became of an appeal.
///
/// # Errors
/// `Conflict` when somebody else decided meanwhile.
pub fn decide(tx: &mut Tx, id: StatementId, reversed: bool, (by, words): (AccountId, &str), now: i64) -> Result<(), Error> {
    let outcome = if reversed { "reversed" } else { "upheld" };
    let decided = tx.run(
        "update statements set outcome = $2, outcome_by = $3, outcome_words = $4, outcome_at = $5
         where id = $1 and appealed_at is not null and outcome is null",
        params![id, outcome, by, words, now],
    )?;
    if decided == 0 {
        return Err(Error::Conflict("Somebody else has decided about this appeal meanwhile.".into()));
    }
    Ok(count(tx, "appeals", -1)?)
}

/// The levels of those who could decide but for these two: whoever decided first, and whoever it is about.
///
/// # Errors
/// When the database does not answer.
pub fn levels_of_others(tx: &mut Tx, decided: AccountId, about: AccountId) -> Result<Vec<String>, db::Error> {
    let sql = "select distinct a.level from accounts a join level_permissions p on p.level = a.level
         where p.permission = $1 and a.id <> $2 and a.id <> $3 and a.suspended_at is null and a.standing = 'member'";
    tx.all(sql, params![Permission::Moderate.name(), decided, about], |row| row.get(0))
}
