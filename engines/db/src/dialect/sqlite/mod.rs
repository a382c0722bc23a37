//! SQLite: a file in WAL mode, several reader threads and one writer thread.

mod checkpoint;
mod errors;
mod instances;
mod mapping;
mod markers;
mod session;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crossbeam_channel::{Receiver, bounded};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use self::checkpoint::Checkpoints;
use self::errors::{convert, explain};
use self::session::{Sqlite, Watch};
use self::writer::Writer;
use crate::db::{Plan, Threads};
use crate::unit::{Message, Unit, run_once};
use crate::{Dialect, Error, Options};

/// Settings of every connection. The page cache stays small because the file is mapped into memory
/// (`mmap_size`, addresses and not memory). `case_sensitive_like` makes `like` what it is in PostgreSQL.
const SETTINGS: &str = "
    pragma foreign_keys = on;
    pragma temp_store = memory;
    pragma mmap_size = 1099511627776;
    pragma cache_size = -4000;
    pragma journal_size_limit = 67108864;
    pragma case_sensitive_like = on;
";

/// How long a connection waits for a lock that another program holds.
const BUSY: Duration = Duration::from_secs(5);

/// Opens every connection, then starts the threads.
pub(crate) fn start(address: &str, plan: Plan) -> Result<Threads, Error> {
    let path = file_of(address)?;
    let Plan { options, reads, writes, statements } = plan;
    let (mut connection, watch) = open(&path, &options)?;
    prepare_writer(&connection, &options).map_err(|error| explain(&path, error))?;
    let (checkpoints, bulk) = Checkpoints::of(&mut connection).map_err(|error| explain(&path, error))?;
    let mut readers = Vec::new();
    let (reading, none_reads) = bounded::<()>(0);
    for number in 0..options.readers {
        let (connection, watch) = open(&path, &options)?;
        connection.execute_batch("pragma query_only = on").map_err(|error| explain(&path, error))?;
        let (reads, statements) = (reads.clone(), Arc::clone(&statements));
        let reading = reading.clone();
        let body = move || {
            read_loop(&connection, watch, &reads, &statements);
            drop(connection);
            drop(reading);
        };
        readers.push(spawn(format!("db-read-{number}"), body)?);
    }
    let (beside, _) = open(&path, &options)?;
    prepare_writer(&beside, &options).map_err(|error| explain(&path, error))?;
    let body = move || {
        bulk.run(&beside);
        drop(beside);
        drop(reading);
    };
    spawn("db-checkpoint".to_owned(), body)?;
    let body = move || {
        Writer::new(&connection, watch, writes, statements, checkpoints).run();
        // The connection that closes last empties and removes the log. Two that close at once leave it to each other.
        let _ = none_reads.recv_timeout(BUSY);
    };
    Ok(Threads { readers, writers: vec![spawn("db-write".to_owned(), body)?] })
}

/// The file that `sqlite:` addresses, also spelled `sqlite://`.
fn file_of(address: &str) -> Result<PathBuf, Error> {
    let path = address.strip_prefix("//").unwrap_or(address);
    if path.is_empty() || path.contains(":memory:") {
        return Err(Error::other(
            "sqlite: must be followed by the path of a file, e.g. sqlite:/var/lib/site/site.db; several \
             connections share it, so it cannot be in memory",
        ));
    }
    Ok(PathBuf::from(path))
}

fn open(path: &Path, options: &Options) -> Result<(Connection, Arc<Watch>), Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let watch = Arc::new(Watch::new(options.statement_timeout));
    let connect = || -> rusqlite::Result<Connection> {
        let mut connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(BUSY)?;
        // The first opener turns the file to WAL for good; later ones find it so.
        let mode: String = connection.query_row("pragma journal_mode = wal", [], |row| row.get(0))?;
        if mode != "wal" {
            return Err(rusqlite::Error::InvalidQuery);
        }
        connection.execute_batch(SETTINGS)?;
        // "x" is a column and never a text, as in PostgreSQL.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
        watch.install(&mut connection)?;
        mapping::keep(&connection);
        instances::register(&connection)?;
        Ok(connection)
    };
    let connection = connect().map_err(|error| explain(path, error))?;
    Ok((connection, watch))
}

fn prepare_writer(connection: &Connection, options: &Options) -> rusqlite::Result<()> {
    let synchronous = if options.durable { "full" } else { "off" };
    connection.execute_batch(&format!("pragma synchronous = {synchronous}"))?;
    if let Some(pages) = options.max_pages {
        connection.execute_batch(&format!("pragma max_page_count = {pages}"))?;
    }
    Ok(())
}

fn spawn(name: String, body: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, Error> {
    let started = thread::Builder::new().name(name).spawn(body);
    started.map_err(|error| Error::caused(crate::Kind::Other, "cannot start a database thread", error))
}

fn read_loop(connection: &Connection, watch: Arc<Watch>, queue: &Receiver<Message>, counter: &AtomicU64) {
    let mut session = Sqlite::new(connection, watch);
    while let Ok(Message::Unit(mut unit)) = queue.recv() {
        if unit.wanted() {
            read_one(&mut session, &mut *unit, counter);
            unit.answer();
        }
    }
}

fn read_one(session: &mut Sqlite<'_>, unit: &mut dyn Unit, counter: &AtomicU64) {
    if let Err(error) = session.control("begin") {
        return unit.fail(error);
    }
    run_once(unit, session, Dialect::Sqlite, counter);
    session.end_reading();
}

/// For the statements that open and close transactions.
fn failed(error: rusqlite::Error) -> Error {
    convert(error, None)
}
