//! Pictures and recordings of an export: each file is what its name says, or it stays outside.

use ::people::{Town, recordings};
use anyhow::Context as _;
use aws_lc_rs::digest::{Context, SHA256};
use media::Kind;
use std::{fs::File, io::Read as _, path::Path};

use super::{Export, Manner, Names, rows, store};
use crate::import_export::{
    export::rows::{PictureRow, RecordingRow},
    import::Report,
};

/// Takes files into the store, and then notes what people said of them.
pub(super) fn restore(town: &Town, export: &Export, manner: Manner, names: &Names, report: &mut Report) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("the runtime")?;
    let folder = export.files.folder().join("media");
    let mut keep = |key: &str, name: &str, wanted: Kind| -> anyhow::Result<()> {
        let sound = if wanted == Kind::Picture { media::is_key(key) } else { recordings::is_key(key) };
        if !sound {
            report.note("a file has a name that no file here has", key);
        } else if runtime.block_on(town.media.size(name)).is_err() {
            match look(&folder.join(name), key, wanted) {
                Ok(()) => {
                    runtime.block_on(town.media.put_file(name, &folder.join(name))).with_context(|| name.to_owned())?;
                    report.pictures += 1;
                }
                Err(why) => report.note(&why, name),
            }
        }
        Ok(())
    };
    for row in export.files.lines_of::<PictureRow>("pictures.jsonl")?.flatten() {
        keep(&row.key, &format!("{}.webp", row.key), Kind::Picture)?;
    }
    for row in export.files.lines_of::<RecordingRow>("recordings.jsonl")?.flatten() {
        keep(&row.key, &row.key, Kind::Recording)?;
    }
    let (now, accounts) = (manner.now, names.clone());
    rows(town, export, "pictures.jsonl", report, move |tx, row: &PictureRow| store::picture(tx, row, &accounts, now))?;
    let accounts = names.clone();
    rows(town, export, "recordings.jsonl", report, move |tx, row: &RecordingRow| store::recording(tx, row, &accounts, now))?;
    Ok(())
}

/// A file of this kind whose digest is the beginning of its key.
fn look(path: &Path, key: &str, wanted: Kind) -> Result<(), String> {
    let mut file = File::open(path).map_err(|_| "a picture or recording is named and its file is not in the export".to_owned())?;
    let (mut hash, mut part, mut start) = (Context::new(&SHA256), vec![0; 256 << 10], Vec::new());
    loop {
        match file.read(&mut part).map_err(|error| error.to_string())? {
            0 => break,
            read => {
                if start.is_empty() {
                    start = part[..read.min(64)].to_vec();
                }
                hash.update(&part[..read]);
            }
        }
    }
    let digest = web::token::hex(&hash.finish().as_ref()[..16]);
    let fits = match wanted {
        Kind::Picture => start.starts_with(b"RIFF") && start.get(8..12) == Some(b"WEBP"),
        Kind::Recording => media::kind(&start) == Some(Kind::Recording),
    };
    if fits && key.starts_with(&digest) { Ok(()) } else { Err("a file is damaged: it is not what its name says".into()) }
}
