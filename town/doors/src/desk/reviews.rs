//! Reviews on the desk: those that wait until somebody looks at them, subjects that are watched, and what is judged in each section.

use axum::{
    Router,
    extract::{Path, Query, State},
    routing::{get, post},
};
use http::StatusCode;
use maud::{Markup, html};
use people::{
    Caller, Permission, Town, Viewer,
    decisions::{Entry, MAX_REASON},
};
use serde::Deserialize;
use talk::{
    PostId,
    reviews::{self, Standing, Waiting, Watched},
    views,
};
use things::REVIEWABLES;
use web::{
    Error, Form, Problems, Result, html, html_with,
    kit::{self, Field, icon},
    see_other,
};

use super::frame::{Place, draw};

const PATH: &str = "/admin/reviews";
/// Reviews on one page: each is read before it is decided on.
const PAGE: usize = 20;

pub(super) fn routes() -> Router<Town> {
    Router::new()
        .route("/admin/reviews", get(list))
        .route("/admin/reviews/{id}/approval", post(approve))
        .route("/admin/reviews/{id}/refusal", get(ask).post(refuse))
        .route("/admin/reviews/watches/{id}/end", post(end_watch))
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    after: String,
}

fn id_in(text: &str) -> Result<PostId> {
    text.parse().map_err(|_| Error::NotFound)
}

async fn list(State(town): State<Town>, caller: Caller, Query(Asked { after }): Query<Asked>) -> Result {
    let now = town.now();
    let after = match after.split_once('-') {
        Some((at, id)) => (at.parse().map_err(|_| Error::NotFound)?, id_in(id)?),
        None => (i64::MIN, PostId::new(0)),
    };
    let (viewer, (mut waiting, watched)) = town
        .read(&caller, move |tx, viewer| {
            viewer.must(Permission::ModerateNotes)?;
            Ok((reviews::waiting(tx, viewer, REVIEWABLES, after, PAGE as u32 + 1)?, reviews::watched(tx, REVIEWABLES, now)?))
        })
        .await?;
    let more = waiting.len() > PAGE;
    waiting.truncate(PAGE);
    let next = waiting.last().filter(|_| more).and_then(|last| Some(format!("{}-{}", last.review.held?.at, last.review.id)));
    let standing = Standing::of(&town, &viewer, PATH);
    let body = html! {
        div.desk-head {
            p { "Reviews by people who are new here, and those of a story that gets many at once, appear after somebody has looked at them." }
            @if viewer.may(Permission::EditSections) { a.button href="/admin/reviews/criteria" { (icon("star")) "What is judged" } }
        }
        (watches(&watched, &standing))
        @if waiting.is_empty() { (kit::empty("Nothing waits", "Reviews that have to be looked at appear here, the longest waiting first.", None)) }
        ul.list.review-list { @for one in &waiting { li { (row(one, &standing)) } } }
        @if let Some(next) = next { nav.pager aria-label="Pages" { a.button rel="next" href={ (PATH) "?after=" (next) } { "More" (icon("chevron-right")) } } }
    };
    Ok(html(page(&town, &viewer, &caller, "Reviews", &body)))
}

fn page(town: &Town, viewer: &Viewer, caller: &Caller, title: &str, body: &Markup) -> Markup {
    draw(&town.frame(viewer, caller), viewer, Place::Reviews, title, body)
}

fn watches(watched: &[Watched], standing: &Standing) -> Markup {
    html! {
        @for one in watched {
            section.panel {
                h2 dir="auto" { "Many at once: " (one.about.title) }
                p {
                    "Since " (text::times::markup(one.since, standing.now, &standing.zone)) " every review of "
                    a href=(one.about.address) { "it" } " waits, for a day. "
                }
                form method="post" action={ (PATH) "/watches/" (one.about.id) "/end" } { p.actions { button.button.small { "Let reviews appear at once again" } } }
            }
        }
    }
}

