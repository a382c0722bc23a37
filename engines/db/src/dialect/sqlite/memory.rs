//! What SQLite keeps in mind of its own memory.

#![allow(unsafe_code)]

use std::ffi::c_int;
use std::sync::Once;

use rusqlite::ffi;

static ONCE: Once = Once::new();

/// Counts no allocations: nobody asks for the numbers, and every allocation of every thread takes one lock for them. To be called
/// before the first connection; later it does nothing.
pub(super) fn uncounted() {
    ONCE.call_once(|| {
        // SAFETY: this option takes one integer (sqlite.org, "Configuration Options"), and is refused once the library is in use.
        let set = unsafe { ffi::sqlite3_config(ffi::SQLITE_CONFIG_MEMSTATUS, 0 as c_int) };
        if set != ffi::SQLITE_OK {
            tracing::debug!(code = set, "SQLite goes on counting its memory");
        }
    });
}
