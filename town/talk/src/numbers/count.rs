//! Writing down what was counted.

use db::{Tx, params};
use std::{borrow::Cow, collections::BTreeMap};
use web::audience::{OTHER, Tally, Views};

use super::Whose;
use crate::posts;

/// Posts whose shelves are asked for at once.
const ASKED: usize = 500;
/// Sites that one owner's day counts apart: more come only from those who make them up.
pub(super) const MOST_SITES: i64 = 200;

/// What happened to one owner of numbers.
#[derive(Clone, Debug)]
pub struct Entry {
    /// As tables name it.
    pub owner: i64,
    /// What happened.
    pub tally: Tally,
    /// From which sites views came.
    pub sites: Vec<(Cow<'static, str>, i64)>,
}

/// What happened to posts, and by them to their shelves and to the site: in the order in which it is written.
pub fn entries(tx: &mut Tx, views: &Views) -> Result<Vec<Entry>, db::Error> {
    let mut all: BTreeMap<i64, Tally> = BTreeMap::new();
    let mut sites: BTreeMap<(i64, Cow<'static, str>), i64> = BTreeMap::new();
    let posts: Vec<i64> = views.tallies.keys().copied().collect();
    for part in posts.chunks(ASKED) {
        let shelves = shelves_of(tx, part)?;
        for post in part {
            let from: Vec<_> = views.sites.range((*post, Cow::Borrowed(""))..).take_while(|((owner, _), _)| owner == post).collect();
            let owners = shelves.range((*post, i64::MIN)..=(*post, i64::MAX)).map(|(_, shelf)| Whose::Shelf(*shelf).key());
            for owner in owners.chain([*post, Whose::Site.key()]) {
                *all.entry(owner).or_default() += views.tallies[post];
                for ((_, site), count) in &from {
                    *sites.entry((owner, site.clone())).or_default() += **count;
                }
            }
        }
    }
    let mut entries: Vec<Entry> = all.into_iter().map(|(owner, tally)| Entry { owner, tally, sites: Vec::new() }).collect();
    for ((owner, site), count) in sites {
        if let Ok(at) = entries.binary_search_by_key(&owner, |entry| entry.owner) {
            entries[at].sites.push((site, count));
        }
    }
    Ok(entries)
}

fn shelves_of(tx: &mut Tx, posts: &[i64]) -> Result<std::collections::BTreeSet<(i64, i64)>, db::Error> {
    let sql = format!("select post_id, owner_id from shelves where post_id in ({})", db::places(1, posts.len()));
    Ok(tx.all(&sql, &db::padded(posts), |row| Ok((row.get(0)?, row.get(1)?)))?.into_iter().collect())
}

/// Writes what happened in this hour of this day: a post's views on its count, everything on the hour.
pub fn write(tx: &mut Tx, entries: &[Entry], hour: i64, day: i64) -> Result<(), db::Error> {
    let viewed = entries.iter().filter(|entry| entry.owner > 0 && entry.tally.views > 0);
    posts::add_views(tx, &viewed.map(|entry| (entry.owner, entry.tally.views)).collect::<Vec<_>>())?;
    for entry in entries {
        add_hour(tx, entry, hour)?;
    }
    for entry in entries {
        for (site, count) in &entry.sites {
            add_site(tx, entry.owner, day, site, *count)?;
        }
    }
    Ok(())
}

/// What [`entries`] and [`write()`] do, at once.
pub fn count(tx: &mut Tx, views: &Views, hour: i64, day: i64) -> Result<(), db::Error> {
    let entries = entries(tx, views)?;
    write(tx, &entries, hour, day)
}

fn add_hour(tx: &mut Tx, entry: &Entry, hour: i64) -> Result<(), db::Error> {
    let [views, phones, tablets, here, readings, seconds, ended] = entry.tally.numbers();
    tx.run(
        "insert into reading_hours (hour, owner_id, views, phones, tablets, here, readings, seconds, ended)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (hour, owner_id) do update set views = reading_hours.views + excluded.views,
           phones = reading_hours.phones + excluded.phones, tablets = reading_hours.tablets + excluded.tablets,
           here = reading_hours.here + excluded.here, readings = reading_hours.readings + excluded.readings,
           seconds = reading_hours.seconds + excluded.seconds, ended = reading_hours.ended + excluded.ended",
        params![hour, entry.owner, views, phones, tablets, here, readings, seconds, ended],
    )?;
    Ok(())
}

fn add_site(tx: &mut Tx, owner: i64, day: i64, site: &str, views: i64) -> Result<(), db::Error> {
    let add = "update reading_sites set views = views + $4 where owner_id = $1 and day = $2 and site = $3";
    if tx.run(add, params![owner, day, site, views])? == 1 {
        return Ok(());
    }
    let among = "select count(*) from (select 1 as one from reading_sites where owner_id = $1 and day = $2 limit $3) counted";
    let full = tx.one(among, params![owner, day, MOST_SITES], |row| row.get::<i64>(0))? == MOST_SITES;
    tx.run(
        "insert into reading_sites (owner_id, day, site, views) values ($1, $2, $3, $4)
         on conflict (owner_id, day, site) do update set views = reading_sites.views + excluded.views",
        params![owner, day, if full { OTHER } else { site }, views],
    )?;
    Ok(())
}
