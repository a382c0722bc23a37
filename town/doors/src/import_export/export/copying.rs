//! The files of pictures and recordings: those that the data names, as the store has them.

use anyhow::Context as _;
use futures_util::StreamExt as _;
use std::{fs, fs::File, io, io::Write as _, path::Path};

use ::people::Town;

use super::{
    Files, Watch,
    rows::{PictureRow, RecordingRow},
};

/// Copies them; answers how many there are, and which the store does not have.
pub(super) fn copy(town: &Town, folder: &Path, watch: &Watch) -> anyhow::Result<(u64, Vec<String>)> {
    let files = Files::in_folder(folder);
    let total = files.count("pictures.jsonl")? + files.count("recordings.jsonl")?;
    let media = folder.join("media");
    fs::create_dir_all(&media)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("the runtime")?;
    let pictures = files.lines_of::<PictureRow>("pictures.jsonl")?.map(|row| row.map(|row| format!("{}.webp", row.key)));
    let recordings = files.lines_of::<RecordingRow>("recordings.jsonl")?.map(|row| row.map(|row| row.key));
    let (mut copied, mut lost) = (0, Vec::new());
    for name in pictures.chain(recordings) {
        let name = name?;
        watch.at("pictures", copied + lost.len() as u64, total)?;
        match runtime.block_on(one(&town.media, &name, &media.join(&name))) {
            Ok(()) => copied += 1,
            Err(error) if error.kind() == io::ErrorKind::NotFound => lost.push(name),
            Err(error) => return Err(error).with_context(|| name),
        }
    }
    Ok((copied, lost))
}

/// A piece at a time: recordings are large.
async fn one(store: &media::Store, name: &str, to: &Path) -> io::Result<()> {
    let size = store.size(name).await?;
    let mut file = File::create(to)?;
    if size > 0 {
        let mut parts = store.open(name, 0..size)?;
        while let Some(part) = parts.next().await {
            file.write_all(&part?)?;
        }
    }
    Ok(())
}
