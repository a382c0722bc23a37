//! Covering what somebody else's comment shows: by whoever may take comments down.

use axum::{
    Router,
    extract::{Path, State},
    routing::post,
};
use people::{Caller, Permission, Town};
use web::{Result, see_other};

use super::{comment::address, read::id_in, store};
use crate::files::log_cover;

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/comments/{id}/cover", post(cover)).route("/comments/{id}/cover/removal", post(uncover))
}

async fn cover(State(town): State<Town>, caller: Caller, Path(id): Path<String>) -> Result {
    set(&town, &caller, &id, true).await
}

async fn uncover(State(town): State<Town>, caller: Caller, Path(id): Path<String>) -> Result {
    set(&town, &caller, &id, false).await
}

async fn set(town: &Town, caller: &Caller, id: &str, covered: bool) -> Result {
    let (id, now) = (id_in(id)?, town.now());
    let (_, tags) = town
        .write(caller, move |tx, viewer| {
            viewer.must(Permission::ModerateNotes)?;
            let comment = store::find(tx, viewer, id)?;
            if comment.covered != covered {
                store::set_covered(tx, id, covered, now)?;
                log_cover(tx, viewer, (id, comment.author.id), covered, now)?;
            }
            Ok(store::tags(comment.subject))
        })
        .await?;
    town.pages.changed(&tags);
    town.wake();
    Ok(see_other(&format!("{}?done={}", address(id), if covered { "covered" } else { "uncovered" })))
}
