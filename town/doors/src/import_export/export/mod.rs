//! Export: the whole site, or what one member has of it, as open files in a folder (docs/export.md).
//!
//! First the **data**, one JSON object a line, read from one snapshot of the database, a page at a time; then the
//! **media** that the data names; then each story as a **page** in Markdown and in HTML, made from the data files alone,
//! so that whatever a page shows is in the data. Every list has one order and no file says when it was made: the same
//! content gives the same bytes. The folder is written under another name and appears whole.

mod archive;
mod copying;
mod data;
mod files;
mod front_matter;
pub mod identity;
mod moderation;
mod pages;
mod parcels;
mod read;
pub mod rows;
#[cfg(test)]
mod tests;

pub use archive::pack;
pub use files::Files;
pub use parcels::Parcels;
pub use read::library_size;

use ::people::{AccountId, Town};
use anyhow::Context as _;
use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

/// The name in every export by which it is known.
pub const FORMAT: &str = "ocotillo";
/// Rises when a program of before could not read the files any more.
pub const VERSION: u32 = 1;

/// What is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Everything but secrets and what other things are made from.
    Site,
    /// What one member wrote, uploaded and saved.
    Person(AccountId),
}

/// How far an export is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being written, in a word.
    pub part: &'static str,
    /// Written of it.
    pub done: u64,
    /// Of so many.
    pub total: u64,
}

/// What an export holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Stories, published and not.
    pub stories: u64,
    /// Files of pictures and recordings.
    pub files: u64,
    /// Files that are named and that the store does not have.
    pub lost: Vec<String>,
}

/// Says how far it is, from whichever thread is at work.
pub type Tell = Arc<dyn Fn(Progress) + Send + Sync>;

/// Somebody asked to stop.
#[derive(Debug)]
pub struct Stopped;

impl std::fmt::Display for Stopped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("stopped; nothing was written")
    }
}

impl std::error::Error for Stopped {}

/// Whoever asks for an export may think better of it.
#[derive(Clone)]
pub struct Watch {
    /// Says how far it is.
    pub tell: Tell,
    /// Ends it soon.
    pub stop: Arc<AtomicBool>,
}

impl Watch {
    /// One that says nothing and never stops.
    pub fn silent() -> Self {
        Self { tell: Arc::new(|_| {}), stop: Arc::new(AtomicBool::new(false)) }
    }

    fn at(&self, part: &'static str, done: u64, total: u64) -> Result<(), Stopped> {
        (self.tell)(Progress { part, done, total });
        if self.stop.load(Ordering::Relaxed) { Err(Stopped) } else { Ok(()) }
    }
}

/// Exports into a folder, which must be empty or not there yet. Blocking; for a thread of its own.
///
/// # Errors
/// When the folder holds something, or anything cannot be read or written. Then nothing is left behind.
pub fn into_folder(town: &Town, of: Of, to: &Path, watch: &Watch) -> anyhow::Result<Told> {
    refuse_taken(to)?;
    let parent = parent_of(to)?;
    let unfinished =
        tempfile::Builder::new().prefix(".ocotillo-export-").tempdir_in(&parent).with_context(|| parent.display().to_string())?;
    let told = write(town, of, unfinished.path(), watch)?;
    // An empty folder gives way to one that is renamed over it, on every Unix.
    if cfg!(windows) && to.is_dir() {
        fs::remove_dir(to).with_context(|| to.display().to_string())?;
    }
    fs::rename(unfinished.path(), to).with_context(|| format!("{} cannot be put in its place", to.display()))?;
    // It has another name now; there is nothing left to remove.
    let _ = unfinished.keep();
    Ok(told)
}

/// Exports into one zip file, which must not be there yet. Blocking, as [`into_folder`].
///
/// # Errors
/// As [`into_folder`].
pub fn into_zip(town: &Town, of: Of, to: &Path, watch: &Watch) -> anyhow::Result<Told> {
    anyhow::ensure!(!to.exists(), "{} is there already; name another file", to.display());
    let parent = parent_of(to)?;
    let folder = tempfile::Builder::new().prefix(".ocotillo-export-").tempdir_in(&parent).with_context(|| parent.display().to_string())?;
    let told = write(town, of, folder.path(), watch)?;
    let mut zip =
        tempfile::Builder::new().prefix(".ocotillo-export-").tempfile_in(&parent).with_context(|| parent.display().to_string())?;
    pack(folder.path(), zip.as_file_mut(), watch)?;
    zip.as_file().sync_all()?;
    zip.persist_noclobber(to).map_err(|error| error.error).with_context(|| to.display().to_string())?;
    Ok(told)
}

/// Writes an export into a folder that is nobody else's.
///
/// # Errors
/// When anything cannot be read or written.
pub fn write(town: &Town, of: Of, folder: &Path, watch: &Watch) -> anyhow::Result<Told> {
    let stories = data::write(town, of, folder, watch)?;
    let (files, lost) = copying::copy(town, folder, watch)?;
    pages::write(folder, stories, watch)?;
    Ok(Told { stories, files, lost })
}

fn refuse_taken(to: &Path) -> anyhow::Result<()> {
    match fs::read_dir(to) {
        Ok(mut entries) => {
            anyhow::ensure!(entries.next().is_none(), "{} is not empty; name another folder", to.display());
            Ok(())
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error).with_context(|| format!("{} cannot be written to", to.display())),
    }
}

fn parent_of(to: &Path) -> anyhow::Result<PathBuf> {
    let parent = to.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).with_context(|| parent.display().to_string())?;
    Ok(parent.to_owned())
}
