//! What was reported and decided: all of it for a site, a person's own reports and what was decided about them for a person.

use ::people::{AccountId, bars::whole as bars, prevention::whole as prevention};
use talk::moderation::whole::{
    CaseLine, HeldLine, LimitedLine, NoteLine, ReportLine, StatementLine, cases, held, limited, notes, reports, rules, statements,
};

use super::{
    Files,
    data::{Asked, ROWS, all, paged},
};

/// Everything, in the order in which it comes in: what a row leads to is there before it.
pub(super) fn of_site(db: &mut impl Asked, files: &Files) -> anyhow::Result<()> {
    let known = db.ask(|tx| Ok(rules(tx)?))?;
    all(files, "house_rules.jsonl", &known)?;
    prevention(db, files)?;
    paged(db, files, "cases.jsonl", |tx, last: Option<&CaseLine>| Ok(cases(tx, last.map(|line| line.id), ROWS)?))?;
    paged(db, files, "case_notes.jsonl", |tx, last: Option<&NoteLine>| Ok(notes(tx, last.map(|line| line.id), ROWS)?))?;
    paged(db, files, "held.jsonl", |tx, last: Option<&HeldLine>| Ok(held(tx, last.map(|line| line.post), ROWS)?))?;
    paged(db, files, "limited.jsonl", |tx, last: Option<&LimitedLine>| Ok(limited(tx, last.map(|line| line.account), ROWS)?))?;
    of(db, files, None)
}

/// What keeps trouble out: filters, the front porch, who cannot join.
fn prevention(db: &mut impl Asked, files: &Files) -> anyhow::Result<()> {
    let (filters, porch, bars) = db.ask(|tx| Ok((prevention::filters(tx)?, prevention::porch(tx)?, bars::bars(tx)?)))?;
    all(files, "filters.jsonl", &filters)?;
    all(files, "porch.jsonl", &[porch])?;
    all(files, "bars.jsonl", &bars)
}

/// What somebody reported, and what was decided about them: not who decided, nor who reported them.
pub(super) fn of_person(db: &mut impl Asked, files: &Files, account: AccountId) -> anyhow::Result<()> {
    of(db, files, Some(account))
}

fn of(db: &mut impl Asked, files: &Files, who: Option<AccountId>) -> anyhow::Result<()> {
    paged(db, files, "reports.jsonl", move |tx, last: Option<&ReportLine>| Ok(reports(tx, who, last.map(|line| line.id), ROWS)?))?;
    paged(db, files, "statements.jsonl", move |tx, last: Option<&StatementLine>| Ok(statements(tx, who, last.map(|line| line.id), ROWS)?))
}
