//! Removing what nothing uses: rows first, then files.

use std::time::{Duration, Instant};

use super::{UNUSED_DAYS, store};
use crate::Town;

/// How long a file may be unused, and how often it is looked at whether it is.
const WEEK_MS: i64 = UNUSED_DAYS * 24 * 60 * 60 * 1000;
/// Files looked at in one unit: a few milliseconds of the writer.
const LOOK: u32 = 200;
/// Files whose removal is begun in one unit. Few, so that whoever uploads the same one is soon let in again.
const BEGIN: u32 = 20;
/// Files removed in one run, and files looked at: the next run goes on.
const MOST: usize = 20_000;
/// A run ends itself before the queue would end it in the middle of a file.
const LONGEST: Duration = Duration::from_secs(180);

/// Removes pictures and recordings that nothing has used for a week. To be run every hour, one run at a time; what one leaves
/// undone, after a crash too, the next does.
///
/// # Errors
/// When the database or the store does not answer.
pub async fn collect(town: Town) -> anyhow::Result<()> {
    if town.db.read(store::recounting).await? {
        return Ok(());
    }
    let (now, end) = (town.now(), Instant::now() + LONGEST);
    let mut removed = 0;
    loop {
        let keys = town.db.read(|tx| store::unfinished(tx, BEGIN)).await?;
        if keys.is_empty() {
            break;
        }
        removed += delete(&town, keys).await?;
    }
    let mut looked = 0;
    while looked < MOST && Instant::now() < end {
        match town.db.write(move |tx| store::look(tx, now - WEEK_MS, now, LOOK)).await? {
            0 => break,
            some => looked += some,
        }
    }
    while removed < MOST && Instant::now() < end {
        let begun = town.db.write(move |tx| store::begin(tx, now - WEEK_MS, now, BEGIN)).await?;
        if begun.asked == 0 {
            break;
        }
        removed += delete(&town, begun.keys).await?;
    }
    if removed > 0 {
        tracing::info!(removed, "files that nothing had used for a week");
    }
    Ok(())
}

/// Deletes the files of these keys, whose rows are gone.
async fn delete(town: &Town, keys: Vec<String>) -> anyhow::Result<usize> {
    let removed = keys.len();
    for key in keys {
        for name in media::files(&key) {
            town.media.remove(&name).await?;
        }
        tracing::debug!(%key, "a file that nothing used is removed");
        town.db.write(move |tx| store::finish(tx, &key)).await?;
    }
    Ok(removed)
}
