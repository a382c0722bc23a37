//! What was reported and decided. Posts and people are here by now; what waits is counted when all is in.

use ::people::{AccountId, Town, bars::whole as bars, prevention::whole as prevention};
use talk::moderation::{self, Kind, whole};

use super::{Export, Manner, Names, Report, rows};

/// The id of what a line is about: people may have other ids here.
fn whose(accounts: &Names, kind: &str, subject: i64) -> i64 {
    if kind == Kind::Profile.name() { accounts.account(AccountId::new(subject)).get() } else { subject }
}

/// Takes it in.
pub(super) fn restore(town: &Town, export: &Export, manner: Manner, names: &Names, report: &mut Report) -> anyhow::Result<()> {
    if manner.fresh && export.files.count("house_rules.jsonl")? > 0 {
        town.db.write_now(whole::forget_rules)?;
    }
    rows(town, export, "house_rules.jsonl", report, |tx, line: &whole::RuleLine| whole::take_rule(tx, line))?;
    prevention(town, export, manner, names, report)?;
    let accounts = names.clone();
    rows(town, export, "cases.jsonl", report, move |tx, line: &whole::CaseLine| {
        let subject = whose(&accounts, &line.kind, line.subject);
        whole::take_case(tx, &whole::CaseLine { of: line.of.map(|id| accounts.account(id)), subject, ..line.clone() })
    })?;
    let accounts = names.clone();
    rows(town, export, "case_notes.jsonl", report, move |tx, line: &whole::NoteLine| {
        whole::take_note(tx, &whole::NoteLine { by: line.by.map(|id| accounts.account(id)), ..line.clone() })
    })?;
    let accounts = names.clone();
    rows(town, export, "reports.jsonl", report, move |tx, line: &whole::ReportLine| {
        whole::take_report(tx, &whole::ReportLine { by: line.by.map(|id| accounts.account(id)), ..line.clone() })
    })?;
    let accounts = names.clone();
    rows(town, export, "held.jsonl", report, move |tx, line: &whole::HeldLine| {
        let removed_by = line.removed_by.map(|id| accounts.account(AccountId::new(id)).get());
        whole::take_held(tx, &whole::HeldLine { removed_by, ..line.clone() })
    })?;
    let accounts = names.clone();
    rows(town, export, "limited.jsonl", report, move |tx, line: &whole::LimitedLine| {
        whole::take_limited(tx, &whole::LimitedLine { account: accounts.account(line.account), ..line.clone() })
    })?;
    let accounts = names.clone();
    rows(town, export, "statements.jsonl", report, move |tx, line: &whole::StatementLine| {
        let known = |id: Option<_>| id.map(|id| accounts.account(id));
        let (about, by, outcome_by) = (known(line.about), known(line.by), known(line.outcome_by));
        let subject = whose(&accounts, &line.kind, line.subject);
        whole::take_statement(tx, &whole::StatementLine { about, by, outcome_by, subject, ..line.clone() })
    })?;
    town.db.write_now(|tx| moderation::drift(tx, true))?;
    Ok(())
}

/// What keeps trouble out. Whether posts are read first is for the site that is here to say, unless the export becomes one.
fn prevention(town: &Town, export: &Export, manner: Manner, names: &Names, report: &mut Report) -> anyhow::Result<()> {
    rows(town, export, "filters.jsonl", report, |tx, line: &prevention::Line| prevention::take_filter(tx, line))?;
    if manner.fresh {
        let now = town.now();
        rows(town, export, "porch.jsonl", report, move |tx, line: &prevention::PorchLine| prevention::take_porch(tx, line, now))?;
    }
    let accounts = names.clone();
    rows(town, export, "bars.jsonl", report, move |tx, line: &bars::Line| {
        bars::take_in(tx, &bars::Line { by: line.by.map(|id| accounts.account(id)), ..line.clone() })
    })?;
    Ok(())
}
