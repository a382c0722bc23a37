//! Work that was given up: letters nobody could deliver, most often. It can be tried again or forgotten.

use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use jobs::Dead;
use maud::{Markup, html};
use people::{Caller, Permission, Town, decisions::Entry};
use web::{Error, Result, html, kit, see_other};

use super::frame::{Place, draw};

const MAX_SHOWN: u32 = 100;

pub(super) fn routes() -> Router<Town> {
    Router::new()
        .route("/admin/undone", get(list))
        .route("/admin/undone/{id}/retry", post(retry))
        .route("/admin/undone/{id}/remove", post(remove))
}

async fn list(State(town): State<Town>, caller: Caller) -> Result {
    let (viewer, dead) = town
        .read(&caller, |tx, viewer| {
            viewer.must(Permission::ManageSite)?;
            Ok(jobs::dead(tx, MAX_SHOWN)?)
        })
        .await?;
    let body = page(&dead, town.now(), &town.zone());
    Ok(html(draw(&town.frame(&viewer, &caller), &viewer, Place::Undone, "Undone work", &body)))
}

async fn retry(State(town): State<Town>, caller: Caller, Path(id): Path<db::Id>) -> Result {
    let now = town.now();
    change(&town, &caller, "Tried work again that had failed", move |tx| jobs::retry(tx, id, now)).await?;
    town.wake();
    Ok(see_other("/admin/undone?done=saved"))
}

async fn remove(State(town): State<Town>, caller: Caller, Path(id): Path<db::Id>) -> Result {
    change(&town, &caller, "Gave up work that had failed", move |tx| jobs::forget(tx, id)).await?;
    Ok(see_other("/admin/undone?done=saved"))
}

async fn change(
    town: &Town,
    caller: &Caller,
    words: &'static str,
    change: impl Fn(&mut db::Tx) -> Result<bool, db::Error> + Send + 'static,
) -> Result<()> {
    let now = town.now();
    town.write(caller, move |tx, viewer| {
        viewer.must(Permission::ManageSite)?;
        Entry::new("jobs.undone", words).by(tx, viewer, now)?;
        if change(tx)? { Ok(()) } else { Err(Error::NotFound) }
    })
    .await
    .map(|_| ())
}

fn page(dead: &[Dead], now: i64, zone: &jiff::tz::TimeZone) -> Markup {
    html! {
        @if dead.is_empty() { (kit::empty("Nothing is undone", "Letters and publications that fail again and again appear here with their reason.", None)) }
        ul.list {
            @for job in dead {
                li.panel {
                    h2 { (in_words(&job.kind)) }
                    p.meta { (text::count(i64::from(job.attempts), "try", "tries")) ", given up " (text::times::markup(job.dead_at, now, zone)) }
                    p { (job.last_error) }
                    div.actions {
                        form method="post" action={ "/admin/undone/" (job.id) "/retry" } { button.button { "Try again" } }
                        form method="post" action={ "/admin/undone/" (job.id) "/remove" } { button.button.quiet { "Forget it" } }
                    }
                }
            }
        }
    }
}

fn in_words(kind: &str) -> &str {
    match kind {
        "letter" | "notice.letter" | "notice.digest" => "A letter",
        "notice.push" => "A message to somebody’s devices",
        "poll.closed" | "story.out" | "staff.message" => "Telling members of something",
        "publication" => "A scheduled publication",
        "mention.check" | "mention.send" => "A mention",
        "websub.ping" => "Telling the hub",
        other => other,
    }
}
