//! What goes out: ETag and 304, compression, caching rules, security headers.

use axum::body::Body;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use std::hash::{DefaultHasher, Hasher as _};

use super::{Ask, Door};
use crate::{
    ErrorPage,
    encoding::Encoding,
    html::{Cacheable, Viewed},
    pages::Kept,
};

/// Scripts, styles, fonts and pictures come from this site alone, nothing is inline, nobody frames us, forms stay here.
const POLICY: &str =
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
/// What a CDN may do with a guest's page: share it for moments, and serve it a little stale while it asks again.
const FOR_GUESTS: &str = "public, max-age=0, s-maxage=10, stale-while-revalidate=60";
const FOR_ONE: &str = "private, no-cache";
/// Pages are compressed whole; anything larger streams as it is.
const MAX_PAGE: usize = 4 * 1024 * 1024;

/// Answers with a page kept for guests.
pub(super) fn kept(kept: &Kept, asked: &HeaderMap, secure: bool) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    let matched = asked.get(header::IF_NONE_MATCH).is_some_and(|tags| matches(tags, &kept.etag));
    let encoding = Encoding::accepted(asked).for_length(kept.body.len());
    let head = response.headers_mut();
    head.insert(header::CACHE_CONTROL, HeaderValue::from_static(FOR_GUESTS));
    head.insert(header::VARY, HeaderValue::from_static("Accept-Encoding, Cookie"));
    head.insert(header::ETAG, kept.etag.clone());
    if matched {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    } else {
        head.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        if let Some(name) = encoding.name() {
            head.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        } else {
            head.insert(header::CONTENT_LENGTH, kept.length.clone());
        }
        *response.body_mut() = Body::from(kept.encoded(encoding));
    }
    secure_headers(response.headers_mut(), secure);
    response
}

impl Door {
    /// Finishes an answer of the rooms.
    pub(super) async fn go_out(&self, ask: &Ask, mut response: Response<Body>) -> Response<Body> {
        if let Some(Viewed(subject)) = response.extensions().get::<Viewed>().copied() {
            self.count_view(subject, ask.client, &ask.headers);
        }
        let about = response.extensions_mut().remove::<Cacheable>();
        if let Some(subject) = about.as_ref().and_then(|about| about.subject) {
            self.count_view(subject, ask.client, &ask.headers);
        }
        if is_text(&response) && !response.headers().contains_key(header::CONTENT_ENCODING) {
            response = self.finish_text(ask, response, about).await;
        }
        secure_headers(response.headers_mut(), self.secure);
        response
    }

    async fn finish_text(&self, ask: &Ask, response: Response<Body>, about: Option<Cacheable>) -> Response<Body> {
        let (mut head, body) = response.into_parts();
        let Ok(body) = axum::body::to_bytes(body, MAX_PAGE).await else {
            return Response::new(Body::from("This page grew too large to send."));
        };
        head.headers.remove(header::CONTENT_LENGTH);
        head.headers.append(header::VARY, HeaderValue::from_static("Accept-Encoding"));
        let mut shared = false;
        if head.status == StatusCode::OK && ask.method == Method::GET {
            let etag = etag_of(&body);
            if ask.guest
                && let Some(about) = about
            {
                self.pages.keep(&ask.address, body.clone(), etag.clone(), &about, ask.born);
                head.headers.append(header::VARY, HeaderValue::from_static("Cookie"));
                shared = true;
            }
            let seen = ask.headers.get(header::IF_NONE_MATCH).is_some_and(|tags| matches(tags, &etag));
            head.headers.insert(header::ETAG, etag);
            if seen {
                head.status = StatusCode::NOT_MODIFIED;
            }
        }
        let rule = if shared { FOR_GUESTS } else { FOR_ONE };
        head.headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(rule));
        if head.status == StatusCode::NOT_MODIFIED {
            return Response::from_parts(head, Body::empty());
        }
        let encoding = Encoding::accepted(&ask.headers).for_length(body.len());
        if let Some(name) = encoding.name() {
            head.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        Response::from_parts(head, Body::from(encoding.encode(&body)))
    }
}

fn is_text(response: &Response<Body>) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    ["text/html", "application/json", "text/plain", "application/xml"].iter().any(|text| kind.starts_with(text))
}

/// A weak tag (RFC 9110 §8.8.3): the same page in another encoding is the same page.
fn etag_of(body: &Bytes) -> HeaderValue {
    let mut hasher = DefaultHasher::new();
    hasher.write(body);
    HeaderValue::try_from(format!("W/\"{:016x}\"", hasher.finish())).unwrap_or_else(|_| HeaderValue::from_static("W/\"0\""))
}

/// `If-None-Match` compares weakly (RFC 9110 §13.1.2).
fn matches(tags: &HeaderValue, etag: &HeaderValue) -> bool {
    let (Ok(tags), Ok(etag)) = (tags.to_str(), etag.to_str()) else { return false };
    let plain = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    tags.trim() == "*" || tags.split(',').any(|tag| plain(tag) == plain(etag))
}

/// The problems of a request, for scripts.
pub(super) fn error_json(page: &ErrorPage) -> String {
    let fields: serde_json::Map<String, serde_json::Value> =
        page.problems.iter().map(|(field, words)| (field.to_owned(), words.into())).collect();
    serde_json::json!({ "error": page.words, "title": page.title, "status": page.status.as_u16(), "fields": fields }).to_string()
}

fn secure_headers(head: &mut HeaderMap, secure: bool) {
    head.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(POLICY));
    head.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    head.insert(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"));
    head.insert("permissions-policy", HeaderValue::from_static("camera=(), microphone=(), geolocation=()"));
    head.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    if secure {
        head.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
}
