//! What of a picture stays visible when it is cropped, by address.

use axum::{
    Router,
    extract::{Path, State},
    response::IntoResponse as _,
    routing::post,
};
use http::StatusCode;
use web::{Error, Form, Result};

use super::{Focus, store};
use crate::{Caller, Town, town::SITE};

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new().route("/pictures/{key}/focus", post(update_focus))
}

/// Takes `focus_x` and `focus_y` in percent; 204.
async fn update_focus(State(town): State<Town>, caller: Caller, Path(key): Path<String>, form: Form) -> Result {
    let focus = Focus::parse(&form);
    let (_, changed) = town
        .write(&caller, move |tx, viewer| {
            viewer.must_be_member()?;
            let picture = store::find(tx, &key)?.ok_or(Error::NotFound)?;
            if !picture.editable_by(viewer) {
                return Err(Error::Forbidden("Who uploaded this picture first says what of it stays visible, and editors do.".into()));
            }
            store::describe(tx, &key, &picture.words, focus)?;
            Ok(focus != picture.focus)
        })
        .await?;
    if changed {
        // Any page may show it, and nobody does this often.
        town.pages.changed(&[SITE]);
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}
