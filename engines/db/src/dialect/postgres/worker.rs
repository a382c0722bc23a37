//! One worker: takes units, runs each in a transaction, again when the server asks for it.

use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::Receiver;

use super::session::Postgres;
use super::{Address, Purpose};
use crate::unit::{Manner, Message, Ran, Unit, run_once};
use crate::{Dialect, Error, Kind};

/// How often a unit runs again after a serialization failure, at least.
const RETRIES: u32 = 10;
/// A long unit, or one that meets another program's, is tried for this long.
const PATIENCE: Duration = Duration::from_secs(20);
/// After so many failures a unit runs while no other of this program writes: long ones would lose to short ones for ever.
const ALONE_AFTER: u32 = 3;
/// Pauses between tries to reach the server again: 1.5 seconds together.
const PAUSES_MS: [u64; 5] = [50, 100, 200, 400, 750];
/// After that, units fail at once for this long instead of each waiting in turn.
const GIVEN_UP: Duration = Duration::from_secs(1);
/// The advisory lock under which migrations run: "ocotillo" as a number.
const MIGRATION_LOCK: i64 = 0x6f63_6f74_696c_6c6f;

/// What the writers of one database hold while a unit runs: together, or one of them alone.
pub(super) type Room = Arc<RwLock<()>>;

pub(super) struct Worker {
    address: Address,
    room: Option<Room>,
    session: Option<Postgres>,
    counter: Arc<AtomicU64>,
    failed_at: Option<Instant>,
}

/// Whether a unit's outcome stands.
enum Outcome {
    Final,
    Again,
}

impl Worker {
    /// A reader has no room: what only reads is never refused for what others write.
    pub(super) fn new(address: Address, room: Option<Room>, counter: Arc<AtomicU64>) -> Self {
        Self { address, room, session: None, counter, failed_at: None }
    }

    pub(super) fn connect(&mut self) -> Result<(), Error> {
        self.session = Some(Postgres::connect(&self.address)?);
        self.failed_at = None;
        Ok(())
    }

    pub(super) fn run(mut self, queue: &Receiver<Message>) {
        while let Ok(Message::Unit(mut unit)) = queue.recv() {
            if unit.wanted() {
                self.serve(&mut *unit);
                unit.answer();
            }
        }
    }

    fn serve(&mut self, unit: &mut dyn Unit) {
        let began = Instant::now();
        for attempt in 0.. {
            if let Err(error) = self.connected() {
                return unit.fail(error);
            }
            match self.admitted(unit, attempt) {
                Outcome::Again if attempt < RETRIES || began.elapsed() < PATIENCE => pause(attempt),
                Outcome::Final | Outcome::Again => return,
            }
        }
    }

    /// Nothing is kept in the lock, so a unit that panicked in it left nothing half done.
    fn admitted(&mut self, unit: &mut dyn Unit, attempt: u32) -> Outcome {
        let Some(room) = self.room.clone() else {
            return self.once(unit);
        };
        if attempt < ALONE_AFTER {
            let _together = room.read().unwrap_or_else(PoisonError::into_inner);
            return self.once(unit);
        }
        let _alone = room.write().unwrap_or_else(PoisonError::into_inner);
        self.once(unit)
    }

    /// Runs the unit in one transaction. What it failed with stays its outcome if this was the last try.
    fn once(&mut self, unit: &mut dyn Unit) -> Outcome {
        let Some(session) = &mut self.session else {
            return Outcome::Again;
        };
        if let Err(error) = begin(session, self.address.purpose, unit.manner()) {
            let outcome = again(&error.kind());
            unit.fail(error);
            return outcome;
        }
        let (ran, failure) = run_once(unit, session, Dialect::Postgres, &self.counter);
        if ran == Ran::Well {
            return match session.control("commit") {
                Ok(()) => Outcome::Final,
                Err(error) => self.uncommitted(unit, error),
            };
        }
        if let Err(error) = session.control("rollback") {
            // What it did is undone by the server; only the connection is of no use any more.
            tracing::warn!(%error, "cannot roll back, connecting anew");
            self.session = None;
        }
        match failure {
            Some(kind) if ran == Ran::Refused => again(&kind),
            _ => Outcome::Final,
        }
    }

    /// A commit that broke with its connection may have happened, so it is not tried again.
    fn uncommitted(&mut self, unit: &mut dyn Unit, error: Error) -> Outcome {
        let kind = error.kind();
        if kind == Kind::Connection {
            self.session = None;
            let message = format!("the connection broke during the commit; it may or may not have happened: {error}");
            unit.fail(Error::caused(kind, message, error));
            return Outcome::Final;
        }
        unit.fail(error);
        if kind == Kind::Serialization { Outcome::Again } else { Outcome::Final }
    }

    fn connected(&mut self) -> Result<(), Error> {
        if self.session.as_ref().is_some_and(Postgres::usable) {
            return Ok(());
        }
        self.session = None;
        if self.failed_at.is_some_and(|at| at.elapsed() < GIVEN_UP) {
            return Err(Error::new(Kind::Connection, "the database server cannot be reached"));
        }
        for wait in PAUSES_MS {
            match self.connect() {
                Ok(()) => return Ok(()),
                Err(error) => tracing::warn!(%error, "connecting to the database again"),
            }
            thread::sleep(Duration::from_millis(wait));
        }
        let result = self.connect();
        self.failed_at = result.is_err().then(Instant::now);
        result
    }
}

fn begin(session: &mut Postgres, purpose: Purpose, manner: Manner) -> Result<(), Error> {
    match (manner, purpose) {
        (Manner::Usual, Purpose::Reading) => session.control("begin isolation level repeatable read read only"),
        (Manner::Usual, Purpose::Writing) => session.control("begin isolation level serializable"),
        // Read committed, so that what another program migrated while this one waited for the lock is seen.
        (Manner::Migration, _) => session.control(&format!(
            "begin isolation level read committed; set local statement_timeout = 0; \
             select pg_advisory_xact_lock({MIGRATION_LOCK})"
        )),
    }
}

fn again(kind: &Kind) -> Outcome {
    match kind {
        Kind::Serialization | Kind::Connection => Outcome::Again,
        _ => Outcome::Final,
    }
}

/// Longer each time, and by chance, so that two units that met do not meet again.
fn pause(attempt: u32) {
    let most = 1_000 << attempt.min(7);
    let chance = RandomState::new().hash_one(attempt);
    thread::sleep(Duration::from_micros(most / 2 + chance % most));
}
