//! Rendered pages for guests, kept in memory and dropped the moment what they show changes.
//!
//! Every page names what it shows (its tags: a story, a section, the site itself). Changing something bumps its
//! tag. A page is good while none of its tags was bumped after its drawing began, and while its spoken times
//! ("12 minutes ago") are. Tags share a fixed table of slots: a collision costs one needless drawing, never a
//! stale page, and memory stays bounded however many stories there are.

use bytes::Bytes;
use quick_cache::{Weighter, sync::Cache};
use std::{
    any::Any,
    hash::{BuildHasher as _, RandomState},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use crate::{encoding::Encoding, html::Cacheable};

const SLOTS: usize = 1 << 14;
/// Facts remembered at once: the front page's material and a handful for each section.
const FACTS: usize = 512;

/// The cache of whole pages for guests.
pub struct Pages {
    cache: Cache<Box<str>, Arc<Kept>, Weight>,
    facts: Cache<Box<str>, Arc<Fact>>,
    epoch: AtomicU64,
    slots: Box<[AtomicU64]>,
    hasher: RandomState,
}

/// A page as it was drawn once.
pub(crate) struct Kept {
    pub body: Bytes,
    pub kind: http::HeaderValue,
    pub etag: http::HeaderValue,
    /// What it is linked to, for programs that read no further.
    pub link: Option<http::HeaderValue>,
    pub length: http::HeaderValue,
    pub subject: Option<i64>,
    brotli: OnceLock<Bytes>,
    gzip: OnceLock<Bytes>,
    life: Life,
}

/// Something that many pages show, as it was read once.
struct Fact {
    value: Arc<dyn Any + Send + Sync>,
    life: Life,
}

/// What something kept depends on, since when, and until when its times are right.
struct Life {
    slots: Box<[u32]>,
    born: u64,
    until: Instant,
}

/// What a page shows: a kind of thing and its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tag(pub &'static str, pub i64);

/// The moment a drawing began. Taken before the database is read.
#[derive(Clone, Copy)]
pub struct Epoch(u64);

#[derive(Clone)]
struct Weight;

impl Weighter<Box<str>, Arc<Kept>> for Weight {
    fn weight(&self, key: &Box<str>, page: &Arc<Kept>) -> u64 {
        // Compressed copies come on top; together they are about a third of the page.
        (key.len() + page.body.len() * 4 / 3 + 256) as u64
    }
}

impl Pages {
    /// A cache that holds at most about so many bytes.
    pub fn new(bytes: u64) -> Self {
        Self {
            cache: Cache::with_weighter((bytes / 16_384).max(16) as usize, bytes, Weight),
            facts: Cache::new(FACTS),
            epoch: AtomicU64::new(1),
            slots: (0..SLOTS).map(|_| AtomicU64::new(0)).collect(),
            hasher: RandomState::new(),
        }
    }

    /// Says that what a tag stands for has changed. Call it after the change is committed.
    pub fn changed(&self, tags: &[Tag]) {
        for tag in tags {
            let epoch = self.epoch.fetch_add(1, Ordering::AcqRel) + 1;
            self.slots[self.slot(*tag) as usize].fetch_max(epoch, Ordering::AcqRel);
        }
    }

    /// Call before reading what a page will show.
    pub fn begin(&self) -> Epoch {
        Epoch(self.epoch.load(Ordering::Acquire))
    }

    pub(crate) fn get(&self, address: &str) -> Option<Arc<Kept>> {
        self.cache.get(address).filter(|kept| self.lives(&kept.life))
    }

    /// Something that [`Pages::remember`] was given under this name, while it is still true. It spares signed-in pages
    /// the questions whose answers are the same for everybody.
    pub fn recall<T: Send + Sync + 'static>(&self, name: &str) -> Option<Arc<T>> {
        let fact = self.facts.get(name).filter(|fact| self.lives(&fact.life))?;
        Arc::clone(&fact.value).downcast().ok()
    }

    /// Remembers what was read after `born` began, until anything it is about changes.
    pub fn remember<T: Send + Sync + 'static>(&self, name: &str, value: T, about: &Cacheable, born: Epoch) -> Arc<T> {
        let value = Arc::new(value);
        let fact = Fact { value: Arc::clone(&value) as Arc<dyn Any + Send + Sync>, life: self.life(about, born) };
        self.facts.insert(name.into(), Arc::new(fact));
        value
    }

    fn life(&self, about: &Cacheable, born: Epoch) -> Life {
        Life {
            slots: about.tags.iter().map(|tag| self.slot(*tag)).collect(),
            born: born.0,
            until: Instant::now() + about.fresh_for.min(Duration::from_secs(3600)),
        }
    }

    fn lives(&self, life: &Life) -> bool {
        let unchanged = |slot: &u32| self.slots[*slot as usize].load(Ordering::Acquire) <= life.born;
        life.slots.iter().all(unchanged) && Instant::now() < life.until
    }

    pub(crate) fn keep(
        &self,
        address: &str,
        (kind, link): (http::HeaderValue, Option<http::HeaderValue>),
        body: Bytes,
        etag: http::HeaderValue,
        about: &Cacheable,
        born: Epoch,
    ) {
        let kept = Kept {
            length: http::HeaderValue::from(body.len()),
            body,
            kind,
            etag,
            link,
            subject: about.subject,
            brotli: OnceLock::new(),
            gzip: OnceLock::new(),
            life: self.life(about, born),
        };
        self.cache.insert(address.into(), Arc::new(kept));
    }

    fn slot(&self, tag: Tag) -> u32 {
        // The table is a power of two; the cast keeps the low bits.
        (self.hasher.hash_one(tag) as usize & (SLOTS - 1)) as u32
    }
}

