//! The lists of the queue: what waits, appeals, and what was decided.

use axum::{
    Router,
    extract::{Query, State},
    routing::get,
};
use db::Tx;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use people::{Caller, Permission, Town};
use serde::Deserialize;
use talk::{
    Cursor, PostId,
    moderation::{
        Kind, Statement, appeals,
        cases::{self, Case, Order},
    },
};
use web::{Error, Result, html, kit};

use super::page;
use crate::moderation::{Seen, find};

/// Cases on one page.
const PAGE: u32 = 20;
/// Characters of each.
const EXCERPT: usize = 240;

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/admin/queue", get(open)).route("/admin/queue/decided", get(decided)).route("/admin/queue/appeals", get(waiting))
}

#[derive(Clone, Deserialize)]
struct Asked {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    order: String,
    #[serde(default)]
    past: String,
}

impl Asked {
    fn kind(&self) -> Option<Kind> {
        Kind::named(&self.kind)
    }

    fn order(&self) -> Order {
        if self.order == "most" { Order::Most } else { Order::Newest }
    }

    fn past(&self, usual: Cursor) -> Result<Cursor> {
        if self.past.is_empty() { Ok(usual) } else { self.past.parse().map_err(|()| Error::NotFound) }
    }

    /// The address of a list of this kind and order.
    fn address(&self, path: &str, kind: Option<Kind>, order: Order) -> String {
        let kind = kind.map(|kind| format!("kind={}", kind.name()));
        let order = (order == Order::Most).then(|| "order=most".to_owned());
        let query: Vec<String> = kind.into_iter().chain(order).collect();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
    }
}

/// The parts of the queue. `current` is the address of the one that is shown.
pub(super) fn tabs(current: &str) -> Markup {
    let tab = |address: &str, words: &str| html! { a href=(address) aria-current=[(address == current).then_some("page")] { (words) } };
    html! {
        nav.tabs aria-label="The queue" {
            (tab("/admin/queue", "Waiting"))
            (tab("/admin/queue/held", "To read first"))
            (tab("/admin/queue/appeals", "Appeals"))
            (tab("/admin/queue/decided", "Decided"))
            (tab("/admin/queue/rules", "Rules"))
        }
    }
}

/// Cases with what they are about.
fn with_subjects(tx: &mut Tx, found: Vec<Case>) -> Result<Vec<(Case, Option<Seen>)>> {
    found.into_iter().map(|case| Ok((find(tx, case.subject)?, case))).map(|pair: Result<_>| pair.map(|(seen, case)| (case, seen))).collect()
}

async fn open(State(town): State<Town>, caller: Caller, Query(asked): Query<Asked>) -> Result {
    let (past, wanted) = (asked.past(Cursor::NEWEST)?, asked.clone());
    let (viewer, found) = town
        .read(&caller, move |tx, viewer| {
            let me = viewer.must(Permission::Moderate)?.id;
            let found = cases::open(tx, (me, wanted.kind()), wanted.order(), past, PAGE + 1)?;
            with_subjects(tx, found)
        })
        .await?;
    let place = |case: &Case| Cursor {
        at: if asked.order() == Order::Most { case.reports } else { case.reported_at },
        id: PostId::new(case.id.get()),
    };
    let path = "/admin/queue";
    let orders = html! {
        nav.queue-choices aria-label="Order" {
            @for (order, words) in [(Order::Newest, "Newest first"), (Order::Most, "Most reported first")] {
                a href=(asked.address(path, asked.kind(), order)) aria-current=[(asked.order() == order).then_some("true")] { (words) }
            }
        }
    };
    let empty = kit::empty("Nothing waits", "What members report appears here until somebody decides.", None);
    let body = html! { (tabs(path)) (kinds(&asked, path)) (orders) (listed(&town, &found, (&asked, path), place, &empty)) };
    Ok(html(page(&town, &viewer, &caller, "Reports", &body)))
}

async fn decided(State(town): State<Town>, caller: Caller, Query(asked): Query<Asked>) -> Result {
    let (past, wanted) = (asked.past(Cursor::NEWEST)?, asked.clone());
    let (viewer, found) = town
        .read(&caller, move |tx, viewer| {
            let me = viewer.must(Permission::Moderate)?.id;
            let found = cases::decided(tx, (me, wanted.kind()), past, PAGE + 1)?;
            with_subjects(tx, found)
        })
        .await?;
    let place = |case: &Case| Cursor { at: case.decided_at.unwrap_or_default(), id: PostId::new(case.id.get()) };
    let path = "/admin/queue/decided";
    let empty = kit::empty("Nothing yet", "What was decided appears here.", None);
    let body = html! { (tabs(path)) (kinds(&asked, path)) (listed(&town, &found, (&asked, path), place, &empty)) };
    Ok(html(page(&town, &viewer, &caller, "Decided reports", &body)))
}

