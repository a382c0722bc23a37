//! Where a browser asks for something to solve.

use axum::{
    Json, Router,
    extract::State,
    response::{IntoResponse as _, Response},
    routing::get,
};
use http::{HeaderValue, header};
use web::Error;

use super::challenge;
use crate::{Caller, Town};

/// The address of this room.
pub fn routes() -> Router<Town> {
    Router::new().route("/join/challenge", get(new))
}

/// Never kept: everybody gets a challenge of their own.
async fn new(State(town): State<Town>, caller: Caller) -> Result<Response, Error> {
    town.limits.challenge.by_address(caller.address)?;
    let fresh = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((fresh, Json(challenge(&town.proofs, town.now()))).into_response())
}
