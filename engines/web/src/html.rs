//! Handing a drawn page to the door, with what the door needs to know of it.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use maud::Markup;
use std::time::Duration;

use crate::pages::Tag;

/// Says that a guest's page may be kept, and what it shows.
#[derive(Clone, Debug)]
pub struct Cacheable {
    /// What the page shows; a change to any of these drops it.
    pub tags: Vec<Tag>,
    /// How long its spoken times stay right.
    pub fresh_for: Duration,
    /// The thing that is counted as seen when this page is served.
    pub subject: Option<i64>,
}

/// Says that this answer shows a thing whose views are counted (answers that are not [`Cacheable`]).
#[derive(Clone, Copy, Debug)]
pub struct Viewed(pub i64);

/// A page.
pub fn html(page: Markup) -> Response {
    html_with(StatusCode::OK, page)
}

/// A page with another status, such as 422 for a form given back with the person's words.
pub fn html_with(status: StatusCode, page: Markup) -> Response {
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"))];
    (status, kind, page.into_string()).into_response()
}

/// A page that may be kept for guests.
pub fn kept(page: Markup, about: Cacheable) -> Response {
    let mut response = html(page);
    response.extensions_mut().insert(about);
    response
}

/// A page that counts as one view of `subject`, not kept.
pub fn viewed(page: Markup, subject: i64) -> Response {
    let mut response = html(page);
    response.extensions_mut().insert(Viewed(subject));
    response
}

/// Leads the browser to another page after a form (303, RFC 9110 §15.4.4).
pub fn see_other(address: &str) -> Response {
    redirect(StatusCode::SEE_OTHER, address)
}

/// The thing has moved for good (301). Browsers ask again all the same: one that kept the way from an old name to a new
/// one (RFC 9111 §4.2.2 lets it, for ever) would go in circles once the old name is back.
pub fn moved(address: &str) -> Response {
    let rule = [(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=0, s-maxage=10"))];
    (rule, redirect(StatusCode::MOVED_PERMANENTLY, address)).into_response()
}

fn redirect(status: StatusCode, address: &str) -> Response {
    // Addresses are our own paths; should one hold a character that no header can carry, the front page is the safe place.
    let location = HeaderValue::from_str(address).unwrap_or_else(|_| HeaderValue::from_static("/"));
    (status, [(header::LOCATION, location)]).into_response()
}

/// `next` if it is a path on this site, else `/`: a link may not lead people away after they sign in.
pub fn safe_path(next: &str) -> &str {
    let inside = next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\n', '\r', '\t']);
    if inside { next } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_browser_keeps_the_way_to_a_new_name_for_ever() {
        let way = moved("/sections/new-name");
        let said = |name| way.headers().get(name).and_then(|value| value.to_str().ok());
        assert_eq!((way.status(), said(header::LOCATION)), (StatusCode::MOVED_PERMANENTLY, Some("/sections/new-name")));
        assert!(said(header::CACHE_CONTROL).is_some_and(|rule| rule.contains("max-age=0")));
    }

    #[test]
    fn nobody_is_led_off_the_site() {
        for path in ["/", "/write", "/stories/5/edit?a=b"] {
            assert_eq!(safe_path(path), path);
        }
        for path in [
            "",
            "write",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "javascript:alert(1)",
        ] {
            assert_eq!(safe_path(path), "/", "{path:?}");
        }
    }
}
