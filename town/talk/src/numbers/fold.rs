//! Adding finished hours to their days, and keeping tables small: once an hour, in parts.

use db::{Tx, params};
use jiff::tz::TimeZone;
use people::Town;
use web::audience::{OTHER, Tally};

use super::{day_of, hour_of, store};

/// Rows of one unit of writing: a few milliseconds, which no save minds.
const PART: usize = 500;
/// Nothing is counted any more in an hour that ended so long ago (milliseconds).
const SETTLED: i64 = 10 * 60 * 1000;
/// Hours are kept for so long: today and the day it is compared with, with room for a server that stood still.
const KEPT_HOURS: i64 = 14 * 24;
/// Sites that one owner's day keeps apart.
const KEPT_SITES: usize = 20;
/// Days that are looked at again for sites, should the job not have run for some time.
const TRIMMED_DAYS: i64 = 7;

/// How far hours have been added to their days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) hour: i64,
    pub(super) owner: i64,
}

impl Mark {
    /// The first hour of an owner that is in no day yet.
    pub(super) fn next_hour(self, owner: i64) -> i64 {
        if owner > self.owner { self.hour } else { self.hour + 1 }
    }
}

/// The last hour in which nothing is counted any more.
pub(super) fn last_settled(now: i64) -> i64 {
    hour_of(now - SETTLED) - 1
}

/// Where the mark stands.
pub(super) fn mark(tx: &mut Tx) -> Result<Mark, db::Error> {
    tx.one("select hour, owner_id from reading_fold where id = 1", params![], |row| Ok(Mark { hour: row.get(0)?, owner: row.get(1)? }))
}

/// Adds every finished hour to its day, then forgets old hours and rare sites. To be run once an hour.
///
/// # Errors
/// When the database does not answer.
pub async fn keep_days(town: Town) -> anyhow::Result<()> {
    let (now, zone) = (town.now(), town.zone());
    let (last, today) = (last_settled(now), day_of(hour_of(now), &zone));
    loop {
        let zone = zone.clone();
        if town.db.write(move |tx| fold_part(tx, last, &zone)).await? < PART {
            break;
        }
    }
    while town.db.write(move |tx| forget_hours(tx, last - KEPT_HOURS)).await? > 0 {}
    while town.db.write(move |tx| trim_sites(tx, today - TRIMMED_DAYS, today)).await? > 0 {}
    Ok(())
}

/// One part of the hours up to `last`, with its mark in the same transaction. How many rows it was.
fn fold_part(tx: &mut Tx, last: i64, zone: &TimeZone) -> Result<usize, db::Error> {
    let from = mark(tx)?;
    let rows = tx.all(
        "select hour, owner_id, views, phones, tablets, here, readings, seconds, ended from reading_hours
         where (hour, owner_id) > ($1, $2) and hour <= $3 order by hour, owner_id limit $4",
        params![from.hour, from.owner, last, PART],
        |row| Ok((Mark { hour: row.get(0)?, owner: row.get(1)? }, store::tally(row, 2)?)),
    )?;
    let Some((to, _)) = rows.last() else { return Ok(0) };
    let moved = tx.run(
        "update reading_fold set hour = $3, owner_id = $4 where id = 1 and hour = $1 and owner_id = $2",
        params![from.hour, from.owner, to.hour, to.owner],
    )?;
    if moved == 0 {
        // Another node is at it.
        return Ok(0);
    }
    for (at, tally) in &rows {
        add_day(tx, at.owner, day_of(at.hour, zone), *tally)?;
    }
    Ok(rows.len())
}

fn add_day(tx: &mut Tx, owner: i64, day: i64, tally: Tally) -> Result<(), db::Error> {
    let [views, phones, tablets, here, readings, seconds, ended] = tally.numbers();
    tx.run(
        "insert into reading_days (owner_id, day, views, phones, tablets, here, readings, seconds, ended)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (owner_id, day) do update set views = reading_days.views + excluded.views,
           phones = reading_days.phones + excluded.phones, tablets = reading_days.tablets + excluded.tablets,
           here = reading_days.here + excluded.here, readings = reading_days.readings + excluded.readings,
           seconds = reading_days.seconds + excluded.seconds, ended = reading_days.ended + excluded.ended",
        params![owner, day, views, phones, tablets, here, readings, seconds, ended],
    )?;
    Ok(())
}

/// Forgets a part of the oldest hour before this one, as far as it is in its day.
fn forget_hours(tx: &mut Tx, before: i64) -> Result<u64, db::Error> {
    let Some(hour) = tx.one("select min(hour) from reading_hours", params![], |row| row.get::<Option<i64>>(0))? else { return Ok(0) };
    if hour >= before {
        return Ok(0);
    }
    let folded = mark(tx)?;
    tx.run(
        "delete from reading_hours where hour = $1 and (hour, owner_id) <= ($3, $4) and owner_id <=
           (select max(owner_id) from (select owner_id from reading_hours where hour = $1 order by owner_id limit $2) part)",
        params![hour, PART, folded.hour, folded.owner],
    )
}

/// Puts what an owner's finished day has of rare sites together. How many such days there were.
fn trim_sites(tx: &mut Tx, from: i64, today: i64) -> Result<usize, db::Error> {
    let crowded = tx.all(
        "select day, owner_id from reading_sites where day >= $1 and day < $2 group by day, owner_id having count(*) > $3 limit $4",
        params![from, today, KEPT_SITES + 1, PART / 10],
        |row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?)),
    )?;
    for (day, owner) in &crowded {
        trim(tx, *owner, *day)?;
    }
    Ok(crowded.len())
}

fn trim(tx: &mut Tx, owner: i64, day: i64) -> Result<(), db::Error> {
    let sql = "select site, views from reading_sites where owner_id = $1 and day = $2 and site <> $3 order by views desc, site";
    let sites = tx.all(sql, params![owner, day, OTHER], |row| Ok((row.get::<String>(0)?, row.get::<i64>(1)?)))?;
    let rare = &sites[KEPT_SITES.min(sites.len())..];
    for (site, _) in rare {
        tx.run("delete from reading_sites where owner_id = $1 and day = $2 and site = $3", params![owner, day, site])?;
    }
    tx.run(
        "insert into reading_sites (owner_id, day, site, views) values ($1, $2, $3, $4)
         on conflict (owner_id, day, site) do update set views = reading_sites.views + excluded.views",
        params![owner, day, OTHER, rare.iter().map(|(_, views)| views).sum::<i64>()],
    )?;
    Ok(())
}
