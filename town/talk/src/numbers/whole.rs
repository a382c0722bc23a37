//! Numbers on their way out of a site or into one: lines of an export (docs/export.md).
//!
//! In a database a day is what was added to it and what its last hours hold besides; a line of a day is whole. Coming in it is taken
//! apart again: what those of its hours hold that are not added to their days yet is not added a second time. Where there are numbers
//! already, the larger one stays, so that a run that was cut off is run again and doubles nothing.

use db::{Row, Tx, params};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use text::times::stamp;
use web::audience::{OTHER, Tally};

use super::{calendar::HOUR_MS, count::MOST_SITES, date_of, day_of, fold, hour_of, hours_of, number_of, store};
use crate::PostId;

/// Rows of one page of hours or days.
const PAGE: u32 = 500;
/// Rows of sites in one page: more than one owner's day can have, or a page would not end.
const SITES: u32 = 1_000;
/// Characters of a site's name.
const MAX_SITE: usize = 80;

/// Whose numbers they are: a post's, or a shelf's, or those of the whole site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Of {
    /// A post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<PostId>,
    /// What has a shelf: a section, an account, a topic, a place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shelf: Option<db::Id>,
}

impl Of {
    fn new(key: i64) -> Self {
        Self { post: (key > 0).then(|| PostId::new(key)), shelf: (key < 0).then(|| db::Id::new(key.saturating_neg())) }
    }

    /// As tables name it; `None` for what nothing can be named.
    fn key(self) -> Option<i64> {
        match (self.post.map(PostId::get), self.shelf.map(db::Id::get)) {
            (None, None) => Some(0),
            (Some(post), None) if post > 0 => Some(post),
            (None, Some(shelf)) if shelf > 0 => Some(-shelf),
            _ => None,
        }
    }
}

/// What happened in an hour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hour {
    /// To whom.
    #[serde(flatten)]
    pub of: Of,
    /// When it began.
    #[serde(with = "stamp")]
    pub hour: i64,
    /// What.
    #[serde(flatten)]
    pub sums: Tally,
}

/// What happened in a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// To whom.
    #[serde(flatten)]
    pub of: Of,
    /// Its date in the site's time zone: `2026-11-26`.
    #[serde(with = "date")]
    pub day: jiff::civil::Date,
    /// What.
    #[serde(flatten)]
    pub sums: Tally,
    /// Views that came from other sites, by their hosts.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sites: BTreeMap<String, i64>,
}

impl Hour {
    /// Its place in the order of the file.
    pub fn place(&self) -> Place {
        Place(self.of.key().unwrap_or(0), hour_of(self.hour))
    }
}

impl Day {
    /// Its place in the order of the file.
    pub fn place(&self) -> Place {
        Place(self.of.key().unwrap_or(0), number_of(self.day))
    }
}

/// Dates as text.
mod date {
    use jiff::civil::Date;
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    #[allow(clippy::trivially_copy_pass_by_ref)] // serde hands over references
    pub(super) fn serialize<S: Serializer>(date: &Date, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(date)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
        let text = String::deserialize(from)?;
        text.parse().map_err(|_| D::Error::custom(format!("“{text}” is no date such as 2026-11-26")))
    }
}

/// Whose, and when: the order of both files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(i64, i64);

impl Place {
    /// Before every line.
    pub const FIRST: Self = Self(i64::MIN, i64::MIN);
    const LAST: Self = Self(i64::MAX, i64::MAX);
}

/// Hours, those after a place; none at the end.
pub fn hours(tx: &mut Tx, after: Place) -> Result<Vec<Hour>, db::Error> {
    let sql = "select owner_id, hour, views, phones, tablets, here, readings, seconds, ended from reading_hours
               where (owner_id, hour) > ($1, $2) order by owner_id, hour limit $3";
    tx.all(sql, params![after.0, after.1, PAGE], |row| {
        let (Place(owner, hour), tally) = placed(row)?;
        Ok(Hour { of: Of::new(owner), hour: hour.saturating_mul(HOUR_MS), sums: tally })
    })
}

/// Days as they are at this moment, those after a place; none at the end.
pub fn days(tx: &mut Tx, after: Place, zone: &TimeZone) -> Result<Vec<Day>, db::Error> {
    let mut found: BTreeMap<Place, (Tally, BTreeMap<String, i64>)> = BTreeMap::new();
    // Three lists in one order. Where one of them was cut, the others may not go farther.
    let mut end = Place::LAST;
    let mut cut = |rows: usize, limit: u32, last: Option<Place>| {
        if rows == limit as usize {
            end = end.min(last.unwrap_or(end));
        }
        end
    };
    let sql = "select owner_id, day, views, phones, tablets, here, readings, seconds, ended from reading_days
               where (owner_id, day) > ($1, $2) order by owner_id, day limit $3";
    let rows = tx.all(sql, params![after.0, after.1, PAGE], placed)?;
    cut(rows.len(), PAGE, rows.last().map(|(place, _)| *place));
    for (place, tally) in rows {
        found.entry(place).or_default().0 += tally;
    }
    let sql = "select owner_id, day, site, views from reading_sites where (owner_id, day) > ($1, $2) order by owner_id, day, site limit $3";
    let rows = tx.all(sql, params![after.0, after.1, SITES], |row| {
        Ok((Place(row.get(0)?, row.get(1)?), row.get::<String>(2)?, row.get::<i64>(3)?))
    })?;
    let so_far = cut(rows.len(), SITES, rows.last().map(|(place, ..)| *place));
    for (place, site, views) in rows {
        found.entry(place).or_default().1.insert(site, views);
    }
    let rows = open_hours(tx, after, so_far, zone)?;
    let end = cut(rows.len(), PAGE, rows.last().map(|(place, _)| *place));
    for (place, tally) in rows {
        found.entry(place).or_default().0 += tally;
    }
    let whole = found.into_iter().take_while(|(place, _)| *place < end);
    Ok(whole.map(|(Place(owner, day), (tally, sites))| Day { of: Of::new(owner), day: date_of(day), sums: tally, sites }).collect())
}

