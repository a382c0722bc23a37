//! Mail as files, for sites without a mail server and for trying things out.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::message::unique;

#[derive(Clone)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn at(path: &Path) -> Result<Self, Error> {
        let folder = Self(path.to_owned());
        // Messages hold links that sign people in: for the program's own user only.
        DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(|source| folder.error(source))?;
        Ok(folder)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) async fn write(&self, message: Vec<u8>) -> Result<(), Error> {
        let folder = self.0.clone();
        let written = tokio::task::spawn_blocking(move || write(&folder, &message)).await;
        written.map_err(io::Error::other).and_then(|written| written).map_err(|source| self.error(source))
    }

    fn error(&self, source: io::Error) -> Error {
        Error::Folder { folder: self.0.display().to_string(), source }
    }
}

/// Under another name first, so that whoever watches the folder sees whole messages only.
fn write(folder: &Path, message: &[u8]) -> io::Result<()> {
    let time = jiff::Timestamp::now().strftime("%Y%m%dT%H%M%S.%3fZ");
    let name = format!("{time}-{}", &unique()[..16]);
    let unfinished = folder.join(format!(".{name}.part"));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&unfinished)?;
    let written = file.write_all(message).and_then(|()| file.sync_all());
    let finished = written.and_then(|()| fs::rename(&unfinished, folder.join(format!("{name}.eml"))));
    finished.inspect_err(|_| drop(fs::remove_file(&unfinished)))
}
