//! One zip file of a folder: the same bytes for the same folder.

use anyhow::Context as _;
use std::{
    fs::{self, File},
    io::{self, Seek, Write},
    path::{Path, PathBuf},
};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use super::Watch;

/// Packs a folder's files in the order of their names. Pictures and recordings are packed already and go in as they are.
///
/// # Errors
/// When anything cannot be read or written, or somebody asked to stop.
pub fn pack(folder: &Path, out: impl Write + Seek, watch: &Watch) -> anyhow::Result<()> {
    let mut files = Vec::new();
    list(folder, &mut files)?;
    files.sort();
    let mut zip = ZipWriter::new(out);
    // The earliest time a zip file knows: no file says when it was made.
    let plain = SimpleFileOptions::default().last_modified_time(DateTime::default()).large_file(true).unix_permissions(0o644);
    for (done, path) in files.iter().enumerate() {
        watch.at("packing", done as u64, files.len() as u64)?;
        let name = path.strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
        let method = if name.starts_with("media/") { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        zip.start_file(&*name, plain.compression_method(method)).with_context(|| name.clone())?;
        io::copy(&mut File::open(path).with_context(|| name.clone())?, &mut zip).with_context(|| name.clone())?;
    }
    zip.finish()?.flush()?;
    Ok(())
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            list(&entry.path(), files)?;
        } else {
            files.push(entry.path());
        }
    }
    Ok(())
}
