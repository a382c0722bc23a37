//! Where comments are changed, removed, taken back and picked.

use axum::{
    Router,
    extract::{DefaultBodyLimit, Path, Request, State},
    http::HeaderMap,
    response::Response,
    routing::{get, post},
};
use db::Tx;
use maud::html;
use people::{Caller, Permission, Town, Viewer};
use web::{Error, Form, Result, html as page_of, html_with, see_other};

use super::{
    Comment, Content, Standing, lead,
    pages::{
        card::{self, Place},
        composer::Typed,
        forms, section,
    },
    read::{draws_streams, id_in, streams, way_back},
    rules, store, takedown,
    write::brought,
};
use crate::{
    PostId,
    files::{self, Brought},
    gate::Gate,
    moderation, posts,
};

pub(super) fn routes() -> Router<Town> {
    Router::new()
        .route("/comments/{id}/edit", get(edit).post(update))
        // What this reads it counts for itself.
        .layer(DefaultBodyLimit::disable())
        .route("/comments/waiting/{id}/removal", post(withdraw))
        .route("/comments/{id}/removal", post(remove))
        .route("/comments/{id}/removal/undo", post(restore))
        .route("/comments/{id}/pick", post(pick))
        .route("/comments/{id}/pick/removal", post(unpick))
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
    Ok(page_of(forms::edit(&town.frame(&viewer, &caller), &comment, Typed::nothing(), &viewer)))
}

async fn update(State(town): State<Town>, caller: Caller, Path(id): Path<String>, request: Request) -> Result {
    let (id, now) = (id_in(&id)?, town.now());
    let Brought { form, came, mut problems } = brought(&town, &caller, request).await?;
    let (content, gate) = (Content::parse(&form, &came, &mut problems), Gate::of(&town, &caller, &form));
    let keys = content.keys();
    let changed = match problems.or(()) {
        Err(problems) => Err(Error::Invalid(problems)),
        Ok(()) => {
            town.write_within(
                &caller,
                |limits| &limits.comment,
                move |tx, viewer| {
                    let comment = mine(tx, viewer, id)?;
                    files::must_be_usable(tx, comment.author.id, &content.keys(), &comment.content.keys())?;
                    let label = gate.judge_change(tx, viewer, (&comment.content.words_and_files(), &content.words_and_files()))?;
                    store::change(tx, id, comment.author.id, &content, now)?;
                    if !label.is_empty() && comment.label.is_empty() {
                        posts::set_label(tx, id, &label)?;
                    }
                    Ok(store::tags(comment.subject))
                },
            )
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
            let (viewer, (comment, shown)) =
                town.read(&caller, move |tx, viewer| Ok((mine(tx, viewer, id)?, files::shown(tx, &keys)?))).await?;
            let typed = Typed { form: Some(&form), shown: &shown, problems: &problems };
            Ok(html_with(status, forms::edit(&town.frame(&viewer, &caller), &comment, typed, &viewer)))
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
    let shown = Place::of(&standing, section::answers(&head), std::iter::empty());
    Ok(streams(html! {
        turbo-stream action="replace" target={ "comment-" (id) } { template { (card::card(&comment, &shown)) } }
        turbo-stream action="update" target="comments-said" { template { @if picked { "It is an editor’s pick." } @else { "It is no editor’s pick any more." } } }
    }))
}

async fn withdraw(State(town): State<Town>, caller: Caller, Path(id): Path<String>) -> Result {
    let id = id_in(&id)?;
    town.write(&caller, move |tx, viewer| store::withdraw(tx, viewer.must_be_member()?.id, id)).await?;
    Ok(see_other("/waiting?done=taken-back"))
}
