//! How a site looked and spoke, what it asked, its badges and its decisions.

use ::people::{
    badges::{self, COLOURS, ICONS},
    letters::{self, Own as Letter},
    looks::{self, Colours, Menu, Own, Role},
    pictures,
    questions::{self, Kind, Profile},
};
use db::{Tx, params};
use web::{Error, layout::Who};

use super::{Export, Manner, Names, broken, rows};
use crate::import_export::export::identity::{AnswerRow, BadgeRow, DecisionRow, HeldRow, IdentityRow, QuestionRow};
use crate::import_export::import::Report;

/// What a new site begins with, before its people come. An export of an older program has none of it.
pub(super) fn begin(town: &::people::Town, export: &Export) -> anyhow::Result<Option<IdentityRow>> {
    let Some(row) = export.files.lines_of::<IdentityRow>("identity.jsonl")?.next() else { return Ok(None) };
    let row = row?;
    let (questions, badges) = (row.questions.clone(), row.badges.clone());
    let unit = move |tx: &mut Tx| -> Result<(), Error> {
        tx.run("delete from badges where not exists (select 1 from account_badges h where h.badge_id = badges.id)", params![])?;
        badges.iter().enumerate().try_for_each(|(position, row)| badge(tx, row, position))?;
        Ok(questions.iter().enumerate().try_for_each(|(position, row)| question(tx, row, position))?)
    };
    town.db.write_now(unit).map_err(broken)?;
    Ok(Some(row))
}

fn badge(tx: &mut Tx, row: &BadgeRow, position: usize) -> Result<(), Error> {
    let icon = ICONS.into_iter().find(|icon| *icon == row.icon).unwrap_or(ICONS[0]);
    let colour = COLOURS.iter().find(|(name, _)| *name == row.colour).map_or(COLOURS[0].0, |(name, _)| name);
    tx.run(
        "insert into badges (id, name, name_key, meaning, icon, colour, position, created_at) values ($1, $2, $3, $4, $5, $6, $7, 0)
         on conflict do nothing",
        params![row.id, &row.name, text::fold(&row.name).as_str(), &row.meaning, icon, colour, position],
    )?;
    Ok(())
}

fn question(tx: &mut Tx, row: &QuestionRow, position: usize) -> Result<(), db::Error> {
    let profiles: Vec<&str> = row.profiles.iter().filter_map(|name| Profile::named(name)).map(Profile::name).collect();
    let kind = Kind::named(&row.kind).unwrap_or(Kind::Text);
    tx.run(
        "insert into questions (id, profiles, words, kind, choices, required, position, created_at) values ($1, $2, $3, $4, $5, $6, $7, 0)
         on conflict (id) do nothing",
        params![
            row.id,
            profiles.join(",").as_str(),
            &row.words,
            kind.name(),
            row.choices.join("\n").as_str(),
            i64::from(row.required),
            position
        ],
    )?;
    Ok(())
}

/// What belongs to people, once they are here.
pub(super) fn of_people(town: &::people::Town, export: &Export, manner: Manner, names: &Names, report: &mut Report) -> anyhow::Result<()> {
    let accounts = names.clone();
    rows(town, export, "answers.jsonl", report, move |tx, row: &AnswerRow| answer(tx, row, &accounts))?;
    if !manner.fresh {
        return Ok(());
    }
    let accounts = names.clone();
    rows(town, export, "held_badges.jsonl", report, move |tx, row: &HeldRow| held(tx, row, &accounts))?;
    let accounts = names.clone();
    rows(town, export, "decisions.jsonl", report, move |tx, row: &DecisionRow| decision(tx, row, &accounts))?;
    Ok(())
}

/// An answer to what is asked here, too.
fn answer(tx: &mut Tx, row: &AnswerRow, names: &Names) -> Result<bool, db::Error> {
    let account = names.account(row.account);
    let shown_to = ::people::connections::ShownTo::named(&row.shown_to).unwrap_or(::people::connections::ShownTo::OnlyMe);
    let Some(asked) = questions::find(tx, row.question)? else { return Ok(false) };
    let Ok(value) = asked.asked.answer(&row.value) else { return Ok(false) };
    if value.is_empty() || !is_here(tx, account)? {
        return Ok(false);
    }
    let new = tx.run(
        "insert into answers (account_id, question_id, value, shown_to, updated_at) values ($1, $2, $3, $4, $5)
         on conflict (account_id, question_id) do nothing",
        params![account, row.question, value.as_str(), shown_to.name(), row.at],
    )?;
    Ok(new > 0)
}

fn is_here(tx: &mut Tx, account: ::people::AccountId) -> Result<bool, db::Error> {
    Ok(tx.first("select 1 from accounts where id = $1", params![account], |row| row.get::<i64>(0))?.is_some())
}

fn held(tx: &mut Tx, row: &HeldRow, names: &Names) -> Result<bool, db::Error> {
    let account = names.account(row.account);
    if !is_here(tx, account)? || badges::find(tx, row.badge)?.is_none() {
        return Ok(false);
    }
    badges::give(tx, account, row.badge, row.by.map(|by| names.account(by)), row.at)
}

fn decision(tx: &mut Tx, row: &DecisionRow, names: &Names) -> Result<bool, db::Error> {
    let here = |tx: &mut Tx, id: Option<::people::AccountId>| -> Result<Option<::people::AccountId>, db::Error> {
        let Some(id) = id.map(|id| names.account(id)) else { return Ok(None) };
        Ok(is_here(tx, id)?.then_some(id))
    };
    let (by, about) = (here(tx, row.by)?, here(tx, row.about)?);
    let new = tx.run(
        "insert into decisions (id, account_id, act, about_id, post_id, words, reason, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (id) do nothing",
        params![row.id, by, &row.act, about, row.post, &row.words, &row.reason, row.at],
    )?;
    Ok(new > 0)
}

/// How the site looked and spoke, once its pictures are here.
pub(super) fn end(tx: &mut Tx, row: &IdentityRow, now: i64) -> Result<(), db::Error> {
    let pair = |pair: &Option<[String; 2]>| pair.as_ref().and_then(|[light, dark]| Some((light.parse().ok()?, dark.parse().ok()?)));
    looks::save_colours(tx, Colours { accent: pair(&row.accent), link: pair(&row.link) })?;
    looks::save_contact(tx, &looks::Looks::parse_contact(&row.contact).unwrap_or_default())?;
    for (role, key) in [(Role::Logo, &row.logo), (Role::Icon, &row.icon)] {
        if let Some(key) = key
            && pictures::find(tx, key)?.is_some()
        {
            looks::save_picture(tx, role, Some(key))?;
        }
    }
    for menu in Menu::ALL {
        let links = row.links.iter().filter(|link| link.menu == menu.name()).map(|link| Own {
            heading: link.heading.clone(),
            label: link.label.clone(),
            address: link.address.clone(),
            who: Who::named(&link.shown_to).unwrap_or(Who::Staff),
        });
        looks::save_menus(tx, menu, &links.filter(Own::is_sound).collect::<Vec<_>>())?;
    }
    for letter in &row.letters {
        letters::save(tx, &letter.kind, &Letter { subject: letter.subject.clone(), intro: letter.intro.clone() }, now)?;
    }
    Ok(())
}
