//! Where authors and editors set who may comment, and members how they hear of a conversation.

use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    routing::{get, post},
};
use db::Tx;
use people::{Caller, Town, Viewer};
use web::{Error, Form, Problems, Result, html as page_of, html_with, see_other};

use super::{
    OpenTo, Rules, lead,
    pages::forms,
    places,
    read::{id_in, way_back},
    rules::SLOW,
    store::{self, Choice, Head},
};
use crate::PostId;

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/posts/{id}/comments/settings", get(ask).post(save)).route("/posts/{id}/comments/choice", post(choose))
}

/// A conversation whose rules the viewer may set.
fn mine(tx: &mut Tx, viewer: &Viewer, subject: PostId, now: i64) -> Result<Head> {
    viewer.must_be_member()?;
    let head = store::head(tx, viewer, subject, now)?;
    if head.sets { Ok(head) } else { Err(Error::Forbidden("Only the authors of a post and editors say who may comment on it.".into())) }
}

async fn ask(State(town): State<Town>, caller: Caller, Path(id): Path<String>) -> Result {
    let (subject, now) = (id_in(&id)?, town.now());
    let (viewer, head) = town.read(&caller, move |tx, viewer| mine(tx, viewer, subject, now)).await?;
    Ok(page_of(forms::settings(&town.frame(&viewer, &caller), &head, None, &Problems::default())))
}

async fn save(State(town): State<Town>, caller: Caller, Path(id): Path<String>, form: Form) -> Result {
    let (subject, now) = (id_in(&id)?, town.now());
    let mut problems = Problems::default();
    let rules = parse(&form, &mut problems);
    if !problems.is_empty() {
        let (viewer, head) = town.read(&caller, move |tx, viewer| mine(tx, viewer, subject, now)).await?;
        let page = forms::settings(&town.frame(&viewer, &caller), &head, Some(&form), &problems);
        return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page));
    }
    let (_, kind) = town
        .write(&caller, move |tx, viewer| {
            let head = mine(tx, viewer, subject, now)?;
            store::set_rules(tx, subject, rules)?;
            Ok(head.kind)
        })
        .await?;
    town.pages.changed(&store::tags(subject));
    Ok(see_other(&format!("{}#comments", places::with(&lead(&kind, subject), "done", "saved"))))
}

fn parse(form: &Form, problems: &mut Problems) -> Rules {
    let open_to = OpenTo::named(form.text("open_to"));
    if open_to.is_none() {
        problems.add("open_to", "Choose who may comment.");
    }
    let slow_minutes = form.number("slow_minutes").filter(|minutes| SLOW.contains(minutes));
    if slow_minutes.is_none() {
        problems.add("slow_minutes", "Choose how often a member may comment.");
    }
    Rules { open_to: open_to.unwrap_or_default(), slow_minutes: slow_minutes.unwrap_or(0) }
}

async fn choose(State(town): State<Town>, caller: Caller, Path(id): Path<String>, form: Form) -> Result {
    let (subject, now, choice) = (id_in(&id)?, town.now(), Choice::named(form.text("choice")));
    town.limits.press.by(&town.viewer(&caller).await?.must_be_member()?.id)?;
    let (_, kind) = town
        .write(&caller, move |tx, viewer| {
            let me = viewer.must_be_member()?.id;
            let head = store::head(tx, viewer, subject, now)?;
            store::choose(tx, subject, me, choice)?;
            Ok(head.kind)
        })
        .await?;
    let usual = lead(&kind, subject);
    let back = way_back(form.text("back"), &usual).split(['?', '#']).next().unwrap_or("/").to_owned();
    Ok(see_other(&format!("{}#comments", places::with(&back, "done", "saved"))))
}
