//! The queue: who does which work, and the loop that hands it out.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use db::{Db, Dialect, Error};
use tokio::sync::{OnceCell, watch};
use tokio::task::{JoinHandle, JoinSet};

use crate::enqueue::Job;
use crate::run::{Book, Clock, Context, Work};
use crate::store::{self, Claimed, Conflict, SCHEDULE};
use crate::wake::Bell;

/// How often a queue looks at the table when nobody wakes it.
const LOOK: Duration = Duration::from_secs(1);
/// How much longer than a run may take its lease lasts: time to write down how it ended.
const GRACE: Duration = Duration::from_secs(60);
/// Most jobs that [`Queue::run_due`] runs, so that one which enqueues itself does not run for ever.
const MAX_INLINE: usize = 10_000;

/// Runs jobs. A clone is the same queue.
#[derive(Clone)]
pub struct Queue(Arc<Inner>);

struct Inner {
    db: Db,
    book: Book,
    clock: Clock,
    bell: Bell,
    concurrency: usize,
    stop: watch::Sender<bool>,
    task: Mutex<Option<JoinHandle<()>>>,
    scheduled: OnceCell<()>,
}

/// A queue being put together; see [`Queue::builder`].
pub struct Builder {
    db: Db,
    book: Book,
    clock: Clock,
    bell: Bell,
    concurrency: usize,
}

impl Builder {
    /// Does jobs of kind `J` with this work. Ok removes the job; an error brings it back later,
    /// or ends it when it is one of [`give_up`](crate::give_up).
    ///
    /// # Panics
    /// When the kind is taken already.
    #[must_use]
    pub fn on<J, F, W>(self, work: F) -> Self
    where
        J: Job,
        F: Fn(Context, J) -> W + Send + Sync + 'static,
        W: Future<Output = anyhow::Result<()>> + Send + 'static,
    {
        let work: Work = Arc::new(move |context, payload| match serde_json::from_str(payload) {
            Ok(job) => Box::pin(work(context, job)),
            Err(error) => Box::pin(async move { anyhow::bail!("its content cannot be read: {error}") }),
        });
        self.add(J::KIND.to_owned(), work)
    }

    /// Does this work once in every period, first when one has passed, on one of the nodes that
    /// share the database. A failed run is repeated before its time, and never given up.
    ///
    /// # Panics
    /// When the name is taken already, or the period is shorter than a second.
    #[must_use]
    pub fn every<F, W>(mut self, period: Duration, name: &str, work: F) -> Self
    where
        F: Fn(Context) -> W + Send + Sync + 'static,
        W: Future<Output = anyhow::Result<()>> + Send + 'static,
    {
        assert!(period >= Duration::from_secs(1), "the period of {name} is shorter than a second");
        let kind = format!("{SCHEDULE}{name}");
        self.book.periods.insert(kind.clone(), millis(period));
        self.add(kind, Arc::new(move |context, _payload| Box::pin(work(context))))
    }

    /// Tells the time in milliseconds since 1970 by this clock instead of the system's.
    #[must_use]
    pub fn clock(mut self, clock: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Runs at most this many jobs at a time; the default is 4, the least 1.
    #[must_use]
    pub fn concurrency(mut self, jobs: usize) -> Self {
        self.concurrency = jobs.clamp(1, 256);
        self
    }

    /// Ends a run that takes longer than this, as a failure; the default is 5 minutes. Another node
    /// may take up a job of a node that has died when this and another minute have passed.
    #[must_use]
    pub fn time_limit(mut self, limit: Duration) -> Self {
        self.book.limit = limit;
        self
    }

    /// Is woken by this bell as well.
    #[must_use]
    pub fn bell(mut self, bell: &Bell) -> Self {
        self.bell = bell.clone();
        self
    }

    /// The queue, not yet running: see [`Queue::start`] and [`Queue::run_due`].
    #[must_use]
    pub fn build(self) -> Queue {
        let Self { db, book, clock, bell, concurrency } = self;
        let (stop, _) = watch::channel(false);
        let (task, scheduled) = (Mutex::new(None), OnceCell::new());
        Queue(Arc::new(Inner { db, book, clock, bell, concurrency, stop, task, scheduled }))
    }

    fn add(mut self, kind: String, work: Work) -> Self {
        assert!(!self.book.works.contains_key(&kind), "two works for jobs of kind {kind}");
        self.book.works.insert(kind, work);
        self
    }
}

impl Queue {
    /// Begins a queue on this database, whose tables [`MIGRATION`](crate::MIGRATION) has made.
    #[must_use]
    pub fn builder(db: Db) -> Builder {
        let limit = Duration::from_secs(300);
        let book = Book { works: HashMap::new(), periods: HashMap::new(), limit };
        Builder { db, book, clock: Arc::new(system_ms), bell: Bell::default(), concurrency: 4 }
    }

    /// Starts to run jobs in the background of the current tokio runtime, until [`Queue::stop`].
    /// Starting a queue that runs, or has been stopped, does nothing.
    pub fn start(&self) {
        let mut task = self.0.task.lock().unwrap_or_else(PoisonError::into_inner);
        if task.is_none() && !*self.0.stop.borrow() {
            *task = Some(tokio::spawn(Arc::clone(&self.0).work()));
        }
    }

