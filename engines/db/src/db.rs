//! The handle that everything asks: opening, reading, writing, closing.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};

use crate::dialect::{postgres, sqlite};
use crate::unit::{Manner, Message, Waiting, wait};
use crate::{Error, Kind, Migration, Tx, migrate};

/// Units that may wait in a queue before new ones are refused with [`Kind::Busy`]. Far more than a
/// healthy site has, few enough that a stuck disk does not fill the memory.
const MAX_WAITING: usize = 8_192;

/// Which database a [`Db`] works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// A file, in this process.
    Sqlite,
    /// A server.
    Postgres,
}

/// How a database is opened. `Options::default()` is right for a site.
#[derive(Clone)]
pub struct Options {
    /// Threads that read, each with its own connection. Default 2, at least 1, at most 64.
    pub readers: usize,
    /// How long one statement may take before it ends with [`Kind::Timeout`]. Default 5 seconds.
    pub statement_timeout: Duration,
    /// Whether a write is on the disk before it is answered. Default yes; no is for tests only.
    pub durable: bool,
    /// SQLite: the most pages of 4 KiB the file may grow to, e.g. to keep within a quota.
    pub max_pages: Option<u64>,
    /// PostgreSQL: the address of a replica that reads go to. It may lag behind the writes.
    pub replica: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self { readers: 2, statement_timeout: Duration::from_secs(5), durable: true, max_pages: None, replica: None }
    }
}

/// An open database. Cloning is cheap; the threads end when [`Db::close`] is called or the last
/// clone is dropped.
#[derive(Clone)]
pub struct Db {
    shared: Arc<Shared>,
}

struct Shared {
    dialect: Dialect,
    reads: Sender<Message>,
    writes: Sender<Message>,
    statements: Arc<AtomicU64>,
    closed: AtomicBool,
    threads: Mutex<Threads>,
}

/// The worker threads, readers and writers apart because they stop in that order.
#[derive(Default)]
pub(crate) struct Threads {
    pub(crate) readers: Vec<JoinHandle<()>>,
    pub(crate) writers: Vec<JoinHandle<()>>,
}

/// What the workers of either dialect are started with.
pub(crate) struct Plan {
    pub(crate) options: Options,
    pub(crate) reads: Receiver<Message>,
    pub(crate) writes: Receiver<Message>,
    pub(crate) statements: Arc<AtomicU64>,
}

impl Db {
    /// Opens `sqlite:/path/to/file.db` (made when it does not exist; its folder must) or
    /// `postgres://user:password@host:port/name`, and starts the worker threads. TLS to PostgreSQL is
    /// not built in yet: `sslmode=require` is refused, use a local socket or a tunnel.
    ///
    /// # Errors
    /// The address is not understood, the file cannot be opened, or the server cannot be reached.
    pub fn open(url: &str, options: Options) -> Result<Self, Error> {
        let mut options = options;
        options.readers = options.readers.clamp(1, 64);
        let (reads, read_queue) = bounded(MAX_WAITING);
        let (writes, write_queue) = bounded(MAX_WAITING);
        let statements = Arc::new(AtomicU64::new(0));
        let plan = Plan { options, reads: read_queue, writes: write_queue, statements: Arc::clone(&statements) };
        let (dialect, threads) = if let Some(path) = url.strip_prefix("sqlite:") {
            (Dialect::Sqlite, sqlite::start(path, plan)?)
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            (Dialect::Postgres, postgres::start(url, plan)?)
        } else {
            return Err(Error::other("the database address must begin with sqlite: or postgres://, e.g. sqlite:/var/lib/site/site.db"));
        };
        let closed = AtomicBool::new(false);
        let threads = Mutex::new(threads);
        Ok(Self { shared: Arc::new(Shared { dialect, reads, writes, statements, closed, threads }) })
    }

    /// Brings the tables up to date, blocking; answers how many migrations were applied. Several
    /// programs may do so at once: they take turns.
    ///
    /// # Errors
    /// [`Kind::Newer`] when the database knows migrations that are not in the list; [`Kind::Other`] when
    /// a migration was changed after it had been applied; or what its SQL failed with.
    pub fn migrate(&self, migrations: &[Migration]) -> Result<usize, Error> {
        migrate::apply(self, migrations)
    }

    /// Runs a unit that only reads, on one snapshot.
    ///
    /// # Errors
    /// What the unit returns, or an [`Error`] when it could not be run.
    pub async fn read<T, E, F>(&self, unit: F) -> Result<T, E>
    where
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.ask(&self.shared.reads, Manner::Usual, unit).await
    }

    /// Runs a unit that changes something; answered when the change is durable. The closure may run
    /// again (serialization failure, a failed group), so it must not have effects elsewhere.
    ///
    /// # Errors
    /// What the unit returns (then none of its changes are kept), or an [`Error`] when it could not be
    /// run or committed.
    pub async fn write<T, E, F>(&self, unit: F) -> Result<T, E>
    where
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.ask(&self.shared.writes, Manner::Usual, unit).await
    }

    /// [`Db::read`], blocking the calling thread: for commands and tests, never inside async code.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub fn read_now<T, E, F>(&self, unit: F) -> Result<T, E>
    where
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        wait(self.read(unit))
    }

    /// [`Db::write`], blocking the calling thread: for commands and tests, never inside async code.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub fn write_now<T, E, F>(&self, unit: F) -> Result<T, E>
    where
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        wait(self.write(unit))
    }

    /// Which database this is.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.shared.dialect
    }

    /// How many statements units have run so far, for query budgets in tests. A unit counts when it
    /// has ended.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.shared.statements.load(Ordering::Relaxed)
    }

    /// Takes no new units, finishes those that wait, checkpoints, and joins the threads. Blocking;
    /// calling it again does nothing.
    pub fn close(&self) {
        if self.shared.closed.swap(true, Ordering::AcqRel) {
            return;
        }
        let mut threads = self.shared.threads.lock().unwrap_or_else(PoisonError::into_inner);
        let Threads { readers, writers } = std::mem::take(&mut *threads);
        // Readers first: the writer's last checkpoint waits for nobody then.
        stop(&self.shared.reads, readers);
        stop(&self.shared.writes, writers);
    }

    pub(crate) fn migrate_now<T, F>(&self, unit: F) -> Result<T, Error>
    where
        F: FnMut(&mut Tx<'_>) -> Result<T, Error> + Send + 'static,
        T: Send + 'static,
    {
        wait(self.ask(&self.shared.writes, Manner::Migration, unit))
    }

    async fn ask<T, E, F>(&self, queue: &Sender<Message>, manner: Manner, unit: F) -> Result<T, E>
    where
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        if self.shared.closed.load(Ordering::Acquire) {
            return Err(Error::closed().into());
        }
        let (waiting, answer) = Waiting::new(unit, manner);
        queue.try_send(Message::Unit(Box::new(waiting))).map_err(|refused| match refused {
            TrySendError::Full(_) => Error::new(Kind::Busy, "too many units of work wait for the database; try again later"),
            TrySendError::Disconnected(_) => Error::closed(),
        })?;
        // A unit that slipped in behind the last stop is dropped with its queue.
        answer.await.unwrap_or_else(|_| Err(Error::closed().into()))
    }
}

/// Each thread takes one stop from the queue, after everything that was put there before.
fn stop(queue: &Sender<Message>, threads: Vec<JoinHandle<()>>) {
    for _ in &threads {
        drop(queue.send(Message::Stop));
    }
    for thread in threads {
        // A unit that closes its own database must not wait for itself.
        if thread.thread().id() != thread::current().id() {
            drop(thread.join());
        }
    }
}
