//! Where comments are written and answered.

use axum::{
    Router,
    extract::{DefaultBodyLimit, Path, Request, State},
    http::HeaderMap,
    routing::get,
};
use db::Tx;
use maud::html;
use people::{Caller, Permission, Town, Viewer, uploads::Family};
use web::{Error, Result, html as page_of, html_with, see_other};

use super::{
    Comment, Content, MAX_PICTURES, Standing, lead,
    pages::{
        card::{self, Place},
        composer::Typed,
        forms, said, section, waiting,
    },
    places,
    read::{draws_streams, id_in, streams, way_back},
    rules,
    store::{self, Head, Landing},
};
use crate::{
    PostId,
    files::{self, Brought},
    gate::{self, Gate, Words},
    posts,
};

pub(super) fn routes() -> Router<Town> {
    // What this reads it counts for itself.
    Router::new().route("/comments/{id}/reply", get(answer).post(reply)).layer(DefaultBodyLimit::disable())
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

pub(super) async fn create(
    State(town): State<Town>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Result {
    take(&town, &caller, Under::Subject(id_in(&id)?), &headers, request).await
}

async fn reply(State(town): State<Town>, caller: Caller, Path(id): Path<String>, headers: HeaderMap, request: Request) -> Result {
    take(&town, &caller, Under::Comment(id_in(&id)?), &headers, request).await
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
    Ok(page_of(forms::write(&town.frame(&viewer, &caller), &head, parent.as_ref(), Typed::nothing(), &standing)))
}

/// Reads a form that may carry pictures, of a member. From whoever may not comment none are taken; what they wrote comes back to them.
pub(super) async fn brought(town: &Town, caller: &Caller, request: Request) -> Result<Brought> {
    let takes = |viewer: &Viewer| Ok(if viewer.may(Permission::WriteComments) { &[Family::Picture][..] } else { &[] });
    files::brought(town, caller, takes, MAX_PICTURES, request).await
}

async fn take(town: &Town, caller: &Caller, under: Under, headers: &HeaderMap, request: Request) -> Result {
    let Brought { form, came, mut problems } = brought(town, caller, request).await?;
    let form = &form;
    let (content, now, gate) = (Content::parse(form, &came, &mut problems), town.now(), Gate::of(town, caller, form));
    let (keys, undescribed) = (content.keys(), content.pictures.iter().any(|attached| attached.alt.is_empty()));
    let posted = match problems.or(()) {
        Err(problems) => Err(Error::Invalid(problems)),
        Ok(()) => {
            let words = Words::of(&content.words());
            let put = move |tx: &mut Tx, viewer: &Viewer| put(tx, viewer, under, (&content, &words), (&gate, now));
            town.write_within(caller, |limits| &limits.comment, put).await
        }
    };
    match posted {
        Ok((viewer, Put::Held(id))) => held(town, caller, (&viewer, id), headers, form.text("back")).await,
        Ok((_, Put::Posted { id, tags, address })) => {
            town.pages.changed(&tags);
            town.wake();
            if draws_streams(headers) {
                return drawn(town, caller, id, form.text("back")).await;
            }
            // Where no script runs, nobody could say what a picture shows before it came.
            if undescribed {
                return Ok(see_other(&format!("/comments/{id}/edit?done=describe#pictures")));
            }
            Ok(see_other(&format!("{}#comment-{id}", places::with(&address, "done", "commented"))))
        }
        Err(error) => {
            let status = error.status();
            let problems = rules::said(error)?;
            let (viewer, (head, parent, shown)) = town
                .read(caller, move |tx, viewer| {
                    let (head, parent) = above(tx, viewer, under, now)?;
                    Ok((head, parent, files::shown(tx, &keys)?))
                })
                .await?;
            let usual = lead(&head.kind, head.subject);
            let standing = Standing::of(town, &viewer, way_back(form.text("back"), &usual));
            let typed = Typed { form: Some(form), shown: &shown, problems: &problems };
            Ok(html_with(status, forms::write(&town.frame(&viewer, caller), &head, parent.as_ref(), typed, &standing)))
        }
    }
}

/// What became of a comment.
enum Put {
    /// Its id, the tags to give to `Pages::changed`, and the address at which it is seen.
    Posted {
        id: PostId,
        tags: Vec<web::Tag>,
        address: String,
    },
    Held(PostId),
}

/// Writes a comment down, if the viewer may just now.
fn put(tx: &mut Tx, viewer: &Viewer, under: Under, (content, words): (&Content, &Words), (gate, now): (&Gate, i64)) -> Result<Put> {
    let me = viewer.must(Permission::WriteComments)?.id;
    let (head, parent) = above(tx, viewer, under, now)?;
    rules::must(&head.may, now)?;
    posts::mentioned::must_be_few(viewer, &content.body)?;
    rules::must_have_left(tx, viewer, now)?;
    if !gate::knows(viewer, words) {
        rules::must_be_new(tx, me, head.subject, content, now)?;
    }
    files::must_be_usable(tx, me, &content.keys(), &[])?;
    let passed = gate.judge(tx, viewer, (words, None))?;
    let place = (head.subject, parent.as_ref().map(|parent| parent.id));
    if let Some(held) = store::held(&passed) {
        let id = store::hold(tx, me, place, content, held, now)?;
        gate.remember(tx, viewer, id, words)?;
        return Ok(Put::Held(id));
    }
    let (id, tags) = store::post(tx, me, place, content, now)?;
    if !passed.label.is_empty() {
        posts::set_label(tx, id, &passed.label)?;
    }
    gate.remember(tx, viewer, id, words)?;
    let landing = Landing { id, parent: place.1, thread: parent.map_or(id, |parent| parent.thread), fresh: true };
    Ok(Put::Posted { id, tags, address: store::lands(tx, &head, &landing)? })
}

/// A comment that waits to be read: its author is told, and sees it where it will stand.
async fn held(town: &Town, caller: &Caller, (viewer, id): (&Viewer, PostId), headers: &HeaderMap, back: &str) -> Result {
    let (_, of) = town.read(caller, move |tx, _| store::waiting_one(tx, id)).await?;
    let usual = lead(&of.subject.1, of.subject.0);
    let back = way_back(back, &usual);
    if !draws_streams(headers) {
        return Ok(see_other(&format!("{}#waiting-{id}", places::with(back, "done", "waits"))));
    }
    let card = waiting::card(&of, &Standing::of(town, viewer, back));
    Ok(streams(html! {
        @match of.parent {
            Some(parent) => {
                turbo-stream action="append" target={ "replies-" (parent) } { template { ol { li { (card) } } } }
                turbo-stream action="update" target={ "reply-" (parent) } { template {} }
            }
            None => { turbo-stream action="prepend" target="threads" { template { li { (card) } } } }
        }
        turbo-stream action="update" target="comments-said" { template { "Your comment waits to be read by a moderator. Only you see it until then." } }
    }))
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
    let shown = Place { fresh: true, ..Place::of(&standing, section::answers(&head), std::iter::empty()) };
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
