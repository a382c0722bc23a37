//! The one writer of a SQLite file, and its group commit.
//!
//! A durable commit waits for the disk, so units that wait together are committed together. One that
//! fails before it has changed anything needs no undoing, and that is nearly every one that fails: who
//! may not is told so first. When one fails later, its group is undone and runs again with a savepoint
//! around each, and so do the groups of the next moment: then a unit that fails is undone alone. When the
//! whole group is lost (SQLite rolled it back by itself, or the commit failed) its units run again one by
//! one, so that a bad one hurts only itself.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::{Duration, Instant};

use crossbeam_channel::Receiver;
use rusqlite::Connection;

use super::checkpoint::Checkpoints;
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
/// Groups that run with savepoints after one in which a unit failed late. A savepoint costs a copy of every page
/// that its unit changes; running a group again costs the group.
const CAREFUL: u32 = 64;

pub(super) struct Writer<'c> {
    session: Sqlite<'c>,
    queue: Receiver<Message>,
    counter: Arc<AtomicU64>,
    stopping: bool,
    log: Option<PathBuf>,
    groups: u32,
    /// Groups that are still to run with savepoints.
    careful: u32,
    checkpoints: Checkpoints,
}

/// The group's transaction is gone, with everything that its units did.
enum Lost {
    /// A unit without a savepoint failed when it had changed something.
    Late,
    /// SQLite gave it up.
    Whole,
}

impl<'c> Writer<'c> {
    pub(super) fn new(
        connection: &'c Connection,
        watch: Arc<Watch>,
        queue: Receiver<Message>,
        counter: Arc<AtomicU64>,
        checkpoints: Checkpoints,
    ) -> Self {
        let log = connection.path().map(|path| PathBuf::from(format!("{path}-wal")));
        let session = Sqlite::new(connection, watch);
        Self { session, queue, counter, stopping: false, log, groups: 0, careful: 0, checkpoints }
    }

    pub(super) fn run(mut self) {
        let mut group = Vec::with_capacity(MAX_UNITS);
        while !self.stopping {
            let Ok(Message::Unit(first)) = self.queue.recv() else {
                break;
            };
            let mut lost = self.together(first, &mut group);
            if let Err(Lost::Late) = lost {
                self.careful = CAREFUL;
                lost = self.again(&mut group);
            }
            if lost.is_err() {
                for unit in &mut group {
                    self.alone(&mut **unit);
                }
            }
            for unit in group.drain(..) {
                unit.answer();
            }
            self.careful = self.careful.saturating_sub(1);
            self.bound_log();
        }
        self.session.checkpoint();
    }

    /// Runs the units of an undone group once more, each in a savepoint.
    fn again(&mut self, group: &mut [Box<dyn Unit>]) -> Result<(), Lost> {
        self.session.control("begin immediate").map_err(|_| Lost::Whole)?;
        for unit in group {
            self.in_savepoint(&mut **unit).inspect_err(|_| self.rollback())?;
        }
        self.commit()
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
                // What a migration changes is not counted as changes are.
                let careful = self.careful > 0 || unit.manner() == Manner::Migration;
                let kept = if careful { self.in_savepoint(&mut *unit) } else { self.in_the_open(&mut *unit) };
                group.push(unit);
                kept.inspect_err(|_| self.rollback())?;
            }
            if group.len() < MAX_UNITS && began.elapsed() < MAX_TIME {
                next = self.waiting();
            }
        }
        self.commit()
    }

    fn commit(&mut self) -> Result<(), Lost> {
        self.session.control("commit").map_err(|error| {
            tracing::warn!(%error, "a group of writes could not be committed");
            self.rollback();
            Lost::Whole
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

    /// Runs a unit with nothing around it: its changes can be undone with those of the whole group alone.
    fn in_the_open(&mut self, unit: &mut dyn Unit) -> Result<(), Lost> {
        let before = self.session.changes();
        let ran = self.run_unit(unit);
        match (self.session.in_transaction(), ran) {
            (false, _) => Err(Lost::Whole),
            (true, Ran::Well) => Ok(()),
            (true, _) if self.session.changes() == before => Ok(()),
            (true, _) => Err(Lost::Late),
        }
    }

    fn in_savepoint(&mut self, unit: &mut dyn Unit) -> Result<(), Lost> {
        self.session.control("savepoint unit").map_err(|_| Lost::Whole)?;
        let ran = self.run_unit(unit);
        if !self.session.in_transaction() {
            return Err(Lost::Whole);
        }
        if ran != Ran::Well {
            self.session.control("rollback to unit").map_err(|_| Lost::Whole)?;
        }
        self.session.control("release unit").map_err(|_| Lost::Whole)
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
        if self.checkpoints.after_commit() {
            self.session.write_back();
        }
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
