//! One appeal: reading it, and deciding about it.

use axum::{
    Router,
    extract::{Path, State},
    routing::get,
};
use db::Tx;
use http::StatusCode;
use maud::{Markup, html};
use people::{AccountId, Caller, Permission, Town, Viewer, accounts, decisions::Entry, levels::Levels};
use std::sync::Arc;
use talk::moderation::{MAX_REASON, REVIEWED, Statement, StatementId, appeals, cases, letter_to, statements};
use web::{
    Error, Form, Problems, Result, html, html_with,
    kit::{self, Field},
    see_other,
};

use super::{carry, list::tabs, page};

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/admin/queue/appeals/{id}", get(show).post(decide))
}

/// An appeal, and why this viewer may not decide about it, if they may not.
fn appeal(tx: &mut Tx, viewer: &Viewer, levels: &Levels, id: StatementId) -> Result<(Statement, Option<Error>)> {
    let me = viewer.must(Permission::Moderate)?.id;
    let of = statements::find(tx, id)?;
    if of.appealed_at.is_none() {
        return Err(Error::NotFound);
    }
    let mut refused = None;
    if let Some(who) = &of.account {
        if let Some(owner) = accounts::by_id(tx, who.id)? {
            refused = carry::must_decide_about(viewer, levels, &owner).err();
        }
        let first = of.by.as_ref().is_some_and(|by| by.id == me);
        if first && somebody_else(tx, levels, me, who.id)? {
            refused = Some(Error::Forbidden("You decided this, so another moderator decides about the appeal.".into()));
        }
    }
    Ok((of, refused))
}

/// Whether anybody but these two may decide: not everybody who moderates may decide about everybody.
fn somebody_else(tx: &mut Tx, levels: &Levels, decided: AccountId, about: AccountId) -> Result<bool> {
    let Some(owner) = accounts::by_id(tx, about)? else { return Ok(true) };
    let theirs = levels.permissions(&owner.level);
    Ok(appeals::levels_of_others(tx, decided, about)?
        .iter()
        .any(|level| carry::outranked(theirs, |power| levels.permissions(level).has(power)).is_none()))
}

async fn show(State(town): State<Town>, caller: Caller, Path(id): Path<StatementId>) -> Result {
    Ok(html(drawn(&town, &caller, id, &Form::default(), &Problems::default()).await?))
}

async fn drawn(town: &Town, caller: &Caller, id: StatementId, form: &Form, problems: &Problems) -> Result<Markup> {
    let levels = town.levels();
    let (viewer, (of, refused)) = town
        .read(caller, move |tx, viewer| {
            let (of, refused) = appeal(tx, viewer, &levels, id)?;
            Ok((of, refused.map(|error| error.words())))
        })
        .await?;
    let (now, zone) = (town.now(), town.zone());
    let alone = of.by.as_ref().is_some_and(|by| viewer.is(by.id)) && refused.is_none();
    let body = html! {
        (tabs("/admin/queue/appeals"))
        (kit::problems(problems))
        section.panel {
            h2 { "The decision" }
            p { (of.act.done(of.subject.kind)) }
            p.meta { @if let Some(by) = &of.by { bdi { (by.name) } " · " } (text::times::markup(of.at, now, &zone)) }
            p dir="auto" { strong { (of.rule) } }
            blockquote.reported dir="auto" { (of.reason) }
            @if !of.facts.is_empty() { details { summary { "What it said then" } blockquote.reported dir="auto" { (of.facts) } } }
            @if let Some(case) = of.case { p { a href={ "/admin/queue/cases/" (case) } { "The whole case" } } }
        }
        section.panel {
            h2 { "The appeal" }
            @if let Some(who) = &of.account { p { a href=(who.address()) { bdi { (who.name) } } } }
            blockquote.reported dir="auto" { (of.appeal) }
        }
        @match (of.reversed, &refused) {
            (Some(reversed), _) => section.panel {
                h2 { @if reversed { "It was reversed" } @else { "It was upheld" } }
                p.meta { @if let Some(by) = &of.outcome_by { bdi { (by.name) } } }
                @if !of.outcome_words.is_empty() { blockquote.reported dir="auto" { (of.outcome_words) } }
            },
            (None, Some(words)) => p.note { (words) },
            (None, None) => (form_of(&of, alone, form, problems)),
        }
    };
    Ok(page(town, &viewer, caller, "An appeal", &body))
}

