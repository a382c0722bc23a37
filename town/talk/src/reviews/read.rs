//! Reviews for their readers: those of a subject, one of them, what it said before.

use axum::{
    Extension, Router,
    extract::{Path, Query, State},
    routing::get,
};
use people::{Caller, Permission, Town, organizations};
use web::{Error, Result, html};

use super::{
    Reviewables, Standing,
    pages::{list, one},
    review::Asked,
    store, subject,
};
use crate::PostId;

pub(super) fn routes() -> Router<Town> {
    Router::new()
        .route("/posts/{id}/reviews", get(show_list))
        .route("/reviews/{id}", get(show))
        .route("/reviews/{id}/history", get(show_history))
}

/// An id in an address; nothing stands at what is none.
pub(super) fn id_in(text: &str) -> Result<PostId> {
    text.parse().map_err(|_| Error::NotFound)
}

async fn show_list(
    State(town): State<Town>,
    Extension(kinds): Extension<Reviewables>,
    caller: Caller,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result {
    let (id, now) = (id_in(&id)?, town.now());
    let (viewer, listing) = town.read(&caller, move |tx, viewer| store::of(tx, viewer, kinds, id, &asked, now)).await?;
    let back = format!("/posts/{id}/reviews");
    Ok(html(list::page(&town.frame(&viewer, &caller), &listing, &Standing::of(&town, &viewer, &back))))
}

/// A review; what is gone is shown to its author and to the staff.
async fn show(State(town): State<Town>, Extension(kinds): Extension<Reviewables>, caller: Caller, Path(id): Path<String>) -> Result {
    let id = id_in(&id)?;
    let (viewer, found) = town
        .read(&caller, move |tx, viewer| {
            let place = store::place(tx, id)?;
            let (about, authors) = subject::find(tx, viewer, kinds, place.subject)?;
            if !place.removed {
                let own = match viewer.must_be_member() {
                    Ok(me) => organizations::speaks_as(tx, me.id, &authors)?.is_some(),
                    Err(_) => false,
                };
                return Ok(Ok((store::find(tx, viewer, id)?, about, own)));
            }
            let moderates = viewer.may(Permission::ModerateNotes);
            if !(viewer.is(place.author) || (moderates && place.why.is_some())) {
                return Err(Error::Gone);
            }
            let restores = place.why.is_none() || moderates;
            Ok(Err((place, restores)))
        })
        .await?;
    let frame = town.frame(&viewer, &caller);
    let address = super::address(id);
    Ok(html(match found {
        Ok((review, about, own)) => one::page(&frame, &review, &about, own, &Standing::of(&town, &viewer, &address)),
        Err((place, restores)) => one::gone(&frame, id, &place, restores),
    }))
}

async fn show_history(State(town): State<Town>, caller: Caller, Path(id): Path<String>) -> Result {
    let id = id_in(&id)?;
    let (viewer, (review, versions)) =
        town.read(&caller, move |tx, viewer| Ok((store::find(tx, viewer, id)?, store::versions(tx, id)?))).await?;
    let standing = Standing::of(&town, &viewer, "/");
    Ok(html(one::history(&town.frame(&viewer, &caller), &review, &versions, &standing)))
}
