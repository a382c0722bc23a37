//! Telling a sleeping queue that there is work.

use std::sync::Arc;

use tokio::sync::Notify;

/// Rings a queue in the same process, so that a job does not wait for the next look at the table.
/// Made before the queue where the queue's jobs themselves hold what rings it. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Bell(Arc<Notify>);

impl Bell {
    /// Wakes the queue. Call it after the transaction that enqueued; calling it for nothing is cheap,
    /// and forgetting it costs at most a second.
    pub fn ring(&self) {
        self.0.notify_one();
    }

    pub(crate) async fn heard(&self) {
        self.0.notified().await;
    }
}
