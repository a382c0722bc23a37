//! Where reviews are written, changed, removed and restored.

use axum::{
    Extension, Router,
    extract::{Path, State},
    routing::{get, post},
};
use db::Tx;
use people::{Caller, Permission, Town, Viewer, decisions::Entry};
use web::{Error, Form, Problems, Result, html, html_with, see_other};

use super::{
    Content, Review, Reviewables,
    pages::form,
    read::id_in,
    rules,
    store::{self, Head},
};
use crate::{
    PostId,
    gate::{Gate, Passed, Words},
    moderation, posts,
};

pub(super) fn routes() -> Router<Town> {
    Router::new()
        .route("/posts/{id}/review", get(edit).post(update))
        .route("/reviews/{id}/removal", post(remove))
        .route("/reviews/{id}/removal/undo", post(restore))
}

/// What a viewer may review, and what they wrote of it.
fn open(tx: &mut Tx, viewer: &Viewer, kinds: Reviewables, id: PostId, now: i64) -> Result<(Head, Option<Review>)> {
    let head = store::head(tx, viewer, kinds, id, now)?;
    head.may.must()?;
    store::must_not_be_down(tx, viewer.must_be_member()?.id, id)?;
    Ok((head, store::of_mine(tx, viewer, id)?))
}

async fn edit(State(town): State<Town>, Extension(kinds): Extension<Reviewables>, caller: Caller, Path(id): Path<String>) -> Result {
    let (id, now) = (id_in(&id)?, town.now());
    let (viewer, (head, mine)) = town.read(&caller, move |tx, viewer| open(tx, viewer, kinds, id, now)).await?;
    let typed = mine.as_ref().map(|review| form::as_typed(&review.content)).unwrap_or_default();
    Ok(html(form::page(&town.frame(&viewer, &caller), &head, (&typed, &Problems::default()), mine.is_some())))
}

async fn update(
    State(town): State<Town>,
    Extension(kinds): Extension<Reviewables>,
    caller: Caller,
    Path(id): Path<String>,
    sent: Form,
) -> Result {
    let (id, now) = (id_in(&id)?, town.now());
    let (viewer, (head, mine)) = town.read(&caller, move |tx, viewer| open(tx, viewer, kinds, id, now)).await?;
    let limited = town.limits.comment.by(&viewer.must_be_member()?.id);
    let mut problems = Problems::default();
    let (content, gate) = (Content::parse(&sent, &head.criteria, &mut problems), Gate::of(&town, &caller, &sent));
    let written = match (limited, problems.or(())) {
        (Err(error), _) => Err(error),
        (_, Err(problems)) => Err(Error::Invalid(problems)),
        (Ok(_), Ok(())) => town.write(&caller, move |tx, viewer| put(tx, viewer, (kinds, &gate), id, &content, now)).await,
    };
    match written {
        Ok((_, (tags, waits))) => {
            town.pages.changed(&tags);
            town.wake();
            Ok(see_other(&format!("/posts/{id}/reviews?done={}", if waits { "review-waits" } else { "reviewed" })))
        }
        Err(error) => {
            let status = error.status();
            let problems = rules::said(error)?;
            Ok(html_with(status, form::page(&town.frame(&viewer, &caller), &head, (&sent, &problems), mine.is_some())))
        }
    }
}

/// Writes a review down, if the viewer may just now; answers whether it waits.
fn put(
    tx: &mut Tx,
    viewer: &Viewer,
    (kinds, gate): (Reviewables, &Gate),
    id: PostId,
    content: &Content,
    now: i64,
) -> Result<(Vec<web::Tag>, bool)> {
    let (_, before) = open(tx, viewer, kinds, id, now)?;
    let me = viewer.must(Permission::WriteReviews)?.id;
    // What stands already and says the same is not held for being sent twice.
    let same = before.as_ref().is_some_and(|review| review.content == *content);
    let words = Words::of(&content.words());
    let passed = if same { Passed::default() } else { gate.judge(tx, viewer, (&words, before.as_ref().map(|review| review.id)))? };
    let mut held = passed.held.map(|held| held.why.into());
    if held.is_none() && !same {
        held = rules::why_held(tx, viewer, id, now)?;
    }
    let (review, tags) = store::put(tx, me, id, content, held, now)?;
    if !passed.label.is_empty() && posts::label_of(tx, review)?.is_empty() {
        posts::set_label(tx, review, &passed.label)?;
    }
    if !same {
        gate.remember(tx, viewer, review, &words)?;
    }
    Ok((tags, store::of_mine(tx, viewer, id)?.is_some_and(|review| review.held.is_some())))
}

async fn remove(State(town): State<Town>, caller: Caller, Path(id): Path<String>) -> Result {
    let (id, now) = (id_in(&id)?, town.now());
    let (_, tags) = town
        .write(&caller, move |tx, viewer| {
            viewer.must(Permission::WriteReviews)?;
            if !store::find(tx, viewer, id)?.mine {
                return Err(Error::Forbidden("Only its author can delete a review.".into()));
            }
            Ok(store::remove(tx, id, now)?)
        })
        .await?;
    town.pages.changed(&tags);
    Ok(see_other(&super::address(id)))
}

async fn restore(State(town): State<Town>, caller: Caller, Path(id): Path<String>) -> Result {
    let (id, now) = (id_in(&id)?, town.now());
    let (_, tags) = town
        .write(&caller, move |tx, viewer| {
            let (me, place) = (viewer.must_be_member()?.id, store::place(tx, id)?);
            moderation::must_bring_back(tx, viewer, id)?;
            match (place.author == me, place.why.is_some()) {
                (true, _) => {}
                (false, true) if viewer.may(Permission::ModerateNotes) => {
                    Entry::new("post.restored", "Brought a review back").about(place.author).post(id.get()).by(tx, viewer, now)?;
                }
                (false, _) => return Err(Error::NotFound),
            }
            store::restore(tx, id, now)
        })
        .await?;
    town.pages.changed(&tags);
    town.wake();
    Ok(see_other(&format!("{}?done=restored", super::address(id))))
}
