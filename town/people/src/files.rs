//! The files of pictures and recordings, as browsers ask for them.
//!
//! A name is its content's digest: it may be kept for ever, and nothing in it can run. Parts of a file are sent as players ask
//! for them (RFC 9110 §14; one range at a time, which is what they do), read while they are sent.

use axum::{
    Router,
    body::Body,
    extract::{Path, State},
    response::{IntoResponse as _, Response},
    routing::get,
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use std::ops::Range;
use web::{Error, Result};

use crate::{Town, pictures, recordings};

/// The name is the content's digest (RFC 8246).
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new().route("/media/{file}", get(show))
}

async fn show(State(town): State<Town>, Path(file): Path<String>, headers: HeaderMap) -> Result {
    let kind = media::content_type(&file).filter(|_| media::is_name(&file)).ok_or(Error::NotFound)?;
    let etag = HeaderValue::try_from(format!("\"{file}\"")).map_err(Error::broken)?;
    if headers.get(header::IF_NONE_MATCH) == Some(&etag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, etag), (header::CACHE_CONTROL, FOR_EVER)]).into_response());
    }
    let asked = range_asked(&headers, &etag);
    let mut response = if recordings::is_key(&file) { recording(&town, &file, asked).await? } else { picture(&town, &file, asked).await? };
    let head = response.headers_mut();
    head.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    head.insert(header::CACHE_CONTROL, FOR_EVER);
    head.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    head.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    head.insert(header::ETAG, etag);
    Ok(response)
}

/// `If-Range` with another file's tag, or with a date (we send none), means the whole file (RFC 9110 §13.1.5).
fn range_asked<'h>(headers: &'h HeaderMap, etag: &HeaderValue) -> Option<&'h str> {
    let same = headers.get(header::IF_RANGE).is_none_or(|tag| tag == etag);
    headers.get(header::RANGE).filter(|_| same).and_then(|range| range.to_str().ok())
}

/// Small enough to be held. A width that is missing is made, for pictures that are here.
async fn picture(town: &Town, file: &str, asked: Option<&str>) -> Result {
    let bytes = match town.media.read(file).await {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => missing_width(town, file).await?,
        Err(error) => return Err(Error::broken(error)),
    };
    match part(asked, bytes.len() as u64) {
        Part::Whole => Ok(bytes.into_response()),
        Part::Of(range) => Ok(partial(&range, bytes.len() as u64, Body::from(bytes.slice(range.start as usize..range.end as usize)))),
        Part::None => Ok(unsatisfiable(bytes.len() as u64)),
    }
}

async fn missing_width(town: &Town, file: &str) -> Result<bytes::Bytes> {
    let stem = file.split_once('-').map(|(stem, _)| stem.to_owned()).ok_or(Error::NotFound)?;
    let largest = town.db.read(move |tx| pictures::largest_of(tx, &stem)).await?.ok_or(Error::NotFound)?;
    town.media.read_picture(file, largest).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Error::NotFound,
        _ => Error::broken(error),
    })
}

async fn recording(town: &Town, file: &str, asked: Option<&str>) -> Result {
    let lost = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => Error::NotFound,
        _ => Error::broken(error),
    };
    let size = town.media.size(file).await.map_err(lost)?;
    let (range, whole) = match part(asked, size) {
        Part::Whole => (0..size, true),
        Part::Of(range) => (range, false),
        Part::None => return Ok(unsatisfiable(size)),
    };
    let body = Body::from_stream(town.media.open(file, range.clone()).map_err(lost)?);
    if whole {
        return Ok(([(header::CONTENT_LENGTH, size)], body).into_response());
    }
    Ok(partial(&range, size, body))
}

fn partial(range: &Range<u64>, size: u64, body: Body) -> Response {
    let place = format!("bytes {}-{}/{size}", range.start, range.end - 1);
    let head = [(header::CONTENT_RANGE, place), (header::CONTENT_LENGTH, (range.end - range.start).to_string())];
    (StatusCode::PARTIAL_CONTENT, head, body).into_response()
}

fn unsatisfiable(size: u64) -> Response {
    (StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, format!("bytes */{size}"))], Body::empty()).into_response()
}

/// Which part of a file is meant.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    Whole,
    Of(Range<u64>),
    None,
}

