//! Where authors answer reviews of their work.

use axum::{
    Extension, Router,
    extract::{Path, State},
    routing::{get, post},
};
use db::Tx;
use http::StatusCode;
use people::{AccountId, Caller, Permission, Town, Viewer, organizations};
use web::{Error, Form, Problems, Result, html, html_with, see_other};

use super::{
    Review, Reviewables,
    pages::one,
    read::id_in,
    review::{MAX_ANSWER, words},
    store, subject,
};
use crate::PostId;

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/reviews/{id}/answer", get(edit).post(update)).route("/reviews/{id}/answer/removal", post(remove))
}

/// A review that the viewer may answer, or has answered; and as whom: themselves, or an organization that they edit.
fn open(tx: &mut Tx, viewer: &Viewer, kinds: Reviewables, id: PostId) -> Result<(Review, AccountId)> {
    let me = viewer.must(Permission::WriteComments)?.id;
    let review = store::find(tx, viewer, id)?;
    let (_, authors) = subject::find(tx, viewer, kinds, review.subject)?;
    let Some(by) = organizations::speaks_as(tx, me, &authors)? else {
        return Err(Error::Forbidden("Only an author of what is reviewed can answer.".into()));
    };
    match &review.answer {
        Some(answer) if answer.by.id != by => Err(Error::Forbidden("Another author has answered this review.".into())),
        _ => Ok((review, by)),
    }
}

async fn edit(State(town): State<Town>, Extension(kinds): Extension<Reviewables>, caller: Caller, Path(id): Path<String>) -> Result {
    let id = id_in(&id)?;
    let (viewer, (review, _)) = town.read(&caller, move |tx, viewer| open(tx, viewer, kinds, id)).await?;
    let said = review.answer.as_ref().map_or("", |answer| answer.body.as_str());
    Ok(html(one::answer(&town.frame(&viewer, &caller), &review, (said, &Problems::default()))))
}

async fn update(
    State(town): State<Town>,
    Extension(kinds): Extension<Reviewables>,
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result {
    let (id, now) = (id_in(&id)?, town.now());
    let mut problems = Problems::default();
    if town.limits.comment.by(&town.viewer(&caller).await?.must_be_member()?.id).is_err() {
        problems.add("body", "You are very quick. Wait a moment, then send this again.");
    }
    let body = words(&form, MAX_ANSWER, "an answer", &mut problems);
    if body.is_empty() {
        problems.add("body", "Write something first.");
    }
    if !problems.is_empty() {
        let (viewer, (review, _)) = town.read(&caller, move |tx, viewer| open(tx, viewer, kinds, id)).await?;
        let page = one::answer(&town.frame(&viewer, &caller), &review, (form.text("body"), &problems));
        return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page));
    }
    let (_, tags) = town
        .write(&caller, move |tx, viewer| {
            let (review, by) = open(tx, viewer, kinds, id)?;
            store::answer(tx, id, by, &body, now)?;
            Ok(store::tags(review.subject, review.author.id))
        })
        .await?;
    town.pages.changed(&tags);
    town.wake();
    Ok(see_other(&format!("{}?done=answered", super::address(id))))
}

async fn remove(State(town): State<Town>, Extension(kinds): Extension<Reviewables>, caller: Caller, Path(id): Path<String>) -> Result {
    let (id, now) = (id_in(&id)?, town.now());
    let (_, tags) = town
        .write(&caller, move |tx, viewer| {
            let (review, by) = open(tx, viewer, kinds, id)?;
            store::take_answer_back(tx, id, by, now)?;
            Ok(store::tags(review.subject, review.author.id))
        })
        .await?;
    town.pages.changed(&tags);
    Ok(see_other(&format!("{}?done=saved", super::address(id))))
}
