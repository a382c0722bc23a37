//! Webmention (W3C Recommendation, 12 January 2017), both ways.
//!
//! In: whoever links to a story tells us at `/webmention` ([`receive`]); a job looks whether the link is really there
//! ([`check`], [`page`]), and an editor decides at the [`desk`] whether readers see it under the story.
//!
//! Out: when a story is published, changed or taken off the site, a job for each page that it links to, or linked to
//! before, finds out where that page wants to be told ([`endpoint`]) and tells it ([`send`]).
//!
//! Rules: nothing is shown that no editor has approved, or that changed since; only the public web is asked, through
//! `town.fetch`; a page gets one mention for each story; this site does not mention itself.

mod check;
mod desk;
mod endpoint;
mod page;
mod receive;
mod send;
#[cfg(test)]
mod tests;

pub use check::{Check, check};
pub(crate) use send::tell;
pub use send::{Send, send};

use axum::{
    Router,
    routing::{get, post},
};
use people::Town;
use url::Url;

/// Tries at a page that does not answer: with the delays of the queue, about four minutes. A mention is a courtesy.
const TRIES: u32 = 5;

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new()
        .route("/webmention", post(receive::receive))
        .route("/admin/mentions", get(desk::list))
        .route("/admin/mentions/{id}/approval", post(desk::approve))
        .route("/admin/mentions/{id}/refusal", post(desk::decline))
        .route("/admin/mentions/{id}/block", post(desk::block))
        .route("/admin/mention-blocks/removal", post(desk::unblock))
}

/// Bytes of an address that mentions are kept for.
const MAX_ADDRESS: usize = 1_000;

/// An address of the web, in one spelling; `None` for what none is.
pub(crate) fn web_address(typed: &str) -> Option<Url> {
    let url = Url::parse(typed.trim()).ok()?;
    let plain = matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none();
    (plain && url.has_host() && url.as_str().len() <= MAX_ADDRESS).then_some(url)
}

/// Whether an address leads to this site, with either scheme.
pub(crate) fn is_ours(url: &Url, origin: &str) -> bool {
    Url::parse(origin).is_ok_and(|origin| url.host() == origin.host() && url.port() == origin.port())
}
