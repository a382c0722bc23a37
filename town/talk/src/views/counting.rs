//! Deciding when views are counted, and counting them in parts.

use db::Tx;
use people::Town;

use super::{
    batches::{self, BatchId, Place},
    tag,
};
use crate::posts;

/// Posts counted in one unit of writing: two or three milliseconds, which no save minds.
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
    /// Counting has begun: what is left of these batches, in the order of the posts.
    begun: Option<Counting>,
    /// Batches wait, for all we know: this program's or those of one that ended.
    waiting: bool,
    /// The last second was quiet.
    quiet: bool,
}

struct Counting {
    until: BatchId,
    left: Vec<(i64, i64)>,
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
        self.quiet = views.len() <= QUIET;
        if views.is_empty() {
            return;
        }
        let (written, now, quiet) = (views.clone(), self.town.now(), self.quiet);
        let unit = move |tx: &mut Tx| if quiet { posts::add_views(tx, &written) } else { batches::note(tx, &written, now) };
        match self.town.db.write(unit).await {
            Ok(()) if quiet => self.changed(&views),
            Ok(()) => self.waiting = true,
            Err(error) => {
                tracing::warn!(%error, "views could not be written yet");
                self.town.audience.put_back(&views);
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
        let rest = counting.left.split_off(counting.left.len().min(PART));
        let part = std::mem::replace(&mut counting.left, rest);
        let (from, until, done) = (counting.place, counting.until, counting.left.is_empty());
        let to = match part.last() {
            Some((post, _)) if !done => Place { batch: until, post: *post },
            _ => Place { batch: until, post: batches::ALL },
        };
        counting.place = to;
        if done {
            self.begun = None;
        }
        let written = part.clone();
        let ours = self.town.db.write(move |tx| write_part(tx, &written, from, to, done)).await?;
        if ours {
            self.changed(&part);
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
                let unfinished = place.post < batches::ALL;
                let until = if unfinished {
                    Some(place.batch)
                } else if quiet || now - oldest >= LONGEST_WAIT {
                    batches::last_of(tx, TOGETHER, now - SETTLED)?
                } else {
                    None
                };
                let Some(until) = until else { return Ok((None, true)) };
                let mut left: Vec<_> = batches::views_until(tx, until)?.into_iter().collect();
                left.retain(|(post, _)| !unfinished || *post > place.post);
                Ok((Some(Counting { until, left, place }), true))
            })
            .await?;
        self.waiting = waiting;
        Ok(found)
    }

    fn changed(&self, views: &[(i64, i64)]) {
        self.town.pages.changed(&views.iter().map(|(post, _)| tag(*post)).collect::<Vec<_>>());
    }
}

/// One part, with its mark in the same transaction: whatever happens, no view is counted twice.
fn write_part(tx: &mut Tx, part: &[(i64, i64)], from: Place, to: Place, done: bool) -> Result<bool, db::Error> {
    if !batches::advance(tx, from, to)? {
        return Ok(false);
    }
    posts::add_views(tx, part)?;
    if done {
        batches::forget(tx, to.batch)?;
    }
    Ok(true)
}
