//! The address of the page, and of the file.

use axum::{
    Router,
    body::Body,
    extract::State,
    response::{IntoResponse as _, Response},
    routing::get,
};
use http::{HeaderValue, header};
use people::{Caller, Town};
use things::{albums, stories::whole};
use tokio::io::AsyncReadExt as _;
use web::{Error, Result, html};

use super::{making, pages};
use crate::import_export::export::library_size;

/// Bytes sent at once.
const PART: usize = 64 << 10;

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new().route("/settings/export", get(show).post(take))
}

async fn show(State(town): State<Town>, caller: Caller) -> Result {
    let (viewer, (stories, albums, files)) = town
        .read(&caller, |tx, viewer| {
            let me = viewer.must_be_member()?.id;
            Ok((whole::count(tx, Some(me))?, albums::whole::count(tx, me)?, library_size(tx, me)?))
        })
        .await?;
    Ok(html(pages::page(&town.frame(&viewer, &caller), stories, albums, files)))
}

/// A form and no link, so that no browser makes it in advance.
async fn take(State(town): State<Town>, caller: Caller) -> Result {
    let viewer = town.viewer(&caller).await?;
    let me = viewer.must_be_member()?;
    town.limits.export.by(&me.id.get())?;
    let (file, size) = making::zip_of(&town, me.id).await?;
    let name = format!("attachment; filename=\"{}.zip\"", me.handle);
    let mut response = sent(file).into_response();
    let head = response.headers_mut();
    head.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    head.insert(header::CONTENT_DISPOSITION, HeaderValue::try_from(name).map_err(Error::broken)?);
    head.insert(header::CONTENT_LENGTH, HeaderValue::from(size));
    head.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    Ok(response)
}

/// Read while it is sent.
fn sent(file: std::fs::File) -> Response {
    let file = tokio::fs::File::from_std(file);
    let parts = futures_util::stream::try_unfold(file, |mut file| async move {
        let mut part = Vec::with_capacity(PART);
        let read = (&mut file).take(PART as u64).read_to_end(&mut part).await?;
        Ok::<_, std::io::Error>((read > 0).then_some((part, file)))
    });
    Body::from_stream(parts).into_response()
}
