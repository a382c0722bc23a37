//! Statements: what was decided about a case, and why.

use db::{Row, Tx, params};
use people::{AccountId, accounts::Author};
use serde::{Deserialize, Serialize};
use web::Error;

use super::{Act, CaseId, Kind, Subject};

db::id! {
    /// Names a statement.
    pub struct StatementId;
}

/// What a decision replaced, so that it can be undone. What it did not touch is not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaced {
    /// The sentence that stood over the post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Whether the post stood, and was taken down.
    #[serde(default)]
    pub taken: bool,
    /// Whether its author had deleted it, and could not bring it back since.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub held: bool,
    /// Until when they were limited before, if they were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limited: Option<Before>,
    /// Whether they were suspended before, and how.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspended: Option<Before>,
}

/// What held for somebody before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// Whether anything did.
    pub held: bool,
    /// Until when; `None` for ever.
    pub until: Option<i64>,
    /// Why.
    #[serde(default)]
    pub why: String,
}

/// A decision that is to be written down.
#[derive(Clone, Debug)]
pub struct New<'a> {
    /// The case it closes, if one was reported.
    pub case: Option<CaseId>,
    /// Whom it is about.
    pub account: AccountId,
    /// Who decided.
    pub by: AccountId,
    /// What.
    pub act: Act,
    /// About what.
    pub subject: Subject,
    /// The name of the rule.
    pub rule: &'a str,
    /// Why.
    pub reason: &'a str,
    /// What it was about, as it read.
    pub facts: &'a str,
    /// The sentence that stands over it now.
    pub label: &'a str,
    /// Until when it lasts.
    pub until: Option<i64>,
    /// What it replaced.
    pub replaced: Replaced,
}

/// A decision with its reasons.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Its id.
    pub id: StatementId,
    /// The case it closed.
    pub case: Option<CaseId>,
    /// Whom it is about; `None` when they have left.
    pub account: Option<Author>,
    /// Who decided; `None` when they have left.
    pub by: Option<Author>,
    /// What.
    pub act: Act,
    /// About what.
    pub subject: Subject,
    /// The rule that was broken.
    pub rule: String,
    /// Why.
    pub reason: String,
    /// What it was about, as it read.
    pub facts: String,
    /// The sentence that stands over it now.
    pub label: String,
    /// Until when it lasts.
    pub until: Option<i64>,
    /// What it replaced.
    pub replaced: Replaced,
    /// When it was made.
    pub at: i64,
    /// When it was taken back.
    pub undone_at: Option<i64>,
    /// When it was appealed.
    pub appealed_at: Option<i64>,
    /// The words of the appeal.
    pub appeal: String,
    /// Whether the appeal reversed it; `None` while nobody has decided.
    pub reversed: Option<bool>,
    /// When the appeal was decided.
    pub outcome_at: Option<i64>,
    /// Who decided the appeal.
    pub outcome_by: Option<Author>,
    /// What they wrote.
    pub outcome_words: String,
}

impl Statement {
    /// Where whoever it is about reads it.
    pub fn address(&self) -> String {
        address(self.id)
    }

    /// Whether it holds: nobody took it back.
    pub fn holds(&self) -> bool {
        self.undone_at.is_none()
    }

    /// Whether it can be appealed now, by whoever it is about.
    pub fn may_be_appealed(&self, now: i64) -> bool {
        self.holds() && self.appealed_at.is_none() && now - self.at < super::APPEAL_MS
    }

    /// Whether this is about them.
    pub fn is_about(&self, account: AccountId) -> bool {
        self.account.as_ref().is_some_and(|who| who.id == account)
    }
}

/// Where a statement is read.
pub fn address(id: StatementId) -> String {
    format!("/moderation/statements/{id}")
}

