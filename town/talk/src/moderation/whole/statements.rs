//! Statements on their way out of a site or into one.

use db::{Row, Tx, params};
use people::AccountId;
use serde::{Deserialize, Serialize};
use text::times::stamp;

use crate::moderation::{CaseId, StatementId, statements::Replaced};

/// A line of `statements.jsonl`. In a person's own export nothing says who decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the columns of `statements`, under their names")]
pub struct StatementLine {
    pub id: StatementId,
    pub case: Option<CaseId>,
    pub about: Option<AccountId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<AccountId>,
    pub act: String,
    pub kind: String,
    pub subject: i64,
    pub rule: String,
    pub reason: String,
    pub facts: String,
    pub label: String,
    #[serde(with = "stamp::maybe", default)]
    pub until: Option<i64>,
    pub replaced: Replaced,
    #[serde(with = "stamp")]
    pub at: i64,
    #[serde(with = "stamp::maybe", default)]
    pub undone_at: Option<i64>,
    #[serde(with = "stamp::maybe", default)]
    pub appealed_at: Option<i64>,
    pub appeal: String,
    pub outcome: Option<String>,
    #[serde(with = "stamp::maybe", default)]
    pub outcome_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome_by: Option<AccountId>,
    pub outcome_words: String,
}

fn statement(row: &Row, whole: bool) -> Result<StatementLine, db::Error> {
    Ok(StatementLine {
        id: row.get(0)?,
        case: row.get(1)?,
        about: row.get(2)?,
        by: if whole { row.get(3)? } else { None },
        act: row.get(4)?,
        kind: row.get(5)?,
        subject: row.get(6)?,
        rule: row.get(7)?,
        reason: row.get(8)?,
        facts: row.get(9)?,
        label: row.get(10)?,
        until: row.get(11)?,
        replaced: serde_json::from_str(row.text(12)?).unwrap_or_default(),
        at: row.get(13)?,
        undone_at: row.get(14)?,
        appealed_at: row.get(15)?,
        appeal: row.get(16)?,
        outcome: row.get(17)?,
        outcome_at: row.get(18)?,
        outcome_by: if whole { row.get(19)? } else { None },
        outcome_words: row.get(20)?,
    })
}

/// Statements after one: all of them, or those about somebody, which they have read.
///
/// # Errors
/// When the database does not answer.
pub fn statements(tx: &mut Tx, about: Option<AccountId>, after: Option<StatementId>, limit: u32) -> Result<Vec<StatementLine>, db::Error> {
    let sql = "select id, case_id, account_id, by_id, act, kind, subject_id, rule, reason, facts, label, until_at, replaced, created_at,
           undone_at, appealed_at, appeal, outcome, outcome_at, outcome_by, outcome_words from statements
         where id > $1 and (cast($2 as bigint) = 0 or (account_id = $2 and act <> 'keep')) order by id limit $3";
    let whole = about.is_none();
    tx.all(sql, params![after.map_or(i64::MIN, StatementId::get), about.map_or(0, AccountId::get), limit], |row| statement(row, whole))
}

/// Takes a statement in, unless it is here.
///
/// # Errors
/// When the database does not answer.
pub fn take_statement(tx: &mut Tx, line: &StatementLine) -> Result<bool, db::Error> {
    let replaced = serde_json::to_string(&line.replaced).unwrap_or_else(|_| "{}".into());
    let new = tx.run(
        "insert into statements (id, case_id, account_id, by_id, act, kind, subject_id, rule, reason, facts, label, until_at, replaced, created_at,
           undone_at, appealed_at, appeal, outcome, outcome_at, outcome_by, outcome_words)
         values ($1, (select id from cases where id = $2), (select id from accounts where id = $3), (select id from accounts where id = $4),
           $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, (select id from accounts where id = $20), $21)
         on conflict do nothing",
        params![
            line.id,
            line.case,
            line.about,
            line.by,
            &line.act,
            &line.kind,
            line.subject,
            &line.rule,
            &line.reason,
            &line.facts,
            &line.label,
            line.until,
            &replaced,
            line.at,
            line.undone_at,
            line.appealed_at,
            &line.appeal,
            line.outcome.as_deref(),
            line.outcome_at,
            line.outcome_by,
            &line.outcome_words
        ],
    )?;
    Ok(new > 0)
}
