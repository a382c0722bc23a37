//! Where the words of a full-text question stand: `instances(table)`, an auxiliary function of FTS5 beside its own
//! `bm25` and `highlight`.
//!
//! It answers, for the row at hand, a blob of 32-bit little-endian numbers, three for each place where a phrase of the
//! question stands: which phrase (from 0, in their order in the question), in which column, at which word of it; in the order
//! of columns and words. A query of its own for "in a row" or "in these columns" has to walk through every row that holds the
//! words, as far as the first that fits; this looks at a row that was found anyway. See [`MOST`].

#![allow(unsafe_code)]

use std::ffi::c_int;
use std::ptr;

use rusqlite::{Connection, ffi};

/// Places told of one row; those near its beginning come first.
const MOST: usize = 256;

/// Makes the function known to a connection.
pub(super) fn register(connection: &Connection) -> rusqlite::Result<()> {
    let made = api(connection).map_or(ffi::SQLITE_ERROR, |api| {
        // SAFETY: FTS5 gave the pointer for this connection, which is open; the function needs no data of its own and so
        // nothing that takes it down again.
        unsafe {
            (*api)
                .xCreateFunction
                .map_or(ffi::SQLITE_ERROR, |create| create(api, c"instances".as_ptr(), ptr::null_mut(), Some(instances), None))
        }
    });
    if made == ffi::SQLITE_OK {
        Ok(())
    } else {
        Err(rusqlite::Error::SqliteFailure(ffi::Error::new(made), Some("FTS5 cannot be extended".into())))
    }
}

/// The interface of FTS5 (sqlite.org, "SQLite FTS5 Extension", §7.1): a statement writes it to where a bound pointer points.
fn api(connection: &Connection) -> Option<*mut ffi::fts5_api> {
    let mut api: *mut ffi::fts5_api = ptr::null_mut();
    let mut statement: *mut ffi::sqlite3_stmt = ptr::null_mut();
    // SAFETY: the handle is that of an open connection; the statement is prepared, stepped and finalized here, and the bound
    // pointer outlives it.
    unsafe {
        let handle = connection.handle();
        if ffi::sqlite3_prepare_v2(handle, c"select fts5(?1)".as_ptr(), -1, &raw mut statement, ptr::null_mut()) == ffi::SQLITE_OK {
            ffi::sqlite3_bind_pointer(statement, 1, (&raw mut api).cast(), c"fts5_api_ptr".as_ptr(), None);
            ffi::sqlite3_step(statement);
        }
        ffi::sqlite3_finalize(statement);
    }
    (!api.is_null()).then_some(api)
}

/// Called by FTS5 for a row of a result.
unsafe extern "C" fn instances(
    api: *const ffi::Fts5ExtensionApi,
    row: *mut ffi::Fts5Context,
    answer: *mut ffi::sqlite3_context,
    _: c_int,
    _: *mut *mut ffi::sqlite3_value,
) {
    let mut places = [0_u8; MOST * 12];
    // SAFETY: FTS5 passes pointers that are good for this call; the two functions stand in its table since version 1 and write
    // nothing but the numbers they are given places for. SQLite copies the blob before this returns.
    unsafe {
        let (Some(count), Some(place)) = ((*api).xInstCount, (*api).xInst) else { return };
        let mut all: c_int = 0;
        let mut code = count(row, &raw mut all);
        let told = usize::try_from(all).unwrap_or(0).min(MOST);
        for (number, bytes) in (0..).zip(places.chunks_exact_mut(12).take(told)) {
            let (mut phrase, mut column, mut word) = (0, 0, 0);
            if code == ffi::SQLITE_OK {
                code = place(row, number, &raw mut phrase, &raw mut column, &raw mut word);
            }
            for (four, value) in bytes.chunks_exact_mut(4).zip([phrase, column, word]) {
                four.copy_from_slice(&value.to_le_bytes());
            }
        }
        if code == ffi::SQLITE_OK {
            let length = c_int::try_from(told * 12).unwrap_or(0);
            ffi::sqlite3_result_blob(answer, places.as_ptr().cast(), length, ffi::SQLITE_TRANSIENT());
        } else {
            ffi::sqlite3_result_error_code(answer, code);
        }
    }
}
