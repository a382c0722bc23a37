//! Going through everybody once a day, a part at a time, so that people are found who came in by other ways than the front door.

use serde::{Deserialize, Serialize};

use super::words::keep;
use crate::{AccountId, Town};

/// The job that keeps the words of some accounts, those after one.
#[derive(Debug, Serialize, Deserialize)]
pub struct Words {
    /// The last account that was looked at.
    pub after: AccountId,
}

impl jobs::Job for Words {
    const KIND: &'static str = "account.words";
}

/// Begins the day's round.
///
/// # Errors
/// When the database does not answer; the queue tries again.
pub async fn look_through(town: Town) -> anyhow::Result<()> {
    keep_words(town, Words { after: AccountId::new(0) }).await
}

/// Keeps the words of some accounts, and leaves the rest to the next job.
///
/// # Errors
/// As [`look_through`].
pub async fn keep_words(town: Town, part: Words) -> anyhow::Result<()> {
    let now = town.now();
    let unit = move |tx: &mut db::Tx| -> Result<(), db::Error> {
        if let Some(after) = keep(tx, part.after)? {
            jobs::enqueue(tx, &Words { after }, now)?;
        }
        Ok(())
    };
    Ok(town.db.write(unit).await?)
}
