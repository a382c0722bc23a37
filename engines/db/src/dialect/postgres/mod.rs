//! PostgreSQL: every worker thread has a connection of its own.
//!
//! Without TLS for now: `sslmode=require` is refused rather than silently not obeyed. Use a local
//! socket, a private network or a tunnel.

mod errors;
mod session;
mod values;
mod worker;

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded};
use postgres::Config;
use postgres::config::SslMode;

use self::worker::{Room, Worker};
use crate::db::{Plan, Threads};
use crate::unit::Message;
use crate::{Error, Kind, Options};

/// Writers wait for the network and for each other's locks, so a few run side by side.
const WRITERS: usize = 4;

/// Where and how one worker connects.
#[derive(Clone)]
pub(super) struct Address {
    config: Config,
    purpose: Purpose,
    timeout: Duration,
    durable: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Reading,
    Writing,
}

/// Connects every worker; the first that cannot makes the whole fail.
#[allow(clippy::needless_pass_by_value)] // the queues end with it
pub(crate) fn start(url: &str, plan: Plan) -> Result<Threads, Error> {
    let primary = address(url, Purpose::Writing, &plan.options)?;
    let replica = plan.options.replica.as_deref().unwrap_or(url);
    let replica = address(replica, Purpose::Reading, &plan.options)?;
    let (ready, started) = bounded(plan.options.readers + WRITERS);
    let mut threads = Threads::default();
    for number in 0..plan.options.readers {
        let worker = Worker::new(replica.clone(), None, Arc::clone(&plan.statements));
        threads.readers.push(spawn(format!("db-read-{number}"), worker, &plan.reads, &ready)?);
    }
    let room = Room::default();
    for number in 0..WRITERS {
        let worker = Worker::new(primary.clone(), Some(Arc::clone(&room)), Arc::clone(&plan.statements));
        threads.writers.push(spawn(format!("db-write-{number}"), worker, &plan.writes, &ready)?);
    }
    drop(ready);
    // On an error the queues go with the plan and the caller's ends, and the threads end by themselves.
    started.iter().collect::<Result<(), Error>>()?;
    Ok(threads)
}

fn address(url: &str, purpose: Purpose, options: &Options) -> Result<Address, Error> {
    let mut config: Config = url.parse().map_err(|error| {
        let message = format!("the PostgreSQL address is not understood ({error}); it reads postgres://user:password@host:5432/name");
        Error::caused(Kind::Other, message, error)
    })?;
    if config.get_ssl_mode() == SslMode::Require {
        return Err(Error::other(
            "sslmode=require is not supported yet: connect over a local socket, a private network or a tunnel, \
             and leave sslmode away",
        ));
    }
    config.ssl_mode(SslMode::Disable);
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(Duration::from_secs(5));
    }
    Ok(Address { config, purpose, timeout: options.statement_timeout, durable: options.durable })
}

fn spawn(
    name: String,
    mut worker: Worker,
    queue: &Receiver<Message>,
    ready: &Sender<Result<(), Error>>,
) -> Result<thread::JoinHandle<()>, Error> {
    let (queue, ready) = (queue.clone(), ready.clone());
    let body = move || {
        let connected = worker.connect();
        let works = connected.is_ok();
        drop(ready.send(connected));
        drop(ready);
        if works {
            worker.run(&queue);
        }
    };
    let started = thread::Builder::new().name(name).spawn(body);
    started.map_err(|error| Error::caused(Kind::Other, "cannot start a database thread", error))
}
