//! Looking at the queue: for tests, the desk and the command line.

use db::{Error, Id, Tx, params};

use crate::store::SCHEDULE;

/// A job that was given up, kept for inspection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dead {
    /// Its id.
    pub id: Id,
    /// Its [`Job::KIND`](crate::Job::KIND).
    pub kind: String,
    /// What it was to do, as JSON.
    pub payload: String,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was given up, in milliseconds since 1970.
    pub dead_at: i64,
    /// What went wrong last.
    pub last_error: String,
}

/// How many jobs wait or run, now or later; schedules and the dead are not counted.
///
/// # Errors
/// Those of the database.
pub fn waiting(tx: &mut Tx<'_>) -> Result<i64, Error> {
    let schedules = format!("{SCHEDULE}%");
    tx.one("select count(*) from jobs where dead_at is null and kind not like $1", params![schedules], |row| row.get(0))
}

/// The jobs that were given up, the latest first.
///
/// # Errors
/// Those of the database.
pub fn dead(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<Dead>, Error> {
    tx.all(
        "select id, kind, payload, attempts, dead_at, coalesce(last_error, '')
           from jobs
          where dead_at is not null
          order by dead_at desc, id desc
          limit $1",
        params![limit],
        |row| {
            Ok(Dead {
                id: row.get(0)?,
                kind: row.get(1)?,
                payload: row.get(2)?,
                attempts: row.get(3)?,
                dead_at: row.get(4)?,
                last_error: row.get(5)?,
            })
        },
    )
}

/// Gives a dead job another twenty attempts from now on; false when it is not there.
///
/// # Errors
/// Those of the database.
pub fn retry(tx: &mut Tx<'_>, id: Id, now_ms: i64) -> Result<bool, Error> {
    let sql = "update jobs set dead_at = null, attempts = 0, run_at = $2 where id = $1 and dead_at is not null";
    Ok(tx.run(sql, params![id, now_ms])? > 0)
}

/// Removes a dead job; false when it is not there.
///
/// # Errors
/// Those of the database.
pub fn forget(tx: &mut Tx<'_>, id: Id) -> Result<bool, Error> {
    Ok(tx.run("delete from jobs where id = $1 and dead_at is not null", params![id])? > 0)
}
