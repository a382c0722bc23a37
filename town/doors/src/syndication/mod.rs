//! Syndication: how stories leave the site in open formats.
//!
//! Every list of stories has its feed beside it: the same address with `.rss`, `.atom` or `.json` at its end, whole
//! stories, the newest first ([`beside`]). Search engines find everything through the [`sitemaps`]; [`robots`] tells
//! them what to leave alone, in the words of the site's people. Another site that shows a link to one of ours asks
//! [`oembed`] what to draw. Where the site has a hub, it is told of every list that changed ([`websub`]).
//!
//! Rules: every address that goes out is whole; what was paid for or sent in says so in a feed, too; corrections travel
//! with their story; nothing that XML 1.0 cannot carry gets into it ([`xml`]). All of it is public, whoever asks.

mod beside;
mod feed;
mod lists;
mod oembed;
mod posted;
mod robots;
mod sitemaps;
mod store;
#[cfg(test)]
mod tests;
mod websub;
mod xml;

pub use beside::{Beside, beside};
pub(crate) use feed::{Format, of_found};
pub use lists::List;
pub(crate) use lists::Listed;
pub(crate) use oembed::story_at;
pub(crate) use posted::{posted_by, posted_here};
pub(crate) use robots::Robots;
pub(crate) use websub::tell;
pub use websub::{Ping, ping};

use axum::{
    Router,
    response::{IntoResponse as _, Response},
    routing::get,
};
use http::{HeaderValue, header};
use people::Town;
use web::Cacheable;

/// The addresses of this room. Feeds of the rooms' own lists stand in the rooms.
pub fn routes() -> Router<Town> {
    Router::new()
        .route("/feed.rss", get(feed::of_the_site))
        .route("/feed.atom", get(feed::of_the_site))
        .route("/feed.json", get(feed::of_the_site))
        .merge(sitemaps::routes())
        .merge(robots::routes())
        .merge(oembed::routes())
}

/// A document of this type. The door keeps it only when a guest asked.
fn document(kind: &'static str, body: impl Into<axum::body::Body>, about: Cacheable) -> Response {
    let mut response = ([(header::CONTENT_TYPE, HeaderValue::from_static(kind))], body.into()).into_response();
    response.extensions_mut().insert(about);
    response
}
