//! What SQLite says when something fails, as our kinds.

use std::path::Path;

use rusqlite::{ErrorCode, ffi};

use crate::{Error, Kind};

/// The error, with the statement it came from where that helps to find a mistake in the SQL.
pub(super) fn convert(error: rusqlite::Error, sql: Option<&str>) -> Error {
    let kind = kind(&error);
    let message = match (&kind, sql) {
        (Kind::Timeout, _) => "the statement took longer than it may".to_owned(),
        (Kind::Full, _) => "the disk or the quota of the database is full".to_owned(),
        (Kind::Busy, _) => "the database is locked by another program; try again later".to_owned(),
        (Kind::Other, Some(sql)) => format!("{error} in: {sql}"),
        _ => error.to_string(),
    };
    Error::caused(kind, message, error)
}

/// The error of opening a file.
pub(super) fn explain(path: &Path, error: rusqlite::Error) -> Error {
    let message = match &error {
        rusqlite::Error::InvalidQuery => "this file system does not support write-ahead logging; put the \
                                          database on a local disk"
            .to_owned(),
        error => error.to_string(),
    };
    let message = format!("cannot open the database {}: {message}", path.display());
    Error::caused(kind(&error), message, error)
}

fn kind(error: &rusqlite::Error) -> Kind {
    let (code, message) = match error {
        rusqlite::Error::SqliteFailure(code, message) => (code, message.as_deref().unwrap_or_default()),
        _ => return Kind::Other,
    };
    match code.code {
        ErrorCode::ConstraintViolation => constraint(code.extended_code, message),
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Kind::Busy,
        ErrorCode::OperationInterrupted => Kind::Timeout,
        ErrorCode::DiskFull => Kind::Full,
        _ => Kind::Other,
    }
}

fn constraint(extended: i32, message: &str) -> Kind {
    match extended {
        ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID => {
            // "UNIQUE constraint failed: accounts.handle_key"
            let constraint = message.split_once(": ").map_or(message, |(_, columns)| columns);
            Kind::Unique { constraint: constraint.to_owned() }
        }
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY => Kind::ForeignKey,
        ffi::SQLITE_CONSTRAINT_CHECK | ffi::SQLITE_CONSTRAINT_NOTNULL => Kind::Check,
        _ => Kind::Other,
    }
}
