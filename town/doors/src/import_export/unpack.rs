//! Archives: unpacked into a folder of their own, within bounds, and never outside of it.

use anyhow::Context as _;
use std::{
    fs::{self, File},
    io::{self, Read as _},
    path::{Path, PathBuf},
};
use tempfile::TempDir;

use super::export::rows::Head;

/// Files of one archive.
const MAX_FILES: usize = 500_000;
/// Bytes of one file, unpacked.
const MAX_FILE: u64 = 4 << 30;
/// Bytes of all files, unpacked.
const MAX_ALL: u64 = 200 << 30;
/// What nobody packs a thousandfold, unless it is made to fill a disk.
const MAX_RATIO: u64 = 1_000;
/// Small files of spaces pack well and harm nobody.
const HARMLESS: u64 = 16 << 20;

/// Unpacks a zip file into a new folder below `workshop`, which is removed with what comes back.
///
/// # Errors
/// When it cannot be read, or is made to fill the disk.
pub(crate) fn unpack(archive: &Path, workshop: &Path) -> anyhow::Result<TempDir> {
    let file = File::open(archive).with_context(|| archive.display().to_string())?;
    let mut zip =
        zip::ZipArchive::new(io::BufReader::new(file)).with_context(|| format!("{} is no zip file that can be read", archive.display()))?;
    anyhow::ensure!(zip.len() <= MAX_FILES, "{} has more than {MAX_FILES} files", archive.display());
    fs::create_dir_all(workshop)?;
    let folder = tempfile::Builder::new().prefix("unpacked-").tempdir_in(workshop)?;
    let mut all = 0;
    for index in 0..zip.len() {
        let entry = zip.by_index(index).with_context(|| format!("file {index} of {}", archive.display()))?;
        // Names that lead out of the folder, and links, are passed over.
        let Some(name) = entry.enclosed_name().filter(|_| entry.is_file()) else { continue };
        let limit = entry.compressed_size().saturating_mul(MAX_RATIO).clamp(HARMLESS, MAX_FILE);
        let path = folder.path().join(&name);
        if let Some(above) = path.parent() {
            fs::create_dir_all(above)?;
        }
        let written = io::copy(&mut entry.take(limit + 1), &mut File::create(&path).with_context(|| name.display().to_string())?)
            .with_context(|| format!("{} in {}", name.display(), archive.display()))?;
        all += written;
        anyhow::ensure!(
            written <= limit && all <= MAX_ALL,
            "{} unpacks to more than anybody would pack: {}",
            archive.display(),
            name.display()
        );
    }
    Ok(folder)
}

/// What a zip file says it is, when it is an export of this program; looked at without unpacking it.
pub(super) fn head(archive: &Path) -> Option<Head> {
    const LONGEST: u64 = 64 << 10;
    let mut zip = zip::ZipArchive::new(io::BufReader::new(File::open(archive).ok()?)).ok()?;
    // At the top, or in the folder that was packed.
    let mut names = zip.file_names().flatten();
    let name = names.find(|name| name.rsplit('/').next() == Some("ocotillo.json") && name.split('/').count() <= 2)?.into_owned();
    drop(names);
    let mut json = Vec::new();
    zip.by_name(&name).ok()?.take(LONGEST).read_to_end(&mut json).ok()?;
    serde_json::from_slice(&json).ok()
}

/// Where the files are: people pack a folder as often as what is in it.
pub(super) fn inner(folder: &Path) -> PathBuf {
    let mut at = folder.to_owned();
    for _ in 0..3 {
        let Ok(entries) = fs::read_dir(&at) else { break };
        let shown: Vec<_> = entries.flatten().filter(|entry| !entry.file_name().to_string_lossy().starts_with(['.', '_'])).collect();
        match shown.as_slice() {
            [only] if only.path().is_dir() => at = only.path(),
            _ => break,
        }
    }
    at
}