    /// Has the queue look for work at once: call it after a transaction that enqueued.
    pub fn wake(&self) {
        self.0.bell.ring();
    }

    /// What wakes this queue, for those who should not hold all of it.
    #[must_use]
    pub fn bell(&self) -> Bell {
        self.0.bell.clone()
    }

    /// Takes no more jobs, and waits for those that run.
    pub async fn stop(&self) {
        self.0.stop.send_replace(true);
        let task = self.0.task.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(task) = task
            && let Err(error) = task.await
        {
            tracing::error!(%error, "the job queue had ended before it was stopped");
        }
    }

    /// Runs everything that is due now, one after the other, and what that enqueues for now; answers
    /// how many runs that were. For tests and commands, beside or instead of [`Queue::start`].
    ///
    /// # Panics
    /// When the database fails: a test must not take that for an empty queue.
    pub async fn run_due(&self) -> usize {
        self.0.schedule().await.expect("the schedules can be written");
        for run in 0..MAX_INLINE {
            let mut claimed = self.0.claim(1).await.expect("jobs can be claimed");
            let Some(job) = claimed.pop() else { return run };
            Arc::clone(&self.0).run(job).await;
        }
        MAX_INLINE
    }
}

impl Inner {
    async fn work(self: Arc<Self>) {
        let mut stop = self.stop.subscribe();
        let mut running = JoinSet::new();
        let mut woken = true;
        while !*stop.borrow() {
            let free = self.concurrency - running.len();
            for job in self.take(free, woken).await {
                running.spawn(Arc::clone(&self).run(job));
            }
            let room = running.len() < self.concurrency;
            // A bell that rings while there is no room is heard when there is.
            woken = tokio::select! {
                () = self.bell.heard(), if room => true,
                Some(_) = running.join_next() => false,
                () = tokio::time::sleep(LOOK), if room => false,
                _ = stop.changed() => false,
            };
            while running.try_join_next().is_some() {}
        }
        while running.join_next().await.is_some() {}
    }

    /// Claims jobs for the background; a database that fails is asked again at the next look.
    async fn take(&self, free: usize, woken: bool) -> Vec<Claimed> {
        let taken = async {
            self.schedule().await?;
            // Who rings need not know whether there is work. On SQLite a reader tells at no cost to those who write; on PostgreSQL it
            // may ask a replica, which lags behind.
            let sure = woken && self.db.dialect() == Dialect::Postgres;
            if free == 0 || !(sure || self.any_due().await?) { Ok(Vec::new()) } else { self.claim(free).await }
        };
        taken.await.unwrap_or_else(|error: Error| {
            tracing::error!(%error, "the job queue cannot reach its table");
            Vec::new()
        })
    }

    /// Sees to it, once, that each schedule has its row.
    async fn schedule(&self) -> Result<(), Error> {
        let rows = || async {
            let (now, periods) = ((self.clock)(), self.book.periods.clone());
            self.db
                .write(move |tx| {
                    periods.iter().try_for_each(|(key, period)| {
                        let next = now.saturating_add(*period);
                        store::insert(tx, key, Some(key), "{}", next, Conflict::Keep)?;
                        store::hasten(tx, key, next).map(|_| ())
                    })
                })
                .await
        };
        let needed = !self.book.periods.is_empty();
        if needed { self.scheduled.get_or_try_init(rows).await.copied() } else { Ok(()) }
    }

    async fn any_due(&self) -> Result<bool, Error> {
        let (kinds, now) = (self.kinds(), (self.clock)());
        self.db.read(move |tx| store::any_due(tx, &borrowed(&kinds), now)).await
    }

    async fn claim(&self, limit: usize) -> Result<Vec<Claimed>, Error> {
        let (kinds, now) = (self.kinds(), (self.clock)());
        let until = now.saturating_add(millis(self.book.limit + GRACE));
        self.db.write(move |tx| store::claim(tx, &borrowed(&kinds), now, until, limit)).await
    }

    async fn run(self: Arc<Self>, job: Claimed) {
        let clock = Arc::clone(&self.clock);
        let context = Context { db: self.db.clone(), id: job.id, attempt: job.attempt, clock };
        let end = self.book.run(context, &job).await;
        let (kind, id) = (job.kind.clone(), job.id);
        let settled = self.db.write(move |tx| store::settle(tx, &job, &end)).await;
        if let Err(error) = settled {
            // The lease ends, and the job runs once more.
            let error: Error = error;
            tracing::error!(%kind, %id, %error, "how a job ended could not be written down");
        }
    }

    fn kinds(&self) -> Vec<String> {
        let mut kinds: Vec<_> = self.book.works.keys().cloned().collect();
        // The same order makes the same statement, whose plan is kept.
        kinds.sort_unstable();
        kinds
    }
}

fn borrowed(kinds: &[String]) -> Vec<&str> {
    kinds.iter().map(String::as_str).collect()
}

fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

fn system_ms() -> i64 {
    millis(SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default())
}
