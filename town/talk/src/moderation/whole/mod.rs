//! Moderation on its way out of a site or into one (docs/export.md). What waits is counted when all has come in.

mod held;
mod statements;

pub use held::{HeldLine, LimitedLine, held, limited, take_held, take_limited};
pub use statements::{StatementLine, statements, take_statement};

use db::{Tx, params};
use people::AccountId;
use serde::{Deserialize, Serialize};
use text::times::stamp;

use super::{
    CaseId,
    cases::ReportId,
    rules::{Rule, RuleId},
};

/// A line of `house_rules.jsonl`, in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleLine {
    /// Its id.
    pub id: RuleId,
    /// Its short name.
    pub name: String,
    /// What whoever broke it is told.
    pub reason: String,
    /// Whether it is chosen no more.
    pub retired: bool,
}

/// A line of `cases.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseLine {
    /// Its id.
    pub id: CaseId,
    /// What kind of thing was reported.
    pub kind: String,
    /// Which.
    pub subject: i64,
    /// Whose.
    pub of: Option<AccountId>,
    /// `open` or `decided`.
    pub state: String,
    /// Counts decisions.
    pub version: i64,
    /// When it was reported first.
    #[serde(with = "stamp")]
    pub opened_at: i64,
    /// When it was reported last.
    #[serde(with = "stamp")]
    pub reported_at: i64,
    /// When it was decided.
    #[serde(with = "stamp::maybe", default)]
    pub decided_at: Option<i64>,
}

/// A line of `reports.jsonl`. In a person’s own export it is theirs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportLine {
    /// Its id.
    pub id: ReportId,
    /// Its case.
    pub case: CaseId,
    /// What kind of thing was reported.
    pub kind: String,
    /// Which.
    pub subject: i64,
    /// Who reported.
    pub by: Option<AccountId>,
    /// The guest who did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guest: Option<GuestLine>,
    /// The rule.
    pub rule: Option<RuleId>,
    /// In their words.
    pub words: String,
    /// When.
    #[serde(with = "stamp")]
    pub at: i64,
    /// When it was changed last.
    #[serde(with = "stamp")]
    pub changed_at: i64,
    /// `upheld` or `dismissed`.
    pub outcome: Option<String>,
}

/// A guest who reported. From where they came is not told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuestLine {
    /// As they wrote it.
    pub name: String,
    /// Where they are told of the decision; empty where they left no address.
    pub email: String,
    /// Whether it counts: of several from one place within a day the first does.
    pub counts: bool,
}

/// A line of `case_notes.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteLine {
    /// Its id.
    pub id: ReportId,
    /// Its case.
    pub case: CaseId,
    /// Who wrote it.
    pub by: Option<AccountId>,
    /// What it says.
    pub words: String,
    /// When.
    #[serde(with = "stamp")]
    pub at: i64,
}

/// The rules in their order.
///
/// # Errors
/// When the database does not answer.
pub fn rules(tx: &mut Tx) -> Result<Vec<RuleLine>, db::Error> {
    let line = |Rule { id, name, reason, retired }: Rule| RuleLine { id, name, reason, retired };
    Ok(super::rules::all(tx)?.into_iter().map(line).collect())
}

/// Forgets all rules: a site that begins with an export has those of the export alone. Where reports are here, a run that was cut off
/// has brought both, and they would lose theirs.
///
/// # Errors
/// When the database does not answer.
pub fn forget_rules(tx: &mut Tx) -> Result<(), db::Error> {
    tx.run("delete from house_rules where not exists (select 1 from reports)", params![])?;
    Ok(())
}

/// Takes a rule in, after all others, unless it is here.
///
/// # Errors
/// When the database does not answer.
pub fn take_rule(tx: &mut Tx, line: &RuleLine) -> Result<bool, db::Error> {
    let new = tx.run(
        "insert into house_rules (id, position, name, reason, retired)
         values ($1, (select coalesce(max(position), 0) + 1 from house_rules), $2, $3, $4) on conflict (id) do nothing",
        params![line.id, &line.name, &line.reason, i64::from(line.retired)],
    )?;
    Ok(new > 0)
}

/// Cases after one.
///
/// # Errors
/// When the database does not answer.
pub fn cases(tx: &mut Tx, after: Option<CaseId>, limit: u32) -> Result<Vec<CaseLine>, db::Error> {
    let sql = "select id, kind, subject_id, account_id, state, version, opened_at, reported_at, decided_at from cases
         where id > $1 order by id limit $2";
    tx.all(sql, params![after.map_or(i64::MIN, CaseId::get), limit], |row| {
        Ok(CaseLine {
            id: row.get(0)?,
            kind: row.get(1)?,
            subject: row.get(2)?,
            of: row.get(3)?,
            state: row.get(4)?,
            version: row.get(5)?,
            opened_at: row.get(6)?,
            reported_at: row.get(7)?,
            decided_at: row.get(8)?,
        })
    })
}

