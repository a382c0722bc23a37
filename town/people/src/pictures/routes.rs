//! Addresses of pictures: uploading one, and the files themselves.

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, FromRequest as _, Path, Request, State},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use http::{HeaderMap, HeaderValue, header};
use serde_json::json;
use web::{Error, Form, Result, see_other};

use super::{Picture, address, insert};
use crate::{Caller, Permission, Town, accounts::AccountId};

/// The name is the content's digest (RFC 8246).
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// A multipart body holds one file and a little around it.
const MAX_BODY: usize = web::form::MAX_FILE + 3 * 1024 * 1024;

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new().route("/pictures", post(create)).layer(DefaultBodyLimit::max(MAX_BODY)).route("/media/{file}", get(show))
}

async fn create(State(town): State<Town>, caller: Caller, headers: HeaderMap, request: Request) -> Result {
    let (viewer, ()) = town.read(&caller, |_, viewer| viewer.must(Permission::WriteStories).map(|_| ())).await?;
    let owner = viewer.must_be_member()?.id;
    // Read only now: nobody else gets to send megabytes.
    let form = Form::from_request(request, &town).await?;
    let file = form.file("file").ok_or_else(|| Error::invalid("file", "Choose a picture first."))?;
    let picture = accept(&town, owner, file.bytes.clone()).await.map_err(|words| Error::invalid("file", words))?;
    if headers.get(header::ACCEPT).is_some_and(|accept| accept.as_bytes().starts_with(b"application/json")) {
        let url = address(&picture.key);
        let markdown = format!("![]({url})");
        return Ok(Json(
            json!({ "id": picture.key, "url": url, "width": picture.width, "height": picture.height, "alt": "", "markdown": markdown }),
        )
        .into_response());
    }
    Ok(see_other(&address(&picture.key)))
}

/// Takes a picture in: decodes it within bounds on the picture threads, stores its widths, notes it.
///
/// # Errors
/// Words that say what is wrong with the file and what to do.
pub async fn accept(town: &Town, owner: AccountId, bytes: bytes::Bytes) -> Result<Picture, String> {
    town.limits.upload.by(&owner.get()).map_err(|error| error.words())?;
    let processed = town.painters.process(bytes.to_vec()).await.map_err(|refused| refused.to_string())?;
    let Some(key) = processed.variants.first().map(|variant| variant.key.clone()) else {
        return Err("The picture could not be read.".into());
    };
    let now = town.now();
    let picture = Picture {
        key,
        width: i64::from(processed.width),
        height: i64::from(processed.height),
        colour: processed.colour.clone(),
        blur: processed.blur.clone(),
        bytes: processed.variants.iter().map(|variant| variant.bytes.len() as i64).sum(),
        owner: Some(owner),
        created_at: now,
        ..Picture::default()
    };
    let store = town.media.clone();
    let stored =
        tokio::task::spawn_blocking(move || processed.variants.iter().try_for_each(|variant| store.put(&variant.key, &variant.bytes)))
            .await;
    stored.map_err(|error| error.to_string()).and_then(|stored| stored.map_err(|error| storing_failed(&error)))?;
    let noted = picture.clone();
    town.db.write(move |tx| insert(tx, &noted, owner, now)).await.map_err(|error: db::Error| Error::from(error).words())?;
    Ok(picture)
}

fn storing_failed(error: &std::io::Error) -> String {
    tracing::error!(%error, "a picture could not be stored");
    if error.kind() == std::io::ErrorKind::StorageFull {
        "The disk of this site is full, so the picture was not kept. Please tell the people who run it.".into()
    } else {
        "The picture could not be stored. Please try again.".into()
    }
}

async fn show(State(town): State<Town>, Path(file): Path<String>, headers: HeaderMap) -> Result {
    let key = file.strip_suffix(".webp").filter(|key| media::is_key(key)).ok_or(Error::NotFound)?.to_owned();
    let etag = HeaderValue::try_from(format!("\"{key}\"")).map_err(Error::broken)?;
    if headers.get(header::IF_NONE_MATCH) == Some(&etag) {
        return Ok((http::StatusCode::NOT_MODIFIED, [(header::ETAG, etag), (header::CACHE_CONTROL, FOR_EVER)]).into_response());
    }
    let store = town.media.clone();
    let bytes = tokio::task::spawn_blocking(move || store.read(&key)).await.map_err(Error::broken)?.map_err(|_| Error::NotFound)?;
    Ok(file_response(bytes, etag))
}

/// The name is the content's digest, so it never changes; and nothing in it can run.
fn file_response(bytes: Vec<u8>, etag: HeaderValue) -> Response {
    let head = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/webp")),
        (header::CACHE_CONTROL, FOR_EVER),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
        (header::ETAG, etag),
    ];
    (head, bytes).into_response()
}
