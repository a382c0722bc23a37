//! The addresses of search.

use axum::{
    Json, Router,
    extract::{RawQuery, State},
    response::IntoResponse as _,
    routing::get,
};
use http::header;
use people::{Caller, Town};
use serde_json::json;
use things::stories::show::Now;
use url::form_urlencoded;
use web::{Result, html};

use super::{
    feed,
    find::{self, Asked, MAX_PAGE},
    opensearch, pages,
    query::MAX_QUERY,
    suggest,
};

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new()
        .route("/search", get(show))
        .route("/search.rss", get(feed::show))
        .route("/search.atom", get(feed::show))
        .route("/search.json", get(feed::show))
        .route("/search/suggestions", get(suggestions))
        .route("/opensearch.xml", get(opensearch::show))
}

/// Not kept for guests: there are as many pages as questions.
async fn show(State(town): State<Town>, caller: Caller, RawQuery(query): RawQuery) -> Result {
    let asked = asked(&query.unwrap_or_default());
    if !asked.typed.is_empty() {
        town.limits.search.by_address(caller.address)?;
    }
    let now = Now::of(&town);
    let (inner, zone, ms) = (asked.clone(), now.zone.clone(), now.ms);
    let (viewer, found) = town.read(&caller, move |tx, _| Ok(find::find(tx, &inner, &zone, ms)?)).await?;
    Ok(html(pages::show(&town.frame(&viewer, &caller), &asked, &found, &now)))
}

async fn suggestions(State(town): State<Town>, caller: Caller, RawQuery(query): RawQuery) -> Result {
    town.limits.suggestions.by_address(caller.address)?;
    let typed = asked(&query.unwrap_or_default()).typed;
    let inner = typed.clone();
    let found = town.db.read(move |tx| suggest::suggestions(tx, &inner)).await?;
    let kept = [(header::CACHE_CONTROL, "public, max-age=10")];
    Ok((kept, Json(json!({ "query": typed, "suggestions": found }))).into_response())
}

/// Reads the address. U+0000 and other controls are spaces.
pub(super) fn asked(query: &str) -> Asked {
    let mut asked = Asked { page: 1, ..Asked::default() };
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let value: String = value.chars().take(MAX_QUERY).map(|c| if c.is_control() { ' ' } else { c }).collect();
        match &*name {
            "q" => asked.typed = value.trim().to_owned(),
            "page" => asked.page = value.parse().unwrap_or(1).clamp(1, MAX_PAGE),
            "exact" => asked.exact = value == "1",
            other => asked.filters.read(other, &value),
        }
    }
    asked
}
