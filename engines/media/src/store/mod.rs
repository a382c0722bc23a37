//! Where files are kept: a folder, or a bucket of any service that speaks S3.

mod bucket;

use std::io::{self, ErrorKind};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::{StreamExt as _, stream::BoxStream};
use object_store::{
    Attribute, Attributes, ObjectStore, ObjectStoreExt as _, PutMultipartOptions, PutOptions, PutPayload, local::LocalFileSystem,
    path::Path as Place, prefix::PrefixStore,
};
use tokio::io::AsyncReadExt as _;

use crate::{Refused, is_name, names, picture, widths};

pub use bucket::Bucket;

/// Bytes that are read from a folder at once: few enough for many readers, enough to be quick.
const NEAR_PART: u64 = 256 << 10;
/// Bytes that are asked of a bucket at once. A reader on a slow line would hold one long answer open for minutes, which services and
/// time limits end; and each question is paid for.
const FAR_PART: u64 = 2 << 20;
/// The file that is kept for a moment to know whether a bucket can be used.
const PROBE: &str = "ocotillo-probe";
/// Bytes of one part of a large file on its way out (S3 asks for 5 MiB at least).
const PUT_PART: usize = 8 << 20;

/// Files under names made from their content. A file appears whole or not at all. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    files: Arc<dyn ObjectStore>,
    /// Whether it is a folder of this machine.
    near: bool,
}

