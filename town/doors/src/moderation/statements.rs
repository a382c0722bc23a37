//! What was decided about somebody, as they read it, and their appeal; and what became of what they reported.

use axum::{
    Router,
    extract::{Path, Query, State},
    routing::{get, post},
};
use db::Tx;
use http::StatusCode;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use people::{Caller, Town, Viewer, organizations};
use serde::Deserialize;
use talk::moderation::{
    MAX_APPEAL, Statement, StatementId, appeals,
    cases::{self, Own},
    opens, statements,
};
use web::{
    Error, Form, Frame, Page, Problems, Result, html, html_with,
    kit::{self, Field},
    see_other,
};

/// Statements and reports on one page.
const MOST: u32 = 100;

pub(super) fn routes() -> Router<Town> {
    Router::new()
        .route("/moderation/statements", get(list))
        .route("/moderation/statements/{id}", get(show))
        .route("/moderation/statements/{id}/appeal", post(appeal))
}

#[derive(Deserialize)]
struct Sealed {
    #[serde(default)]
    key: String,
}

/// A statement for whoever it is about.
///
/// # Errors
/// `SignIn` for guests without its key; `NotFound` for everybody else.
fn mine(tx: &mut Tx, viewer: &Viewer, id: StatementId, key: &str, now: i64) -> Result<Statement> {
    let found = statements::find(tx, id);
    if opens(tx, id, key, now)? {
        return found;
    }
    let me = viewer.must_be_signed_in()?.id;
    let statement = found?;
    let owned = match &statement.account {
        Some(account) => organizations::role_of(tx, me, account.id)?.is_some_and(organizations::Role::owns),
        None => false,
    };
    if (owned || statement.is_about(me)) && statement.act != talk::moderation::Act::Keep { Ok(statement) } else { Err(Error::NotFound) }
}

async fn show(State(town): State<Town>, caller: Caller, Path(id): Path<StatementId>, Query(Sealed { key }): Query<Sealed>) -> Result {
    let (now, given) = (town.now(), key.clone());
    let (viewer, statement) = town.read(&caller, move |tx, viewer| mine(tx, viewer, id, &given, now)).await?;
    Ok(html(page(&town.frame(&viewer, &caller), &statement, &key, (&Form::default(), &Problems::default()), (now, &town.zone()))))
}

async fn appeal(State(town): State<Town>, caller: Caller, Path(id): Path<StatementId>, form: Form) -> Result {
    let (now, key) = (town.now(), form.text("key").to_owned());
    let words = text::note::clean(form.text("words"));
    let mut problems = Problems::default();
    if words.is_empty() {
        problems.add("words", "Write why you think that this is a mistake.");
    } else if words.chars().count() > MAX_APPEAL {
        problems.add("words", format!("Use at most {MAX_APPEAL} characters."));
    }
    let given = key.clone();
    let (viewer, statement) = town.read(&caller, move |tx, viewer| mine(tx, viewer, id, &given, now)).await?;
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if problems.is_empty()
        && let Err(error) = town.limits.report.by(&("appeal", id))
    {
        status = error.status();
        problems.add("words", "This was sent several times already. Wait a while, then send it again.");
    }
    if !problems.is_empty() {
        let page = page(&town.frame(&viewer, &caller), &statement, &key, (&form, &problems), (now, &town.zone()));
        return Ok(html_with(status, page));
    }
    let given = key.clone();
    town.write(&caller, move |tx, viewer| {
        mine(tx, viewer, id, &given, now)?;
        appeals::file(tx, id, &words, now)
    })
    .await?;
    let sealed = if key.is_empty() { String::new() } else { format!("&key={key}") };
    Ok(see_other(&format!("{}?done=appealed{sealed}", statements::address(id))))
}

fn page(frame: &Frame, of: &Statement, key: &str, (form, problems): (&Form, &Problems), (now, zone): (i64, &TimeZone)) -> Markup {
    let body = html! {
        div.page { div.narrow.statement {
            h1 { "A decision about you" }
            p.meta { "Decided " (text::times::markup(of.at, now, zone)) }
            @if let Some(at) = of.undone_at { p.note { "This was taken back " (text::times::markup(at, now, zone)) ". Everything is as it was before." } }
            (what(of, zone))
            (appealed(of, key, (form, problems), (now, zone)))
            @if of.subject.kind != talk::moderation::Kind::Profile || frame.person.is_some() {
                p { a href="/rules" { "The house rules" } " · " a href="/moderation" { "What the moderators decided" } }
            }
        } }
    };
    Page::new("A decision about you").private().draw(frame, &body)
}

