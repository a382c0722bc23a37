//! Throw-away databases, one for each test.
//!
//! A template is prepared (migrated, usually) once in a test process and cloned for every test,
//! so a fresh database costs milliseconds and tests never see each other's rows.
//! SQLite: a file in a folder of its own. PostgreSQL: a database on the server named by
//! `TEST_POSTGRES_URL`, or else on a cluster that this process starts for itself and that
//! dies with it, however it dies.

mod cluster;
mod postgres;
mod sqlite;
#[cfg(test)]
mod tests;

use std::path::Path;

/// Which database a test stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A file in a temporary folder.
    Sqlite,
    /// A database on a throw-away or given PostgreSQL server.
    Postgres,
}

impl Kind {
    /// Both kinds, for loops.
    pub const ALL: [Self; 2] = [Self::Sqlite, Self::Postgres];
}

/// A database that is removed when this value is dropped. Keep it as long as the test runs.
#[must_use = "the database is removed when this is dropped"]
pub struct Database {
    /// Where to connect: `sqlite:/path/test.db` or `postgres://user:password@host:port/name`.
    pub url: String,
    /// What it is.
    pub kind: Kind,
    guard: Guard,
}

enum Guard {
    Sqlite(sqlite::Folder),
    // Held for its Drop.
    Postgres(#[allow(dead_code)] postgres::Dropped),
}

impl Database {
    /// The database file, where there is one (SQLite).
    pub fn path(&self) -> Option<&Path> {
        match &self.guard {
            Guard::Sqlite(folder) => Some(folder.file()),
            Guard::Postgres(_) => None,
        }
    }
}

/// A database cloned from the template of this name, which `prepare` fills the first time it is
/// asked for in this process. `prepare` is given the template's address and must close its
/// connections before it returns. It runs on a thread of its own, so it may block.
///
/// # Panics
/// When `prepare` does, when it leaves connections open, or when no PostgreSQL can be had.
pub fn fresh(kind: Kind, template: &str, prepare: impl FnOnce(&str) + Send) -> Database {
    aside(|| match kind {
        Kind::Sqlite => sqlite::fresh(template, prepare),
        Kind::Postgres => postgres::fresh(template, prepare),
    })
}

/// A database with nothing in it.
///
/// # Panics
/// When no PostgreSQL can be had.
pub fn empty(kind: Kind) -> Database {
    fresh(kind, "empty", |_| {})
}

/// Runs blocking work on another thread: the synchronous PostgreSQL client brings its own
/// runtime and panics inside a test's one.
fn aside<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| match scope.spawn(work).join() {
        Ok(value) => value,
        Err(panic) => std::panic::resume_unwind(panic),
    })
}
