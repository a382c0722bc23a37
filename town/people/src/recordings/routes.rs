//! The picture that stands in a film's place until it is played, by address.

use axum::{
    Router,
    extract::{Path, State},
    response::IntoResponse as _,
    routing::post,
};
use http::StatusCode;
use web::{Error, Form, Result};

use super::{Kind, store};
use crate::{Caller, Town, pictures};

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new().route("/recordings/{key}/poster", post(update_poster))
}

/// Takes `picture`, the key of one that is here; without it the film has none any more. 204. Stories show it from when they are
/// published next.
async fn update_poster(State(town): State<Town>, caller: Caller, Path(key): Path<String>, form: Form) -> Result {
    let picture = Some(form.text("picture").to_owned()).filter(|picture| !picture.is_empty());
    town.write(&caller, move |tx, viewer| {
        viewer.must_be_member()?;
        let recording = store::find(tx, &key)?.filter(|recording| recording.kind == Kind::Video).ok_or(Error::NotFound)?;
        if !recording.editable_by(viewer) {
            return Err(Error::Forbidden("Who uploaded this film first chooses its picture, and editors do.".into()));
        }
        if let Some(picture) = &picture
            && pictures::find(tx, picture)?.is_none()
        {
            return Err(Error::invalid("picture", "That picture is not here any more. Upload it again."));
        }
        Ok(store::describe(tx, &key, &recording.words, picture.as_deref())?)
    })
    .await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
