use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Hexadecimal digits at the start of a key.
const DIGITS: usize = 32;

/// A folder of pictures, named by their content. Blocking; a file appears whole or not at all.
#[derive(Debug, Clone)]
pub struct Store {
    folder: PathBuf,
}

/// Whether this is a key as [`crate::Variant`] makes them: 32 lower-case hexadecimal digits, `-`, a width of
/// one to five digits. Anything else, in particular anything with a dot or a slash, is not.
pub fn is_key(key: &str) -> bool {
    let Some((stem, width)) = key.split_once('-') else {
        return false;
    };
    stem.len() == DIGITS
        && stem.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        && (1..=5).contains(&width.len())
        && width.bytes().all(|byte| byte.is_ascii_digit())
}

impl Store {
    /// Opens a folder, and makes it where it is missing.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn folder(folder: impl Into<PathBuf>) -> io::Result<Store> {
        let folder = folder.into();
        fs::create_dir_all(&folder)?;
        Ok(Store { folder })
    }

    /// Where a key's file is or would be: `ab/abcd….webp`. `None` for what is not a key.
    pub fn path_of(&self, key: &str) -> Option<PathBuf> {
        is_key(key).then(|| self.folder.join(&key[..2]).join(format!("{key}.webp")))
    }

    /// Keeps a file for good: once this returns, a power cut does not lose it. A key that is there already
    /// holds the same content, so nothing is written.
    ///
    /// # Errors
    /// `InvalidInput` when it is not a key, `StorageFull` when the disk is full, and others as the system
    /// gives them. Nothing half-written is left under the key.
    pub fn put(&self, key: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.path_of(key).ok_or_else(|| not_a_key(key))?;
        if path.try_exists()? {
            return Ok(());
        }
        let shard = self.shard(key)?;
        let part = shard.join(part_name(key));
        let written = write_part(&part, bytes).and_then(|()| fs::rename(&part, &path));
        if written.is_err() {
            let _ = fs::remove_file(&part);
        }
        written?;
        sync_folder(&shard)
    }

    /// The whole file.
    ///
    /// # Errors
    /// `NotFound` when there is none, also for what is not a key.
    pub fn read(&self, key: &str) -> io::Result<Vec<u8>> {
        fs::read(self.path_of(key).ok_or(ErrorKind::NotFound)?)
    }

    /// The folder for a key's first two digits, made where missing.
    fn shard(&self, key: &str) -> io::Result<PathBuf> {
        let shard = self.folder.join(&key[..2]);
        if !shard.try_exists()? {
            fs::create_dir_all(&shard)?;
            sync_folder(&self.folder)?;
        }
        Ok(shard)
    }
}

fn not_a_key(key: &str) -> io::Error {
    io::Error::new(ErrorKind::InvalidInput, format!("{key:?} is not the key of a picture"))
}

/// Two writers of one key, here or in another process, never share a part.
fn part_name(key: &str) -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!(".{key}.{}-{count}.part", std::process::id())
}

fn write_part(part: &Path, bytes: &[u8]) -> io::Result<()> {
    fill(&File::create_new(part)?, bytes)
}

pub(crate) fn fill(mut file: &File, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)?;
    file.sync_all()
}

/// A rename is only durable once its folder is (elsewhere than on Unix a folder cannot be opened as a file).
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
