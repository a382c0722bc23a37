//! The address of the corrections.

use axum::{Router, extract::State, routing::get};
use people::{Caller, Town, town::SITE};
use talk::views;
use things::stories::show::{Now, fresh_for};
use web::{Cacheable, Result, html, kept};

use super::{newest, pages};
use crate::cards::{ASK, Before, CORRECTIONS, LISTING, PAGE};

/// The address of this room.
pub fn routes() -> Router<Town> {
    Router::new().route("/corrections", get(list))
}

async fn list(State(town): State<Town>, caller: Caller, before: Before) -> Result {
    let (viewer, mut found) = town.read(&caller, move |tx, _| Ok(newest(tx, before.0, ASK)?)).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let older = found.last().filter(|_| more).map(super::Corrected::cursor);
    let (frame, now) = (town.frame(&viewer, &caller), Now::of(&town));
    let page = pages::list(&frame, &found, before.0, older, &now);
    if viewer.me.is_some() {
        return Ok(html(page));
    }
    let mut tags = vec![SITE, LISTING, CORRECTIONS];
    tags.extend(found.iter().map(|corrected| views::tag(corrected.card.id.get())));
    let youngest = found.first().map_or(0, |corrected| corrected.correction.created_at);
    Ok(kept(page, Cacheable { tags, fresh_for: fresh_for(youngest, now.ms), subject: None }))
}