fn row(waiting: &Waiting, standing: &Standing) -> Markup {
    let review = &waiting.review;
    html! {
        article.review aria-label={ "Review by " (review.author.name) } {
            (reviews::waiting_card(waiting, standing))
            @if let Some(held) = review.held { p.meta { (icon("clock")) " " (held.why.words()) "; waits since " (text::times::markup(held.at, standing.now, &standing.zone)) "." } }
            div.actions {
                form method="post" action={ (PATH) "/" (review.id) "/approval" } {
                    button.button.small.primary { (icon("check")) "Let it appear" span.visually-hidden { ": review by " (review.author.name) } }
                }
                a.button.small href={ (PATH) "/" (review.id) "/refusal" } { (icon("x")) "Refuse…" span.visually-hidden { " the review by " (review.author.name) } }
            }
        }
    }
}

async fn approve(State(town): State<Town>, caller: Caller, Path(id): Path<String>) -> Result {
    let (id, now) = (id_in(&id)?, town.now());
    let (_, tags) = town
        .write(&caller, move |tx, viewer| {
            viewer.must(Permission::ModerateNotes)?;
            let waiting = one(tx, viewer, id)?;
            let tags = reviews::approve(tx, id, now)?;
            let entry = Entry::new("review.approved", "Let a review appear").about(waiting.review.author.id).post(id.get());
            entry.by(tx, viewer, now)?;
            Ok(tags)
        })
        .await?;
    town.pages.changed(&tags);
    town.wake();
    Ok(see_other("/admin/reviews?done=saved"))
}

/// One that waits.
fn one(tx: &mut db::Tx, viewer: &Viewer, id: PostId) -> Result<Waiting> {
    reviews::waiting_one(tx, viewer, REVIEWABLES, id)
}

async fn ask(State(town): State<Town>, caller: Caller, Path(id): Path<String>) -> Result {
    let id = id_in(&id)?;
    Ok(html(refusal(&town, &caller, id, &Form::default(), &Problems::default()).await?))
}

async fn refusal(town: &Town, caller: &Caller, id: PostId, typed: &Form, problems: &Problems) -> Result<Markup> {
    let (viewer, waiting) = town
        .read(caller, move |tx, viewer| {
            viewer.must(Permission::ModerateNotes)?;
            one(tx, viewer, id)
        })
        .await?;
    let standing = Standing::of(town, &viewer, PATH);
    let body = html! {
        article.review aria-label={ "Review by " (waiting.review.author.name) } { (reviews::waiting_card(&waiting, &standing)) }
        (kit::problems(problems))
        form.form.narrow method="post" action={ (PATH) "/" (id) "/refusal" } {
            (Field::area("why", "Why", 3).value(typed.text("why")).required().max(MAX_REASON).problem(problems).hint("Its author is told."))
            p.actions { button.button.danger { "Refuse it" } a.button.quiet href=(PATH) { "Cancel" } }
        }
    };
    Ok(page(town, &viewer, caller, "Refuse a review", &body))
}

async fn refuse(State(town): State<Town>, caller: Caller, Path(id): Path<String>, form: Form) -> Result {
    let id = id_in(&id)?;
    let mut problems = Problems::default();
    let why = reviews::reason(&form, &mut problems);
    if !problems.is_empty() {
        return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, refusal(&town, &caller, id, &form, &problems).await?));
    }
    let (now, site, origin) = (town.now(), town.site(), town.origin().to_owned());
    let (_, tags) = town
        .write(&caller, move |tx, viewer| {
            viewer.must(Permission::ModerateNotes)?;
            one(tx, viewer, id)?;
            reviews::refuse(tx, viewer, id, &why, (&site.name, &origin), now)
        })
        .await?;
    town.pages.changed(&tags);
    town.wake();
    Ok(see_other("/admin/reviews?done=saved"))
}

async fn end_watch(State(town): State<Town>, caller: Caller, Path(id): Path<String>) -> Result {
    let (id, now) = (id_in(&id)?, town.now());
    town.write(&caller, move |tx, viewer| {
        viewer.must(Permission::ModerateNotes)?;
        reviews::end_watch(tx, id)?;
        Ok(Entry::new("review.watch_ended", "Let reviews of a story appear at once again").post(id.get()).by(tx, viewer, now)?)
    })
    .await?;
    town.pages.changed(&[views::tag(id.get())]);
    Ok(see_other("/admin/reviews?done=saved"))
}