/// Takes a case in, unless it is here.
///
/// # Errors
/// When the database does not answer.
pub fn take_case(tx: &mut Tx, line: &CaseLine) -> Result<bool, db::Error> {
    let new = tx.run(
        "insert into cases (id, kind, subject_id, account_id, state, version, opened_at, reported_at, decided_at)
         values ($1, $2, $3, (select id from accounts where id = $4), $5, $6, $7, $8, $9) on conflict do nothing",
        params![line.id, &line.kind, line.subject, line.of, &line.state, line.version, line.opened_at, line.reported_at, line.decided_at],
    )?;
    Ok(new > 0)
}

/// Reports after one: all of them, or somebody's.
///
/// # Errors
/// When the database does not answer.
pub fn reports(tx: &mut Tx, of: Option<AccountId>, after: Option<ReportId>, limit: u32) -> Result<Vec<ReportLine>, db::Error> {
    let sql = "select r.id, r.case_id, c.kind, c.subject_id, r.account_id, r.rule_id, r.words, r.created_at, r.updated_at, r.outcome,
           r.guest, r.guest_name, r.guest_email, r.counted
         from reports r join cases c on c.id = r.case_id
         where r.id > $1 and (cast($2 as bigint) = 0 or r.account_id = $2) order by r.id limit $3";
    tx.all(sql, params![after.map_or(i64::MIN, ReportId::get), of.map_or(0, AccountId::get), limit], |row| {
        Ok(ReportLine {
            id: row.get(0)?,
            case: row.get(1)?,
            kind: row.get(2)?,
            subject: row.get(3)?,
            by: row.get(4)?,
            rule: row.get(5)?,
            words: row.get(6)?,
            at: row.get(7)?,
            changed_at: row.get(8)?,
            outcome: row.get(9)?,
            guest: if row.get::<i64>(10)? == 1 {
                Some(GuestLine { name: row.get(11)?, email: row.get(12)?, counts: row.get::<i64>(13)? == 1 })
            } else {
                None
            },
        })
    })
}

/// Takes a report in, if its case is here and it is not.
///
/// # Errors
/// When the database does not answer.
pub fn take_report(tx: &mut Tx, line: &ReportLine) -> Result<bool, db::Error> {
    let (name, email, counts) =
        line.guest.as_ref().map_or(("", "", true), |guest| (guest.name.as_str(), guest.email.as_str(), guest.counts));
    let new = tx.run(
        "insert into reports (id, case_id, account_id, rule_id, words, created_at, updated_at, outcome, guest, guest_name, guest_email, counted)
         select $1, c.id, (select id from accounts where id = $3), (select id from house_rules where id = $4), $5, $6, $7, $8, $9, $10, $11, $12
         from cases c where c.id = $2 on conflict do nothing",
        params![
            line.id,
            line.case,
            line.by,
            line.rule,
            &line.words,
            line.at,
            line.changed_at,
            line.outcome.as_deref(),
            i64::from(line.guest.is_some()),
            name,
            email,
            i64::from(counts)
        ],
    )?;
    Ok(new > 0)
}

/// Notes between moderators after one.
///
/// # Errors
/// When the database does not answer.
pub fn notes(tx: &mut Tx, after: Option<ReportId>, limit: u32) -> Result<Vec<NoteLine>, db::Error> {
    let sql = "select id, case_id, account_id, words, created_at from case_notes where id > $1 order by id limit $2";
    tx.all(sql, params![after.map_or(i64::MIN, ReportId::get), limit], |row| {
        Ok(NoteLine { id: row.get(0)?, case: row.get(1)?, by: row.get(2)?, words: row.get(3)?, at: row.get(4)? })
    })
}

/// Takes a note in, if its case is here and it is not.
///
/// # Errors
/// When the database does not answer.
pub fn take_note(tx: &mut Tx, line: &NoteLine) -> Result<bool, db::Error> {
    let new = tx.run(
        "insert into case_notes (id, case_id, account_id, words, created_at)
         select $1, c.id, (select id from accounts where id = $3), $4, $5 from cases c where c.id = $2 on conflict do nothing",
        params![line.id, line.case, line.by, &line.words, line.at],
    )?;
    Ok(new > 0)
}
