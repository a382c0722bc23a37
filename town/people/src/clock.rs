//! The town's clock. Rooms ask it instead of the system, so that tests and demo towns can move it.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// Tells the time, shifted by an offset that tests set.
#[derive(Clone, Debug, Default)]
pub struct Clock(Arc<AtomicI64>);

impl Clock {
    /// A clock that is so many milliseconds ahead.
    pub fn ahead(by: i64) -> Self {
        Self(Arc::new(AtomicI64::new(by)))
    }

    /// Milliseconds since 1970, UTC.
    pub fn now(&self) -> i64 {
        jiff::Timestamp::now().as_millisecond() + self.0.load(Ordering::Relaxed)
    }

    /// Moves the clock on (or back) by so many milliseconds.
    pub fn move_by(&self, by: i64) {
        self.0.fetch_add(by, Ordering::Relaxed);
    }
}