fn form_of(of: &Statement, alone: bool, form: &Form, problems: &Problems) -> Markup {
    html! {
        section.panel {
            h2 { "Decide about it" }
            @if alone { p.note { "You decided this yourself, and nobody else could decide about the appeal. Look at it as if somebody else had." } }
            form.form data-queue method="post" action={ "/admin/queue/appeals/" (of.id) } {
                fieldset.field-group.acts #outcome tabindex="-1" {
                    legend { "What becomes of the decision" }
                    @if let Some(words) = problems.of("outcome") { p.error { (words) } }
                    @for (value, key, words) in [("upheld", "u", "It stands"), ("reversed", "r", "It is reversed: what it did is undone")] {
                        label.check { input type="radio" name="outcome" value=(value) data-key=(key) required checked[form.text("outcome") == value]; span { (words) } kbd aria-hidden="true" { (key) } }
                    }
                }
                (Field::area("words", "What you answer them", 4).value(form.text("words")).required().max(MAX_REASON).problem(problems))
                p.actions { button.button.primary { "Decide" } a.button href="/admin/queue/appeals" { "Back" } }
            }
        }
    }
}

/// What was typed: whether the decision is reversed, and the answer.
fn parse(form: &Form) -> Result<(bool, String)> {
    let mut problems = Problems::default();
    let reversed = match form.text("outcome") {
        "reversed" => true,
        "upheld" => false,
        _ => {
            problems.add("outcome", "Choose what becomes of the decision.");
            false
        }
    };
    let words = text::note::clean(form.text("words"));
    if words.is_empty() {
        problems.add("words", "Write an answer: whoever appealed reads it.");
    } else if words.chars().count() > MAX_REASON {
        problems.add("words", format!("Use at most {MAX_REASON} characters."));
    }
    if problems.is_empty() { Ok((reversed, words)) } else { Err(Error::Invalid(problems)) }
}

async fn decide(State(town): State<Town>, caller: Caller, Path(id): Path<StatementId>, form: Form) -> Result {
    let (now, site, origin, levels) = (town.now(), town.site(), town.origin().to_owned(), town.levels());
    let form = Arc::new(form);
    let sent = Arc::clone(&form);
    let decided = town
        .write(&caller, move |tx, viewer| {
            let (of, refused) = appeal(tx, viewer, &levels, id)?;
            if let Some(refused) = refused {
                return Err(refused);
            }
            let (reversed, words) = parse(&sent)?;
            let me: AccountId = viewer.must_be_member()?.id;
            appeals::decide(tx, id, reversed, (me, &words), now)?;
            let did = if reversed { "Reversed after an appeal" } else { "Upheld after an appeal" };
            let entry = Entry::new("moderation.appeal", format!("{did}: {}", of.act.done(of.subject.kind))).because(&words);
            let entry = if let Some(who) = &of.account { entry.about(who.id) } else { entry };
            entry.by(tx, viewer, now)?;
            let spoken = (site.name.as_str(), origin.as_str());
            if !reversed {
                let now_read = statements::find(tx, id)?;
                letter_to(tx, &REVIEWED, &now_read, spoken, now)?;
                return Ok(Vec::new());
            }
            // The reports that led to it were not right either.
            if let Some(case) = of.case {
                cases::judge(tx, case, Some(false))?;
            }
            if of.holds() { carry::undo(tx, &of, (spoken, now)) } else { Ok(Vec::new()) }
        })
        .await;
    match decided {
        Ok((_, tags)) => {
            town.pages.changed(&tags);
            town.wake();
            Ok(see_other("/admin/queue/appeals?done=decided"))
        }
        Err(Error::Invalid(problems)) => {
            Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, drawn(&town, &caller, id, &form, &problems).await?))
        }
        Err(error) => Err(error),
    }
}