/// Hours that are in no day yet, each at the place of its day.
fn open_hours(tx: &mut Tx, after: Place, up_to: Place, zone: &TimeZone) -> Result<Vec<(Place, Tally)>, db::Error> {
    let mark = fold::mark(tx)?;
    let from = if after == Place::FIRST { after.1 } else { hours_of(after.1, zone).end };
    let sql = "select owner_id, hour, views, phones, tablets, here, readings, seconds, ended from reading_hours
               where (owner_id, hour) >= ($1, $2) and owner_id <= $3 and (hour, owner_id) > ($4, $5) order by owner_id, hour limit $6";
    let rows = tx.all(sql, params![after.0, from, up_to.0, mark.hour, mark.owner, PAGE], placed)?;
    Ok(rows.into_iter().map(|(Place(owner, hour), tally)| (Place(owner, day_of(hour, zone)), tally)).collect())
}

fn placed(row: &Row) -> Result<(Place, Tally), db::Error> {
    Ok((Place(row.get(0)?, row.get(1)?), store::tally(row, 2)?))
}

/// In a new site: hours in which nothing is counted any more are in their days already. Before the first line.
pub fn begin(tx: &mut Tx, now: i64) -> Result<(), db::Error> {
    tx.run("update reading_fold set hour = $1, owner_id = $2 where id = 1 and hour < $1", params![fold::last_settled(now), i64::MAX])?;
    Ok(())
}

/// Takes an hour in. All hours come before the first day. Beside what is there (`fresh` is false) only those of posts, because
/// what else is counted here is what was read here; and of posts only if they are here. Answers whether it came in.
pub fn put_hour(tx: &mut Tx, line: &Hour, fresh: bool) -> Result<bool, db::Error> {
    let Some(owner) = taken(tx, line.of, fresh)? else { return Ok(false) };
    let [views, phones, tablets, here, readings, seconds, ended] = sound(line.sums);
    tx.run(
        &format!(
            "insert into reading_hours (hour, owner_id, views, phones, tablets, here, readings, seconds, ended)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (hour, owner_id) do update set {}",
            larger("reading_hours")
        ),
        params![hour_of(line.hour), owner, views, phones, tablets, here, readings, seconds, ended],
    )?;
    Ok(true)
}

/// Takes a day in, as [`put_hour`].
pub fn put_day(tx: &mut Tx, line: &Day, zone: &TimeZone, fresh: bool) -> Result<bool, db::Error> {
    let Some(owner) = taken(tx, line.of, fresh)? else { return Ok(false) };
    let day = number_of(line.day);
    let mut still_open = [0; Tally::NUMBERS];
    let hours = hours_of(day, zone);
    let after = fold::mark(tx)?.next_hour(owner);
    let sql =
        "select views, phones, tablets, here, readings, seconds, ended from reading_hours where owner_id = $1 and hour >= $2 and hour < $3";
    for tally in tx.all(sql, params![owner, hours.start.max(after), hours.end], |row| store::tally(row, 0))? {
        still_open.iter_mut().zip(tally.numbers()).for_each(|(sum, more)| *sum += more);
    }
    let mut closed = sound(line.sums);
    closed.iter_mut().zip(still_open).for_each(|(sum, open)| *sum = (*sum - open).max(0));
    // A day that is all in its open hours has no row of its own.
    if closed != [0; Tally::NUMBERS] || still_open == [0; Tally::NUMBERS] {
        let [views, phones, tablets, here, readings, seconds, ended] = closed;
        tx.run(
            &format!(
                "insert into reading_days (owner_id, day, views, phones, tablets, here, readings, seconds, ended)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (owner_id, day) do update set {}",
                larger("reading_days")
            ),
            params![owner, day, views, phones, tablets, here, readings, seconds, ended],
        )?;
    }
    let most = usize::try_from(MOST_SITES).unwrap_or(0) + 1;
    for (site, views) in line.sites.iter().filter(|(site, views)| is_site(site) && **views > 0).take(most) {
        tx.run(
            "insert into reading_sites (owner_id, day, site, views) values ($1, $2, $3, $4)
             on conflict (owner_id, day, site) do update set views = excluded.views where reading_sites.views < excluded.views",
            params![owner, day, site, *views],
        )?;
    }
    Ok(true)
}

fn taken(tx: &mut Tx, of: Of, fresh: bool) -> Result<Option<i64>, db::Error> {
    let Some(owner) = of.key() else { return Ok(None) };
    let Some(post) = of.post else { return Ok(Some(owner).filter(|_| fresh)) };
    tx.first("select id from posts where id = $1", params![post], |row| row.get(0))
}

/// Nobody was less than nobody.
fn sound(sums: Tally) -> [i64; Tally::NUMBERS] {
    sums.numbers().map(|number| number.max(0))
}

/// The larger of two numbers, on either database.
fn larger(table: &str) -> String {
    let larger = |name: &str| format!("{name} = case when {table}.{name} < excluded.{name} then excluded.{name} else {table}.{name} end");
    ["views", "phones", "tablets", "here", "readings", "seconds", "ended"].map(larger).join(", ")
}

/// Names of hosts, as the audience has them.
fn is_site(site: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'-');
    site == OTHER || (site.len() <= MAX_SITE && site.contains('.') && site.bytes().all(plain))
}
