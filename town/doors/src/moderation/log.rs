//! The public log: what was decided, by which rule, and when.

use axum::{
    Router,
    extract::{Query, State},
    routing::get,
};
use maud::html;
use people::{Caller, Town};
use serde::Deserialize;
use talk::moderation::{Kind, StatementId, names_people, statements};
use web::{Page, Result, html, kit};

/// Decisions on one page.
const PAGE: u32 = 50;

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/moderation", get(show))
}

#[derive(Deserialize)]
struct Asked {
    before: Option<StatementId>,
}

async fn show(State(town): State<Town>, caller: Caller, Query(Asked { before }): Query<Asked>) -> Result {
    let (viewer, (mut found, names)) =
        town.read(&caller, move |tx, _| Ok((statements::log(tx, before, PAGE + 1)?, names_people(tx)?))).await?;
    let more = found.len() > PAGE as usize;
    found.truncate(PAGE as usize);
    let older = found.last().filter(|_| more).map(|last| format!("/moderation?before={}", last.id));
    let (now, zone) = (town.now(), town.zone());
    let body = html! {
        div.page { div.narrow {
            h1 { "What the moderators decided" }
            p {
                "Whatever breaks " a href="/rules" { "the house rules" } " can be reported by anybody: “Report” stands beside it. People decide, and "
                "whoever it is about can appeal. "
                @if viewer.me.is_some() { a href="/moderation/statements" { "Decisions about you, and your reports" } }
            }
            @if found.is_empty() { (kit::empty("Nothing yet", "So far the moderators had nothing to do.", None)) }
            ul.list.moderation-log {
                @for of in &found {
                    li {
                        p {
                            (of.act.done(of.subject.kind))
                            @if let Some(who) = of.account.as_ref().filter(|_| names && of.subject.kind != Kind::Context) { ": " a href=(who.address()) { bdi { (who.name) } } }
                            @if of.reversed == Some(false) { " " span.label { "Appealed, and upheld" } }
                        }
                        p.meta { span dir="auto" { (of.rule) } " · " (text::times::markup(of.at, now, &zone)) }
                    }
                }
            }
            (kit::pager(before.map(|_| "/moderation"), older.as_deref()))
        } }
    };
    let page = Page::new("What the moderators decided").canonical("/moderation");
    let page = if viewer.me.is_some() { page.private() } else { page };
    Ok(html(page.draw(&town.frame(&viewer, &caller), &body)))
}
