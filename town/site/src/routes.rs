//! Every room of the town on one screen.

use axum::{Router, extract::State, http::StatusCode, routing::get};
use people::Town;
use std::time::Duration;

/// Whoever watches the program does not wait longer for its answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// All addresses.
pub fn routes(town: &Town) -> Router<Town> {
    let rooms = Router::new()
        .merge(people::routes())
        .merge(talk::routes())
        .merge(things::routes())
        .merge(doors::routes())
        .merge(crate::assets::routes())
        .route("/healthz", get(health));
    let rooms = doors::old_addresses::behind(rooms, town);
    if town.is_set_up() { rooms } else { doors::setup::waiting_room(rooms, town) }
}

/// Whether the program and its database answer, for load balancers and supervisors.
async fn health(State(town): State<Town>) -> (StatusCode, &'static str) {
    let asked = town.db.read(|tx| tx.one("select 1", db::params![], |row| row.get::<i64>(0)));
    match tokio::time::timeout(PATIENCE, asked).await {
        Ok(Ok(_)) => (StatusCode::OK, "ok"),
        Ok(Err(error)) => {
            tracing::error!(%error, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer")
        }
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer in time"),
    }
}
