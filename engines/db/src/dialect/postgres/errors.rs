//! What PostgreSQL says when something fails, as our kinds.

use std::error::Error as StdError;

use postgres::error::{DbError, SqlState};

use crate::{Error, Kind};

/// The error, with the statement it came from where that helps to find a mistake in the SQL.
pub(super) fn convert(error: &postgres::Error, sql: Option<&str>) -> Error {
    let kind = kind(error);
    let mut message = words(error);
    if let (Kind::Other, Some(sql)) = (&kind, sql) {
        message = format!("{message} in: {sql}");
    }
    Error::new(kind, message)
}

/// Whether a kept statement does not fit the tables any more.
pub(super) fn stale(error: &postgres::Error) -> bool {
    error
        .as_db_error()
        .is_some_and(|error| error.routine() == Some("RevalidateCachedQuery") || *error.code() == SqlState::INVALID_SQL_STATEMENT_NAME)
}

/// The server's own words, without its details: they quote people's values, and errors are logged.
fn words(error: &postgres::Error) -> String {
    if let Some(error) = error.as_db_error() {
        return format!("{} ({})", error.message(), error.code().code());
    }
    match error.source() {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}

fn kind(error: &postgres::Error) -> Kind {
    let Some(error) = error.as_db_error() else {
        // Not said by the server: either the line broke or a value did not fit.
        let broken = error.is_closed() || error.source().is_some_and(<dyn StdError>::is::<std::io::Error>);
        return if broken { Kind::Connection } else { Kind::Other };
    };
    match error.code().code() {
        "23505" => Kind::Unique { constraint: constraint(error) },
        "23503" | "23001" => Kind::ForeignKey,
        "23502" | "23514" => Kind::Check,
        "40001" | "40P01" => Kind::Serialization,
        "57014" => Kind::Timeout,
        "55P03" => Kind::Busy,
        "53100" => Kind::Full,
        "53300" | "57P01" | "57P02" | "57P03" => Kind::Connection,
        code if code.starts_with("08") => Kind::Connection,
        _ => Kind::Other,
    }
}

/// The columns as SQLite names them, `likes.post, likes.account`, from the detail
/// `Key (post, account)=(1, 2) already exists.`; the constraint's name where the detail is withheld.
fn constraint(error: &DbError) -> String {
    let columns = error.detail().and_then(columns).zip(error.table());
    match columns {
        Some((columns, table)) => {
            let columns: Vec<String> = columns.map(|column| format!("{table}.{column}")).collect();
            columns.join(", ")
        }
        None => error.constraint().unwrap_or_default().to_owned(),
    }
}

fn columns(detail: &str) -> Option<impl Iterator<Item = &str>> {
    let (_, from) = detail.split_once('(')?;
    let (columns, _) = from.split_once(")=(")?;
    Some(columns.split(", "))
}