/// What a statement of reasons says.
fn what(of: &Statement, zone: &TimeZone) -> Markup {
    html! {
        p.standfirst { (of.act.to_you(of.subject.kind)) }
        dl.reasons {
            @if let Some(until) = of.until { dt { "Until" } dd { (text::times::dateline(until, zone)) } }
            @if !of.label.is_empty() { dt { "The sentence" } dd dir="auto" { (of.label) } }
            dt { "The rule of the house" } dd dir="auto" { (of.rule) }
            dt { "Why" } dd.words dir="auto" { (of.reason) }
            @if !of.facts.is_empty() { dt { "What it is about" } dd { blockquote.reported dir="auto" { (of.facts) } } }
            dt { "Who decided" } dd { "A person of those who run this site. No program decided, and none helped." }
        }
    }
}

fn appealed(of: &Statement, key: &str, (form, problems): (&Form, &Problems), (now, zone): (i64, &TimeZone)) -> Markup {
    html! {
        section.panel {
            h2 { "Your appeal" }
            @if let Some(at) = of.appealed_at {
                blockquote.reported dir="auto" { (of.appeal) }
                p.meta { "Written " (text::times::markup(at, now, zone)) }
                @match of.reversed {
                    None => p { "Somebody looks at it again. You are told what they decide." },
                    Some(true) => p { strong { "You were right: the decision was reversed." } },
                    Some(false) => p { strong { "The decision stands." } },
                }
                @if !of.outcome_words.is_empty() { blockquote.reported dir="auto" { (of.outcome_words) } }
            } @else if of.may_be_appealed(now) {
                p { "If you think that this is a mistake, say why. Somebody else looks at it again, where there is somebody. You can do so once, within six months." }
                (kit::problems(problems))
                form.form #appeal method="post" action={ (of.address()) "/appeal" } {
                    @if !key.is_empty() { input type="hidden" name="key" value=(key); }
                    (Field::area("words", "Why it is a mistake", 6).value(form.text("words")).required().max(MAX_APPEAL).problem(problems))
                    p.actions { button.button.primary { "Appeal" } }
                }
            } @else if of.holds() { p { "The six months within which this could be appealed are over." } }
            @else { p { "There is nothing to appeal any more." } }
            p.meta { "You may also turn to a body for settling disputes out of court, or to a court." }
        }
    }
}

async fn list(State(town): State<Town>, caller: Caller) -> Result {
    let (viewer, (about, reports)) = town
        .read(&caller, |tx, viewer| {
            let me = viewer.must_be_signed_in()?.id;
            Ok((statements::about(tx, me, MOST)?, cases::reports_by(tx, me, MOST)?))
        })
        .await?;
    let (now, zone) = (town.now(), town.zone());
    let body = html! {
        div.page { div.narrow {
            h1 { "Decisions about you, and your reports" }
            section.panel {
                h2 { "Decisions about you" }
                @if about.is_empty() { p { "There are none." } }
                ul.list {
                    @for of in &about {
                        li {
                            p { a href=(of.address()) { (of.act.to_you(of.subject.kind)) } @if !of.holds() { " " span.label { "Taken back" } } }
                            p.meta dir="auto" { (of.rule) " · " (text::times::markup(of.at, now, &zone)) }
                        }
                    }
                }
            }
            section.panel {
                h2 #reports tabindex="-1" { "What you reported" }
                @if reports.is_empty() { p { "Nothing yet. “Report” stands beside what others write." } }
                ul.list { @for of in &reports { (reported(of, now, &zone)) } }
            }
            p { a href="/moderation" { "What the moderators decided" } }
        } }
    };
    Ok(html(Page::new("Decisions about you, and your reports").private().draw(&town.frame(&viewer, &caller), &body)))
}

/// A report as whoever wrote it reads it. What was done to whom is not theirs to know.
fn reported(of: &Own, now: i64, zone: &TimeZone) -> Markup {
    html! {
        li {
            p {
                "A " (of.subject.kind.words()) ": " span dir="auto" { (of.rule) } " "
                @match of.upheld {
                    None => span.label { "Waiting" },
                    Some(true) => span.label.ok { "Something was done" },
                    Some(false) => span.label { "It keeps to the rules" },
                }
            }
            @if !of.words.is_empty() { blockquote.reported dir="auto" { (of.words) } }
            p.meta {
                (text::times::markup(of.at, now, zone))
                @if of.upheld.is_none() { " · " a href=(of.subject.report_address()) { "Change it" } }
            }
        }
    }
}
