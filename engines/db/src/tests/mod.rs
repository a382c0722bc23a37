//! The engine through its front door, on both databases.
#![allow(clippy::unwrap_used)]

mod closing;
mod failures;
mod groups;
mod ids;
mod instances;
mod killed;
mod lists;
mod mapping;
mod migrations;
mod units;
mod values;

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

use testkit::{Database, Kind as On};

use crate::{Db, Error, Options, Tx, params};

const TABLES: &str = "
    create table members (
        id bigint not null primary key,
        handle text not null unique,
        age bigint check (age >= 0),
        picture bytea,
        score double precision
    );
    create table likes (
        post bigint not null,
        member bigint not null references members (id),
        primary key (post, member)
    );
    create table pledges (
        member bigint not null references members (id) deferrable initially deferred
    );
    create table counters (id bigint not null primary key, value bigint not null);
    insert into counters (id, value) values (1, 0);
";

/// A database with the tables above, open until the test ends.
struct Town {
    db: Db,
    database: Database,
}

fn quick() -> Options {
    Options { durable: false, ..Options::default() }
}

fn town(on: On) -> Town {
    town_with(on, quick())
}

fn town_with(on: On, options: Options) -> Town {
    let database = testkit::fresh(on, "db", |url| {
        let db = Db::open(url, quick()).unwrap();
        db.write_now(|tx| tx.script(TABLES)).unwrap();
        db.close();
    });
    let db = Db::open(&database.url, options).unwrap();
    Town { db, database }
}

impl Drop for Town {
    /// Before the database goes.
    fn drop(&mut self) {
        self.db.close();
    }
}

fn insert(tx: &mut Tx<'_>, id: i64, handle: &str) -> Result<u64, Error> {
    tx.run("insert into members (id, handle) values ($1, $2)", params![id, handle])
}

fn count(tx: &mut Tx<'_>) -> Result<i64, Error> {
    tx.one("select count(*) from members", params![], |row| row.get(0))
}

fn members(db: &Db) -> i64 {
    db.read_now(count).unwrap()
}

type Asked<T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>;

/// Puts the unit of a `db.write(...)` into the queue, without waiting for its answer.
async fn queued<T>(asked: impl Future<Output = Result<T, Error>> + Send + 'static) -> Asked<T> {
    let mut asked: Asked<T> = Box::pin(asked);
    poll_fn(|context| {
        assert!(asked.as_mut().poll(context).is_pending());
        Poll::Ready(())
    })
    .await;
    asked
}

/// As [`queued`], for a handle that the future has to own.
async fn write_queued<T: Send + 'static>(db: &Db, unit: impl FnMut(&mut Tx<'_>) -> Result<T, Error> + Send + 'static) -> Asked<T> {
    let db = db.clone();
    queued(async move { db.write(unit).await }).await
}

/// Keeps every writer busy until the sender is used or dropped, so that what follows waits together.
async fn writers_held(db: &Db) -> (Vec<Asked<()>>, Vec<std::sync::mpsc::Sender<()>>) {
    let mut held = Vec::new();
    let mut release = Vec::new();
    let writers = if db.dialect() == crate::Dialect::Sqlite { 1 } else { 4 };
    for _ in 0..writers {
        let (begun_tx, begun) = std::sync::mpsc::channel();
        let (go, wait) = std::sync::mpsc::channel();
        held.push(
            write_queued(db, move |_| {
                let _ = begun_tx.send(());
                let _ = wait.recv();
                Ok(())
            })
            .await,
        );
        begun.recv().unwrap();
        release.push(go);
    }
    (held, release)
}
