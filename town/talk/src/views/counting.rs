//! Deciding when views are counted, and counting them in parts.

use db::Tx;
use people::Town;

use super::{
    batches::{self, BatchId, Place},
    tag,
};
use crate::numbers::{self, Entry};

/// Posts, and shelves of theirs, counted in one unit of writing: two or three milliseconds, which no save minds.
const PART: usize = 500;
/// A second in which no more posts than this were read is quiet: its views are counted at once.
const QUIET: usize = PART;
/// When it stays busy, what was read so long ago (milliseconds) is counted all the same.
const LONGEST_WAIT: i64 = 15_000;
/// Another node's batch may be committed a moment (milliseconds) after a later one of ours: wait for it.
const SETTLED: i64 = 1_000;
/// Batches counted together at most, which bounds memory: some 150,000 posts.
const TOGETHER: u32 = 16;

/// Writes views, and knows which of them are still to be counted.
pub struct Counter {
    town: Town,
    /// Counting has begun: what is left of these batches, in the order of their owners.
    begun: Option<Counting>,
    /// Batches wait, for all we know: this program's or those of one that ended.
    waiting: bool,
    /// The last second was quiet.
    quiet: bool,
}

struct Counting {
    until: BatchId,
    left: std::vec::IntoIter<Entry>,
    place: Place,
}

impl Counter {
    /// Knows nothing yet, so it will look for batches that an earlier run has left.
    pub fn new(town: Town) -> Self {
        Self { town, begun: None, waiting: true, quiet: true }
    }

    /// Writes the views that wait in memory: counted when they are few, noted when they are many. When the database will
    /// not take them they wait on.
    pub async fn flush(&mut self) {
        let views = self.town.audience.take();
        self.quiet = views.tallies.len() <= QUIET;
        if views.is_empty() {
            return;
        }
        let (written, now, quiet, (hour, day)) = (views.clone(), self.town.now(), self.quiet, self.moment());
        let unit = move |tx: &mut Tx| if quiet { numbers::count(tx, &written, hour, day) } else { batches::note(tx, &written, now) };
        match self.town.db.write(unit).await {
            Ok(()) if quiet => self.changed(views.counts()),
            Ok(()) => self.waiting = true,
            Err(error) => {
                tracing::warn!(%error, "views could not be written yet");
                self.town.audience.put_back(views);
            }
        }
    }

    /// Counts a part of what was noted, if it is time for that; whether there is more to count now.
    pub async fn count_part(&mut self) -> bool {
        if !self.waiting {
            return false;
        }
        match self.next_part().await {
            Ok(more) => more,
            Err(error) => {
                tracing::warn!(%error, "noted views could not be counted yet");
                self.begun = None;
                false
            }
        }
    }

    async fn next_part(&mut self) -> Result<bool, db::Error> {
        if self.begun.is_none() {
            self.begun = self.begin().await?;
        }
        let Some(counting) = &mut self.begun else { return Ok(false) };
        let part: Vec<Entry> = counting.left.by_ref().take(PART).collect();
        let (from, until, done) = (counting.place, counting.until, counting.left.len() == 0);
        let to = match part.last() {
            Some(entry) if !done => Place { batch: until, owner: entry.owner },
            _ => Place { batch: until, owner: batches::ALL },
        };
        counting.place = to;
        if done {
            self.begun = None;
        }
        let changed = part.iter().map(|entry| (entry.owner, entry.tally.views)).collect();
        let (hour, day) = self.moment();
        let unit = move |tx: &mut Tx| {
            let ours = batches::advance(tx, from, to)?;
            if ours {
                numbers::write(tx, &part, hour, day)?;
            }
            if ours && done {
                batches::forget(tx, until)?;
            }
            Ok::<_, db::Error>(ours)
        };
        // The mark moves in the same transaction: whatever happens, no view is counted twice.
        let ours = self.town.db.write(unit).await?;
        if ours {
            self.changed(changed);
        } else {
            // Another node counts these batches.
            self.begun = None;
        }
        Ok(ours)
    }

    /// The batches to count now, where counting left off.
    async fn begin(&mut self) -> Result<Option<Counting>, db::Error> {
        let (now, quiet) = (self.town.now(), self.quiet);
        let (found, waiting) = self
            .town
            .db
            .read(move |tx| {
                let Some(oldest) = batches::oldest(tx)? else { return Ok::<_, db::Error>((None, false)) };
                let place = batches::place(tx)?;
                let unfinished = place.owner < batches::ALL;
                let until = if unfinished {
                    Some(place.batch)
                } else if quiet || now - oldest >= LONGEST_WAIT {
                    batches::last_of(tx, TOGETHER, now - SETTLED)?
                } else {
                    None
                };
                let Some(until) = until else { return Ok((None, true)) };
                let views = batches::views_until(tx, until)?;
                let mut left = numbers::entries(tx, &views)?;
                left.retain(|entry| !unfinished || entry.owner > place.owner);
                Ok((Some(Counting { until, left: left.into_iter(), place }), true))
            })
            .await?;
        self.waiting = waiting;
        Ok(found)
    }

    /// The hour and the day in which what is written now is counted. A view of the last seconds of an hour may fall into
    /// the next; in return nothing is ever added to an hour that is over.
    fn moment(&self) -> (i64, i64) {
        let hour = numbers::hour_of(self.town.now());
        (hour, numbers::day_of(hour, &self.town.zone()))
    }

    fn changed(&self, counts: Vec<(i64, i64)>) {
        let posts = counts.into_iter().filter(|(owner, views)| *owner > 0 && *views > 0);
        self.town.pages.changed(&posts.map(|(post, _)| tag(post)).collect::<Vec<_>>());
    }
}
