//! The address of the square.

use axum::{
    Extension, Router,
    extract::{Query, State},
    routing::{get, post},
};
use people::{
    Caller, Town,
    connections::{Order, choose_order, home_order},
    lists,
};
use serde::Deserialize;
use std::sync::Arc;
use talk::Cursor;
use things::{
    notes::{Composer, composer, voices_of},
    stories::show::Now,
};
use web::{Error, Form, Problems, Result, html, see_other};

use super::{
    discussed,
    feed::{self, From},
    home::Homes,
    near,
    pages::{self, Shows},
};
use crate::{
    cards::Before,
    connections::{self, MOST_SUGGESTED},
    live::{self, Grows},
    local,
};

/// The address of this room.
pub fn routes() -> Router<Town> {
    Router::new()
        .route("/square/near", get(near::show))
        .route("/square/discussed", get(discussed::show))
        .route("/square/order", post(set_order))
        .route("/square", get(home))
        .layer(Extension(Arc::new(Homes::default())))
}

#[derive(Deserialize)]
struct Asked {
    /// Where a page of the ranked order begins.
    #[serde(default)]
    ranked: String,
}

async fn home(
    State(town): State<Town>,
    caller: Caller,
    Extension(homes): Extension<Arc<Homes>>,
    before: Before,
    Query(Asked { ranked }): Query<Asked>,
) -> Result {
    // Guests follow nobody: they read what everyone here says.
    if caller.has_no_session() {
        return Ok(see_other(local::ADDRESS));
    }
    let now = Now::of(&town);
    let ms = now.ms;
    let from = match ranked.as_str() {
        "" => From { at: ms, skip: 0 },
        written => written.parse().map_err(|()| Error::Malformed("This feed has no such page. Begin again at its top.".into()))?,
    };
    let here = town.clone();
    let (viewer, (feed, lists, voices, live, following, suggested, order)) = town
        .read(&caller, move |tx, viewer| {
            let me = viewer.must_be_member()?.id;
            let live = live::of_feed(&here, viewer, Grows::Home);
            let order = home_order(tx, me)?;
            // What is older than all that is ranked follows in the order of time.
            let feed = match order {
                Order::Ranked if before.0 == Cursor::NEWEST => feed::ranked(tx, viewer, &homes, from, ms)?,
                _ => feed::home(tx, viewer, &homes, before.0, ms)?,
            };
            let (lists, voices) = (lists::all_of(tx, me)?, voices_of(tx, viewer)?);
            // Whoever has nothing to read is shown whom to follow; for everybody else that is a page of its own.
            let empty = feed.items.is_empty() && feed.is_first();
            let suggested = if empty { connections::suggested(tx, me, MOST_SUGGESTED)? } else { Vec::new() };
            let following = if empty { people::connections::counts(tx, me.get())?.following } else { 0 };
            Ok((feed, lists, voices, live, following, suggested, order))
        })
        .await?;
    let problems = Problems::default();
    let composer = composer(&Composer { voices: &voices, ..Composer::new(&viewer, &lists, &problems, "/square") });
    let shows = Shows { feed: &feed, lists: &lists, following, suggested: &suggested, composer: &composer, live: &live, order, now: &now };
    Ok(html(pages::home(&town.frame(&viewer, &caller), &shows)))
}

/// The reader chooses an order, which holds until they choose again.
async fn set_order(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    let order =
        Order::named(form.text("order")).ok_or_else(|| Error::Malformed("Choose one of the orders that the page offers.".into()))?;
    town.write(&caller, move |tx, viewer| Ok(choose_order(tx, viewer.must_be_member()?.id, order)?)).await?;
    Ok(see_other("/square"))
}
