//! Keeping the file mapped across other connections' commits.
//!
//! SQLite gives up its whole mapping at the first transaction after anybody's commit, in case the file was cut and grown
//! again meanwhile: some systems show old contents then. A site commits every second, and of a file of gigabytes most of
//! what a page of a town needs would have to be mapped anew, a fault each: a fifth of all the time a large town takes.
//! Linux keeps a shared mapping and the file one (mmap(2), `MAP_SHARED`), so there the mapping is given up only when the
//! file has become shorter than it was, or a good deal longer: what a mapping does not reach SQLite reads by calls.

#![allow(unsafe_code)]

use std::cell::Cell;
use std::ffi::{c_int, c_void};
use std::ptr;
use std::sync::OnceLock;

use rusqlite::{Connection, ffi};

type Unfetch = unsafe extern "C" fn(*mut ffi::sqlite3_file, ffi::sqlite3_int64, *mut c_void) -> c_int;

/// SQLite's own table of functions for files, and ours: a copy with one of them exchanged.
struct Methods {
    theirs: Unfetch,
    ours: ffi::sqlite3_io_methods,
}

static METHODS: OnceLock<Methods> = OnceLock::new();

thread_local! {
    /// The file that this thread's connection has mapped, and its size before that. A thread has one connection.
    static MAPPED: Cell<(usize, ffi::sqlite3_int64)> = const { Cell::new((0, -1)) };
}

/// A file that has grown by less than this part of itself is not mapped anew for it: in a busy town it grows every second.
const SLACK: ffi::sqlite3_int64 = 64;

/// Lets this connection keep its mapping. Where that cannot be had, it stays as SQLite has it.
pub(super) fn keep(connection: &Connection) {
    if !cfg!(target_os = "linux") {
        return;
    }
    let mut file: *mut ffi::sqlite3_file = ptr::null_mut();
    // SAFETY: the handle is that of an open connection, and this operation writes one pointer to where the last argument
    // points (sqlite.org, "Standard File Control Opcodes"). The file lives as long as the connection.
    unsafe {
        let found =
            ffi::sqlite3_file_control(connection.handle(), c"main".as_ptr(), ffi::SQLITE_FCNTL_FILE_POINTER, (&raw mut file).cast());
        if found != ffi::SQLITE_OK || file.is_null() || (*file).pMethods.is_null() {
            return;
        }
        // Files in WAL mode of the default VFS share one table, which is never changed.
        let own = &*(*file).pMethods;
        if own.iVersion < 3 {
            return;
        }
        let Some(theirs) = own.xUnfetch else { return };
        let methods = METHODS.get_or_init(|| Methods { theirs, ours: ffi::sqlite3_io_methods { xUnfetch: Some(unfetch), ..*own } });
        if ptr::fn_addr_eq(methods.theirs, theirs) {
            (*file).pMethods = &raw const methods.ours;
        }
    }
}

/// Whether a mapping of a file that had so many bytes then is good enough for what it has now.
fn serves(then: ffi::sqlite3_int64, now: ffi::sqlite3_int64) -> bool {
    (then..=then + then / SLACK).contains(&now)
}

/// Without a page this asks to give up the whole mapping: refused while it serves.
///
/// # Safety
/// Called by SQLite alone, with an open file of ours.
unsafe extern "C" fn unfetch(file: *mut ffi::sqlite3_file, offset: ffi::sqlite3_int64, page: *mut c_void) -> c_int {
    let Some(methods) = METHODS.get() else { return ffi::SQLITE_OK };
    if page.is_null() {
        let mut size = -1;
        // SAFETY: the file is open, and every table of version 3 has this function.
        let known = methods.ours.xFileSize.is_some_and(|measure| unsafe { measure(file, &raw mut size) } == ffi::SQLITE_OK);
        let (mapped, then) = MAPPED.get();
        if known && mapped == file.addr() && serves(then, size) {
            return ffi::SQLITE_OK;
        }
        MAPPED.set((file.addr(), size));
    }
    // SAFETY: what SQLite would have called.
    unsafe { (methods.theirs)(file, offset, page) }
}
