//! Where comments are written, answered, changed, removed and picked.

use axum::{
    Router,
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
    routing::{get, post},
};
use db::Tx;
use maud::html;
use people::{Caller, Permission, Town, Viewer};
use web::{Error, Form, Problems, Result, html as page_of, html_with, see_other};

use super::{
    Comment, Content, Standing, lead,
    pages::{
        card::{self, Shown},
        forms, said, section,
    },
    places,
    read::{draws_streams, id_in, streams, way_back},
    rules,
    store::{self, Head},
    takedown,
};
use crate::{PostId, moderation, posts};

pub(super) fn routes() -> Router<Town> {
    Router::new()
        .route("/comments/{id}/reply", get(answer).post(reply))
        .route("/comments/{id}/edit", get(edit).post(update))
        .route("/comments/{id}/removal", post(remove))
        .route("/comments/{id}/removal/undo", post(restore))
        .route("/comments/{id}/pick", post(pick))
        .route("/comments/{id}/pick/removal", post(unpick))
}

/// What a comment is to stand under.
#[derive(Clone, Copy)]
enum Under {
    Subject(PostId),
    Comment(PostId),
}

/// What it is under, as the viewer sees it.
fn above(tx: &mut Tx, viewer: &Viewer, under: Under, now: i64) -> Result<(Head, Option<Comment>)> {
    Ok(match under {
        Under::Subject(subject) => (store::head(tx, viewer, subject, now)?, None),
        Under::Comment(parent) => {
            let parent = store::find(tx, viewer, parent)?;
            (store::head(tx, viewer, parent.subject, now)?, Some(parent))
        }
    })
}

pub(super) async fn create(State(town): State<Town>, caller: Caller, Path(id): Path<String>, headers: HeaderMap, form: Form) -> Result {
    take(&town, &caller, Under::Subject(id_in(&id)?), &headers, &form).await
}

async fn reply(State(town): State<Town>, caller: Caller, Path(id): Path<String>, headers: HeaderMap, form: Form) -> Result {
    take(&town, &caller, Under::Comment(id_in(&id)?), &headers, &form).await
}

async fn answer(State(town): State<Town>, caller: Caller, Path(id): Path<String>) -> Result {
    let (id, now) = (id_in(&id)?, town.now());
    let (viewer, (head, parent)) = town
        .read(&caller, move |tx, viewer| {
            viewer.must_be_member()?;
            above(tx, viewer, Under::Comment(id), now)
        })
        .await?;
    let back = lead(&head.kind, head.subject);
    let standing = Standing::of(&town, &viewer, &back);
    Ok(page_of(forms::write(&town.frame(&viewer, &caller), &head, parent.as_ref(), ("", &Problems::default()), &standing)))
}

async fn take(town: &Town, caller: &Caller, under: Under, headers: &HeaderMap, form: &Form) -> Result {
    let limited = town.limits.comment.by(&town.viewer(caller).await?.must_be_member()?.id);
    let mut problems = Problems::default();
    let (content, now) = (Content::parse(form, &mut problems), town.now());
    let posted = match (limited, problems.or(())) {
        (Err(error), _) => Err(error),
        (_, Err(problems)) => Err(Error::Invalid(problems)),
        (Ok(_), Ok(())) => town.write(caller, move |tx, viewer| put(tx, viewer, under, &content, now)).await,
    };
    match posted {
        Ok((_, (id, tags))) => {
            town.pages.changed(&tags);
            town.wake();
            if draws_streams(headers) {
                return drawn(town, caller, id, form.text("back")).await;
            }
            let address = town.read(caller, move |tx, viewer| store::landing(tx, viewer, id, now)).await?.1;
            Ok(see_other(&format!("{}#comment-{id}", places::with(&address, "done", "commented"))))
        }
        Err(error) => {
            let status = error.status();
            let problems = rules::said(error)?;
            let (viewer, (head, parent)) = town.read(caller, move |tx, viewer| above(tx, viewer, under, now)).await?;
            let usual = lead(&head.kind, head.subject);
            let standing = Standing::of(town, &viewer, way_back(form.text("back"), &usual));
            let typed = (form.text("body"), &problems);
            Ok(html_with(status, forms::write(&town.frame(&viewer, caller), &head, parent.as_ref(), typed, &standing)))
        }
    }
}

