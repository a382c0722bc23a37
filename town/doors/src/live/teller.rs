//! Tells those who listen what is new: looks when something was written, and once a second.

use db::Tx;
use people::Town;
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    time::Duration,
};
use talk::{
    PostId,
    posts::{self, ShelfChange, readers_among},
};
use tokio::{
    sync::watch,
    time::{Instant, sleep, sleep_until},
};
use web::{Tag, live::To};

use super::{
    Grows, markup, reading,
    store::{self, Standing},
};

/// It looks so often though nobody says that something was written: a job may have, or another node.
const EVERY: Duration = Duration::from_secs(1);
/// And not more often than this, however much is written.
const PAUSE: Duration = Duration::from_millis(150);
/// Looks between two that see to what changes all the time: counts of views, sessions, readers.
const SLOW: u64 = 3;
/// More changes of shelves than this at once are an import, and nobody's news.
const MANY: u32 = 200;
/// What came onto a shelf under an older time is no news: it was changed, or brought from elsewhere.
const NEWS_MS: i64 = 60_000;
/// On PostgreSQL a change may be seen after one with a greater number: so far back they are looked at again, in milliseconds.
const OVERLAP_MS: (i64, i64) = (30_000, 1_000);

/// Tells until told to stop.
pub async fn keep_telling(town: Town, mut stop: watch::Receiver<bool>) {
    let mut teller = Teller::new(town.clone());
    loop {
        let earliest = Instant::now() + PAUSE;
        if let Err(error) = teller.look().await {
            tracing::warn!(%error, "open pages could not be told what is new");
        }
        let woken = async {
            tokio::select! { () = town.news().notified() => {}, () = sleep(EVERY) => {} }
            sleep_until(earliest).await;
        };
        tokio::select! {
            () = woken => {}
            _ = stop.wait_for(|stopping| *stopping) => break,
        }
    }
}

/// Knows what those who listen were told last.
pub struct Teller {
    town: Town,
    looks: u64,
    /// Changes of shelves that were seen, as far back as one may still turn up between them.
    seen: BTreeSet<i64>,
    /// Changes up to this one are not looked at.
    since: Option<i64>,
    unread: HashMap<i64, i64>,
    counts: HashMap<i64, Standing>,
    reading: HashMap<i64, usize>,
}

/// Who listens to what.
struct Asked {
    accounts: Vec<i64>,
    feeds: [(Grows, Vec<i64>); 2],
    counted: Vec<(i64, Vec<i64>)>,
    sessions: Vec<i64>,
    after: Option<i64>,
    slow: bool,
    now: i64,
}

/// What there is to be told.
#[derive(Default)]
struct Found {
    unread: HashMap<i64, i64>,
    changes: Vec<i64>,
    latest: i64,
    posts: Vec<(Grows, PostId, Vec<i64>)>,
    counts: HashMap<i64, Standing>,
    readers: HashMap<i64, Vec<i64>>,
    ended: Vec<i64>,
}

impl Teller {
    /// One who has told nobody anything yet.
    pub fn new(town: Town) -> Self {
        Self { town, looks: 0, seen: BTreeSet::new(), since: None, unread: HashMap::new(), counts: HashMap::new(), reading: HashMap::new() }
    }

    /// Looks once, and tells what is new since the last time.
    ///
    /// # Errors
    /// When the database does not answer. Nothing is lost: the next look sees it.
    pub async fn look(&mut self) -> Result<(), db::Error> {
        self.looks += 1;
        let live = &self.town.live;
        let mut feeds = Grows::ALL.map(|feed| (feed, live.readers(feed.tag())));
        // A guest's page is kept for a while, and whoever gets it then follows from when it was drawn.
        feeds.iter_mut().filter(|(feed, readers)| *feed == Grows::Local && !readers.contains(&0)).for_each(|(_, readers)| readers.push(0));
        let slow = self.looks.is_multiple_of(SLOW);
        let counted = if slow { live.subjects("counts") } else { Vec::new() };
        let asked = Asked {
            accounts: live.subjects("unread"),
            feeds,
            counted: counted.into_iter().map(|post| (post, live.readers(super::counts(post)))).collect(),
            sessions: live.sessions(),
            after: self.since,
            slow,
            now: self.town.now(),
        };
        let known: HashMap<i64, Standing> = self.counts.clone();
        let seen: HashSet<i64> = self.seen.iter().copied().collect();
        let found = self.town.db.read(move |tx| find(tx, &asked, &known, &seen)).await?;
        self.tell(found, slow);
        if slow {
            self.tell_readers();
        }
        Ok(())
    }

