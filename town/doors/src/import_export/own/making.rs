//! Making the file, on a thread that may wait.

use ::people::{AccountId, Town};
use std::{
    fs::{self, File},
    io::{Seek as _, SeekFrom},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::sync::Semaphore;
use web::Error;

use crate::import_export::export::{Of, Watch, pack, write};

/// Files are made one after the other: each may fill a disk's time.
static TURN: Semaphore = Semaphore::const_new(1);
/// What a program left that was killed at its work is removed after so long.
const LEFT: Duration = Duration::from_secs(24 * 60 * 60);

/// Stops the work when nobody waits for it any more.
struct Waiting(Arc<AtomicBool>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// The zip file of what somebody has, open at its beginning, and its size.
///
/// # Errors
/// When anything cannot be read or written.
pub(super) async fn zip_of(town: &Town, account: AccountId) -> Result<(File, u64), Error> {
    let _turn = TURN.acquire().await.map_err(Error::broken)?;
    let waiting = Waiting(Arc::new(AtomicBool::new(false)));
    let watch = Watch { stop: Arc::clone(&waiting.0), ..Watch::silent() };
    let town = town.clone();
    let made = tokio::task::spawn_blocking(move || make(&town, account, &watch)).await.map_err(Error::broken)?;
    made.map_err(|error| Error::broken(format!("{error:#}")))
}

fn make(town: &Town, account: AccountId, watch: &Watch) -> anyhow::Result<(File, u64)> {
    let workshop = workshop(town);
    private(&workshop)?;
    sweep(&workshop);
    let folder = tempfile::tempdir_in(&workshop)?;
    write(town, Of::Person(account), folder.path(), watch)?;
    let mut zip = tempfile::tempfile_in(&workshop)?;
    pack(folder.path(), &mut zip, watch)?;
    let size = zip.seek(SeekFrom::End(0))?;
    zip.seek(SeekFrom::Start(0))?;
    Ok((zip, size))
}

/// Beside the folder of uploads, on the same disk.
fn workshop(town: &Town) -> PathBuf {
    town.uploads.with_file_name("exports")
}

fn private(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn sweep(workshop: &Path) {
    let Ok(entries) = fs::read_dir(workshop) else { return };
    for entry in entries.flatten() {
        let old = entry.metadata().and_then(|about| about.modified()).is_ok_and(|at| at.elapsed().is_ok_and(|age| age > LEFT));
        if old && let Err(error) = fs::remove_dir_all(entry.path()) {
            tracing::warn!(%error, "an old export cannot be removed");
        }
    }
}
