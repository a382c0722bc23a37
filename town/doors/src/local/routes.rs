//! The address of the local feed.

use axum::{Router, extract::State, routing::get};
use people::{Caller, Town};
use talk::feeds;
use things::{notes, stories::show::Now};
use web::Result;

use super::pages;
use crate::{
    cards::Before,
    live::{self, Grows},
    posted::Posted,
    syndication,
};

/// The address of this room, and the feeds beside it.
pub fn routes() -> Router<Town> {
    Router::new()
        .route("/square/local", get(show))
        .route("/square/local.rss", get(syndication::posted_here))
        .route("/square/local.atom", get(syndication::posted_here))
        .route("/square/local.json", get(syndication::posted_here))
}

async fn show(State(town): State<Town>, caller: Caller, before: Before) -> Result {
    let now = Now::of(&town);
    let ms = now.ms;
    let here = town.clone();
    let (viewer, (posted, lists, voices, live)) = town
        .read(&caller, move |tx, viewer| {
            let live = live::of_feed(&here, viewer, Grows::Local);
            let posted = Posted::read(tx, viewer, feeds::EVERYONE, None, before, ms)?;
            Ok((posted, notes::lists_of(tx, viewer)?, notes::voices_of(tx, viewer)?, live))
        })
        .await?;
    let page = pages::show(&town.frame(&viewer, &caller), &viewer, (&lists, &voices), &posted, (&live, &now));
    Ok(posted.answer(&viewer, page, &[notes::LISTING], &now))
}