pub(super) const STATEMENT: &str =
    "select s.id, s.case_id, s.act, s.kind, s.subject_id, s.rule, s.reason, s.facts, s.label, s.until_at, s.replaced, s.created_at,
    s.undone_at, s.appealed_at, s.appeal, s.outcome, s.outcome_at, s.outcome_words,
    a.id, a.handle, a.name, a.picture, b.id, b.handle, b.name, b.picture, o.id, o.handle, o.name, o.picture
    from statements s left join accounts a on a.id = s.account_id left join accounts b on b.id = s.by_id
    left join accounts o on o.id = s.outcome_by";

pub(super) fn statement(row: &Row) -> Result<Statement, db::Error> {
    let somebody = |at: usize| -> Result<Option<Author>, db::Error> {
        let Some(id) = row.get::<Option<AccountId>>(at)? else { return Ok(None) };
        Ok(Some(Author { id, handle: row.get(at + 1)?, name: row.get(at + 2)?, picture: row.get(at + 3)? }))
    };
    Ok(Statement {
        id: row.get(0)?,
        case: row.get(1)?,
        // What a newer program decided is shown as the mildest that tells of it.
        act: Act::named(row.text(2)?).unwrap_or(Act::Warn),
        subject: Subject { kind: Kind::named(row.text(3)?).unwrap_or(Kind::Note), id: row.get(4)? },
        rule: row.get(5)?,
        reason: row.get(6)?,
        facts: row.get(7)?,
        label: row.get(8)?,
        until: row.get(9)?,
        replaced: serde_json::from_str(row.text(10)?).unwrap_or_default(),
        at: row.get(11)?,
        undone_at: row.get(12)?,
        appealed_at: row.get(13)?,
        appeal: row.get(14)?,
        reversed: row.get::<Option<String>>(15)?.map(|outcome| outcome == "reversed"),
        outcome_at: row.get(16)?,
        outcome_words: row.get(17)?,
        account: somebody(18)?,
        by: somebody(22)?,
        outcome_by: somebody(26)?,
    })
}

/// Writes a decision down.
///
/// # Errors
/// When the database does not answer.
pub fn issue(tx: &mut Tx, new: &New, now: i64) -> Result<StatementId, Error> {
    let id = StatementId::fresh();
    let replaced = serde_json::to_string(&new.replaced).map_err(Error::broken)?;
    tx.run(
        "insert into statements (id, case_id, account_id, by_id, act, kind, subject_id, rule, reason, facts, label, until_at, replaced, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        params![
            id,
            new.case,
            new.account,
            new.by,
            new.act.name(),
            new.subject.kind.name(),
            new.subject.id,
            new.rule,
            new.reason,
            new.facts,
            new.label,
            new.until,
            &replaced,
            now
        ],
    )?;
    Ok(id)
}

/// One statement.
///
/// # Errors
/// `NotFound` when there is none.
pub fn find(tx: &mut Tx, id: StatementId) -> Result<Statement, Error> {
    tx.first(&format!("{STATEMENT} where s.id = $1"), params![id], statement)?.ok_or(Error::NotFound)
}

/// What was decided about a case, the latest first.
///
/// # Errors
/// When the database does not answer.
pub fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<Statement>, db::Error> {
    tx.all(&format!("{STATEMENT} where s.case_id = $1 order by s.id desc limit 50"), params![case], statement)
}

/// What was decided about somebody, the latest first. What stayed as it was is not told.
///
/// # Errors
/// When the database does not answer.
pub fn about(tx: &mut Tx, account: AccountId, limit: u32) -> Result<Vec<Statement>, db::Error> {
    tx.all(
        &format!("{STATEMENT} where s.account_id = $1 and s.act <> 'keep' order by s.id desc limit $2"),
        params![account, limit],
        statement,
    )
}

/// What the public log tells, the latest first: what was decided and still holds.
///
/// # Errors
/// When the database does not answer.
pub fn log(tx: &mut Tx, before: Option<StatementId>, limit: u32) -> Result<Vec<Statement>, db::Error> {
    tx.all(
        &format!("{STATEMENT} where s.id < $1 and s.act <> 'keep' and s.undone_at is null order by s.id desc limit $2"),
        params![before.map_or(i64::MAX, StatementId::get), limit],
        statement,
    )
}
