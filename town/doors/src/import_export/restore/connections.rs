//! Connections of an export: who follows whom or what, friends, lists, blocks, mutes; and how members hear of what.
//!
//! In a new site they are what they were. Beside what is there a friendship is not taken on the word of a file: both have to
//! agree, and it opens what is for friends alone.

use ::people::{
    AccountId, Town,
    connections::whole::{self, Choice, Circle, Kind, Tie},
    notices::whole as notices,
    safety::whole as safety,
};
use db::{Tx, params};
use things::sections::SectionId;

use super::{Export, Manner, Names, Report, rows};

/// Takes them in, those whose two sides are here.
pub(super) fn restore(town: &Town, export: &Export, manner: Manner, names: &Names, report: &mut Report) -> anyhow::Result<()> {
    for kind in Kind::ALL {
        if !manner.fresh && matches!(kind, Kind::Friendship | Kind::Request) {
            continue;
        }
        let names = names.clone();
        rows(town, export, kind.file(), report, move |tx, tie: &Tie| {
            let Some(tie) = here(tx, kind, tie, &names)? else { return Ok(false) };
            whole::put(tx, kind, &tie)
        })?;
    }
    let accounts = names.clone();
    rows(town, export, "lists.jsonl", report, move |tx, circle: &Circle| {
        let mut circle = circle.clone();
        circle.account = accounts.account(circle.account);
        if !is_account(tx, circle.account)? {
            return Ok(false);
        }
        circle.members.iter_mut().for_each(|member| member.account = accounts.account(member.account));
        let mut members = Vec::new();
        for member in circle.members {
            if is_account(tx, member.account)? {
                members.push(member);
            }
        }
        whole::put_circle(tx, &Circle { members, ..circle })
    })?;
    let accounts = names.clone();
    rows(town, export, "notice_choices.jsonl", report, move |tx, line: &notices::Line| {
        notices::take_in(tx, &notices::Line { account: accounts.account(line.account), ..line.clone() })
    })?;
    let accounts = names.clone();
    rows(town, export, "connection_choices.jsonl", report, move |tx, choice: &Choice| {
        let choice = Choice { account: accounts.account(choice.account), ..choice.clone() };
        if is_account(tx, choice.account)? { whole::put_choice(tx, &choice) } else { Ok(false) }
    })?;
    let (accounts, now) = (names.clone(), manner.now);
    rows(town, export, "safety_choices.jsonl", report, move |tx, line: &safety::Line| {
        let line = safety::Line { account: accounts.account(line.account), ..line.clone() };
        // Beside what is there nobody is locked in or out on the word of a file.
        let line = if manner.fresh { line } else { safety::Line { locked: None, birth_year: None, ..line } };
        safety::take_in(tx, &line, now)
    })?;
    Ok(())
}

/// The same tie between those who are here under other ids; `None` when one of the two is not.
fn here(tx: &mut Tx, kind: Kind, tie: &Tie, names: &Names) -> Result<Option<Tie>, db::Error> {
    let tie = Tie { account: names.account(tie.account), ..tie.clone() };
    if !is_account(tx, tie.account)? {
        return Ok(None);
    }
    let other = names.account(AccountId::new(tie.other.get()));
    if is_account(tx, other)? {
        return Ok(Some(Tie { other: db::Id::new(other.get()), ..tie }));
    }
    if !matches!(kind, Kind::Follow | Kind::Dismissal) {
        return Ok(None);
    }
    let other = names.section(SectionId::new(tie.other.get())).get();
    let known =
        "select 1 from sections where id = $1 union all select 1 from topics where id = $1 union all select 1 from places where id = $1";
    let known = tx.first(known, params![other], |row| row.get::<i64>(0))?.is_some();
    Ok(known.then_some(Tie { other: db::Id::new(other), ..tie }))
}

pub(super) fn is_account(tx: &mut Tx, id: AccountId) -> Result<bool, db::Error> {
    Ok(tx.first("select 1 from accounts where id = $1", params![id], |row| row.get::<i64>(0))?.is_some())
}
