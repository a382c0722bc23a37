//! What goes out: ETag and 304, compression, caching rules, security headers.

use axum::body::Body;
use axum::response::IntoResponse as _;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use hyper::body::Body as _;

use super::{Ask, Door};
use crate::{
    Error, ErrorPage,
    encoding::Encoding,
    html::{Cacheable, Viewed},
    pages::Kept,
};

/// Scripts, styles, fonts and pictures come from this site alone, nothing is inline, nobody frames us, forms stay here.
const POLICY: &str =
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
/// What a CDN may do with a guest's page: share it for moments. Not serve it stale while it asks again (RFC 5861 §3): browsers would
/// do that, too, and whoever presses "1 new post" would get the page that they have.
const FOR_GUESTS: &str = "public, max-age=0, s-maxage=10";
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
    if let Some(link) = &kept.link {
        head.insert(header::LINK, link.clone());
    }
    if matched {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    } else {
        head.insert(header::CONTENT_TYPE, kept.kind.clone());
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
        let about = response.extensions_mut().remove::<Cacheable>();
        let viewed = response.extensions().get::<Viewed>().map(|Viewed(subject)| *subject);
        let subject = viewed.or(about.as_ref().and_then(|about| about.subject));
        let looked = ask.method == Method::GET && !ask.head_only && response.status().is_success();
        if let Some(subject) = subject.filter(|_| looked) {
            self.count_view(subject, ask.client, &ask.headers);
        }
        let whole = response.body().size_hint().lower() <= MAX_PAGE as u64;
        if whole && is_text(&response) && !response.headers().contains_key(header::CONTENT_ENCODING) {
            response = self.finish_text(ask, response, about).await;
        }
        secure_headers(response.headers_mut(), self.secure);
        response
    }

    async fn finish_text(&self, ask: &Ask, response: Response<Body>, about: Option<Cacheable>) -> Response<Body> {
        let (mut head, body) = response.into_parts();
        let body = match axum::body::to_bytes(body, MAX_PAGE).await {
            Ok(body) => body,
            Err(error) => return Error::broken(error).into_response(),
        };
        head.headers.remove(header::CONTENT_LENGTH);
        let differs_by = if about.is_some() { "Accept-Encoding, Cookie" } else { "Accept-Encoding" };
        head.headers.append(header::VARY, HeaderValue::from_static(differs_by));
        let mut shared = false;
        if head.status == StatusCode::OK && ask.method == Method::GET {
            let etag = etag_of(&body);
            if let Some(about) = about.filter(|_| ask.guest && is_for_everyone(&head.headers)) {
                let head_of = (kind_of(&head.headers), head.headers.get(header::LINK).cloned());
                self.pages.keep(&ask.address, head_of, body.clone(), etag.clone(), &about, ask.born);
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

/// The same answer as for GET, with the body's length in place of the body.
pub(super) fn without_body(response: Response<Body>) -> Response<Body> {
    let (mut head, body) = response.into_parts();
    if let Some(length) = body.size_hint().exact().filter(|_| head.status != StatusCode::NOT_MODIFIED) {
        head.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    Response::from_parts(head, Body::empty())
}

/// The router and its extractors refuse in bare words or none (an unknown address, an id that is no number): such
/// answers become pages like every other error. What else they say, such as `Allow`, stays.
pub(super) fn say_plain_refusals_well(response: &mut Response<Body>) {
    let plain = response.headers().get(header::CONTENT_TYPE).is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    if !plain || response.extensions().get::<ErrorPage>().is_some() {
        return;
    }
    let status = response.status();
    let error = match status {
        StatusCode::NOT_FOUND => Error::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => {
            Error::Malformed("This address takes no such request. Go back and try again from the page itself.".into())
        }
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge("That is more than this page takes. Please send less at once.".into()),
        StatusCode::BAD_REQUEST | StatusCode::UNSUPPORTED_MEDIA_TYPE | StatusCode::UNPROCESSABLE_ENTITY => {
            Error::Malformed("The address or the form was not complete. Go back and try again from the page itself.".into())
        }
        _ => return,
    };
    if let Some(page) = error.into_response().extensions_mut().remove::<ErrorPage>() {
        response.extensions_mut().insert(ErrorPage { status, ..page });
    }
}

fn kind_of(head: &HeaderMap) -> HeaderValue {
    head.get(header::CONTENT_TYPE).cloned().unwrap_or_else(|| HeaderValue::from_static("text/html; charset=utf-8"))
}

/// What sets a cookie or has a caching rule of its own is for one person, whatever its room said.
fn is_for_everyone(head: &HeaderMap) -> bool {
    !head.contains_key(header::SET_COOKIE) && !head.contains_key(header::CACHE_CONTROL)
}

fn is_text(response: &Response<Body>) -> bool {
    const TEXTS: [&str; 8] = [
        "text/html",
        "application/json",
        "text/plain",
        "text/xml",
        "application/xml",
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
    ];
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    TEXTS.iter().any(|text| kind.starts_with(text))
}

/// A weak tag (RFC 9110 §8.8.3): the same page in another encoding is the same page.
fn etag_of(body: &Bytes) -> HeaderValue {
    HeaderValue::try_from(format!("W/\"{:016x}\"", fingerprint(body))).unwrap_or_else(|_| HeaderValue::from_static("W/\"0\""))
}

/// Folds 128-bit products, in two lanes that do not wait for each other: every signed-in page is hashed, and a hash that
/// withstands chosen keys took as long as a query. The same on every machine, so that several may answer for one site.
fn fingerprint(bytes: &[u8]) -> u64 {
    const ODD: [u64; 4] = [0xa076_1d64_78bd_642f, 0xe703_7ed1_a0b4_28db, 0x8ebc_6af0_9c88_c6e3, 0x5899_65cc_7537_4cc3];
    let fold = |a: u64, b: u64| {
        let product = u128::from(a) * u128::from(b);
        (product as u64) ^ ((product >> 64) as u64)
    };
    let mut lanes = [fold(bytes.len() as u64 ^ ODD[0], ODD[1]), ODD[2]];
    let mut step = |block: &[u8; 32]| {
        let (words, _) = block.as_chunks::<8>();
        let word = |at: usize| u64::from_le_bytes(words[at]);
        lanes[0] = fold(word(0) ^ ODD[0] ^ lanes[0], word(1) ^ ODD[1] ^ lanes[0].rotate_left(32));
        lanes[1] = fold(word(2) ^ ODD[2] ^ lanes[1], word(3) ^ ODD[3] ^ lanes[1].rotate_left(32));
    };
    let (blocks, rest) = bytes.as_chunks::<32>();
    blocks.iter().for_each(&mut step);
    let mut last = [0; 32];
    last[..rest.len()].copy_from_slice(rest);
    step(&last);
    fold(lanes[0] ^ ODD[0], lanes[1] ^ ODD[1])
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Computed apart from this program.
    const PAGE: u64 = 0x59ed_8cea_927e_9718;

    #[test]
    fn every_change_of_a_page_changes_its_tag() {
        let page: Vec<u8> = (0..200u8).collect();
        let mut tags = std::collections::HashSet::from([fingerprint(&page)]);
        for place in 0..page.len() {
            let mut changed = page.clone();
            changed[place] ^= 1;
            assert!(tags.insert(fingerprint(&changed)), "byte {place}");
            assert!(tags.insert(fingerprint(&page[..place])), "the first {place} bytes");
        }
    }

    #[test]
    fn a_tag_is_the_same_on_every_machine() {
        assert_eq!(fingerprint(b"page"), PAGE);
        assert_ne!(fingerprint(b"page\0"), PAGE);
    }
}
