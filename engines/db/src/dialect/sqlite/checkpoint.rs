//! Writing the log of a SQLite file back into the file, beside the writer.
//!
//! SQLite would do it in every commit that finds the log long, and let the writer wait for thousands of pages and two flushes. Here a
//! thread of its own writes the bulk back while the writer goes on; the writer then does the little rest itself, because only who
//! knows that nothing is added can bring the log to its end, after which SQLite begins it anew.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use crossbeam_channel::{Receiver, Sender, bounded};
use rusqlite::Connection;

/// Pages that are written before the log is written back, 16 MiB: most pages of a busy site are written many times until then, and
/// are written back once.
const PAGES: u32 = 4_000;

/// The writer's end.
pub(super) struct Checkpoints {
    /// Pages in the log after the last commit.
    pages: Arc<AtomicU32>,
    /// How many there were when a checkpoint was last asked for.
    asked: u32,
    due: Sender<()>,
    done: Receiver<()>,
}

/// The other thread's end.
pub(super) struct Bulk {
    due: Receiver<()>,
    done: Sender<()>,
}

impl Checkpoints {
    /// Takes the place of the checkpoints that SQLite makes on this connection by itself.
    pub(super) fn of(writer: &mut Connection) -> rusqlite::Result<(Self, Bulk)> {
        let pages = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&pages);
        writer.wal_hook(Some(move |_: &mut rusqlite::hooks::Wal, count: i32| {
            counted.store(count.unsigned_abs(), Ordering::Relaxed);
            Ok(())
        }))?;
        let ((due, dues), (done, dones)) = (bounded(1), bounded(1));
        Ok((Self { pages, asked: 0, due, done: dones }, Bulk { due: dues, done }))
    }

    /// After a commit: asks for a checkpoint when one is due. True when the bulk of one is done, and the writer is to do the rest.
    pub(super) fn after_commit(&mut self) -> bool {
        let pages = self.pages.load(Ordering::Relaxed);
        if pages < self.asked {
            // The log began anew.
            self.asked = 0;
        }
        if pages - self.asked >= PAGES && self.due.try_send(()).is_ok() {
            self.asked = pages;
        }
        self.done.try_recv().is_ok()
    }
}

impl Bulk {
    /// Writes back whenever it is due, until the writer ends.
    pub(super) fn run(self, connection: &Connection) {
        while self.due.recv().is_ok() {
            write_back(connection);
            // The writer may not have come by since the last one.
            let _ = self.done.try_send(());
        }
    }
}

/// Writes back what no reader needs any more, waiting for nobody.
pub(super) fn write_back(connection: &Connection) {
    let done = connection.query_row("pragma wal_checkpoint(passive)", [], |_| Ok(()));
    if let Err(error) = done {
        tracing::warn!(%error, "a checkpoint failed; the log stays as it is");
    }
}
