//! Where an owner closes an organization, and opens it again: it leaves as people do, with the same time to think better of it.

use axum::{
    Router,
    extract::{Path, State},
    routing::post,
};
use people::{
    Caller, Town, departures,
    organizations::{Role, must_run},
};
use web::{Form, Result, see_other};

use super::{PATH, id_in, tags};

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/organizations/{id}/closing", post(close)).route("/organizations/{id}/closing/withdrawal", post(open))
}

async fn close(State(town): State<Town>, caller: Caller, Path(id): Path<String>, form: Form) -> Result {
    let (id, now, with_posts) = (id_in(&id)?, town.now(), form.text("posts") == "go");
    town.write(&caller, move |tx, viewer| {
        must_run(tx, viewer, id, Role::Owner)?;
        Ok(departures::ask(tx, id, with_posts, now + departures::GRACE_MS, now)?)
    })
    .await?;
    town.pages.changed(&tags(id));
    Ok(see_other(&format!("{PATH}/{id}/people?done=organization-closed")))
}

async fn open(State(town): State<Town>, caller: Caller, Path(id): Path<String>) -> Result {
    let (id, now) = (id_in(&id)?, town.now());
    town.write(&caller, move |tx, viewer| {
        must_run(tx, viewer, id, Role::Owner)?;
        Ok(departures::stay(tx, id, now)?)
    })
    .await?;
    town.pages.changed(&tags(id));
    Ok(see_other(&format!("{PATH}/{id}/people?done=organization-opened")))
}
