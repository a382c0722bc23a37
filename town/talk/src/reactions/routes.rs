//! The addresses of reactions.

use axum::{
    Router,
    extract::{Path, Query, State},
    response::Response,
    routing::{get, post},
};
use db::Tx;
use http::HeaderMap;
use maud::html;
use people::{Caller, Town, Viewer};
use serde::Deserialize;
use web::{Error, Form, Result, Tag, see_other};

use super::{Kind, LIKE, Reactions, offer, pages, put, store, take_back};
use crate::{
    Counts, Cursor, PostId, comments, posts,
    saved::{stream, wants_stream, way_back},
};

/// People on one page.
const PAGE: usize = 50;

/// The addresses of this room.
pub(crate) fn routes() -> Router<Town> {
    Router::new()
        .route("/posts/{id}/reaction", post(react))
        .route("/posts/{id}/reaction/undo", post(undo))
        .route("/posts/{id}/reactions", get(list))
}

fn parse(post: &str) -> Result<PostId> {
    post.parse().map_err(|_| Error::NotFound)
}

async fn react(State(town): State<Town>, caller: Caller, Path(post): Path<String>, headers: HeaderMap, form: Form) -> Result {
    let (post, back) = (parse(&post)?, way_back(form.text("back")));
    let (kind, now, streams) = (form.get("kind").unwrap_or(LIKE).to_owned(), town.now(), wants_stream(&headers));
    let written = town
        .write_within(
            &caller,
            |limits| &limits.press,
            move |tx, viewer| {
                put(tx, viewer, post, &kind, now)?;
                Seen::of(tx, viewer, post, streams)
            },
        )
        .await;
    town.wake();
    answer(&town, post, written.map(|(_, seen)| seen), back)
}

async fn undo(State(town): State<Town>, caller: Caller, Path(post): Path<String>, headers: HeaderMap, form: Form) -> Result {
    let (post, back) = (parse(&post)?, way_back(form.text("back")));
    let streams = wants_stream(&headers);
    let written = town
        .write_within(
            &caller,
            |limits| &limits.press,
            move |tx, viewer| {
                take_back(tx, viewer.must_be_member()?.id, post)?;
                store::must_read(tx, viewer, post)?;
                Seen::of(tx, viewer, post, streams)
            },
        )
        .await;
    answer(&town, post, written.map(|(_, seen)| seen), back)
}

/// What is seen of a post after somebody reacted.
struct Seen {
    /// What changes on an open page; `None` where the page comes again.
    changes: Option<(Reactions, Counts)>,
    /// The tags of the pages on which it is seen.
    shown_on: Vec<Tag>,
}

impl Seen {
    fn of(tx: &mut Tx, viewer: &Viewer, post: PostId, streams: bool) -> Result<Self> {
        let changes = if streams { Some((store::of_one(tx, viewer, post)?, posts::counts_of(tx, post)?)) } else { None };
        Ok(Self { changes, shown_on: comments::shown_on(tx, post)? })
    }
}

/// Only the buttons and the counts change, where scripts run; elsewhere the page comes again, at the post. Guests sign in first.
fn answer(town: &Town, post: PostId, written: Result<Seen>, back: &str) -> Result {
    let seen = match written {
        Err(Error::SignIn) => return Ok(sign_in_first(post, back)),
        written => written?,
    };
    town.pages.changed(&seen.shown_on);
    let Some((reactions, counts)) = seen.changes else { return Ok(see_other(&at(post, back))) };
    Ok(stream(html! {
        turbo-stream action="replace" method="morph" targets={ ".reactions[data-post='" (post) "']" } { template { (pages::pressed(post, &reactions, back)) } }
        turbo-stream action="update" targets={ "[data-counts='" (post) "']" } { template { (counts) } }
    }))
}

/// The place of the post in a page.
fn at(post: PostId, back: &str) -> String {
    let page = back.split('#').next().unwrap_or("/");
    format!("{page}#reactions-{post}")
}

fn sign_in_first(post: PostId, back: &str) -> Response {
    let next: String = url::form_urlencoded::byte_serialize(at(post, back).as_bytes()).collect();
    see_other(&format!("/sign-in?next={next}"))
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    before: String,
}

async fn list(State(town): State<Town>, caller: Caller, Path(post): Path<String>, Query(asked): Query<Asked>) -> Result {
    let post = parse(&post)?;
    let before = if asked.before.is_empty() { Cursor::NEWEST } else { asked.before.parse().map_err(|()| Error::NotFound)? };
    let wanted = asked.kind;
    let (viewer, (kind_of_post, reactions, chosen, mut people, kinds)) = town
        .read(&caller, move |tx, viewer| {
            let kind_of_post = store::must_read(tx, viewer, post)?;
            let chosen = match wanted.as_str() {
                "" => None,
                name => Some(offer::named(tx, name)?.ok_or(Error::NotFound)?),
            };
            let name = chosen.as_ref().map(|kind| kind.name.as_str());
            let people = store::who(tx, viewer, post, name, before, PAGE as u32 + 1)?;
            let kinds: Vec<Kind> = [Kind::like()].into_iter().chain(offer::all(tx)?).collect();
            Ok((kind_of_post, store::of_one(tx, viewer, post)?, chosen, people, kinds))
        })
        .await?;
    let older = people.get(PAGE - 1).filter(|_| people.len() > PAGE).map(store::Reacted::cursor);
    people.truncate(PAGE);
    let who = pages::Who {
        post,
        address: address(&kind_of_post, post),
        reactions: &reactions,
        chosen: chosen.as_ref(),
        people: &people,
        kinds: &kinds,
        first: before == Cursor::NEWEST,
        older,
        now: (town.now(), town.zone()),
    };
    Ok(web::html(pages::who(&town.frame(&viewer, &caller), &who)))
}

/// Leads to a post of any kind: each kind has an address by the id alone, which leads on.
fn address(kind: &str, post: PostId) -> String {
    match kind {
        "story" => format!("/stories/{post}"),
        other => format!("/{other}s/{post}"),
    }
}
