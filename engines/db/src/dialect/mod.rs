//! The two databases. Only here is a driver named; the rest of the crate knows these traits.

use crate::{Error, Param, Row};

pub(crate) mod postgres;
pub(crate) mod sqlite;

/// One connection with an open transaction.
pub(crate) trait Session {
    /// Gives every row to `each` until it answers false.
    fn query(&mut self, sql: &str, params: &[Param<'_>], each: &mut dyn FnMut(&Row<'_>) -> bool) -> Result<(), Error>;

    /// Runs a statement; answers the number of rows it changed.
    fn run(&mut self, sql: &str, params: &[Param<'_>]) -> Result<u64, Error>;

    /// Runs several statements without parameters.
    fn script(&mut self, sql: &str) -> Result<(), Error>;
}

/// The columns of one row.
pub(crate) trait Cells {
    fn cell(&self, index: usize) -> Result<Param<'_>, Error>;
}

/// The error for a statement that was given too few or too many parameters.
pub(crate) fn wrong_count(sql: &str, wanted: usize, given: usize) -> Error {
    Error::other(format!("the statement has {wanted} markers but {given} parameters were given: {sql}"))
}