impl Store {
    /// Opens a folder, and makes it where it is missing. What is put there is synced, with its folder.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn folder(folder: impl AsRef<Path>) -> io::Result<Store> {
        std::fs::create_dir_all(&folder)?;
        let files = LocalFileSystem::new_with_prefix(folder).map_err(system)?.with_fsync(true);
        Ok(Store { files: Arc::new(files), near: true })
    }

    /// Opens a bucket. Nothing is asked of the service yet.
    ///
    /// # Errors
    /// When the address or the keys cannot be meant.
    pub fn bucket(bucket: &Bucket) -> io::Result<Store> {
        let files = bucket.open().map_err(system)?;
        let files: Arc<dyn ObjectStore> = match bucket.prefix.as_str() {
            "" => Arc::new(files),
            prefix => Arc::new(PrefixStore::new(files, prefix)),
        };
        Ok(Store { files, near: false })
    }

    /// Writes, reads and removes a small file where it is a bucket: whatever would keep uploads from being stored is known now.
    ///
    /// # Errors
    /// In words for whoever runs the site.
    pub async fn check(&self) -> io::Result<()> {
        if self.near {
            return Ok(());
        }
        let place = Place::from(PROBE);
        self.files.put(&place, PutPayload::from_static(b"May be removed.")).await.map_err(bucket::unusable)?;
        self.files.get(&place).await.map_err(bucket::unusable)?.bytes().await.map_err(bucket::unusable)?;
        self.files.delete(&place).await.map_err(bucket::unusable)
    }

    /// Keeps a file for good: once this returns, a power cut does not lose it. A name that is there already holds the
    /// same content, so nothing is written.
    ///
    /// # Errors
    /// `InvalidInput` when it is not a name, `StorageFull` when the disk is full, and others as the system gives them.
    pub async fn put(&self, name: &str, bytes: impl Into<Bytes>) -> io::Result<()> {
        let place = place(name)?;
        if self.has(&place).await? {
            return Ok(());
        }
        let options = PutOptions { attributes: attributes(name, self.near), ..PutOptions::default() };
        self.files.put_opts(&place, PutPayload::from_bytes(bytes.into()), options).await.map_err(system)?;
        Ok(())
    }

    /// The same from a file, which is never held whole in memory.
    ///
    /// # Errors
    /// As [`Store::put`]. Nothing half-written is left under the name.
    pub async fn put_file(&self, name: &str, file: &Path) -> io::Result<()> {
        let place = place(name)?;
        if self.has(&place).await? {
            return Ok(());
        }
        let mut file = tokio::fs::File::open(file).await?;
        let options = PutMultipartOptions { attributes: attributes(name, self.near), ..PutMultipartOptions::default() };
        let mut upload = self.files.put_multipart_opts(&place, options).await.map_err(system)?;
        loop {
            let mut part = Vec::with_capacity(PUT_PART);
            let read = (&mut file).take(PUT_PART as u64).read_to_end(&mut part).await;
            let sent = match read {
                Ok(0) => break,
                Ok(_) => upload.put_part(part.into()).await.map_err(system),
                Err(error) => Err(error),
            };
            if let Err(error) = sent {
                let _ = upload.abort().await;
                return Err(error);
            }
        }
        upload.complete().await.map_err(system)?;
        Ok(())
    }

    /// The whole file: for what is small.
    ///
    /// # Errors
    /// `NotFound` when there is none, also for what is not a name.
    pub async fn read(&self, name: &str) -> io::Result<Bytes> {
        let place = place(name).map_err(|_| ErrorKind::NotFound)?;
        self.files.get(&place).await.map_err(system)?.bytes().await.map_err(system)
    }

    /// A picture's file; a width that is missing although the picture has it is made from the largest and kept. Pictures
    /// from before there were so many widths come to have them all.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub async fn read_picture(&self, name: &str, largest: u32) -> io::Result<Bytes> {
        match self.read(name).await {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            other => return other,
        }
        let (stem, rest) = name.split_once('-').ok_or(ErrorKind::NotFound)?;
        let wanted = rest.split_once('.').and_then(|(width, _)| width.parse::<u32>().ok());
        if !wanted.is_some_and(|wanted| widths(largest).any(|width| width == wanted)) {
            return Err(ErrorKind::NotFound.into());
        }
        let source = self.read(&format!("{stem}-{largest}.webp")).await?;
        let asked = name.to_owned();
        let made = tokio::task::spawn_blocking(move || picture::again(&source, &asked)).await.map_err(io::Error::other)?;
        let made = Bytes::from(made.map_err(|refused: Refused| io::Error::other(refused.to_string()))?);
        self.put(name, made.clone()).await?;
        Ok(made)
    }

    /// How large a file is.
    ///
    /// # Errors
    /// `NotFound` when there is none, also for what is not a name.
    pub async fn size(&self, name: &str) -> io::Result<u64> {
        let place = place(name).map_err(|_| ErrorKind::NotFound)?;
        Ok(self.files.head(&place).await.map_err(system)?.size)
    }

    /// A part of a file, read while it is sent. The range must lie inside of the file, as [`Store::size`] says it.
    ///
    /// # Errors
    /// `NotFound` for what is not a name; what goes wrong later is in the stream.
    pub fn open(&self, name: &str, range: Range<u64>) -> io::Result<BoxStream<'static, io::Result<Bytes>>> {
        Ok(self.parts(place(name).map_err(|_| ErrorKind::NotFound)?, range))
    }

    /// Removes a file for good. One that is not there is no error.
    ///
    /// # Errors
    /// As the system gives them.
    pub async fn remove(&self, name: &str) -> io::Result<()> {
        match self.files.delete(&place(name)?).await {
            Err(object_store::Error::NotFound { .. }) | Ok(()) => Ok(()),
            Err(error) => Err(system(error)),
        }
    }

    async fn has(&self, place: &Place) -> io::Result<bool> {
        match self.files.head(place).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(system(error)),
        }
    }

    fn parts(&self, place: Place, range: Range<u64>) -> BoxStream<'static, io::Result<Bytes>> {
        let (files, part) = (Arc::clone(&self.files), if self.near { NEAR_PART } else { FAR_PART });
        futures_util::stream::unfold(range, move |left| {
            let (files, place) = (Arc::clone(&files), place.clone());
            async move {
                if left.is_empty() {
                    return None;
                }
                let end = left.end.min(left.start + part);
                match files.get_range(&place, left.start..end).await {
                    Ok(part) => Some((Ok(part), end..left.end)),
                    Err(error) => Some((Err(system(error)), 0..0)),
                }
            }
        })
        .boxed()
    }
}

/// `ab/abcd….webp`: no folder grows too long to list.
fn place(name: &str) -> io::Result<Place> {
    if !is_name(name) {
        return Err(io::Error::new(ErrorKind::InvalidInput, format!("{name:?} is not the name of a kept file")));
    }
    Ok(Place::from(format!("{}/{name}", &name[..2])))
}

/// So that a bucket which serves files itself serves them rightly. A folder has no place for it.
fn attributes(name: &str, near: bool) -> Attributes {
    match names::content_type(name).filter(|_| !near) {
        Some(kind) => Attributes::from_iter([(Attribute::ContentType, kind)]),
        None => Attributes::new(),
    }
}

/// The system's own error where one lies at the bottom: a full disk must be known as such.
fn system(error: object_store::Error) -> io::Error {
    if matches!(error, object_store::Error::NotFound { .. }) {
        return ErrorKind::NotFound.into();
    }
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    let mut kind = ErrorKind::Other;
    while let Some(current) = source {
        if let Some(found) = current.downcast_ref::<io::Error>() {
            kind = found.kind();
        }
        source = current.source();
    }
    io::Error::new(kind, error)
}
