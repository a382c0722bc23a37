//! The front end, inside the program.

use axum::{
    Router,
    extract::Path,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse as _, Response},
    routing::get,
};
use people::Town;
use rust_embed::RustEmbed;
use web::assets::{Assets, installed};

/// Debug builds read the folder as they run; release builds carry it.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../frontend/dist"]
#[allow_missing = true]
struct FrontEnd;

/// Makes the embedded files those of the program.
///
/// # Errors
/// When the front end was not built.
pub fn install() -> Result<(), web::Error> {
    web::assets::install(Assets::new(|path| FrontEnd::get(path).map(|file| file.data))?);
    Ok(())
}

/// Addresses of the program's own files.
pub fn routes() -> Router<Town> {
    Router::new()
        .route("/assets/{file}", get(show))
        .route("/favicon.ico", get(async |headers: HeaderMap| plain("favicon.svg", &headers)))
        // At the root, so that it is for all pages.
        .route("/push-worker.js", get(async |headers: HeaderMap| plain("push_worker.js", &headers)))
        .route("/apple-touch-icon.png", get(async |headers: HeaderMap| plain("apple-touch-icon.png", &headers)))
}

async fn show(Path(file): Path<String>, headers: HeaderMap) -> Response {
    installed().serve(&file, &headers)
}

/// A file under a name that browsers guess. It may change, so it is not kept for ever.
fn plain(name: &str, headers: &HeaderMap) -> Response {
    let Some(file) = web::assets::address(name).strip_prefix("/assets/") else { return web::Error::NotFound.into_response() };
    let mut response = installed().serve(file, headers);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    response
}
