//! Who has seen what, counted without knowing who: one view a reader and thing in 30 minutes, and how long it was read.
//!
//! A reader is a keyed hash of address, browser and thing. Its key lives in memory alone and is thrown away every
//! day, so that yesterday's hashes mean nothing even to us. What is counted is kept as sums: how often, on which class of
//! device, from which site, how many seconds. Sums wait in memory until [`Audience::take`] is called (once a second by
//! the site) and are written together.

mod reader;
mod site;
mod tally;
#[cfg(test)]
mod tests;

pub use reader::{Device, Reader, is_bot};
pub use site::{OTHER, Origin, name_of};
pub use tally::{Tally, Views};

use std::{
    borrow::Cow,
    collections::HashMap,
    hash::{BuildHasher as _, RandomState},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// A second look within this time is the same view.
const WINDOW_MS: i64 = 30 * 60 * 1000;
const WINDOW_SECONDS: u32 = (WINDOW_MS / 1000) as u32;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// Readers remembered at once in one shard; beyond it the oldest window is forgotten early. About 60 MB in all at most.
const MAX_SEEN: usize = 150_000;
const SHARDS: usize = 16;
/// Things and sites that one shard counts apart between two takings; what comes on top is from [`OTHER`].
const MAX_SITES: usize = 4_096;

/// Counts views and readings.
pub struct Audience {
    shards: [Mutex<Shard>; SHARDS],
    picker: RandomState,
    /// Host of the site itself, as [`Origin`] names sites.
    own: String,
}

struct Shard {
    salt: RandomState,
    salted_at: i64,
    seen: HashMap<u64, Look>,
    swept_at: i64,
    waiting: HashMap<i64, Tally>,
    sites: HashMap<(i64, Cow<'static, str>), i64>,
}

/// A reader's look at a thing. Eight bytes: there may be millions.
#[derive(Clone, Copy)]
struct Look {
    /// Seconds after the salt was made.
    at: u32,
    /// How long it was read so far; 0 while nothing is known of that.
    seconds: u16,
    ended: bool,
}

/// How long a reader has read a thing in all, as their browser says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Seconds in which the page was visible and somebody did something with it.
    pub seconds: u16,
    /// Whether the end was seen.
    pub ended: bool,
}

impl Reading {
    /// Nobody is believed to read on for longer: what comes later than a view's window is not counted either.
    pub const MOST: u16 = WINDOW_SECONDS as u16;
}

impl Default for Audience {
    fn default() -> Self {
        Self::of("")
    }
}

impl Audience {
    /// The audience of the site at this host.
    pub fn of(host: &str) -> Self {
        let shard = |_| {
            Mutex::new(Shard {
                salt: RandomState::new(),
                salted_at: 0,
                seen: HashMap::new(),
                swept_at: 0,
                waiting: HashMap::new(),
                sites: HashMap::new(),
            })
        };
        Self { shards: std::array::from_fn(shard), picker: RandomState::new(), own: site::bare(host).to_ascii_lowercase() }
    }

    /// Notes that this reader has seen `subject` at `now` (milliseconds). Returns whether it counts.
    pub fn saw(&self, subject: i64, reader: &Reader, now: i64) -> bool {
        if is_bot(reader.agent) {
            return false;
        }
        let mut shard = self.shard(subject, reader);
        shard.sweep(now);
        let (who, at) = (shard.who(subject, reader), shard.seconds(now));
        if shard.seen.get(&who).is_some_and(|look| at.saturating_sub(look.at) < WINDOW_SECONDS) {
            return false;
        }
        if shard.seen.len() >= MAX_SEEN {
            shard.seen.clear();
        }
        shard.seen.insert(who, Look { at, seconds: 0, ended: false });
        let mut tally = Tally { views: 1, ..Tally::default() };
        match reader.device() {
            Device::Phone => tally.phones = 1,
            Device::Tablet => tally.tablets = 1,
            Device::Computer => {}
        }
        match reader.origin(&self.own) {
            Origin::Direct => {}
            Origin::Here => tally.here = 1,
            Origin::Site(site) => shard.came_from(subject, site, 1),
        }
        *shard.waiting.entry(subject).or_default() += tally;
        true
    }

    /// Notes how long this reader has read `subject` so far. Only somebody whose view counted in the last half an hour is
    /// believed, and only what they read more than they said before is added. Returns whether they are.
    pub fn read(&self, subject: i64, reader: &Reader, reading: Reading, now: i64) -> bool {
        let mut shard = self.shard(subject, reader);
        shard.sweep(now);
        let (who, at) = (shard.who(subject, reader), shard.seconds(now));
        let seconds = reading.seconds.min(Reading::MOST);
        let Some(look) = shard.seen.get_mut(&who).filter(|look| at.saturating_sub(look.at) < WINDOW_SECONDS && seconds > 0) else {
            return false;
        };
        let more = Tally {
            readings: i64::from(look.seconds == 0),
            seconds: i64::from(seconds.saturating_sub(look.seconds)),
            ended: i64::from(reading.ended && !look.ended),
            ..Tally::default()
        };
        *look = Look { at: look.at, seconds: look.seconds.max(seconds), ended: look.ended || reading.ended };
        *shard.waiting.entry(subject).or_default() += more;
        true
    }

    /// Takes what waits to be written, in the order of the subjects, so that two programs writing to one database do not
    /// wait for each other.
    pub fn take(&self) -> Views {
        let mut all = Views::default();
        for shard in &self.shards {
            let (waiting, sites) = {
                let mut shard = lock(shard);
                (std::mem::take(&mut shard.waiting), std::mem::take(&mut shard.sites))
            };
            all.add(waiting, sites);
        }
        all
    }

    /// Puts back what could not be written.
    pub fn put_back(&self, views: Views) {
        let mut shard = lock(&self.shards[0]);
        for (subject, tally) in views.tallies {
            *shard.waiting.entry(subject).or_default() += tally;
        }
        for ((subject, site), count) in views.sites {
            shard.came_from(subject, site, count);
        }
    }

    /// One subject may be hot: readers, not subjects, choose the shard.
    fn shard(&self, subject: i64, reader: &Reader) -> MutexGuard<'_, Shard> {
        lock(&self.shards[self.picker.hash_one((reader.address, subject)) as usize % SHARDS])
    }
}

impl Shard {
    fn who(&self, subject: i64, reader: &Reader) -> u64 {
        self.salt.hash_one((subject, reader.address, reader.agent))
    }

    fn seconds(&self, now: i64) -> u32 {
        u32::try_from((now - self.salted_at) / 1000).unwrap_or(0)
    }

    fn came_from(&mut self, subject: i64, site: Cow<'static, str>, count: i64) {
        let site = if self.sites.len() < MAX_SITES { site } else { OTHER.into() };
        *self.sites.entry((subject, site)).or_default() += count;
    }

    fn sweep(&mut self, now: i64) {
        if now - self.salted_at > DAY_MS {
            self.salt = RandomState::new();
            self.salted_at = now;
            self.seen.clear();
        }
        if now - self.swept_at > WINDOW_MS / 10 {
            let at = self.seconds(now);
            self.seen.retain(|_, look| at.saturating_sub(look.at) < WINDOW_SECONDS);
            self.swept_at = now;
        }
    }
}

fn lock(shard: &Mutex<Shard>) -> MutexGuard<'_, Shard> {
    shard.lock().unwrap_or_else(PoisonError::into_inner)
}
