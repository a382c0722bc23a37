//! What can go wrong, as kinds that mean the same on both databases.

use std::error::Error as StdError;
use std::fmt;

/// The kinds of failure that callers decide on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// [`crate::Tx::one`] found no row.
    NotFound,
    /// A value exists already. `constraint` reads `accounts.handle_key` or `likes.post, likes.account`;
    /// ask [`Error::violates`] rather than comparing it.
    Unique {
        /// The columns, or the constraint's name where the database does not tell the columns.
        constraint: String,
    },
    /// A row points at one that does not exist, or one that others point at was removed.
    ForeignKey,
    /// A `check` or `not null` rule refused the row.
    Check,
    /// The database was locked by another program, or too many units wait already: try again later.
    Busy,
    /// PostgreSQL could not put the unit in order with others, even after ten tries.
    Serialization,
    /// A statement took longer than [`crate::Options::statement_timeout`].
    Timeout,
    /// The disk or the quota is full.
    Full,
    /// The database was changed by a newer version of the program.
    Newer {
        /// The newest migration in the database that the program does not know.
        found: String,
        /// The newest migration that the program knows; empty when it knows none.
        known: String,
    },
    /// The server cannot be reached, or the connection broke.
    Connection,
    /// [`crate::Db::close`] was called.
    Closed,
    /// Anything else: a mistake in the SQL, a value of the wrong type, a damaged file.
    Other,
}

/// A failure of the database or of its use; [`Error::kind`] says which.
pub struct Error {
    kind: Kind,
    message: String,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    /// An error of `kind`, explained in `message`.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), source: None }
    }

    /// What kind of failure it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind.clone()
    }

    /// Whether this is a unique violation of `table.column`, on either database. For a rule over
    /// several columns any one of them, or all as `"table.a, table.b"`, will do.
    #[must_use]
    pub fn violates(&self, rule: &str) -> bool {
        let Kind::Unique { constraint } = &self.kind else {
            return false;
        };
        if constraint == rule || constraint.split(", ").any(|column| column == rule) {
            return true;
        }
        named_after(constraint, rule)
    }

    pub(crate) fn other(message: impl Into<String>) -> Self {
        Self::new(Kind::Other, message)
    }

    pub(crate) fn caused(kind: Kind, message: impl Into<String>, source: impl StdError + Send + Sync + 'static) -> Self {
        Self { kind, message: message.into(), source: Some(Box::new(source)) }
    }

    pub(crate) fn closed() -> Self {
        Self::new(Kind::Closed, "the database is closed; no new work is taken")
    }
}

/// Whether a constraint's or index's name, as PostgreSQL makes them up (`accounts_handle_key_key`,
/// `accounts_pkey`), speaks of `table.column`. Only used when the server withheld the columns.
fn named_after(constraint: &str, rule: &str) -> bool {
    let Some((table, column)) = rule.split_once('.') else {
        return false;
    };
    let Some(rest) = constraint.strip_prefix(table).and_then(|rest| rest.strip_prefix('_')) else {
        return false;
    };
    rest == "pkey" || format!("_{rest}_").contains(&format!("_{column}_"))
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.kind, self.message)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}
