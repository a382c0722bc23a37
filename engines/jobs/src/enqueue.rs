//! Writing jobs down, in the transaction of their cause.

use db::{Error, Id, Kind, Tx};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::store::{self, Conflict};

/// Most bytes of a job as JSON. A job names rows; it does not carry them.
const MAX_PAYLOAD: usize = 256 * 1024;
/// Longest unique key, in bytes.
const MAX_KEY: usize = 500;

/// Work to be done later: what it needs to know, as JSON in the table.
///
/// Old rows must stay readable after an update of the program: give new fields a
/// `#[serde(default)]`, and a changed meaning a new `KIND`.
pub trait Job: Serialize + DeserializeOwned + Send + 'static {
    /// Names the kind in the table; never changed: `"mail.send"`.
    const KIND: &'static str;
}

/// Writes down a job to be run at `run_at_ms` (milliseconds since 1970), or as soon as possible
/// when that has passed. Ring the queue's [`Bell`](crate::Bell) after the transaction.
///
/// # Errors
/// Those of the database, or one that says the job is too big or cannot be JSON.
pub fn enqueue<J: Job>(tx: &mut Tx<'_>, job: &J, run_at_ms: i64) -> Result<Id, Error> {
    store::insert(tx, J::KIND, None, &payload(job)?, run_at_ms, Conflict::Replace)
}

/// Writes down a job of which there is one for this key. One that waits under the key is replaced;
/// for one that is running, the new one runs after it.
///
/// # Errors
/// As [`enqueue`], or when the key is empty or longer than 500 bytes.
pub fn enqueue_unique<J: Job>(tx: &mut Tx<'_>, key: &str, job: &J, run_at_ms: i64) -> Result<Id, Error> {
    store::insert(tx, J::KIND, Some(checked(key)?), &payload(job)?, run_at_ms, Conflict::Replace)
}

/// Writes down a job unless one waits or runs under this key already; answers the id of the one
/// that will run. A dead one is brought back to life with the new content.
///
/// # Errors
/// As [`enqueue_unique`].
pub fn enqueue_once<J: Job>(tx: &mut Tx<'_>, key: &str, job: &J, run_at_ms: i64) -> Result<Id, Error> {
    store::insert(tx, J::KIND, Some(checked(key)?), &payload(job)?, run_at_ms, Conflict::Keep)
}

/// Takes back the job of this key; false when there is none. One that is running ends its run.
///
/// # Errors
/// Those of the database.
pub fn cancel(tx: &mut Tx<'_>, key: &str) -> Result<bool, Error> {
    store::remove_key(tx, key)
}

fn payload<J: Job>(job: &J) -> Result<String, Error> {
    let json = serde_json::to_string(job)
        .map_err(|error| Error::new(Kind::Other, format!("a job {} cannot be written as JSON: {error}", J::KIND)))?;
    if json.len() > MAX_PAYLOAD {
        let words = format!("a job {} has {} bytes, more than {MAX_PAYLOAD}", J::KIND, json.len());
        return Err(Error::new(Kind::Other, words));
    }
    Ok(json)
}

fn checked(key: &str) -> Result<&str, Error> {
    // Schedules have keys of their own, which a job must not take.
    if key.is_empty() || key.len() > MAX_KEY || key.contains('\0') || key.starts_with(store::SCHEDULE) {
        let words = format!("{key:.80?} cannot be a job's key: 1 to {MAX_KEY} bytes, not beginning with \"every/\"");
        return Err(Error::new(Kind::Other, words));
    }
    Ok(key)
}
