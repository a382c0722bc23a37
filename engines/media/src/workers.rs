use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use crate::{Card, Limits, Processed, Refused, draw, process};

/// Pictures that may wait for a thread.
const QUEUE: usize = 16;

/// Bytes of uploads that may be held here at once, waiting or in work.
const HELD: usize = 64 << 20;

/// How long a caller waits, the queue included.
const PATIENCE: Duration = Duration::from_secs(30);

/// A few threads that do nothing but [`process`] and [`draw`]: neither ever runs where pages are answered.
///
/// Bounded in three ways: pictures waiting (16), bytes held (64 MiB), and the time a caller waits (30 s).
/// Cheap to clone. The threads end when the last clone is dropped.
#[derive(Clone)]
pub struct Workers {
    jobs: SyncSender<Job>,
    held: Arc<Semaphore>,
    limits: Limits,
    patience: Duration,
}

struct Job {
    /// Answers its caller, unless that has gone away.
    work: Box<dyn FnOnce() + Send>,
    /// Given back when the job is done or forgotten.
    _held: OwnedSemaphorePermit,
}

impl Workers {
    /// Starts `threads` threads (at least one) with the default limits. One is right for most sites.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn new(threads: usize) -> std::io::Result<Workers> {
        Workers::with(threads, Limits::default(), PATIENCE)
    }

    /// The same with other limits and another time to wait.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn with(threads: usize, limits: Limits, patience: Duration) -> std::io::Result<Workers> {
        let (jobs, queue) = sync_channel(QUEUE);
        let queue = Arc::new(Mutex::new(queue));
        for number in 0..threads.max(1) {
            let queue = Arc::clone(&queue);
            std::thread::Builder::new().name(format!("picture-{number}")).spawn(move || work(&queue))?;
        }
        let held = Arc::new(Semaphore::new(HELD.max(limits.bytes)));
        Ok(Workers { jobs, held, limits, patience })
    }

    /// The limits every picture is held to.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Processes one upload on a worker thread.
    ///
    /// # Errors
    /// As [`process`], and [`Refused::Busy`] or [`Refused::TooSlow`]. A picture nobody waits for any more
    /// is not begun.
    pub async fn process(&self, bytes: impl AsRef<[u8]> + Send + 'static) -> Result<Processed, Refused> {
        let (size, limits) = (bytes.as_ref().len(), self.limits);
        if size > limits.bytes {
            return Err(Refused::TooLarge { bytes: size, limit: limits.bytes });
        }
        self.run(size, move || process(bytes.as_ref(), &limits)).await
    }

    /// Draws one card on a worker thread.
    ///
    /// # Errors
    /// As [`draw`], and [`Refused::Busy`] or [`Refused::TooSlow`].
    pub async fn draw(&self, card: Card) -> Result<Vec<u8>, Refused> {
        let size = card.picture.as_ref().map_or(0, |picture| picture.file.len());
        self.run(size, move || draw(&card)).await
    }

    /// Runs something that holds so many bytes until it is done or forgotten.
    async fn run<T: Send + 'static>(&self, size: usize, work: impl FnOnce() -> Result<T, Refused> + Send + 'static) -> Result<T, Refused> {
        let permits = u32::try_from(size).map_err(|_| Refused::Busy)?;
        let held = Arc::clone(&self.held);
        let held = held.try_acquire_many_owned(permits).map_err(|_| Refused::Busy)?;
        let (answer, ready) = oneshot::channel();
        let work = move || {
            if !answer.is_closed() {
                // The caller may stop waiting while it is done: nothing to tell then.
                let _ = answer.send(work());
            }
        };
        let job = Job { work: Box::new(work), _held: held };
        self.jobs.try_send(job).map_err(|error| match error {
            TrySendError::Full(_) | TrySendError::Disconnected(_) => Refused::Busy,
        })?;
        match tokio::time::timeout(self.patience, ready).await {
            Ok(Ok(result)) => result,
            Ok(Err(_)) => Err(Refused::Busy),
            Err(_) => Err(Refused::TooSlow),
        }
    }
}

fn work(queue: &Mutex<Receiver<Job>>) {
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = next else { return };
        (job.work)();
    }
}
