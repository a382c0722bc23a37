//! Units of work on their way to a worker thread, and their answers on the way back.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;

use tokio::sync::oneshot;

use crate::dialect::Session;
use crate::{Dialect, Error, Kind, Tx};

/// What travels to a worker.
pub(crate) enum Message {
    Unit(Box<dyn Unit>),
    /// One worker takes it and ends.
    Stop,
}

/// A closure and the place where its answer goes, whatever their types.
pub(crate) trait Unit: Send {
    /// Whether someone still waits for the answer.
    fn wanted(&self) -> bool;
    fn manner(&self) -> Manner;
    /// Runs the closure and keeps what it returned; true when its changes are to be kept.
    fn run(&mut self, tx: &mut Tx<'_>) -> Ran;
    /// Puts an error in place of what the closure returned.
    fn fail(&mut self, error: Error);
    fn answer(self: Box<Self>);
}

/// How a unit is run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    Usual,
    /// Under the migration lock and without a time limit.
    Migration,
}

/// How a run of a closure ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ran {
    Well,
    Refused,
    Panicked,
}

pub(crate) struct Waiting<T, E, F> {
    closure: F,
    manner: Manner,
    outcome: Option<Result<T, E>>,
    asker: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Waiting<T, E, F> {
    pub(crate) fn new(closure: F, manner: Manner) -> (Self, oneshot::Receiver<Result<T, E>>) {
        let (asker, answer) = oneshot::channel();
        (Self { closure, manner, outcome: None, asker }, answer)
    }
}

impl<T, E, F> Unit for Waiting<T, E, F>
where
    F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send,
    T: Send,
    E: From<Error> + Send,
{
    fn wanted(&self) -> bool {
        !self.asker.is_closed()
    }

    fn manner(&self) -> Manner {
        self.manner
    }

    fn run(&mut self, tx: &mut Tx<'_>) -> Ran {
        let caught = catch_unwind(AssertUnwindSafe(|| (self.closure)(tx)));
        let (outcome, ran) = match caught {
            Err(panic) => (Err(panicked(&*panic).into()), Ran::Panicked),
            Ok(Err(error)) => (Err(error), Ran::Refused),
            Ok(Ok(value)) => match tx.failure() {
                Some(failure) => (Err(failure.error().into()), Ran::Refused),
                None => (Ok(value), Ran::Well),
            },
        };
        self.outcome = Some(outcome);
        ran
    }

    fn fail(&mut self, error: Error) {
        self.outcome = Some(Err(error.into()));
    }

    fn answer(self: Box<Self>) {
        if let Some(outcome) = self.outcome {
            // Nobody may wait any more; the work is done all the same.
            drop(self.asker.send(outcome));
        }
    }
}

/// Runs `unit` once in the open transaction of `session`; also tells the kind of the statement that
/// failed, if one did.
pub(crate) fn run_once(unit: &mut dyn Unit, session: &mut dyn Session, dialect: Dialect, counter: &AtomicU64) -> (Ran, Option<Kind>) {
    let mut tx = Tx::new(session, dialect);
    let ran = unit.run(&mut tx);
    counter.fetch_add(tx.statements(), Ordering::Relaxed);
    (ran, tx.failure().map(|failure| failure.kind.clone()))
}

fn panicked(panic: &(dyn Any + Send)) -> Error {
    let words =
        panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message");
    tracing::error!(panic = words, "a unit of work panicked; its changes were undone");
    Error::other(format!("a unit of work panicked: {words}"))
}

/// Waits for a future on this thread, inside or outside of a runtime.
pub(crate) fn wait<F: Future>(future: F) -> F::Output {
    struct Unpark(Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut context = Context::from_waker(&waker);
    // A task's share of polls says nothing here: when it is used up, this thread would wake itself for ever.
    let mut future = pin!(tokio::task::unconstrained(future));
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
        std::thread::park();
    }
}
