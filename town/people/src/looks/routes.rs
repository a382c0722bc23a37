//! The style sheet with the site's colours.

use axum::{
    Router,
    extract::{Path, State},
    response::IntoResponse as _,
    routing::get,
};
use http::header;
use web::{Error, Result};

use crate::Town;

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new().route("/looks/{file}", get(show))
}

/// The colours of now, under whichever name: a page that was kept a moment longer than they lasted still gets colours.
async fn show(State(town): State<Town>, Path(name): Path<String>) -> Result {
    let colours = town.looks().colours;
    if !name.ends_with(".css") || !colours.is_own() {
        return Err(Error::NotFound);
    }
    let keeps = if colours.address().ends_with(&name) { "public, max-age=31536000, immutable" } else { "no-cache" };
    Ok(([(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, keeps)], colours.sheet()).into_response())
}