/// Writes a comment down, if the viewer may just now.
fn put(tx: &mut Tx, viewer: &Viewer, under: Under, content: &Content, now: i64) -> Result<(PostId, Vec<web::Tag>)> {
    let me = viewer.must(Permission::WriteComments)?.id;
    let (head, parent) = above(tx, viewer, under, now)?;
    rules::must(&head.may, now)?;
    rules::must_be_new(tx, viewer, head.subject, content, now)?;
    store::post(tx, me, (head.subject, parent.map(|parent| parent.id)), content, now)
}

/// A comment that was just posted, put into the open page: nothing else on it moves.
async fn drawn(town: &Town, caller: &Caller, id: PostId, back: &str) -> Result {
    let now = town.now();
    let (viewer, (comment, head)) = town
        .read(caller, move |tx, viewer| {
            let mut comment = store::find(tx, viewer, id)?;
            let head = store::head(tx, viewer, comment.subject, now)?;
            comment.by_author = head.authors.contains(&comment.author.id);
            Ok((comment, head))
        })
        .await?;
    let usual = lead(&head.kind, head.subject);
    let standing = Standing::of(town, &viewer, way_back(back, &usual));
    let shown = Shown { fresh: true, ..Shown::of(&standing, section::answers(&head), std::iter::empty()) };
    let subject = head.subject;
    let fresh = html! { li { (card::branch(&comment, &[], &shown)) } };
    Ok(streams(html! {
        @match comment.parent {
            Some(parent) => {
                turbo-stream action="append" target={ "replies-" (parent) } { template { ol { (fresh) } } }
                turbo-stream action="update" target={ "reply-" (parent) } { template {} }
            }
            None => {
                turbo-stream action="prepend" target="threads" { template { (fresh) } }
            }
        }
        turbo-stream action="replace" target="new-comments" { template { (section::news(subject, head.count, &standing)) } }
        turbo-stream action="update" targets={ "[data-comments=\"" (subject) "\"]" } { template { (said::count(head.count)) } }
        turbo-stream action="update" target="comments-said" { template { "Your comment is posted." } }
    }))
}

/// A comment of the viewer's own, that they may change.
fn mine(tx: &mut Tx, viewer: &Viewer, id: PostId) -> Result<Comment> {
    viewer.must(Permission::WriteComments)?;
    let comment = store::find(tx, viewer, id)?;
    if comment.mine { Ok(comment) } else { Err(Error::Forbidden("Only its author can change a comment.".into())) }
}

async fn edit(State(town): State<Town>, caller: Caller, Path(id): Path<String>) -> Result {
    let id = id_in(&id)?;
    let (viewer, comment) = town.read(&caller, move |tx, viewer| mine(tx, viewer, id)).await?;
    Ok(page_of(forms::edit(&town.frame(&viewer, &caller), &comment, (&comment.content.body, &Problems::default()))))
}

