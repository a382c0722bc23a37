//! Every statement that moves a job along.
//!
//! A claim is a number of its own, not just a time: who lost the lease, or whose job was replaced
//! meanwhile, must not end the job of another.

use db::{Dialect, Error, Id, Tx, padded, params, places};

/// Begins the key and kind of what recurs.
pub(crate) const SCHEDULE: &str = "every/";

/// What happens to a job that is there under the same key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Conflict {
    Replace,
    Keep,
}

/// A job that this process may run until `until`.
#[derive(Clone, Debug)]
pub(crate) struct Claimed {
    pub(crate) id: Id,
    pub(crate) kind: String,
    pub(crate) payload: String,
    pub(crate) attempt: u32,
    pub(crate) claim: i64,
    pub(crate) until: i64,
    run_at: i64,
}

/// How a run ended.
#[derive(Clone, Debug)]
pub(crate) enum End {
    Done,
    /// Runs again: after a failure, or because it recurs.
    Again {
        run_at: i64,
        attempts: u32,
        error: Option<String>,
    },
    Dead {
        at: i64,
        error: String,
    },
}

pub(crate) fn insert(tx: &mut Tx<'_>, kind: &str, key: Option<&str>, payload: &str, run_at: i64, conflict: Conflict) -> Result<Id, Error> {
    let id = Id::fresh();
    // The lease of a running job is left alone: its end frees the row for the new one.
    let sql = match conflict {
        Conflict::Replace => {
            "insert into jobs (id, kind, unique_key, payload, run_at, attempts, created_at)
             values ($1, $2, $3, $4, $5, 0, $6)
             on conflict (unique_key) do update
                set kind = excluded.kind, payload = excluded.payload, run_at = excluded.run_at,
                    attempts = 0, claim = null, dead_at = null, last_error = null
             returning id"
        }
        Conflict::Keep => {
            "insert into jobs (id, kind, unique_key, payload, run_at, attempts, created_at)
             values ($1, $2, $3, $4, $5, 0, $6)
             on conflict (unique_key) do update
                set kind = excluded.kind, payload = excluded.payload, run_at = excluded.run_at,
                    attempts = 0, claim = null, dead_at = null, last_error = null
              where jobs.dead_at is not null
             returning id"
        }
    };
    let written = tx.first(sql, params![id, kind, key, payload, run_at, id.created_ms()], |row| row.get(0))?;
    match written {
        Some(id) => Ok(id),
        None => tx.one("select id from jobs where unique_key = $1", params![key], |row| row.get(0)),
    }
}

pub(crate) fn remove_key(tx: &mut Tx<'_>, key: &str) -> Result<bool, Error> {
    Ok(tx.run("delete from jobs where unique_key = $1", params![key])? > 0)
}

/// Brings a schedule's next run nearer when its period has become shorter than the row knows.
pub(crate) fn hasten(tx: &mut Tx<'_>, key: &str, latest: i64) -> Result<u64, Error> {
    tx.run("update jobs set run_at = $2 where unique_key = $1 and run_at > $2", params![key, latest])
}

/// Whether there is anything to claim: a read, so that an idle queue writes nothing.
pub(crate) fn any_due(tx: &mut Tx<'_>, kinds: &[&str], now: i64) -> Result<bool, Error> {
    if kinds.is_empty() {
        return Ok(false);
    }
    let sql = format!("select 1 from jobs where {} limit 1", due(kinds));
    let found = tx.first(&sql, &[params![now], &padded(kinds)].concat(), |_| Ok(()))?;
    Ok(found.is_some())
}

/// Claims up to `limit` due jobs of these kinds until `until`, the longest due first.
pub(crate) fn claim(tx: &mut Tx<'_>, kinds: &[&str], now: i64, until: i64, limit: usize) -> Result<Vec<Claimed>, Error> {
    if kinds.is_empty() {
        return Ok(Vec::new());
    }
    // Two nodes on PostgreSQL must not wait for each other's rows; on SQLite there is one writer.
    let lock = match tx.dialect() {
        Dialect::Sqlite => "",
        Dialect::Postgres => "for update skip locked",
    };
    let markers = kinds.len().next_power_of_two();
    let (claim, end, most) = (markers + 2, markers + 3, markers + 4);
    let sql = format!(
        "with due as materialized (
             select id from jobs where {} order by run_at, id limit ${most} {lock}
         )
         update jobs set claim = ${claim}, claimed_until = ${end}, attempts = attempts + 1
           from due
          where jobs.id = due.id
         returning jobs.id, kind, payload, attempts, run_at",
        due(kinds)
    );
    let token = db::fresh_id();
    let values = [params![now], &padded(kinds), params![token, until, limit]].concat();
    let mut claimed = tx.all(&sql, &values, |row| {
        Ok(Claimed {
            id: row.get(0)?,
            kind: row.get(1)?,
            payload: row.get(2)?,
            attempt: row.get(3)?,
            run_at: row.get(4)?,
            claim: token,
            until,
        })
    })?;
    claimed.sort_by_key(|job| (job.run_at, job.id));
    Ok(claimed)
}

/// Writes down how a run ended. When the claim is no longer ours, because the job was replaced or
/// taken back while it ran, only our lease on what is there now ends.
pub(crate) fn settle(tx: &mut Tx<'_>, job: &Claimed, end: &End) -> Result<(), Error> {
    let again = "update jobs
        set claim = null, claimed_until = null, run_at = $3, attempts = $4, last_error = $5, dead_at = $6
        where id = $1 and claim = $2";
    let settled = match end {
        End::Done => tx.run("delete from jobs where id = $1 and claim = $2", params![job.id, job.claim])?,
        End::Again { run_at, attempts, error } => tx.run(again, params![job.id, job.claim, run_at, attempts, error, None::<i64>])?,
        End::Dead { at, error } => tx.run(again, params![job.id, job.claim, job.run_at, job.attempt, error, at])?,
    };
    if settled == 0 {
        let free = "update jobs set claimed_until = null where id = $1 and claim is null and claimed_until = $2";
        tx.run(free, params![job.id, job.until])?;
    }
    Ok(())
}

/// The condition of being due at `$1`, for the kinds at `$2` and on: rows of kinds that this
/// version of the program does not know wait for one that does.
fn due(kinds: &[&str]) -> String {
    format!("dead_at is null and run_at <= $1 and (claimed_until is null or claimed_until <= $1) and kind in ({})", places(2, kinds.len()))
}
