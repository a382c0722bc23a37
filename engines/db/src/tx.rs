//! The transaction that a unit of work runs its statements in.

use crate::dialect::Session;
use crate::{Dialect, Error, Kind, Param, Row};

/// One open transaction. SQL uses `$1`, `$2`, ... markers on both databases.
pub struct Tx<'a> {
    session: &'a mut (dyn Session + 'a),
    dialect: Dialect,
    statements: u64,
    failed: Option<Failure>,
}

/// The first statement that failed, kept because the closure may turn its error into one of its own.
pub(crate) struct Failure {
    pub(crate) kind: Kind,
    pub(crate) message: String,
}

impl<'a> Tx<'a> {
    pub(crate) fn new(session: &'a mut (dyn Session + 'a), dialect: Dialect) -> Self {
        Self { session, dialect, statements: 0, failed: None }
    }

    /// Every row, mapped.
    pub fn all<T>(&mut self, sql: &str, params: &[Param<'_>], mut map: impl FnMut(&Row<'_>) -> Result<T, Error>) -> Result<Vec<T>, Error> {
        let mut found = Vec::new();
        let mut wrong = None;
        self.query(sql, params, &mut |row| match map(row) {
            Ok(value) => {
                found.push(value);
                true
            }
            Err(error) => {
                wrong = Some(error);
                false
            }
        })?;
        wrong.map_or(Ok(found), Err)
    }

    /// The first row, mapped; `None` when there is none. Further rows are not fetched.
    pub fn first<T>(
        &mut self,
        sql: &str,
        params: &[Param<'_>],
        mut map: impl FnMut(&Row<'_>) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        let mut found = None;
        self.query(sql, params, &mut |row| {
            found = Some(map(row));
            false
        })?;
        found.transpose()
    }

    /// The first row, mapped; [`Kind::NotFound`] when there is none.
    pub fn one<T>(&mut self, sql: &str, params: &[Param<'_>], map: impl FnMut(&Row<'_>) -> Result<T, Error>) -> Result<T, Error> {
        let found = self.first(sql, params, map)?;
        found.ok_or_else(|| Error::new(Kind::NotFound, "no such row"))
    }

    /// Runs a statement and tells how many rows it changed.
    pub fn run(&mut self, sql: &str, params: &[Param<'_>]) -> Result<u64, Error> {
        self.ready()?;
        let result = self.session.run(sql, params);
        self.note(result)
    }

    /// Runs several statements without parameters, separated by semicolons: for migrations and tests.
    pub fn script(&mut self, sql: &str) -> Result<(), Error> {
        self.ready()?;
        let result = self.session.script(sql);
        self.note(result)
    }

    /// Runs a part of the unit that may fail alone: when it answers `Err`, only its own changes are
    /// undone and the unit goes on. Costs two more statements; `on conflict` is cheaper.
    pub fn attempt<T, E: From<Error>>(&mut self, part: impl FnOnce(&mut Self) -> Result<T, E>) -> Result<T, E> {
        self.run("savepoint attempt", &[])?;
        let mut result = part(self);
        if result.is_ok()
            && let Some(failure) = &self.failed
        {
            result = Err(failure.error().into());
        }
        if result.is_err() {
            self.undo_attempt()?;
        }
        self.run("release savepoint attempt", &[])?;
        result
    }

    /// Which database this is, where the two texts must differ.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    pub(crate) fn statements(&self) -> u64 {
        self.statements
    }

    pub(crate) fn failure(&self) -> Option<&Failure> {
        self.failed.as_ref()
    }

    fn query(&mut self, sql: &str, params: &[Param<'_>], each: &mut dyn FnMut(&Row<'_>) -> bool) -> Result<(), Error> {
        self.ready()?;
        let result = self.session.query(sql, params, each);
        self.note(result)
    }

    /// After a failed statement PostgreSQL refuses all others of the transaction; SQLite would go on
    /// with half of the work. Both refuse here.
    fn ready(&mut self) -> Result<(), Error> {
        if let Some(failure) = &self.failed {
            return Err(failure.error());
        }
        self.statements += 1;
        Ok(())
    }

    fn note<T>(&mut self, result: Result<T, Error>) -> Result<T, Error> {
        if let Err(error) = &result {
            self.failed = Some(Failure { kind: error.kind(), message: error.to_string() });
        }
        result
    }

    /// A failure that took the whole transaction along stays, and so ends the unit.
    fn undo_attempt(&mut self) -> Result<(), Error> {
        if let Some(failure) = &self.failed
            && failure.is_of_the_whole()
        {
            return Err(failure.error());
        }
        self.failed = None;
        self.run("rollback to savepoint attempt", &[]).map(drop)
    }
}

impl Failure {
    pub(crate) fn error(&self) -> Error {
        let message = format!("the unit of work ended with a failed statement: {}", self.message);
        Error::new(self.kind.clone(), message)
    }

    fn is_of_the_whole(&self) -> bool {
        matches!(self.kind, Kind::Serialization | Kind::Connection | Kind::Full | Kind::Timeout)
    }
}
