//! Comments for their readers: where one stands, its thread, what it said before, what is new.

use axum::{
    Router,
    extract::{DefaultBodyLimit, Path, Query, State},
    http::{HeaderMap, HeaderValue, Uri, header},
    response::{IntoResponse as _, Response},
    routing::get,
};
use maud::{Markup, html};
use people::{Caller, Permission, Town, pictures::Shown};
use serde::Deserialize;
use web::{Error, Result, html as page_of, html::safe_path, see_other};

use super::{
    Asked, Content, Standing, lead,
    pages::{
        forms::{self, Gone},
        section, thread,
    },
    places, store,
};
use crate::{
    PostId,
    moderation::{Held, Kind, Subject, held_for},
    posts,
};

/// What Turbo asks for when it sends a form.
const STREAM: &str = "text/vnd.turbo-stream.html";
/// Longest way back, in bytes: a page's address with its query.
const MAX_BACK: usize = 1_000;

pub(super) fn routes() -> Router<Town> {
    Router::new()
        // What takes a comment counts for itself what it reads.
        .route("/posts/{id}/comments", get(show_news).post(super::write::create).layer(DefaultBodyLimit::disable()))
        .route("/comments/{id}", get(show))
        .route("/comments/{id}/thread", get(show_thread))
        .route("/comments/{id}/history", get(show_history))
}

/// An id in an address; nothing stands at what is none.
pub(super) fn id_in(text: &str) -> Result<PostId> {
    text.parse().map_err(|_| Error::NotFound)
}

/// Whether a browser has Turbo draw what changed.
pub(super) fn draws_streams(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|accepts| accepts.contains(STREAM))
}

/// Parts of a page that changed.
pub(super) fn streams(streams: Markup) -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("text/vnd.turbo-stream.html; charset=utf-8"))], streams.into_string()).into_response()
}

/// The page somebody came from, if it is one of ours.
pub(super) fn way_back<'a>(back: &'a str, usual: &'a str) -> &'a str {
    if back.is_empty() || back.len() > MAX_BACK { usual } else { safe_path(back) }
}

#[derive(Deserialize)]
struct Back {
    #[serde(default)]
    back: String,
}

/// The newest comments, in the place of those that an open page shows.
async fn show_news(
    State(town): State<Town>,
    caller: Caller,
    Path(id): Path<String>,
    Query(Back { back }): Query<Back>,
    headers: HeaderMap,
) -> Result {
    let (subject, now) = (id_in(&id)?, town.now());
    let (viewer, talk) = town.read(&caller, move |tx, viewer| store::of(tx, viewer, subject, &Asked::newest(), now)).await?;
    let there = lead(&talk.head.kind, subject);
    if !draws_streams(&headers) {
        return Ok(see_other(&format!("{there}?order=newest#comments")));
    }
    let back = way_back(&back, &there).split(['?', '#']).next().unwrap_or(&there);
    let standing = Standing::of(&town, &viewer, back);
    Ok(streams(html! {
        turbo-stream action="replace" method="morph" target="comments" { template { (section::section(&talk, &standing)) } }
    }))
}

/// Leads to where a comment stands; what is gone is shown to its author and to the staff.
async fn show(State(town): State<Town>, caller: Caller, Path(id): Path<String>, uri: Uri) -> Result {
    enum Found {
        At(String),
        Gone { said: Content, shown: Vec<Shown>, why: Option<String>, held: Option<Box<Held>>, restores: bool, subject: String },
    }
    let (id, now) = (id_in(&id)?, town.now());
    let (viewer, found) = town
        .read(&caller, move |tx, viewer| {
            let (author, removed) = store::author_and_state(tx, id)?;
            let subject = store::subject_of(tx, id)?;
            let (own, moderates) = (viewer.is(author), viewer.may(Permission::ModerateNotes));
            if removed.is_none() {
                return Ok(Found::At(store::landing(tx, viewer, id, now)?));
            }
            // It was under what the viewer reads, or it is nothing of theirs.
            let subject = lead(&store::head(tx, viewer, subject, now)?.kind, subject);
            let why = posts::taken_down(tx, id)?;
            let shown = own || (moderates && why.is_some());
            if !shown {
                return Err(Error::Gone);
            }
            let restores = why.is_none() || moderates;
            let held = held_for(tx, viewer, Subject { kind: Kind::Comment, id: id.get() })?.map(Box::new);
            let (said, shown) = store::said_in(tx, id)?;
            Ok(Found::Gone { said, shown, why, held, restores, subject })
        })
        .await?;
    Ok(match found {
        Found::At(address) => {
            let done = uri.query().filter(|query| query.starts_with("done=") && !query.contains('&'));
            let address =
                done.and_then(|done| done.split_once('=')).map_or(address.clone(), |(name, value)| places::with(&address, name, value));
            see_other(&format!("{address}#comment-{id}"))
        }
        Found::Gone { said, shown, why, held, restores, subject } => {
            let of = Gone { id, content: &said, shown: &shown, why: why.as_deref(), held: held.as_deref(), restores, subject: &subject };
            page_of(forms::gone(&town.frame(&viewer, &caller), &of, &viewer))
        }
    })
}

#[derive(Deserialize)]
struct Part {
    #[serde(default)]
    after: String,
    #[serde(default)]
    at: String,
}

async fn show_thread(State(town): State<Town>, caller: Caller, Path(id): Path<String>, Query(asked): Query<Part>) -> Result {
    let place = |text: &str| if text.is_empty() { Ok(None) } else { id_in(text).map(Some) };
    let (id, after, at, now) = (id_in(&id)?, place(&asked.after)?, place(&asked.at)?, town.now());
    let (viewer, part) = town.read(&caller, move |tx, viewer| store::thread(tx, viewer, id, (after, at), now)).await?;
    let back = format!("/comments/{id}/thread");
    Ok(page_of(thread::page(&town.frame(&viewer, &caller), &part, &Standing::of(&town, &viewer, &back))))
}

async fn show_history(State(town): State<Town>, caller: Caller, Path(id): Path<String>) -> Result {
    let id = id_in(&id)?;
    let (viewer, (comment, versions)) =
        town.read(&caller, move |tx, viewer| Ok((store::find(tx, viewer, id)?, store::versions(tx, id)?))).await?;
    let standing = Standing::of(&town, &viewer, "/");
    Ok(page_of(forms::history(&town.frame(&viewer, &caller), &comment, &versions, &standing)))
}
