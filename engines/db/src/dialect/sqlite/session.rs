//! One SQLite connection: statements, rows, transactions, the time limit.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, Statement};

use super::checkpoint::write_back;
use super::errors::convert;
use super::{failed, markers};
use crate::dialect::{Cells, Session, wrong_count};
use crate::statements::Statements;
use crate::{Error, Param, Row};

pub(super) struct Sqlite<'c> {
    connection: &'c Connection,
    statements: Statements<Prepared<'c>>,
    watch: Arc<Watch>,
}

struct Prepared<'c> {
    statement: Statement<'c>,
    markers: usize,
}

impl<'c> Sqlite<'c> {
    pub(super) fn new(connection: &'c Connection, watch: Arc<Watch>) -> Self {
        Self { connection, statements: Statements::new(), watch }
    }

    /// Runs a statement that opens, closes or divides a transaction. It has no time limit: a commit
    /// may wait for the disk.
    pub(super) fn control(&mut self, sql: &str) -> Result<(), Error> {
        self.watch.lift();
        let prepared = find(&mut self.statements, self.connection, sql)?;
        prepared.statement.raw_execute().map(drop).map_err(failed)
    }

    /// Whether a transaction is open. SQLite ends it by itself on the worst errors.
    pub(super) fn in_transaction(&self) -> bool {
        !self.connection.is_autocommit()
    }

    /// Rows that this connection has changed since it was opened, also those of transactions that were undone.
    pub(super) fn changes(&self) -> u64 {
        self.connection.total_changes()
    }

    /// Writes back into the file what no reader needs any more of the log, waiting for nobody.
    pub(super) fn write_back(&self) {
        self.watch.lift();
        write_back(self.connection);
    }

    pub(super) fn end_reading(&mut self) {
        if self.in_transaction()
            && let Err(error) = self.control("rollback")
        {
            tracing::error!(%error, "cannot end a read transaction");
        }
    }

    /// From here on statements take as long as they need.
    pub(super) fn patient(&mut self, patient: bool) {
        self.watch.patient.store(u64::from(patient), Ordering::Relaxed);
    }

    /// Writes the log back into the file and empties it.
    pub(super) fn checkpoint(&mut self) {
        self.watch.lift();
        let done = self.connection.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(()));
        if let Err(error) = done {
            tracing::warn!(%error, "a checkpoint failed; the log stays as it is");
        }
    }

    fn bound(&mut self, sql: &str, params: &[Param<'_>]) -> Result<&mut Statement<'c>, Error> {
        self.watch.start();
        let prepared = find(&mut self.statements, self.connection, sql)?;
        if prepared.markers != params.len() {
            return Err(wrong_count(sql, prepared.markers, params.len()));
        }
        for (place, param) in params.iter().enumerate() {
            let value = ToSqlOutput::Borrowed(outward(*param));
            let bound = prepared.statement.raw_bind_parameter(place + 1, value);
            bound.map_err(|error| convert(error, Some(sql)))?;
        }
        Ok(&mut prepared.statement)
    }
}

fn find<'s, 'c>(
    statements: &'s mut Statements<Prepared<'c>>,
    connection: &'c Connection,
    sql: &str,
) -> Result<&'s mut Prepared<'c>, Error> {
    statements.find(sql, |sql| {
        let prepared = connection.prepare(&markers::rewrite(sql));
        let statement = prepared.map_err(|error| convert(error, Some(sql)))?;
        let markers = statement.parameter_count();
        Ok(Prepared { statement, markers })
    })
}

impl Session for Sqlite<'_> {
    fn query(&mut self, sql: &str, params: &[Param<'_>], each: &mut dyn FnMut(&Row<'_>) -> bool) -> Result<(), Error> {
        let mut rows = self.bound(sql, params)?.raw_query();
        loop {
            match rows.next() {
                Ok(Some(row)) if each(&Row::new(row)) => {}
                Ok(_) => return Ok(()),
                Err(error) => return Err(convert(error, Some(sql))),
            }
        }
    }

    fn run(&mut self, sql: &str, params: &[Param<'_>]) -> Result<u64, Error> {
        let statement = self.bound(sql, params)?;
        if statement.column_count() == 0 {
            let changed = statement.raw_execute();
            return changed.map(|rows| rows as u64).map_err(|error| convert(error, Some(sql)));
        }
        // With `returning` every row must be fetched; each is one that changed.
        let mut changed = 0;
        self.query(sql, params, &mut |_| {
            changed += 1;
            true
        })?;
        Ok(changed)
    }

    fn script(&mut self, sql: &str) -> Result<(), Error> {
        self.watch.start();
        self.connection.execute_batch(sql).map_err(|error| convert(error, None))
    }
}

impl Cells for rusqlite::Row<'_> {
    fn cell(&self, index: usize) -> Result<Param<'_>, Error> {
        let value = self.get_ref(index).map_err(|_| Error::other(format!("the row has no column {index}")))?;
        Ok(match value {
            ValueRef::Null => Param::Null,
            ValueRef::Integer(number) => Param::Int(number),
            ValueRef::Real(number) => Param::Real(number),
            ValueRef::Text(bytes) => {
                Param::Text(std::str::from_utf8(bytes).map_err(|_| Error::other(format!("column {index} holds text that is not UTF-8")))?)
            }
            ValueRef::Blob(bytes) => Param::Blob(bytes),
        })
    }
}

fn outward(param: Param<'_>) -> ValueRef<'_> {
    match param {
        Param::Null => ValueRef::Null,
        Param::Int(number) => ValueRef::Integer(number),
        Param::Real(number) => ValueRef::Real(number),
        Param::Text(text) => ValueRef::Text(text.as_bytes()),
        Param::Blob(bytes) => ValueRef::Blob(bytes),
    }
}

/// The time limit of a connection's statements. The clock is read only when a statement has lived for
/// some thousand steps, so that small ones do not pay for it.
pub(super) struct Watch {
    limit: Duration,
    opened: Instant,
    /// Nanoseconds since `opened` at which the statement ends; 0 when it has just begun, MAX for never.
    deadline: AtomicU64,
    patient: AtomicU64,
}

/// Steps of SQLite's machine between two looks at the clock: well under a millisecond.
const STEPS: i32 = 2_000;

impl Watch {
    pub(super) fn new(limit: Duration) -> Self {
        let deadline = AtomicU64::new(u64::MAX);
        Self { limit, opened: Instant::now(), deadline, patient: AtomicU64::new(0) }
    }

    pub(super) fn install(self: &Arc<Self>, connection: &mut Connection) -> rusqlite::Result<()> {
        let watch = Arc::clone(self);
        connection.progress_handler(STEPS, Some(move || watch.over()))
    }

    fn start(&self) {
        let patient = self.patient.load(Ordering::Relaxed) != 0;
        self.deadline.store(if patient { u64::MAX } else { 0 }, Ordering::Relaxed);
    }

    fn lift(&self) {
        self.deadline.store(u64::MAX, Ordering::Relaxed);
    }

    fn over(&self) -> bool {
        match self.deadline.load(Ordering::Relaxed) {
            u64::MAX => false,
            0 => {
                let end = nanos(self.opened.elapsed() + self.limit);
                self.deadline.store(end, Ordering::Relaxed);
                false
            }
            end => nanos(self.opened.elapsed()) > end,
        }
    }
}

fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX - 1)
}
