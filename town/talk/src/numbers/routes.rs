//! Where browsers say how long somebody read.

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, State},
    routing::post,
};
use http::{HeaderMap, StatusCode, header};
use people::Town;
use web::{
    Error,
    audience::{Reader, Reading},
    door::ClientAddress,
};

use crate::PostId;

/// A number and a word fit twice.
const MAX_BODY: usize = 64;

/// The address of this room.
pub(crate) fn routes() -> Router<Town> {
    Router::new().route("/posts/{id}/reading", post(note).layer(DefaultBodyLimit::max(MAX_BODY)))
}

/// Says the same to everybody, whether it counted or not. Which reader says it is known to the audience alone; a post that
/// is not there was not seen there, so nothing is asked of the database.
async fn note(
    State(town): State<Town>,
    ClientAddress(address): ClientAddress,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Error> {
    let id: PostId = id.parse().map_err(|_| Error::NotFound)?;
    town.limits.reading.by_address(address)?;
    let reading = parse(&body).ok_or_else(|| Error::Malformed("This address takes how long a page was read, in seconds.".into()))?;
    let reader = Reader::of(address, &headers);
    // Browsers say where a beacon comes from, and the door has looked whether that is here.
    let from_a_page = headers.contains_key(header::ORIGIN) || headers.contains_key("sec-fetch-site");
    if from_a_page && !reader.declines() {
        town.audience.read(id.get(), &reader, reading, town.now());
    }
    Ok(StatusCode::NO_CONTENT)
}

/// `seconds=42&end=1`.
fn parse(body: &[u8]) -> Option<Reading> {
    let mut reading = Reading { seconds: 0, ended: false };
    for (name, value) in url::form_urlencoded::parse(body) {
        match &*name {
            "seconds" => reading.seconds = value.parse::<u32>().ok()?.min(Reading::MOST.into()).try_into().ok()?,
            "end" => reading.ended = value == "1",
            _ => return None,
        }
    }
    (reading.seconds > 0).then_some(reading)
}