    fn tell(&mut self, found: Found, slow: bool) {
        let live = &self.town.live;
        live.end(&found.ended);
        for (account, count) in &found.unread {
            // Whoever has just come may have been told how it stood before.
            if self.unread.get(account) != Some(count) {
                live.show(Tag("unread", *account), &To::All, &markup::unread(*count));
            }
        }
        self.unread = found.unread;
        for (feed, post, readers) in found.posts {
            live.publish(feed.tag(), To::readers(readers), &markup::new_post(post));
        }
        for (post, standing) in &found.counts {
            if let Some(readers) = found.readers.get(post) {
                live.show(super::counts(*post), &To::readers(readers.clone()), &markup::counts(*post, standing));
            }
        }
        if slow {
            self.counts = found.counts;
        }
        self.since = Some(found.latest);
        self.seen.extend(found.changes);
        self.seen = self.seen.split_off(&found.latest);
    }

    /// Tells those who read a story how many they are.
    fn tell_readers(&mut self) {
        let live = &self.town.live;
        let now: HashMap<i64, usize> = live.subjects("reading").into_iter().map(|story| (story, live.listening(reading(story)))).collect();
        for (story, readers) in &now {
            let told = self.reading.get(story).copied().unwrap_or(0);
            if !markup::reads_the_same(told, *readers) {
                live.show(reading(*story), &To::All, &markup::reading(*story, *readers));
            }
        }
        self.reading = now;
    }
}

fn find(tx: &mut Tx, asked: &Asked, known: &HashMap<i64, Standing>, seen: &HashSet<i64>) -> Result<Found, db::Error> {
    let mut found = Found { unread: store::unread(tx, &asked.accounts)?, ..Found::default() };
    // A member without a row has none.
    asked.accounts.iter().for_each(|account| _ = found.unread.entry(*account).or_insert(0));
    let overlap = if tx.dialect() == db::Dialect::Postgres { OVERLAP_MS.0 } else { OVERLAP_MS.1 };
    let latest = posts::latest_shelf_change(tx)?;
    // Ids have their milliseconds from the 16th bit on (`db::Id::created_ms`).
    found.latest = asked.after.unwrap_or(0).max(latest - (overlap << 16));
    let changes = posts::shelf_changes(tx, asked.after.unwrap_or(found.latest), MANY)?;
    // What was there before anybody listened is no news.
    if asked.after.is_some() && changes.len() < MANY as usize {
        let new = changes.iter().filter(|change| !seen.contains(&change.id));
        for change in new.filter(|change| is_news(change, asked.now)) {
            for (feed, readers) in asked.feeds.iter().filter(|(_, readers)| !readers.is_empty()) {
                let audience = store::audience(tx, change, *feed, readers, asked.now)?;
                found.posts.extend(change.post.filter(|_| !audience.is_empty()).map(|post| (*feed, post, audience)));
            }
        }
    }
    found.changes = changes.iter().map(|change| change.id).collect();
    if asked.slow {
        found.ended = store::ended(tx, &asked.sessions, asked.now)?;
        let posts: Vec<i64> = asked.counted.iter().map(|(post, _)| *post).collect();
        found.counts = store::counts(tx, &posts)?;
        for (post, readers) in &asked.counted {
            // Who just came may have been told how it stood before.
            let changed = found.counts.get(post).is_some_and(|now| known.get(post) != Some(now));
            if changed {
                found.readers.insert(*post, readers_among(tx, PostId::new(*post), readers)?);
            }
        }
    }
    Ok(found)
}

fn is_news(change: &ShelfChange, now: i64) -> bool {
    change.listed_at.is_some_and(|at| now - at < NEWS_MS)
}
