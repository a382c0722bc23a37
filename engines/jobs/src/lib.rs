//! The durable queue in the database: work that must outlive a crash.
//!
//! A [`Job`] is a row, written in the transaction of its cause ([`enqueue`]): either both are kept
//! or neither. A [`Queue`] claims due rows with a lease and runs them; a row goes away when its job
//! succeeds, comes back later and later when it fails, and is kept as [`Dead`] when it has failed
//! [`MAX_ATTEMPTS`] times. Work that recurs is a row too, so that of several nodes one does it.
//!
//! A job runs **at least** once: a crash after the work and before the row is gone repeats it. Jobs
//! must therefore be repeatable, which most are by asking the database what is still to do.

mod delay;
mod enqueue;
mod inspect;
mod migration;
mod queue;
mod run;
mod store;
#[cfg(test)]
mod tests;
mod wake;

pub use delay::MAX_ATTEMPTS;
pub use enqueue::{Job, cancel, enqueue, enqueue_once, enqueue_unique};
pub use inspect::{Dead, dead, forget, retry, waiting};
pub use migration::MIGRATION;
pub use queue::{Builder, Queue};
pub use run::{Context, give_up};
pub use wake::Bell;
