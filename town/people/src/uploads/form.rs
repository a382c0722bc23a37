//! A file in a plain form: to the disk while it arrives.

use std::path::{Path, PathBuf};

use axum::extract::{FromRequest as _, Multipart, Request, multipart::Field};
use futures_util::StreamExt as _;
use http::{HeaderMap, header};
use tokio::{fs::File, io::AsyncWriteExt as _};
use web::Error;

use super::upload::{Family, MAX_VIDEO, UploadId};
use crate::Town;

/// What a form carries besides its file.
const AROUND: u64 = 1 << 20;
/// What is still read of a form that is refused, so that the answer reaches who sends it.
const DRAINED: usize = 64 << 20;

/// A form's file on the disk, removed when this is dropped.
pub(super) struct Received {
    pub path: PathBuf,
    pub name: String,
    /// The path to be led to.
    pub next: Option<String>,
}

impl Drop for Received {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Refuses a form by its length, before any of it is read. No browser shows an answer while its form is cut off, so some of it is
/// read and thrown away meanwhile.
pub(super) fn refuse_by_length(request: Request) -> Result<Request, Error> {
    let Some(length) = length(request.headers()).filter(|length| *length > MAX_VIDEO + AROUND) else { return Ok(request) };
    let mut body = request.into_body().into_data_stream();
    tokio::spawn(async move {
        let mut drained = 0;
        while let Some(Ok(part)) = body.next().await {
            drained += part.len();
            if drained > DRAINED {
                break;
            }
        }
    });
    Err(Family::Video.too_large(length))
}

fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Reads the form, its file to the disk.
pub(super) async fn receive(town: &Town, request: Request) -> Result<Received, Error> {
    let mut parts = Multipart::from_request(request, town)
        .await
        .map_err(|_| Error::Malformed("The form arrived incomplete. Please send it again.".into()))?;
    let (mut received, mut next) = (None, None);
    while let Some(mut part) = parts.next_field().await.map_err(|_| broken_off())? {
        match part.name() {
            Some("file") if received.is_none() => {
                let name = part.file_name().unwrap_or_default().to_owned();
                let path = scratch(town).await?.join(format!("form-{}", UploadId::fresh()));
                let file = Received { path, name, next: None };
                write(&mut part, &file.path).await?;
                received = Some(file);
            }
            Some("next") => next = Some(short(&mut part).await?),
            _ => drop(short(&mut part).await?),
        }
    }
    let mut received = received.ok_or_else(|| Error::invalid("file", "Choose a picture first."))?;
    // A path of this site: nobody is led away from it.
    received.next = next.filter(|next| next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\n', '\r']));
    if tokio::fs::metadata(&received.path).await.map_err(|error| failed(&error))?.len() == 0 {
        return Err(Error::invalid("file", "Choose a picture first."));
    }
    Ok(received)
}

/// The folder for what is not whole yet, which only its owner can enter.
pub(super) async fn scratch(town: &Town) -> Result<&Path, Error> {
    let folder = &town.uploads;
    if !tokio::fs::try_exists(folder).await.map_err(|error| failed(&error))? {
        let mut builder = tokio::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        builder.mode(0o700);
        builder.create(folder).await.map_err(|error| failed(&error))?;
    }
    Ok(folder)
}

/// A full disk is said; everything else is our fault.
pub(super) fn failed(error: &std::io::Error) -> Error {
    tracing::error!(%error, "an upload could not be written");
    if error.kind() == std::io::ErrorKind::StorageFull { Error::Full } else { Error::broken(error.to_string()) }
}

/// As soon as it is known what the file is, its own limit holds.
async fn write(part: &mut Field<'_>, path: &Path) -> Result<(), Error> {
    let mut file = File::create_new(path).await.map_err(|error| failed(&error))?;
    let (mut size, mut start) = (0_u64, Vec::new());
    while let Some(chunk) = part.chunk().await.map_err(|_| broken_off())? {
        size += chunk.len() as u64;
        if start.len() < 64 {
            start.extend_from_slice(&chunk[..chunk.len().min(64)]);
        }
        // What is neither picture nor recording is refused by its content, but need not be read far for it.
        let family = Family::of(&start).unwrap_or(Family::Picture);
        if size > family.limit() {
            return Err(family.too_large(size));
        }
        file.write_all(&chunk).await.map_err(|error| failed(&error))?;
    }
    file.flush().await.map_err(|error| failed(&error))
}

async fn short(part: &mut Field<'_>) -> Result<String, Error> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|_| broken_off())? {
        if bytes.len() + chunk.len() > 2_000 {
            return Err(Error::TooLarge("That is more than this form can carry.".into()));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn broken_off() -> Error {
    Error::Malformed("The upload broke off on its way. Please send it again.".into())
}
