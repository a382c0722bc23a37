//! SQLite: the template is kept as bytes, so that nothing is left on disk when the process ends.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::TempDir;

use super::{Database, Guard, Kind};

static TEMPLATES: Mutex<Option<HashMap<String, Vec<u8>>>> = Mutex::new(None);

/// A temporary folder with the database file in it; removed on drop.
pub(super) struct Folder {
    file: PathBuf,
    _folder: TempDir,
}

impl Folder {
    fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("testkit-").tempdir();
        let folder = folder.expect("a temporary folder can be made");
        Self { file: folder.path().join("test.db"), _folder: folder }
    }

    pub(super) fn file(&self) -> &Path {
        &self.file
    }

    fn url(&self) -> String {
        format!("sqlite:{}", self.file.display())
    }
}

pub(super) fn fresh(template: &str, prepare: impl FnOnce(&str)) -> Database {
    let mut templates = TEMPLATES.lock().unwrap_or_else(PoisonError::into_inner);
    let templates = templates.get_or_insert_default();
    if !templates.contains_key(template) {
        templates.insert(template.to_owned(), prepared(prepare));
    }
    let folder = Folder::new();
    fs::write(&folder.file, &templates[template]).expect("the template can be copied");
    Database { url: folder.url(), kind: Kind::Sqlite, guard: Guard::Sqlite(folder) }
}

fn prepared(prepare: impl FnOnce(&str)) -> Vec<u8> {
    let folder = Folder::new();
    prepare(&folder.url());
    // The last connection to close folds the write-ahead log into the file; a log that is left
    // holds rows which a copy of the file would miss.
    let log = folder.file.with_extension("db-wal");
    let left = fs::metadata(log).map_or(0, |log| log.len());
    assert!(left == 0, "the template's write-ahead log is not empty: close every connection in `prepare`");
    // No file at all is an empty database, and so is one of no bytes.
    fs::read(&folder.file).unwrap_or_default()
}