impl Kept {
    /// The page in the encoding that the client takes, compressed at its first request.
    pub(crate) fn encoded(&self, encoding: Encoding) -> Bytes {
        match encoding {
            Encoding::Identity => self.body.clone(),
            Encoding::Brotli => self.brotli.get_or_init(|| encoding.encode(&self.body)).clone(),
            Encoding::Gzip => self.gzip.get_or_init(|| encoding.encode(&self.body)).clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn about(tags: &[Tag]) -> Cacheable {
        Cacheable { tags: tags.to_vec(), fresh_for: Duration::from_secs(60), subject: None }
    }

    fn kind() -> http::HeaderValue {
        http::HeaderValue::from_static("text/html; charset=utf-8")
    }

    fn keep(pages: &Pages, address: &str, tags: &[Tag], born: Epoch) {
        pages.keep(address, (kind(), None), Bytes::from_static(b"page"), http::HeaderValue::from_static("\"1\""), &about(tags), born);
    }

    #[test]
    fn a_page_lives_until_something_it_shows_changes() {
        let pages = Pages::new(1 << 20);
        keep(&pages, "/a", &[Tag("story", 1), Tag("section", 2)], pages.begin());
        assert!(pages.get("/a").is_some());
        pages.changed(&[Tag("story", 999)]);
        let survived = pages.get("/a").is_some() || pages.slot(Tag("story", 999)) == pages.slot(Tag("story", 1));
        assert!(survived || pages.slot(Tag("story", 999)) == pages.slot(Tag("section", 2)));
        pages.changed(&[Tag("section", 2)]);
        assert!(pages.get("/a").is_none());
    }

    #[test]
    fn a_change_during_the_drawing_is_not_lost() {
        let pages = Pages::new(1 << 20);
        let born = pages.begin();
        pages.changed(&[Tag("story", 1)]);
        keep(&pages, "/a", &[Tag("story", 1)], born);
        assert!(pages.get("/a").is_none());
    }

    #[test]
    fn a_fact_is_recalled_until_it_changes_and_only_as_what_it_is() {
        let pages = Pages::new(1 << 20);
        pages.remember("newest", vec![1, 2, 3], &about(&[Tag("section", 2)]), pages.begin());
        assert_eq!(pages.recall::<Vec<i32>>("newest").as_deref(), Some(&vec![1, 2, 3]));
        assert!(pages.recall::<String>("newest").is_none());
        pages.changed(&[Tag("section", 2)]);
        assert!(pages.recall::<Vec<i32>>("newest").is_none());
    }

    #[test]
    fn memory_is_bounded() {
        let pages = Pages::new(1 << 20);
        for number in 0..1_000 {
            let body = Bytes::from(vec![b'x'; 100_000]);
            pages.keep(&format!("/{number}"), (kind(), None), body, http::HeaderValue::from_static("\"1\""), &about(&[]), pages.begin());
        }
        assert!(pages.cache.weight() <= 1 << 20);
    }
}
