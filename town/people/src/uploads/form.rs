//! Files in a plain form: to the disk while they arrive.

use std::path::{Path, PathBuf};

use axum::extract::{FromRequest as _, Multipart, Request, multipart::Field};
use futures_util::StreamExt as _;
use http::{HeaderMap, header};
use tokio::{fs::File, io::AsyncWriteExt as _};
use web::Error;

use super::upload::{Family, MAX_VIDEO, UploadId};
use crate::Town;

/// What a form carries besides its files.
const AROUND: u64 = 1 << 20;
/// The name of the hidden fields for what was sent before the form.
pub const KEYS: &str = "uploaded";
/// Bytes of what is written in a form besides its files, in all, and of a key or a path.
const MAX_WORDS: usize = 256 << 10;
const SHORT: usize = 2_000;
/// Fields besides files; more than any form of ours has.
const MAX_FIELDS: usize = 500;
/// What is still read of a form that is refused, so that the answer reaches who sends it.
const DRAINED: usize = 64 << 20;

/// What a form brought.
#[derive(Default)]
pub(super) struct Received {
    pub files: Vec<Arrived>,
    /// Names of files that are too large, and words that say so.
    pub refused: Vec<(String, String)>,
    /// Keys of files that came before the form, in parts.
    pub keys: Vec<String>,
    /// The path to be led to.
    pub next: Option<String>,
    /// What else was written in it.
    pub words: Vec<(String, String)>,
}

impl Received {
    fn count(&self) -> usize {
        self.files.len() + self.refused.len() + self.keys.len()
    }

    fn one_more(&self, most: usize) -> Result<(), Error> {
        if self.count() < most { Ok(()) } else { Err(Error::invalid("file", format!("Choose at most {most} files at a time."))) }
    }
}

/// A file on the disk, removed when this is dropped.
pub(super) struct Arrived {
    pub path: PathBuf,
    pub name: String,
}

impl Drop for Arrived {
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
    Err(too_much(length))
}

fn too_much(length: u64) -> Error {
    let (sent, limit) = (length.div_ceil(1_000_000), MAX_VIDEO / 1_000_000);
    Error::TooLarge(
        format!("This is {sent} MB, and one form may carry at most {limit} MB. Choose smaller files, or fewer at a time.").into(),
    )
}

fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Reads the form, at most so many files of it to the disk. One that is too large does not keep the others from being taken.
pub(super) async fn receive(town: &Town, request: Request, most: usize) -> Result<Received, Error> {
    let mut parts = Multipart::from_request(request, town)
        .await
        .map_err(|_| Error::Malformed("The form arrived incomplete. Please send it again.".into()))?;
    let (mut received, mut size, mut around) = (Received::default(), 0, 0);
    while let Some(mut part) = parts.next_field().await.map_err(|_| broken_off())? {
        match part.name() {
            Some("file") => {
                received.one_more(most)?;
                let name = part.file_name().unwrap_or_default().to_owned();
                let path = scratch(town).await?.join(format!("form-{}", UploadId::fresh()));
                let file = Arrived { path, name };
                let before = size;
                match write(&mut part, &file.path, &mut size).await? {
                    Some(error) => received.refused.push((file.name.clone(), error.words())),
                    // A field where nothing was chosen is sent as an empty file.
                    None if size == before => {}
                    None => received.files.push(file),
                }
            }
            Some(KEYS) => {
                received.one_more(most)?;
                received.keys.push(read(&mut part, SHORT).await?);
            }
            Some("next") => received.next = Some(read(&mut part, SHORT).await?),
            name => {
                let name = name.unwrap_or_default().to_owned();
                let value = read(&mut part, MAX_WORDS - around).await?;
                around += value.len() + name.len();
                if around > MAX_WORDS || received.words.len() == MAX_FIELDS {
                    return Err(too_much_around());
                }
                received.words.push((name, value));
            }
        }
    }
    // A path of this site: nobody is led away from it.
    received.next = received.next.filter(|next| is_path(next));
    Ok(received)
}

/// Whether this is a path of this site and of no other.
pub(super) fn is_path(next: &str) -> bool {
    next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\n', '\r'])
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

/// As soon as it is known what the file is, its own limit holds: what comes after it is read, but not kept. `sum` counts all files of
/// the form.
async fn write(part: &mut Field<'_>, path: &Path, sum: &mut u64) -> Result<Option<Error>, Error> {
    let mut file = File::create_new(path).await.map_err(|error| failed(&error))?;
    let (mut size, mut start, mut refused) = (0_u64, Vec::new(), None);
    while let Some(chunk) = part.chunk().await.map_err(|_| broken_off())? {
        size += chunk.len() as u64;
        *sum += chunk.len() as u64;
        if *sum > MAX_VIDEO + AROUND {
            return Err(too_much(*sum));
        }
        if start.len() < 64 {
            start.extend_from_slice(&chunk[..chunk.len().min(64)]);
        }
        // What is neither picture nor recording is refused by its content, but need not be read far for it.
        let family = Family::of(&start).unwrap_or(Family::Picture);
        if size > family.limit() {
            refused = Some(family);
        } else {
            file.write_all(&chunk).await.map_err(|error| failed(&error))?;
        }
    }
    file.flush().await.map_err(|error| failed(&error))?;
    Ok(refused.map(|family| family.too_large(size)))
}

async fn read(part: &mut Field<'_>, most: usize) -> Result<String, Error> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|_| broken_off())? {
        if bytes.len() + chunk.len() > most {
            return Err(too_much_around());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn too_much_around() -> Error {
    Error::TooLarge("That is more text than this form can carry. Please shorten it.".into())
}

fn broken_off() -> Error {
    Error::Malformed("The upload broke off on its way. Please send it again.".into())
}