async fn update(State(town): State<Town>, caller: Caller, Path(id): Path<String>, form: Form) -> Result {
    let (id, now) = (id_in(&id)?, town.now());
    let limited = town.limits.comment.by(&town.viewer(&caller).await?.must_be_member()?.id);
    let mut problems = Problems::default();
    let content = Content::parse(&form, &mut problems);
    let changed = match (limited, problems.or(())) {
        (Err(error), _) => Err(error),
        (_, Err(problems)) => Err(Error::Invalid(problems)),
        (Ok(_), Ok(())) => {
            town.write(&caller, move |tx, viewer| {
                let comment = mine(tx, viewer, id)?;
                store::change(tx, id, comment.author.id, &content, now)?;
                Ok(store::tags(comment.subject))
            })
            .await
        }
    };
    match changed {
        Ok((_, tags)) => {
            town.pages.changed(&tags);
            town.wake();
            Ok(see_other(&format!("/comments/{id}?done=saved")))
        }
        Err(Error::Forbidden(words)) => Err(Error::Forbidden(words)),
        Err(error) => {
            let status = error.status();
            let problems = rules::said(error)?;
            let (viewer, comment) = town.read(&caller, move |tx, viewer| mine(tx, viewer, id)).await?;
            Ok(html_with(status, forms::edit(&town.frame(&viewer, &caller), &comment, (form.text("body"), &problems))))
        }
    }
}

async fn remove(State(town): State<Town>, caller: Caller, Path(id): Path<String>) -> Result {
    let (id, now) = (id_in(&id)?, town.now());
    let (_, tags) = town
        .write(&caller, move |tx, viewer| {
            mine(tx, viewer, id)?;
            Ok(store::remove(tx, id, now)?)
        })
        .await?;
    town.pages.changed(&tags);
    Ok(see_other(&super::comment::address(id)))
}

async fn restore(State(town): State<Town>, caller: Caller, Path(id): Path<String>) -> Result {
    let (id, now) = (id_in(&id)?, town.now());
    let (_, tags) = town
        .write(&caller, move |tx, viewer| {
            let (author, _) = store::author_and_state(tx, id)?;
            let me = viewer.must(Permission::WriteComments)?.id;
            let by_staff = posts::taken_down(tx, id)?.is_some();
            moderation::must_bring_back(tx, viewer, id)?;
            match (author == me, by_staff) {
                (true, _) => {}
                (false, true) => takedown::log_restored(tx, viewer, (id, author), now)?,
                (false, false) => return Err(Error::NotFound),
            }
            store::restore(tx, id, now)
        })
        .await?;
    town.pages.changed(&tags);
    Ok(see_other(&format!("/comments/{id}?done=restored")))
}

async fn pick(State(town): State<Town>, caller: Caller, Path(id): Path<String>, headers: HeaderMap, form: Form) -> Result {
    set_picked(&town, &caller, id_in(&id)?, true, &headers, &form).await
}

async fn unpick(State(town): State<Town>, caller: Caller, Path(id): Path<String>, headers: HeaderMap, form: Form) -> Result {
    set_picked(&town, &caller, id_in(&id)?, false, &headers, &form).await
}

async fn set_picked(town: &Town, caller: &Caller, id: PostId, picked: bool, headers: &HeaderMap, form: &Form) -> Result<Response> {
    let now = town.now();
    let (viewer, (comment, head)) = town
        .write(caller, move |tx, viewer| {
            let me = viewer.must(Permission::EditStories)?.id;
            store::find(tx, viewer, id)?;
            store::pick(tx, id, picked.then_some(me), now)?;
            let mut comment = store::find(tx, viewer, id)?;
            let head = store::head(tx, viewer, comment.subject, now)?;
            comment.by_author = head.authors.contains(&comment.author.id);
            Ok((comment, head))
        })
        .await?;
    town.pages.changed(&store::tags(comment.subject));
    if !draws_streams(headers) {
        return Ok(see_other(&format!("/comments/{id}?done=saved")));
    }
    let usual = lead(&head.kind, head.subject);
    let standing = Standing::of(town, &viewer, way_back(form.text("back"), &usual));
    let shown = Shown::of(&standing, section::answers(&head), std::iter::empty());
    Ok(streams(html! {
        turbo-stream action="replace" target={ "comment-" (id) } { template { (card::card(&comment, &shown)) } }
        turbo-stream action="update" target="comments-said" { template { @if picked { "It is an editor’s pick." } @else { "It is no editor’s pick any more." } } }
    }))
}
