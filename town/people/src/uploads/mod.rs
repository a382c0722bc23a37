//! Uploads: pictures, audio and video on their way in, by a plain form or in parts.
//!
//! For those who may write stories; pictures also for those who may post in the town square, or comment. Others' uploads are not found.
//!
//! **On a page** it is a [`Tray`]: it draws the form, and the script in `frontend/src/uploads` sends in parts.
//!
//! **A form.** `POST /uploads` (and `POST /pictures`) with `multipart/form-data`, files in `file`, once for each, and in `next` a path
//! of this site to be led to. A browser is led there, or to the file; whoever accepts JSON gets the answer below, or
//! a list for several files: answers, and `{"name", "error"}` for those that are not taken. Files go to the disk while they arrive;
//! no more is kept of one that is too large. A form of more than 500 MB is refused at once.
//!
//! **In parts**, for lines that break. HEAD, PATCH and DELETE are as in the IETF's draft "Resumable Uploads for HTTP"
//! (draft-ietf-httpbis-resumable-upload), because there the last part is answered like any upload; the beginning is JSON of our own:
//!
//! 1. `POST /uploads`, `Content-Type: application/json`, `{"name": "ridge.mp4", "size": 123456, "type": "video/mp4"}`.
//!    201 with `Location: /uploads/{id}`, `Upload-Limit: max-append-size=8388608`, and
//!    `{"id", "url", "offset": 0, "size", "chunk": 8388608}`. Too large a file is refused at once (413), an
//!    unknown type too (422).
//! 2. `PATCH /uploads/{id}`, `Upload-Offset: N`, the next bytes as body, at most [`MAX_PART`]. 204 with the new
//!    `Upload-Offset`; the last part gets 200 with the answer, or 422 when the file is none that is taken (the upload is
//!    then gone). 409 with the true `Upload-Offset` when N is another: go on from there.
//! 3. `HEAD /uploads/{id}` or `GET`: `Upload-Offset`, `Upload-Length`, `Upload-Complete: ?0` or `?1`. GET of one that is complete has the
//!    answer, in case the last one was lost.
//! 4. `DELETE /uploads/{id}`: 204.
//!
//! **The answer** is JSON: `id` and `key`, `kind` (`picture`, `audio`, `video`), `url`, `width`, `height`, `blur` (a `data:`
//! address or empty), `duration` (seconds or null), `name`, `title`, `alt`, `caption`, `credit` as they were read from the
//! file, `focus` (`x` and `y` in percent), `small` (the address of a picture's narrow width), `poster` (of a video that has one), and
//! `markdown`, as a body names it. `POST /pictures/{key}/focus` and `POST /recordings/{key}/poster` change these two.
//!
//! What is left unfinished for a day is removed by [`sweep`]. Unfinished bytes lie on the machine that took them: behind a balancer of load,
//! an upload must stay with one.

mod form;
mod intake;
mod quota;
mod routes;
mod store;
#[cfg(test)]
pub(crate) mod tests;
mod tray;
mod upload;

pub use intake::Taken;
pub use quota::megabytes;
pub(crate) use quota::must_fit;
pub use routes::{Several, allowed, receive, routes, with_words};
pub use store::brought;
pub use tray::{Tray, accept, limits};
pub use upload::{Family, MAX_AUDIO, MAX_PART, MAX_PICTURE, MAX_VIDEO};

use std::{
    io::{self, ErrorKind},
    time::UNIX_EPOCH,
};

use crate::Town;

/// How long an upload may take: a film over a slow line, and a night between.
const LIFETIME_MS: i64 = 24 * 60 * 60 * 1000;

/// Forgets uploads that are more than a day old, and removes what is left of them.
///
/// # Errors
/// When the database or the disk fails.
pub async fn sweep(town: Town) -> anyhow::Result<()> {
    let before = town.now() - LIFETIME_MS;
    town.db.write(move |tx| store::forget_before(tx, before)).await?;
    let Ok(mut entries) = tokio::fs::read_dir(&town.uploads).await else { return Ok(()) };
    while let Some(entry) = entries.next_entry().await? {
        // Whoever finishes or gives up an upload removes its file too.
        let Ok(about) = entry.metadata().await else { continue };
        let written = about.modified()?.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64);
        if written < before {
            gone(tokio::fs::remove_file(entry.path()).await)?;
        }
    }
    Ok(())
}

fn gone(removed: io::Result<()>) -> io::Result<()> {
    removed.or_else(|error| if error.kind() == ErrorKind::NotFound { Ok(()) } else { Err(error) })
}
