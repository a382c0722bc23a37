#![allow(clippy::unwrap_used)]

mod ends;
mod keys;
mod nodes;
mod schedules;

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use db::{Db, Error, Options, Tx};
use serde::{Deserialize, Serialize};
use testkit::{Database, Kind};

use crate::*;

/// When every test begins, in milliseconds since 1970.
const START: i64 = 1_800_000_000_000;
const HOUR: i64 = 3_600_000;

/// The job of these tests: says its word.
#[derive(Debug, Serialize, Deserialize)]
struct Say(String);

impl Job for Say {
    const KIND: &'static str = "test.say";
}

fn say(word: &str) -> Say {
    Say(word.to_owned())
}

/// A database with the table, a clock that stands until it is moved, and what was said.
struct World {
    db: Db,
    clock: Arc<AtomicI64>,
    said: Arc<Mutex<Vec<String>>>,
    // Last, so that the connections are gone before it is.
    _database: Database,
}

impl World {
    async fn new(kind: Kind) -> Self {
        let options = || Options { durable: false, ..Options::default() };
        let database = testkit::fresh(kind, "jobs", |url| {
            let db = Db::open(url, options()).unwrap();
            db.migrate(&[MIGRATION]).unwrap();
            db.close();
        });
        let url = database.url.clone();
        let open = move || Db::open(&url, options()).unwrap();
        let db = tokio::task::spawn_blocking(open).await.unwrap();
        Self { db, clock: Arc::new(AtomicI64::new(START)), said: Arc::default(), _database: database }
    }

    /// A queue with the world's clock and nothing to do yet.
    fn builder(&self) -> Builder {
        let clock = Arc::clone(&self.clock);
        Queue::builder(self.db.clone()).clock(move || clock.load(Ordering::SeqCst))
    }

    /// A queue that says what it is told; words that begin with "bad" fail.
    fn queue(&self) -> Queue {
        let said = Arc::clone(&self.said);
        let work = move |_context: Context, Say(word): Say| {
            let said = Arc::clone(&said);
            async move {
                said.lock().unwrap().push(word.clone());
                anyhow::ensure!(!word.starts_with("bad"), "cannot say {word}");
                Ok(())
            }
        };
        self.builder().on(work).build()
    }

    async fn write<T: Send + 'static>(&self, unit: impl FnMut(&mut Tx<'_>) -> Result<T, Error> + Send + 'static) -> T {
        self.db.write(unit).await.unwrap()
    }

    async fn waiting(&self) -> i64 {
        self.db.read(waiting).await.unwrap()
    }

    fn now(&self) -> i64 {
        self.clock.load(Ordering::SeqCst)
    }

    fn pass(&self, ms: i64) {
        self.clock.fetch_add(ms, Ordering::SeqCst);
    }

    fn said(&self) -> Vec<String> {
        std::mem::take(&mut *self.said.lock().unwrap())
    }
}

testkit::on_both! {
    async fn a_job_runs_once_and_is_gone(kind) {
        let world = World::new(kind).await;
        world.write(|tx| enqueue(tx, &say("one"), START)).await;
        assert_eq!(world.waiting().await, 1);
        assert_eq!(world.queue().run_due().await, 1);
        assert_eq!(world.queue().run_due().await, 0);
        assert_eq!((world.said(), world.waiting().await), (vec!["one".to_owned()], 0));
    }

    async fn a_job_of_a_failed_unit_never_was(kind) {
        let world = World::new(kind).await;
        let failed = world.db.write(|tx| {
            enqueue(tx, &say("one"), START)?;
            Err::<(), _>(Error::new(db::Kind::Other, "on purpose"))
        });
        assert!(failed.await.is_err());
        assert_eq!(world.queue().run_due().await, 0);
    }

    async fn jobs_run_when_their_time_has_come_in_its_order(kind) {
        let world = World::new(kind).await;
        world.write(|tx| {
            for (word, at) in [("later", START + HOUR), ("second", START - 1), ("first", START - 2)] {
                enqueue(tx, &say(word), at)?;
            }
            Ok(())
        }).await;
        world.queue().run_due().await;
        assert_eq!(world.said(), ["first", "second"]);
        world.pass(HOUR - 1);
        assert_eq!(world.queue().run_due().await, 0);
        world.pass(1);
        assert_eq!((world.queue().run_due().await, world.said()), (1, vec!["later".to_owned()]));
    }

    async fn a_kind_that_this_program_does_not_know_waits(kind) {
        let world = World::new(kind).await;
        world.write(|tx| enqueue(tx, &say("one"), START)).await;
        assert_eq!(world.builder().build().run_due().await, 0, "a queue without works");
        #[derive(Serialize, Deserialize)]
        struct Other;
        impl Job for Other {
            const KIND: &'static str = "test.other";
        }
        assert_eq!(world.builder().on(|_, _: Other| async { Ok(()) }).build().run_due().await, 0);
        assert_eq!(world.waiting().await, 1);
    }

    async fn a_job_too_big_is_refused(kind) {
        let world = World::new(kind).await;
        let big = "x".repeat(300_000);
        let refused = world.db.write(move |tx| enqueue(tx, &say(&big), START)).await;
        assert!(refused.unwrap_err().to_string().contains("300002 bytes"));
    }

    async fn words_of_any_kind_come_through(kind) {
        let world = World::new(kind).await;
        let words = "\0 \" ' \\ $1 ✓ \u{202e}";
        world.write(move |tx| enqueue(tx, &say(words), START)).await;
        world.queue().run_due().await;
        assert_eq!(world.said(), [words]);
    }
}
