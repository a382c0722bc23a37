//! One PostgreSQL connection: statements, rows, transactions.

use postgres::fallible_iterator::FallibleIterator;
use postgres::{Client, NoTls, Statement};

use super::errors::{convert, stale};
use super::{Address, Purpose};
use crate::dialect::{Cells, Session, wrong_count};
use crate::statements::Statements;
use crate::{Error, Kind, Param, Row};

pub(super) struct Postgres {
    client: Client,
    statements: Statements<Statement>,
}

impl Postgres {
    pub(super) fn connect(address: &Address) -> Result<Self, Error> {
        let mut client = address.config.connect(NoTls).map_err(|error| {
            let message = format!("cannot connect to the PostgreSQL server: {}", convert(&error, None));
            Error::caused(Kind::Connection, message, error)
        })?;
        let settings = format!(
            "set statement_timeout = {}; set synchronous_commit = {}; set client_min_messages = warning",
            // 0 would mean no limit.
            address.timeout.as_millis().max(1),
            if address.durable || address.purpose == Purpose::Reading { "on" } else { "off" },
        );
        client.batch_execute(&settings).map_err(|error| convert(&error, None))?;
        Ok(Self { client, statements: Statements::new() })
    }

    pub(super) fn usable(&self) -> bool {
        !self.client.is_closed()
    }

    /// Runs statements that open and close transactions.
    pub(super) fn control(&mut self, sql: &str) -> Result<(), Error> {
        self.client.batch_execute(sql).map_err(|error| convert(&error, None))
    }

    fn prepared(&mut self, sql: &str, given: usize) -> Result<Statement, Error> {
        let client = &mut self.client;
        let statement = self.statements.find(sql, |sql| client.prepare(sql).map_err(|error| convert(&error, Some(sql))))?;
        match statement.params().len() {
            wanted if wanted == given => Ok(statement.clone()),
            wanted => Err(wrong_count(sql, wanted, given)),
        }
    }

    /// After a migration by another program the kept statements may not fit the tables any more. The
    /// unit runs again, with statements prepared anew.
    fn failed(&mut self, error: &postgres::Error, sql: &str) -> Error {
        if stale(error) {
            self.statements.clear();
            return Error::new(Kind::Serialization, "the tables changed while the unit was running");
        }
        convert(error, Some(sql))
    }
}

impl Session for Postgres {
    fn query(&mut self, sql: &str, params: &[Param<'_>], each: &mut dyn FnMut(&Row<'_>) -> bool) -> Result<(), Error> {
        let statement = self.prepared(sql, params.len())?;
        let fetched = (|| {
            let mut rows = self.client.query_raw(&statement, params.iter().copied())?;
            while let Some(row) = rows.next()? {
                if !each(&Row::new(&row)) {
                    break;
                }
            }
            Ok(())
        })();
        fetched.map_err(|error| self.failed(&error, sql))
    }

    fn run(&mut self, sql: &str, params: &[Param<'_>]) -> Result<u64, Error> {
        let statement = self.prepared(sql, params.len())?;
        let ran = (|| {
            let mut rows = self.client.query_raw(&statement, params.iter().copied())?;
            while rows.next()?.is_some() {}
            Ok(rows.rows_affected().unwrap_or(0))
        })();
        ran.map_err(|error| self.failed(&error, sql))
    }

    fn script(&mut self, sql: &str) -> Result<(), Error> {
        self.client.batch_execute(sql).map_err(|error| convert(&error, None))
    }
}

impl Cells for postgres::Row {
    fn cell(&self, index: usize) -> Result<Param<'_>, Error> {
        if index >= self.len() {
            return Err(Error::other(format!("the row has no column {index}")));
        }
        self.try_get(index).map_err(|error| convert(&error, None))
    }
}
