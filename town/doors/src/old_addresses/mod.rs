//! Old addresses: where readers' links of years ago lead now.
//!
//! A site that grew out of another keeps the paths that stories, sections, topics, authors and pictures had there. They
//! are asked only when nothing else is at an address, so no page of this site is ever hidden by one; and they are paths
//! without a host, so they hold wherever the site moves.

mod path;
mod store;
#[cfg(test)]
mod tests;

pub use path::normal;
pub use store::{Target, keep, resolve};

use axum::{
    Router,
    extract::{Request, State},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse as _, Response},
};
use http::{HeaderValue, Method, StatusCode, header};
use people::Town;

/// Puts the old addresses behind all others.
pub fn behind(rooms: Router<Town>, town: &Town) -> Router<Town> {
    rooms.layer(from_fn_with_state(town.clone(), lead_on))
}

async fn lead_on(State(town): State<Town>, request: Request, next: Next) -> Response {
    let asked = matches!(*request.method(), Method::GET | Method::HEAD).then(|| request.uri().clone());
    // The front page is there whatever the query says, so that of WordPress is asked for before it.
    let early = asked.as_ref().and_then(|uri| path::numbered(uri.path(), uri.query()?));
    if let Some(new) = found(&town, early.into_iter().collect()).await {
        return new;
    }
    let response = next.run(request).await;
    if response.status() != StatusCode::NOT_FOUND {
        return response;
    }
    let paths = asked.map(|uri| path::candidates(uri.path())).unwrap_or_default();
    found(&town, paths).await.unwrap_or(response)
}

async fn found(town: &Town, paths: Vec<path::Candidate>) -> Option<Response> {
    if paths.is_empty() {
        return None;
    }
    let found = town.db.read(move |tx| paths.iter().find_map(|path| store::leads_to(tx, path).transpose()).transpose()).await;
    let to = found.inspect_err(|error: &db::Error| tracing::warn!(%error, "an old address was not looked up")).ok()??;
    let to = HeaderValue::try_from(to).ok()?;
    Some(
        (
            StatusCode::MOVED_PERMANENTLY,
            [(header::LOCATION, to), (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"))],
        )
            .into_response(),
    )
}
