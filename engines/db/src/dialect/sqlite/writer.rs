//! The one writer of a SQLite file, and its group commit.
//!
//! A durable commit waits for the disk, so units that wait together are committed together. Each runs
//! in a savepoint: one that fails is undone alone. When the whole group is lost (SQLite rolled it back
//! by itself, or the commit failed) its units run again one by one, so that a bad one hurts only itself.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::{Duration, Instant};

use crossbeam_channel::Receiver;
use rusqlite::Connection;

use super::session::{Sqlite, Watch};
use crate::unit::{Manner, Message, Ran, Unit, run_once};
use crate::{Dialect, Error};

/// A group ends after so many units or so long, because its first unit waits for its last.
const MAX_UNITS: usize = 256;
const MAX_TIME: Duration = Duration::from_millis(4);
/// SQLite empties its log when no reader is in it, which under a steady load may never happen. Past
/// this many bytes the writer waits for the readers, and empties it.
const MAX_LOG: u64 = 64 << 20;
/// Groups between two looks at the log's size.
const LOOK_EVERY: u32 = 16;

pub(super) struct Writer<'c> {
    session: Sqlite<'c>,
    queue: Receiver<Message>,
    counter: Arc<AtomicU64>,
    stopping: bool,
    log: Option<PathBuf>,
    groups: u32,
}

/// The group's transaction is gone, with everything that its units did.
struct Lost;

impl<'c> Writer<'c> {
    pub(super) fn new(connection: &'c Connection, watch: Arc<Watch>, queue: Receiver<Message>, counter: Arc<AtomicU64>) -> Self {
        let log = connection.path().map(|path| PathBuf::from(format!("{path}-wal")));
        let session = Sqlite::new(connection, watch);
        Self { session, queue, counter, stopping: false, log, groups: 0 }
    }

    pub(super) fn run(mut self) {
        let mut group = Vec::with_capacity(MAX_UNITS);
        while !self.stopping {
            let Ok(Message::Unit(first)) = self.queue.recv() else {
                break;
            };
            if self.together(first, &mut group).is_err() {
                for unit in &mut group {
                    self.alone(&mut **unit);
                }
            }
            for unit in group.drain(..) {
                unit.answer();
            }
            self.bound_log();
        }
        self.session.checkpoint();
    }

    /// Runs the first unit and those that wait behind it in one transaction, and commits it.
    fn together(&mut self, mut first: Box<dyn Unit>, group: &mut Vec<Box<dyn Unit>>) -> Result<(), Lost> {
        let began = Instant::now();
        if let Err(error) = self.session.control("begin immediate") {
            // Another program has the lock for seconds: waiting once more would hold up all the others.
            first.fail(error);
            group.push(first);
            return Ok(());
        }
        let mut next = Some(first);
        while let Some(mut unit) = next.take() {
            if unit.wanted() {
                let kept = self.in_savepoint(&mut *unit);
                group.push(unit);
                kept.inspect_err(|_| self.rollback())?;
            }
            if group.len() < MAX_UNITS && began.elapsed() < MAX_TIME {
                next = self.waiting();
            }
        }
        self.session.control("commit").map_err(|error| {
            tracing::warn!(%error, units = group.len(), "a group of writes could not be committed");
            self.rollback();
            Lost
        })
    }

    fn waiting(&mut self) -> Option<Box<dyn Unit>> {
        match self.queue.try_recv() {
            Ok(Message::Unit(unit)) => Some(unit),
            Ok(Message::Stop) => {
                self.stopping = true;
                None
            }
            Err(_) => None,
        }
    }

    fn in_savepoint(&mut self, unit: &mut dyn Unit) -> Result<(), Lost> {
        self.session.control("savepoint unit").map_err(|_| Lost)?;
        let ran = self.run_unit(unit);
        if !self.session.in_transaction() {
            return Err(Lost);
        }
        if ran != Ran::Well {
            self.session.control("rollback to unit").map_err(|_| Lost)?;
        }
        self.session.control("release unit").map_err(|_| Lost)
    }

    /// Runs a unit in a transaction of its own; its outcome is the true one.
    fn alone(&mut self, unit: &mut dyn Unit) {
        if let Err(error) = self.session.control("begin immediate") {
            return unit.fail(error);
        }
        let ran = self.run_unit(unit);
        if ran == Ran::Well {
            let committed = match self.session.in_transaction() {
                true => self.session.control("commit"),
                false => Err(Error::other("the transaction ended before its unit of work did")),
            };
            if let Err(error) = committed {
                unit.fail(error);
            }
        }
        self.rollback();
    }

    fn bound_log(&mut self) {
        self.groups = (self.groups + 1) % LOOK_EVERY;
        if self.groups == 0
            && let Some(Ok(log)) = self.log.as_ref().map(fs::metadata)
            && log.len() > MAX_LOG
        {
            self.session.checkpoint();
        }
    }

    fn run_unit(&mut self, unit: &mut dyn Unit) -> Ran {
        self.session.patient(unit.manner() == Manner::Migration);
        let (ran, _) = run_once(unit, &mut self.session, Dialect::Sqlite, &self.counter);
        self.session.patient(false);
        ran
    }

    fn rollback(&mut self) {
        if self.session.in_transaction()
            && let Err(error) = self.session.control("rollback")
        {
            tracing::error!(%error, "cannot roll back");
        }
    }
}
