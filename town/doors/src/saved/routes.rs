//! The address of the list.

use axum::{Router, extract::State, routing::get};
use people::{Caller, Town};
use std::collections::HashMap;
use talk::{PostId, saved};
use things::stories::{self, Card, show::Now};
use web::{Result, html};

use super::pages::{self, Item};
use crate::cards::{ASK, Before, PAGE};

/// The address of this room.
pub fn routes() -> Router<Town> {
    Router::new().route("/saved", get(list))
}

async fn list(State(town): State<Town>, caller: Caller, before: Before) -> Result {
    let (viewer, (found, cards)) = town
        .read(&caller, move |tx, viewer| {
            let found = saved::of(tx, viewer.must_be_member()?.id, before.0, ASK)?;
            let ids: Vec<PostId> = found.iter().take(PAGE).map(|saved| saved.post).collect();
            let cards = stories::cards_by_ids(tx, &ids)?;
            Ok((found, cards))
        })
        .await?;
    let older = (found.len() > PAGE).then(|| found[PAGE - 1].cursor());
    let mut cards: HashMap<PostId, Card> = cards.into_iter().map(|card| (card.id, card)).collect();
    let items: Vec<Item> = found.into_iter().take(PAGE).map(|saved| Item { saved, card: cards.remove(&saved.post) }).collect();
    let now = Now::of(&town);
    let list = pages::List { items: &items, before: before.0, older, now: &now };
    Ok(html(pages::list(&town.frame(&viewer, &caller), &list)))
}
