//! From a whole file on the disk to a picture or a recording.

use std::path::Path;

use serde_json::{Value, json};
use tokio::io::AsyncReadExt as _;

use super::upload::{Family, MAX_AUDIO, NO_FILES, ONLY_PICTURES};
use crate::{
    AccountId, Town, pictures,
    pictures::{Picture, storing_failed},
    recordings,
    recordings::{Kind, Recording},
};

/// What became of an upload.
#[derive(Clone, Debug)]
pub enum Taken {
    /// A picture.
    Picture(Picture),
    /// Audio or video.
    Recording(Recording),
}

impl Taken {
    /// Its key.
    pub fn key(&self) -> &str {
        match self {
            Self::Picture(picture) => &picture.key,
            Self::Recording(recording) => &recording.key,
        }
    }

    /// Its address.
    pub fn address(&self) -> String {
        match self {
            Self::Picture(picture) => pictures::address(&picture.key),
            Self::Recording(recording) => recordings::address(&recording.key),
        }
    }

    /// What a script is told.
    pub(super) fn answer(&self) -> Value {
        match self {
            Self::Picture(picture) => json!({
                "id": picture.key, "key": picture.key, "kind": "picture", "url": self.address(),
                "width": picture.width, "height": picture.height, "blur": picture.blur, "duration": null, "poster": null,
                "small": pictures::small_address(&picture.key),
                "name": picture.words.name, "title": "", "alt": picture.words.alt, "caption": picture.words.caption,
                "credit": picture.words.credit, "focus": { "x": picture.focus.x, "y": picture.focus.y },
                "markdown": picture.markdown(),
            }),
            Self::Recording(recording) => json!({
                "id": recording.key, "key": recording.key, "kind": recording.kind.name(), "url": self.address(),
                "width": recording.width, "height": recording.height, "blur": "",
                "poster": recording.poster.as_deref().map(pictures::address), "small": null,
                "duration": recording.duration_ms.map(|duration| duration as f64 / 1000.0),
                "name": recording.words.name, "title": recording.words.title, "alt": "", "caption": recording.words.caption,
                "credit": recording.words.credit, "focus": { "x": 50, "y": 50 }, "markdown": recording.markdown(),
            }),
        }
    }
}

/// Takes a file in, if it is of one of these families. It may be changed on the way and is worth nothing afterwards.
pub(super) async fn take(town: &Town, owner: AccountId, takes: &[Family], path: &Path, name: &str) -> Result<Taken, String> {
    let mut start = Vec::new();
    let file = tokio::fs::File::open(path).await.map_err(|error| storing_failed(&error))?;
    let size = file.metadata().await.map_err(|error| storing_failed(&error))?.len();
    file.take(64).read_to_end(&mut start).await.map_err(|error| storing_failed(&error))?;
    let family = Family::of(&start);
    if let Some(family) = family.filter(|family| size > family.limit()) {
        return Err(family.too_large(size).words());
    }
    super::must_fit(town, owner, size).await.map_err(|error| error.words())?;
    if family == Some(Family::Video) {
        if !takes.contains(&Family::Video) {
            return Err(ONLY_PICTURES.to_owned());
        }
        let recording = recordings::accept(town, owner, path, name).await?;
        if recording.kind == Kind::Audio && size > MAX_AUDIO {
            return Err(Family::Audio.too_large(size).words());
        }
        return Ok(Taken::Recording(recording));
    }
    if !takes.contains(&Family::Picture) {
        return Err(NO_FILES.to_owned());
    }
    // What is neither is told so by the pictures' decoder, which knows the words for it.
    let bytes = if family.is_some() { tokio::fs::read(path).await.map_err(|error| storing_failed(&error))? } else { start };
    pictures::note(town, owner, bytes.into(), name).await.map(Taken::Picture)
}
