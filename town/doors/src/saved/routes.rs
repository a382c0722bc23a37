//! The address of the list.

use axum::{Router, extract::State, routing::get};
use people::{Caller, Town};
use std::collections::HashMap;
use talk::{
    PostId,
    saved::{self, Saved},
};
use things::{
    notes::{self, Note},
    stories::{self, Card, show::Now},
};
use web::{Result, html};

use super::pages::{self, Item};
use crate::cards::{ASK, Before, PAGE};

/// The address of this room.
pub fn routes() -> Router<Town> {
    Router::new().route("/saved", get(list))
}

async fn list(State(town): State<Town>, caller: Caller, before: Before) -> Result {
    let (viewer, (found, cards, notes)) = town
        .read(&caller, move |tx, viewer| {
            let found = saved::of(tx, viewer.must_be_member()?.id, before.0, ASK)?;
            let ids: Vec<PostId> = found.iter().take(PAGE).map(|saved| saved.post).collect();
            let cards = stories::cards_by_ids(tx, &ids)?;
            let notes = notes::notes(tx, viewer, &ids)?;
            Ok((found, cards, notes))
        })
        .await?;
    let older = (found.len() > PAGE).then(|| found[PAGE - 1].cursor());
    let mut cards: HashMap<PostId, Card> = cards.into_iter().map(|card| (card.id, card)).collect();
    let mut notes: HashMap<PostId, Note> = notes.into_iter().map(|note| (note.id, note)).collect();
    let item = |saved: Saved| Item { saved, card: cards.remove(&saved.post), note: notes.remove(&saved.post) };
    let items: Vec<Item> = found.into_iter().take(PAGE).map(item).collect();
    let now = Now::of(&town);
    let list = pages::List { viewer: &viewer, items: &items, before: before.0, older, now: &now };
    Ok(html(pages::list(&town.frame(&viewer, &caller), &list)))
}
