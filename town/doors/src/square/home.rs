//! The newest places of a reader's home feed, kept in memory while they hold.

use db::Tx;
use people::{AccountId, blocks, connections};
use quick_cache::{Weighter, sync::Cache};
use std::sync::Arc;
use talk::{
    Cursor,
    posts::{self, CHANGES_KEPT_MS, ShelfChange},
};

use super::fan::{self, Place, Whose};

/// Places kept for one reader: six pages.
const KEPT: usize = 120;
/// When fewer are left, because posts were taken off the site, the feed is read anew.
const FEW: usize = 40;
/// More changes than this are not gone through one by one.
const MANY: u32 = 500;
/// On PostgreSQL a change may be seen after one with a greater number: so far back they are looked at again, in milliseconds.
/// No unit of work takes longer. On SQLite there is one writer, and perhaps a command beside it.
const OVERLAP_MS: (i64, i64) = (30_000, 1_000);
/// Bytes for all readers' places: five thousand readers at once.
const BYTES: u64 = 32 << 20;

/// What is kept for whom.
pub(crate) struct Homes(Cache<AccountId, Arc<Home>, Weight>);

#[derive(Clone)]
struct Weight;

impl Weighter<AccountId, Arc<Home>> for Weight {
    fn weight(&self, _: &AccountId, home: &Arc<Home>) -> u64 {
        (home.places.len() * size_of::<Place>() + (home.followed.len() + home.hidden.len()) * 8 + 200) as u64
    }
}

impl Default for Homes {
    fn default() -> Self {
        Self(Cache::with_weighter(5_000, BYTES, Weight))
    }
}

/// The newest places of one reader's feed, and what they were made from.
#[derive(Clone)]
pub(crate) struct Home {
    /// That of what the reader follows, mutes, blocks ([`connections::version`]).
    version: i64,
    /// The latest change of shelves that is in it.
    seen: i64,
    looked_at: i64,
    /// When the first mute ends by itself.
    ends_at: i64,
    /// In order.
    followed: Arc<[i64]>,
    /// Whose posts are not shown: muted, and blocked either way. In order.
    hidden: Arc<[AccountId]>,
    pub(super) places: Vec<Place>,
    /// Whether there is nothing older than the last place.
    pub(super) whole: bool,
}

impl Homes {
    /// A reader's feed as it is in this snapshot of the database.
    pub(super) fn of(&self, tx: &mut Tx, me: AccountId, now: i64) -> Result<Arc<Home>, db::Error> {
        let version = connections::version(tx, me)?;
        let kept = self.0.get(&me).filter(|home| home.version == version && home.holds(now));
        if let Some(kept) = kept {
            let overlap = if tx.dialect() == db::Dialect::Postgres { OVERLAP_MS.0 } else { OVERLAP_MS.1 };
            // Ids have their milliseconds from the 16th bit on (`db::Id::created_ms`).
            let changes = posts::shelf_changes(tx, kept.seen - (overlap << 16), MANY)?;
            if changes.is_empty() && now - kept.looked_at < CHANGES_KEPT_MS / 4 {
                return Ok(kept);
            }
            if let Some(home) = kept.after(&changes, now) {
                let home = Arc::new(home);
                self.0.insert(me, Arc::clone(&home));
                return Ok(home);
            }
        }
        let home = Arc::new(Home::read(tx, me, version, now)?);
        self.0.insert(me, Arc::clone(&home));
        Ok(home)
    }
}

/// Whose shelves a reader's feed is made of: all that they follow, and their own. In order.
fn followed(tx: &mut Tx, me: AccountId) -> Result<Vec<i64>, db::Error> {
    let mut followed = connections::targets(tx, me)?;
    if let Err(place) = followed.binary_search(&me.get()) {
        followed.insert(place, me.get());
    }
    Ok(followed)
}

impl Home {
    fn read(tx: &mut Tx, me: AccountId, version: i64, now: i64) -> Result<Self, db::Error> {
        let seen = posts::latest_shelf_change(tx)?;
        let places = fan::newest(tx, Whose::Followed(me), Cursor::NEWEST, KEPT)?;
        let (hidden, ends_at) = blocks::hidden_from(tx, me, now)?;
        Ok(Self {
            version,
            seen,
            looked_at: now,
            ends_at: ends_at.unwrap_or(i64::MAX),
            followed: followed(tx, me)?.into(),
            hidden: hidden.into(),
            whole: places.len() < KEPT,
            places,
        })
    }

    /// Whether it can be brought up to date, and is not to be read anew.
    fn holds(&self, now: i64) -> bool {
        now < self.ends_at && now - self.looked_at < CHANGES_KEPT_MS / 2
    }

    /// The same after some changes; `None` when it has to be read anew.
    fn after(&self, changes: &[ShelfChange], now: i64) -> Option<Self> {
        if changes.len() >= MANY as usize {
            return None;
        }
        let mut home = Self { looked_at: now, ..self.clone() };
        for change in changes {
            home.take(change)?;
        }
        (home.whole || home.places.len() >= FEW).then_some(home)
    }

