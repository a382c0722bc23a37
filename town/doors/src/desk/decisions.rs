//! What was decided, by whom and when: the log that administrators read.

use axum::{
    Router,
    extract::{Query, State},
    routing::get,
};
use maud::{Markup, html};
use people::{
    AccountId, Caller, Permission, Town,
    decisions::{self, Decision, DecisionId},
};
use serde::Deserialize;
use web::{Result, html, kit};

use super::frame::{Place, draw};
use crate::desk::people::must_see_decisions;

/// Decisions on one page.
const PAGE: u32 = 50;

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/admin/decisions", get(list))
}

#[derive(Deserialize)]
struct Asked {
    by: Option<AccountId>,
    before: Option<DecisionId>,
}

async fn list(State(town): State<Town>, caller: Caller, Query(Asked { by, before }): Query<Asked>) -> Result {
    let (viewer, mut found) = town
        .read(&caller, move |tx, viewer| {
            must_see_decisions(viewer)?;
            Ok(decisions::latest(tx, by, before, PAGE + 1)?)
        })
        .await?;
    let more = found.len() > PAGE as usize;
    found.truncate(PAGE as usize);
    let of = by.map(|by| format!("by={by}&")).unwrap_or_default();
    let older = found.last().filter(|_| more).map(|last| format!("/admin/decisions?{of}before={}", last.id));
    let newer = before.map(|_| format!("/admin/decisions?{}", of.trim_end_matches('&')));
    let manages = viewer.may(Permission::ManagePeople);
    let (now, zone) = (town.now(), town.zone());
    let body = html! {
        p { "What staff decided about people, posts and the site, the latest first. Nothing here is ever changed." }
        @if by.is_some() { p { "Of one person. " a href="/admin/decisions" { "Show those of everybody" } "." } }
        @if found.is_empty() { (kit::empty("Nothing yet", "Whatever is changed on the desk is written down here.", None)) }
        @else { (markup(&found, manages, true, now, &zone)) }
        (kit::pager(newer.as_deref(), older.as_deref()))
    };
    Ok(html(draw(&town.frame(&viewer, &caller), &viewer, Place::Decisions, "Decisions", &body)))
}

/// A list of decisions. `manages` says whether names lead to the desk's page of a person, `whom` whether whom each is about is said.
pub(super) fn markup(found: &[Decision], manages: bool, whom: bool, now: i64, zone: &jiff::tz::TimeZone) -> Markup {
    html! {
        ul.list.decisions {
            @for one in found {
                li {
                    p dir="auto" {
                        (one.words)
                        @if let Some(about) = one.about.as_ref().filter(|_| whom) {
                            ": " @if manages { a href={ "/admin/people/" (about.id) } { bdi { (about.name) } } } @else { bdi { (about.name) } }
                        }
                    }
                    @if !one.reason.is_empty() { blockquote dir="auto" { (one.reason) } }
                    p.meta {
                        @match &one.by {
                            Some(by) => { a href={ "/admin/decisions?by=" (by.id) } { bdi { (by.name) } } },
                            None => { "By itself, or by somebody who has left" },
                        }
                        " · " (text::times::markup(one.at, now, zone))
                    }
                }
            }
        }
    }
}