/// Reads `Range`. What cannot be read, or asks for several parts, gets the whole file, as RFC 9110 §14.2 allows.
fn part(asked: Option<&str>, size: u64) -> Part {
    let Some((first, last)) = asked.and_then(|asked| asked.trim().strip_prefix("bytes=")?.split_once('-')) else { return Part::Whole };
    let number = |text: &str| text.trim().parse::<u64>().ok().filter(|_| text.trim().bytes().all(|byte| byte.is_ascii_digit()));
    let range = match (first.trim(), last.trim()) {
        ("", last) => match number(last) {
            Some(back) => size.saturating_sub(back)..size,
            None => return Part::Whole,
        },
        (first, "") => match number(first) {
            Some(first) => first..size,
            None => return Part::Whole,
        },
        (first, last) => match (number(first), number(last)) {
            (Some(first), Some(last)) if first <= last => first..last.saturating_add(1).min(size),
            _ => return Part::Whole,
        },
    };
    if range.start < range.end { Part::Of(range) } else { Part::None }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{pictures::tests::PNG, removals, testing::TestTown, uploads::tests::song};
    use testkit::Attachment;

    testkit::on_both! {
        async fn a_bucket_behind_the_front_door_is_no_different(kind) {
            let town = TestTown::on_a_bucket(kind, &format!("door/{kind:?}"));
            let rosa = town.actor("Rosa", "author");
            let upload = |name: &'static str, kind: &'static str, bytes: Vec<u8>| {
                let client = rosa.client.clone();
                async move { client.upload("/uploads", &[], &[Attachment::new("file", name, kind, bytes)]).await.location() }
            };
            let picture = upload("creek.png", "image/png", PNG.to_vec()).await;
            let bell = upload("bell.mp3", "audio/mpeg", song()).await;
            for (place, content_type) in [(&picture, "image/webp"), (&bell, "audio/mpeg")] {
                let whole = town.guest().get(place).await;
                assert_eq!((whole.status.as_u16(), whole.header("content-type")), (200, Some(content_type)));
                assert_eq!(whole.header("cache-control"), Some("public, max-age=31536000, immutable"));
                assert_eq!(whole.header("content-security-policy"), Some("default-src 'none'; sandbox"));
                assert_eq!(whole.header("x-content-type-options"), Some("nosniff"));
                let part = town.guest().with_header("range", "bytes=2-5").get(place).await;
                assert_eq!((part.status.as_u16(), &part.body[..]), (206, &whole.body[2..6]));
                assert_eq!(part.header("content-range").unwrap(), format!("bytes 2-5/{}", whole.body.len()));
                town.guest().with_header("range", "bytes=999999-").get(place).await.assert_status(416);
            }
            assert!(!town.folder.path().join("media").exists());
            town.guest().get(&picture.replace("/media/", "/media/0")).await.assert_status(404);
            town.guest().get("/media/00112233445566778899aabbccddeeff.mp3").await.assert_status(404);
            town.pass(7 * 24 * 60 * 60 * 1000);
            removals::collect(town.town.clone()).await.unwrap();
            town.guest().get(&picture).await.assert_status(404);
            town.guest().get(&bell).await.assert_status(404);
        }
    }

    #[test]
    fn ranges_are_read_as_the_standard_says() {
        for (asked, expected) in [
            ("bytes=0-0", Part::Of(0..1)),
            ("bytes=2-4", Part::Of(2..5)),
            ("bytes=7-", Part::Of(7..10)),
            ("bytes=-3", Part::Of(7..10)),
            ("bytes=-30", Part::Of(0..10)),
            ("bytes=5-99999999999999999999", Part::Whole),
            ("bytes=5-18446744073709551615", Part::Of(5..10)),
            ("bytes=10-", Part::None),
            ("bytes=-0", Part::None),
            ("bytes=4-2", Part::Whole),
            ("bytes=0-1,3-4", Part::Whole),
            ("bytes=+1-2", Part::Whole),
            ("lines=1-2", Part::Whole),
        ] {
            assert_eq!(part(Some(asked), 10), expected, "{asked}");
        }
        assert_eq!(part(Some("bytes=0-"), 0), Part::None);
    }
}
