//! The addresses of topics and places.

use axum::{
    Router,
    extract::{Path, RawQuery, State},
    response::Response,
    routing::get,
};
use people::{Caller, Town};
use talk::Cursor;
use things::stories::{self, show::Now};
use web::{Result, moved};

use super::{pages, subject::Kind};
use crate::{
    cards::{self, ASK, Before, Listed},
    connections,
    posted::Posted,
    syndication::{List, beside},
};

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new()
        .route("/topics/{tag}", get(beside(List::Topic, topic)))
        .route("/topics/{tag}/posts", get(topic_posts))
        .route("/places/{place}", get(beside(List::Place, place)))
        .route("/places/{place}/posts", get(place_posts))
}

async fn topic(State(town): State<Town>, caller: Caller, Path(tag): Path<String>, query: RawQuery, before: Before) -> Result {
    show(town, caller, (Kind::Topic, tag), query, before).await
}

async fn topic_posts(State(town): State<Town>, caller: Caller, Path(tag): Path<String>, before: Before) -> Result {
    show_posts(town, caller, (Kind::Topic, tag), before).await
}

async fn place(State(town): State<Town>, caller: Caller, Path(place): Path<String>, query: RawQuery, before: Before) -> Result {
    show(town, caller, (Kind::Place, place), query, before).await
}

async fn place_posts(State(town): State<Town>, caller: Caller, Path(place): Path<String>, before: Before) -> Result {
    show_posts(town, caller, (Kind::Place, place), before).await
}

async fn show(town: Town, caller: Caller, (kind, name): (Kind, String), RawQuery(query): RawQuery, before: Before) -> Result {
    let now = Now::of(&town);
    let (ms, typed) = (now.ms, name.clone());
    let (viewer, (subject, found, posted, follows)) = town
        .read(&caller, move |tx, viewer| {
            let subject = kind.find(tx, viewer, &typed)?;
            let found = stories::on_shelf(tx, subject.id, before.0, ASK)?;
            // Where no story is about it, what is posted about it is all there is.
            let posted = match found.is_empty() && before.0 == Cursor::NEWEST {
                true => Some(Posted::read(tx, viewer, subject.id, None, before, ms)?),
                false => None,
            };
            let follows = connections::follows(tx, viewer, subject.id)?;
            Ok((subject, found, posted, follows))
        })
        .await?;
    if name != subject.key {
        return Ok(right(&subject.address, query.as_deref()));
    }
    let frame = town.frame(&viewer, &caller);
    let more = [subject.tag()];
    if let Some(posted) = posted.filter(|posted| !posted.is_empty()) {
        let page = pages::posts(&frame, &viewer, (&subject, follows), &posted, &now);
        return Ok(posted.answer(&viewer, page, &more, &now));
    }
    let listed = Listed::cut(found, before);
    let page = pages::show(&frame, &subject, &listed, follows, &now);
    Ok(cards::answer(&viewer, page, &listed.cards, &more, &now))
}

/// The address that stays.
fn right(address: &str, query: Option<&str>) -> Response {
    moved(&query.map_or_else(|| address.to_owned(), |query| format!("{address}?{query}")))
}

/// What is posted about it in the town square.
async fn show_posts(town: Town, caller: Caller, (kind, name): (Kind, String), before: Before) -> Result {
    let now = Now::of(&town);
    let (ms, typed) = (now.ms, name.clone());
    let (viewer, (subject, posted, follows)) = town
        .read(&caller, move |tx, viewer| {
            let subject = kind.find(tx, viewer, &typed)?;
            let posted = Posted::read(tx, viewer, subject.id, None, before, ms)?;
            let follows = connections::follows(tx, viewer, subject.id)?;
            Ok((subject, posted, follows))
        })
        .await?;
    if name != subject.key {
        return Ok(right(&format!("{}/posts", subject.address), None));
    }
    let frame = town.frame(&viewer, &caller);
    let page = pages::posts(&frame, &viewer, (&subject, follows), &posted, &now);
    Ok(posted.answer(&viewer, page, &[subject.tag()], &now))
}
