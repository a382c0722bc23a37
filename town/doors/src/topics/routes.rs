//! The address of a topic.

use axum::{
    Router,
    extract::{Path, RawQuery, State},
    routing::get,
};
use people::{Caller, Town};
use talk::topics;
use things::stories::{self, show::Now};
use web::{Error, Result, Tag, moved};

use super::pages;
use crate::{
    cards::{self, ASK, Before, Listed},
    syndication::{List, beside},
};

/// The address of this room.
pub fn routes() -> Router<Town> {
    Router::new().route("/topics/{tag}", get(beside(List::Topic, show)))
}

async fn show(State(town): State<Town>, caller: Caller, Path(tag): Path<String>, RawQuery(query): RawQuery, before: Before) -> Result {
    let key = text::topic::parse(&tag).ok_or(Error::NotFound)?.key;
    let (viewer, (topic, found)) = town
        .read(&caller, move |tx, _| {
            let topic = topics::by_key(tx, &key)?.ok_or(Error::NotFound)?;
            let found = stories::on_shelf(tx, topic.id.get(), before.0, ASK)?;
            Ok((topic, found))
        })
        .await?;
    if tag != topic.key {
        let right = topic.address();
        return Ok(moved(&query.map_or_else(|| right.clone(), |query| format!("{right}?{query}"))));
    }
    let (frame, now) = (town.frame(&viewer, &caller), Now::of(&town));
    let listed = Listed::cut(found, before);
    let page = pages::show(&frame, &topic, &listed, &now);
    Ok(cards::answer(&viewer, page, &listed.cards, &[Tag("topic", topic.id.get())], &now))
}
