//! Who has seen what, counted without knowing who: one view a reader and thing in 30 minutes.
//!
//! A reader is a keyed hash of address, browser and thing. Its key lives in memory alone and is thrown away every
//! day, so that yesterday's hashes mean nothing even to us. Views wait in memory until [`Audience::take`] is called
//! (once a second by the site) and written together.

use std::{
    collections::{BTreeMap, HashMap},
    hash::{BuildHasher as _, RandomState},
    net::IpAddr,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// A second look within this time is the same view.
const WINDOW_MS: i64 = 30 * 60 * 1000;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// Readers remembered at once in one shard; beyond it the oldest window is forgotten early. About 60 MB in all at most.
const MAX_SEEN: usize = 150_000;
const SHARDS: usize = 16;

/// Counts views.
pub struct Audience {
    shards: [Mutex<Shard>; SHARDS],
    picker: RandomState,
}

struct Shard {
    salt: RandomState,
    salted_at: i64,
    seen: HashMap<u64, i64>,
    swept_at: i64,
    waiting: HashMap<i64, i64>,
}

impl Default for Audience {
    fn default() -> Self {
        let shard =
            |_| Mutex::new(Shard { salt: RandomState::new(), salted_at: 0, seen: HashMap::new(), swept_at: 0, waiting: HashMap::new() });
        Self { shards: std::array::from_fn(shard), picker: RandomState::new() }
    }
}

impl Audience {
    /// Notes that a reader at this address with this browser has seen `subject` at `now` (milliseconds).
    /// Returns whether it counts.
    pub fn saw(&self, subject: i64, address: IpAddr, agent: &str, now: i64) -> bool {
        if is_bot(agent) {
            return false;
        }
        // One subject may be hot: readers, not subjects, choose the shard.
        let mut shard = lock(&self.shards[self.picker.hash_one((address, subject)) as usize % SHARDS]);
        shard.sweep(now);
        let reader = shard.salt.hash_one((subject, address, agent));
        if shard.seen.get(&reader).is_some_and(|at| now - at < WINDOW_MS) {
            return false;
        }
        if shard.seen.len() >= MAX_SEEN {
            shard.seen.clear();
        }
        shard.seen.insert(reader, now);
        *shard.waiting.entry(subject).or_default() += 1;
        true
    }

    /// Takes the views that wait to be written: subject and how many, in the order of the subjects, so that two
    /// programs writing to one database do not wait for each other.
    pub fn take(&self) -> Vec<(i64, i64)> {
        let mut all = BTreeMap::new();
        for shard in &self.shards {
            for (subject, views) in std::mem::take(&mut lock(shard).waiting) {
                *all.entry(subject).or_default() += views;
            }
        }
        all.into_iter().collect()
    }

    /// Puts views back whose writing failed.
    pub fn put_back(&self, views: &[(i64, i64)]) {
        let mut shard = lock(&self.shards[0]);
        for (subject, count) in views {
            *shard.waiting.entry(*subject).or_default() += count;
        }
    }
}

impl Shard {
    fn sweep(&mut self, now: i64) {
        if now - self.salted_at > DAY_MS {
            self.salt = RandomState::new();
            self.salted_at = now;
            self.seen.clear();
        }
        if now - self.swept_at > WINDOW_MS / 10 {
            self.seen.retain(|_, at| now - *at < WINDOW_MS);
            self.swept_at = now;
        }
    }
}

fn lock(shard: &Mutex<Shard>) -> MutexGuard<'_, Shard> {
    shard.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether a `User-Agent` says that it is a program. People's browsers all begin with "Mozilla/" or "Opera/".
pub fn is_bot(agent: &str) -> bool {
    const SIGNS: [&str; 12] =
        ["bot", "crawl", "spider", "slurp", "preview", "fetch", "monitor", "headless", "lighthouse", "externalhit", "scan", "archive"];
    if !agent.starts_with("Mozilla/") && !agent.starts_with("Opera/") {
        return true;
    }
    SIGNS.iter().any(|sign| agent.as_bytes().windows(sign.len()).any(|part| part.eq_ignore_ascii_case(sign.as_bytes())))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    fn address(last: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, last])
    }

    #[test]
    fn a_reader_counts_once_in_half_an_hour() {
        let audience = Audience::default();
        assert!(audience.saw(7, address(1), FIREFOX, 1_000));
        assert!(!audience.saw(7, address(1), FIREFOX, WINDOW_MS));
        assert!(audience.saw(8, address(1), FIREFOX, 1_000), "another story");
        assert!(audience.saw(7, address(2), FIREFOX, 1_000), "another reader");
        assert!(audience.saw(7, address(1), FIREFOX, WINDOW_MS + 1_000), "half an hour later");
        assert_eq!(audience.take(), [(7, 3), (8, 1)]);
        assert!(audience.take().is_empty());
    }

    #[test]
    fn views_that_could_not_be_written_wait_for_the_next_time() {
        let audience = Audience::default();
        audience.saw(7, address(1), FIREFOX, 0);
        audience.put_back(&[(7, 2)]);
        assert_eq!(audience.take(), [(7, 3)]);
    }

    #[test]
    fn programs_do_not_count() {
        for agent in ["", "curl/8.5.0", "Mozilla/5.0 (compatible; Googlebot/2.1)", "facebookexternalhit/1.1", "python-requests/2"] {
            assert!(is_bot(agent), "{agent}");
        }
        assert!(!is_bot(FIREFOX));
    }
}