fn kinds(asked: &Asked, path: &str) -> Markup {
    html! {
        nav.queue-choices aria-label="Kinds" {
            a href=(asked.address(path, None, asked.order())) aria-current=[asked.kind().is_none().then_some("true")] { "All" }
            @for kind in Kind::ALL {
                a href=(asked.address(path, Some(kind), asked.order())) aria-current=[(asked.kind() == Some(kind)).then_some("true")] { (kind.plural()) }
            }
        }
    }
}

fn listed(
    town: &Town,
    found: &[(Case, Option<Seen>)],
    (asked, path): (&Asked, &str),
    place: impl Fn(&Case) -> Cursor,
    empty: &Markup,
) -> Markup {
    let shown = &found[..found.len().min(PAGE as usize)];
    let (now, zone) = (town.now(), town.zone());
    let here = asked.address(path, asked.kind(), asked.order());
    let joint = if here.contains('?') { '&' } else { '?' };
    let older = shown.last().filter(|_| found.len() > shown.len()).map(|(last, _)| format!("{here}{joint}past={}", place(last)));
    html! {
        @if shown.is_empty() { (empty) }
        ol.list.queue { @for (case, seen) in shown { li { (row(case, seen.as_ref(), now, &zone)) } } }
        (kit::pager((!asked.past.is_empty()).then_some(here.as_str()), older.as_deref()))
    }
}

/// What somebody reads of a case before they open it.
pub(super) fn excerpt(seen: &Seen) -> String {
    let words = if seen.title.is_empty() { text::excerpt(&seen.words, EXCERPT) } else { seen.title.clone() };
    if words.is_empty() { "A picture".into() } else { words }
}

fn row(case: &Case, seen: Option<&Seen>, now: i64, zone: &TimeZone) -> Markup {
    html! {
        p.meta {
            span.label { (case.subject.kind.words()) } " "
            @if let Some(who) = &case.account { "by " bdi { (who.name) } " · " }
            (text::count(case.reports, "report", "reports")) " · " (text::times::markup(case.decided_at.unwrap_or(case.reported_at), now, zone))
        }
        p dir="auto" {
            a href={ "/admin/queue/cases/" (case.id) } {
                @match seen { Some(seen) => (excerpt(seen)), None => "Nothing of it is left" }
            }
        }
    }
}

async fn waiting(State(town): State<Town>, caller: Caller, Query(asked): Query<Asked>) -> Result {
    let past = asked.past(Cursor { at: i64::MIN, id: PostId::new(i64::MIN) })?;
    let (viewer, found) = town
        .read(&caller, move |tx, viewer| {
            viewer.must(Permission::Moderate)?;
            Ok(appeals::waiting(tx, past, PAGE + 1)?)
        })
        .await?;
    let shown = &found[..found.len().min(PAGE as usize)];
    let place = |last: &Statement| Cursor { at: last.appealed_at.unwrap_or_default(), id: PostId::new(last.id.get()) };
    let later = shown.last().filter(|_| found.len() > shown.len()).map(|last| format!("/admin/queue/appeals?past={}", place(last)));
    let (now, zone) = (town.now(), town.zone());
    let path = "/admin/queue/appeals";
    let body = html! {
        (tabs(path))
        @if shown.is_empty() { (kit::empty("No appeal waits", "Whoever a decision is about can appeal it once, within six months.", None)) }
        ol.list.queue {
            @for of in shown {
                li {
                    p.meta {
                        @if let Some(who) = &of.account { bdi { (who.name) } " · " }
                        (of.act.done(of.subject.kind)) " · appealed " (text::times::markup(of.appealed_at.unwrap_or_default(), now, &zone))
                    }
                    p dir="auto" { a href={ (path) "/" (of.id) } { (text::excerpt(&of.appeal, EXCERPT)) } }
                }
            }
        }
        (kit::pager((!asked.past.is_empty()).then_some(path), later.as_deref()))
    };
    Ok(html(page(&town, &viewer, &caller, "Appeals", &body)))
}