    /// Taking the same change twice is taking it once.
    fn take(&mut self, change: &ShelfChange) -> Option<()> {
        let post = change.post?;
        self.seen = self.seen.max(change.id);
        if change.besides && self.places.iter().any(|place| place.cursor.id == post && Some(place.cursor.at) == change.listed_at) {
            return Some(());
        }
        if !change.besides {
            self.places.retain(|place| place.cursor.id != post);
        }
        let Some(at) = change.listed_at else { return Some(()) };
        let mut via = change.owners.iter().copied().filter(|owner| self.followed.binary_search(owner).is_ok());
        let Some(first) = via.next() else { return Some(()) };
        let mut place = Place::new(at, post, first);
        via.for_each(|owner| place.also(owner));
        let key = |place: &Place| (place.cursor.at, place.cursor.id);
        let end = self.places.partition_point(|other| key(other) > key(&place));
        if end < self.places.len() || self.whole {
            self.places.insert(end, place);
        }
        if self.places.len() > KEPT {
            self.places.truncate(KEPT);
            self.whole = false;
        }
        Some(())
    }

    /// Whether posts of this author are kept from the reader.
    pub(super) fn hides(&self, author: AccountId) -> bool {
        self.hidden.binary_search(&author).is_ok()
    }

    /// The places before one, if all that a page needs is kept.
    pub(super) fn before(&self, before: Cursor, limit: usize) -> Option<Vec<Place>> {
        let begin = self.places.partition_point(|place| (place.cursor.at, place.cursor.id) >= (before.at, before.id));
        let found = &self.places[begin..];
        (self.whole || found.len() >= limit).then(|| found[..found.len().min(limit)].to_vec())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use talk::PostId;

    fn home(times: &[i64], whole: bool) -> Home {
        Home {
            version: 1,
            seen: 0,
            looked_at: 0,
            ends_at: i64::MAX,
            followed: [5, 7].into(),
            hidden: [].into(),
            places: times.iter().map(|at| Place::new(*at, PostId::new(*at), 5)).collect(),
            whole,
        }
    }

    fn change(post: i64, listed_at: Option<i64>, owners: &[i64]) -> ShelfChange {
        ShelfChange { id: post, post: Some(PostId::new(post)), listed_at, owners: owners.to_vec(), besides: false }
    }

    fn posts(home: &Home) -> Vec<i64> {
        home.places.iter().map(|place| place.cursor.id.get()).collect()
    }

    #[test]
    fn what_comes_onto_a_followed_shelf_comes_into_the_feed_where_it_belongs() {
        let begun = home(&[30, 20, 10], true);
        let changes = [change(40, Some(40), &[7, 5]), change(25, Some(25), &[5]), change(26, Some(26), &[6]), change(5, Some(5), &[5])];
        let after = begun.after(&changes, 1).unwrap();
        assert_eq!(posts(&after), [40, 30, 25, 20, 10, 5]);
        assert_eq!((after.places[0].via, after.seen), ([7, 5, 0], 40));
        assert_eq!(posts(&after.after(&changes, 1).unwrap()), posts(&after), "twice is once");
        let gone = after.after(&[change(25, None, &[]), change(30, Some(1), &[5]), change(20, Some(20), &[6])], 1).unwrap();
        assert_eq!(posts(&gone), [40, 10, 5, 30]);
    }

    #[test]
    fn what_is_passed_on_stands_where_it_stood_and_where_it_came() {
        let begun = home(&[30, 20, 10], true);
        let shared = ShelfChange { id: 50, post: Some(PostId::new(10)), listed_at: Some(40), owners: vec![7], besides: true };
        let after = begun.after(std::slice::from_ref(&shared), 1).unwrap();
        assert_eq!(posts(&after), [10, 30, 20, 10]);
        assert_eq!(after.places[0].via, [7, 0, 0]);
        assert_eq!(posts(&after.after(std::slice::from_ref(&shared), 1).unwrap()), posts(&after), "twice is once");
        let strangers = ShelfChange { owners: vec![6], ..shared };
        assert_eq!(posts(&begun.after(&[strangers], 1).unwrap()), [30, 20, 10]);
    }

    #[test]
    fn what_is_older_than_all_that_is_kept_stays_out_when_there_is_more() {
        let times: Vec<i64> = (10..10 + KEPT as i64).rev().collect();
        let after = home(&times, false).after(&[change(5, Some(5), &[5])], 1).unwrap();
        assert_eq!((after.places.len(), after.places.last().unwrap().cursor.at), (KEPT, 10));
        let after = home(&times, true).after(&[change(500, Some(500), &[5])], 1).unwrap();
        assert_eq!((after.places.len(), after.whole, after.places.last().unwrap().cursor.at), (KEPT, false, 11));
    }

    #[test]
    fn what_cannot_be_brought_up_to_date_is_read_anew() {
        let kept = home(&[30, 20], false);
        assert!(kept.after(&[], 1).is_none(), "too few are left");
        let kept = home(&[30, 20], true);
        assert!(kept.after(&[ShelfChange { post: None, ..change(1, None, &[]) }], 1).is_none());
        assert!(kept.after(&vec![change(1, None, &[]); MANY as usize], 1).is_none());
        assert!(!Home { ends_at: 9, ..kept.clone() }.holds(9) && kept.holds(9) && !kept.holds(CHANGES_KEPT_MS / 2));
    }

    #[test]
    fn a_page_comes_from_memory_when_all_of_it_is_there() {
        let at = |at: i64| Cursor { at, id: PostId::new(at) };
        let kept = home(&[40, 30, 20, 10], false);
        assert_eq!(kept.before(Cursor::NEWEST, 3).unwrap().len(), 3);
        assert_eq!(kept.before(at(40), 3).unwrap()[0].cursor, at(30));
        assert!(kept.before(at(30), 3).is_none(), "there may be more than is kept");
        assert_eq!(home(&[40, 30, 20, 10], true).before(at(30), 3).unwrap().len(), 2);
        assert!(home(&[], true).before(Cursor::NEWEST, 3).unwrap().is_empty());
    }
}
