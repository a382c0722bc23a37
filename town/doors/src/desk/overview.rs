//! The first page of the desk: what waits for somebody, and a few numbers.

use axum::{Router, extract::State, routing::get};
use db::{Tx, params};
use maud::{Markup, html};
use people::{Caller, Permission, Town, joining};
use talk::{mentions, reviews};
use things::stories::{self, Draft};
use web::{Error, Result, html, kit};

use super::frame::{Place, draw, must_have_a_desk};

const MAX_WAITING: u32 = 50;
/// Nobody needs to know more exactly, and counting a million costs time.
const COUNT_TO: i64 = 10_000;
const WEEK_MS: i64 = 7 * 24 * 60 * 60 * 1000;

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/admin", get(show))
}

struct Overview {
    /// `None` for those who do not read other people's stories.
    waiting: Option<Vec<Draft>>,
    /// Mentions that wait, for those who decide on them.
    mentions: i64,
    /// People who wait to be let in, for those who decide on them.
    joining: i64,
    /// Reviews that wait, for those who decide on them.
    reviews: i64,
    /// Posts that wait to be read, for those who read them.
    held: i64,
    undone: usize,
    published: i64,
    written: i64,
    people: i64,
    sections: i64,
}

async fn show(State(town): State<Town>, caller: Caller) -> Result {
    let since = town.now() - WEEK_MS;
    let (viewer, overview) = town
        .read(&caller, move |tx, viewer| {
            must_have_a_desk(viewer)?;
            let reads = viewer.may(Permission::EditStories);
            let waiting = if reads { Some(stories::waiting_for_review(tx, MAX_WAITING)?) } else { None };
            let undone = if viewer.may(Permission::ManageSite) { jobs::dead(tx, 100)?.len() } else { 0 };
            let mentions = if reads { mentions::count_waiting(tx, 100)? } else { 0 };
            let joining = if viewer.may(Permission::WelcomePeople) { joining::count_waiting(tx, 100)? } else { 0 };
            let reviews = if viewer.may(Permission::ModerateNotes) { reviews::count_waiting(tx, 100)? } else { 0 };
            let held = if viewer.may(Permission::Moderate) { held(tx)? } else { 0 };
            overview(tx, waiting, (mentions, joining, reviews, held), undone, since)
        })
        .await?;
    let body = page(&overview, town.now(), &town.zone());
    Ok(html(draw(&town.frame(&viewer, &caller), &viewer, Place::Overview, "The desk", &body)))
}

/// How many notes and comments wait.
fn held(tx: &mut Tx) -> Result<i64, db::Error> {
    let sql = "select (select count(*) from waiting_comments) + (select count(*) from note_drafts where held_at is not null)";
    tx.one(sql, params![], |row| row.get(0))
}

fn overview(
    tx: &mut Tx,
    waiting: Option<Vec<Draft>>,
    (mentions, joining, reviews, held): (i64, i64, i64, i64),
    undone: usize,
    since: i64,
) -> Result<Overview, Error> {
    let mut count = |from: &str| -> Result<i64, db::Error> {
        tx.one(&format!("select count(*) from (select 1 as one from {from} limit {COUNT_TO}) counted"), params![], |row| row.get(0))
    };
    Ok(Overview {
        waiting,
        mentions,
        joining,
        reviews,
        held,
        undone,
        published: count(&format!("stories where listed_at > {since}"))?,
        written: count("drafts where state <> 'clean'")?,
        people: count("accounts where suspended_at is null and standing = 'member' and kind <> 'organization'")?,
        sections: count("sections")?,
    })
}

fn page(of: &Overview, now: i64, zone: &jiff::tz::TimeZone) -> Markup {
    html! {
        @if of.undone > 0 {
            section.panel {
                h2 { (text::count(of.undone as i64, "errand failed", "errands failed")) " for good" }
                p { "Letters or publications that were tried again and again. " a href="/admin/undone" { "Look at what went wrong" } "." }
            }
        }
        @if let Some(waiting) = &of.waiting { (waiting_list(waiting, now, zone)) }
        @if of.mentions > 0 {
            section.panel {
                h2 { (text::count(of.mentions, "mention elsewhere waits", "mentions elsewhere wait")) }
                p { "Pages that link to a story. " a href="/admin/mentions" { "Decide which of them readers see" } "." }
            }
        }
        @if of.joining > 0 {
            section.panel {
                h2 { (text::count(of.joining, "person waits to be let in", "people wait to be let in")) }
                p { "Their addresses are confirmed. " a href="/admin/joining" { "Read why they would like to join" } "." }
            }
        }
        @if of.held > 0 {
            section.panel {
                h2 { (text::count(of.held, "post waits", "posts wait")) " to be read" }
                p { "A filter or the front porch holds them. " a href="/admin/queue/held" { "Read them, and let them appear" } "." }
            }
        }
        @if of.reviews > 0 {
            section.panel {
                h2 { (text::count(of.reviews, "review waits", "reviews wait")) }
                p { "By people who are new here, or many at once. " a href="/admin/reviews" { "Read them, and let them appear" } "." }
            }
        }
        section.panel {
            h2 { "In numbers" }
            div.figures {
                (figure(of.published, "published in seven days"))
                (figure(of.written, "working copies with unpublished words"))
                (figure(of.people, "people with an account"))
                (figure(of.sections, "sections"))
            }
        }
    }
}

fn waiting_list(waiting: &[Draft], now: i64, zone: &jiff::tz::TimeZone) -> Markup {
    html! {
        section.panel {
            h2 { "Waiting for an editor" }
            @if waiting.is_empty() {
                (kit::empty("Nothing waits", "Stories that authors hand in for review appear here, the longest waiting first.", None))
            } @else {
                ul.list {
                    @for draft in waiting {
                        li.waiting {
                            p { a href={ "/stories/" (draft.story) "/edit" } { strong { (headline(draft)) } } }
                            p.meta { @if let Some(by) = &draft.by { (by.name) " · " } "handed in " (text::times::markup(draft.updated_at, now, zone)) }
                        }
                    }
                }
            }
        }
    }
}

fn headline(draft: &Draft) -> &str {
    if draft.content.headline.is_empty() { "A story without a headline" } else { &draft.content.headline }
}

fn figure(number: i64, words: &str) -> Markup {
    html! { div.figure { b { (number) @if number == COUNT_TO { "+" } } span.meta { (words) } } }
}
