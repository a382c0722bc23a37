//! One job's run, from its row to how it ended.

use std::collections::HashMap;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use db::{Db, Id};

use crate::delay;
use crate::store::{Claimed, End};

/// Longest error kept in the table, in characters.
const MAX_ERROR: usize = 1_000;

pub(crate) type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;
pub(crate) type Work = Arc<dyn Fn(Context, &str) -> Pin<Box<dyn Future<Output = anyhow::Result<()>> + Send>> + Send + Sync>;

/// What a run knows of itself.
#[derive(Clone)]
pub struct Context {
    /// The database that the job came from.
    pub db: Db,
    /// The job's id; the same in every attempt, so it can tell a repetition to a foreign server.
    pub id: Id,
    /// Which attempt this is, from 1.
    pub attempt: u32,
    pub(crate) clock: Clock,
}

impl Context {
    /// The queue's clock, in milliseconds since 1970.
    #[must_use]
    pub fn now(&self) -> i64 {
        (self.clock)()
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Context(job {}, attempt {})", self.id, self.attempt)
    }
}

/// Wraps an error that no further attempt can change (an unknown address, a removed row): the job
/// is dead at once, and kept for inspection.
pub fn give_up(error: impl Into<anyhow::Error>) -> anyhow::Error {
    error.into().context(GivenUp)
}

#[derive(Debug)]
struct GivenUp;

impl fmt::Display for GivenUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("given up")
    }
}

/// What a queue knows how to do.
pub(crate) struct Book {
    pub(crate) works: HashMap<String, Work>,
    /// Periods in milliseconds, by the kind of the schedule's row.
    pub(crate) periods: HashMap<String, i64>,
    pub(crate) limit: Duration,
}

impl Book {
    /// Runs a job and says how it ended. A panic or a run beyond the limit is a failure like others.
    pub(crate) async fn run(&self, context: Context, job: &Claimed) -> End {
        let clock = Arc::clone(&context.clock);
        let result = if job.attempt > delay::MAX_ATTEMPTS && !self.periods.contains_key(&job.kind) {
            // Only crashes lead here: a failure in the last attempt is the end already.
            Err(give_up(anyhow::anyhow!("the program ended {} times while it ran", job.attempt - 1)))
        } else {
            self.attempt(context, job).await
        };
        self.end(job, result, clock())
    }

    async fn attempt(&self, context: Context, job: &Claimed) -> anyhow::Result<()> {
        let Some(work) = self.works.get(&job.kind) else { anyhow::bail!("nobody does jobs of kind {}", job.kind) };
        // A task of its own, so that a panic is an answer.
        let run = tokio::spawn(tokio::time::timeout(self.limit, work(context, &job.payload)));
        match run.await {
            Ok(Ok(result)) => result,
            Ok(Err(_late)) => anyhow::bail!("it took longer than {} seconds", self.limit.as_secs()),
            Err(_panic) => anyhow::bail!("it panicked; the log has the place"),
        }
    }

    fn end(&self, job: &Claimed, result: anyhow::Result<()>, now: i64) -> End {
        let (kind, id, attempt) = (&job.kind, job.id, job.attempt);
        let next = self.periods.get(kind).map(|period| now.saturating_add(*period));
        let later = now.saturating_add(delay::after(attempt, id.get()));
        match (result, next) {
            (Ok(()), None) => End::Done,
            (Ok(()), Some(run_at)) => End::Again { run_at, attempts: 0, error: None },
            // What recurs never dies: it is tried again soon, and at its next time at the latest.
            (Err(error), Some(next)) => {
                tracing::warn!(%kind, %id, attempt, error = format!("{error:#}"), "a recurring job failed");
                End::Again { run_at: later.min(next), attempts: attempt, error: Some(words(&error)) }
            }
            (Err(error), None) if attempt >= delay::MAX_ATTEMPTS || error.is::<GivenUp>() => {
                tracing::error!(%kind, %id, attempt, error = format!("{error:#}"), "a job was given up");
                End::Dead { at: now, error: words(&error) }
            }
            (Err(error), None) => {
                tracing::warn!(%kind, %id, attempt, error = format!("{error:#}"), "a job failed and is tried again");
                End::Again { run_at: later, attempts: attempt, error: Some(words(&error)) }
            }
        }
    }
}

/// The error with its causes, as text that the database takes.
fn words(error: &anyhow::Error) -> String {
    format!("{error:#}").chars().filter(|c| *c != '\0').take(MAX_ERROR).collect()
}
