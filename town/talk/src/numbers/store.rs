//! Reading numbers: days as they stand, and hours that are not in them yet.

use db::{Row, Tx, params};
use jiff::tz::TimeZone;
use std::{
    collections::BTreeMap,
    ops::{Range, RangeInclusive},
};
use web::audience::Tally;

use super::{Whose, day_of, fold};

/// The tally in a row's columns from `first` on.
pub(super) fn tally(row: &Row, first: usize) -> Result<Tally, db::Error> {
    let mut numbers = [0; Tally::NUMBERS];
    for (at, number) in numbers.iter_mut().enumerate() {
        *number = row.get(first + at)?;
    }
    Ok(Tally::of(numbers))
}

/// The hours in which something happened.
pub fn by_hour(tx: &mut Tx, whose: Whose, hours: &Range<i64>) -> Result<BTreeMap<i64, Tally>, db::Error> {
    let sql = "select hour, views, phones, tablets, here, readings, seconds, ended from reading_hours
               where owner_id = $1 and hour >= $2 and hour < $3";
    Ok(tx.all(sql, params![whose.key(), hours.start, hours.end], |row| Ok((row.get(0)?, tally(row, 1)?)))?.into_iter().collect())
}

/// The days in which something happened, up to this moment.
pub fn by_day(tx: &mut Tx, whose: Whose, days: &RangeInclusive<i64>, zone: &TimeZone) -> Result<BTreeMap<i64, Tally>, db::Error> {
    let sql = "select day, views, phones, tablets, here, readings, seconds, ended from reading_days
               where owner_id = $1 and day >= $2 and day <= $3";
    let stand = tx.all(sql, params![whose.key(), *days.start(), *days.end()], |row| Ok((row.get(0)?, tally(row, 1)?)))?;
    let mut found: BTreeMap<i64, Tally> = stand.into_iter().collect();
    let after = fold::mark(tx)?.next_hour(whose.key());
    for (hour, tally) in by_hour(tx, whose, &(after..i64::MAX))? {
        let day = day_of(hour, zone);
        if days.contains(&day) {
            *found.entry(day).or_default() += tally;
        }
    }
    Ok(found)
}

/// Sites from which views came in these days, the most first.
pub fn sites(tx: &mut Tx, whose: Whose, days: &RangeInclusive<i64>) -> Result<Vec<(String, i64)>, db::Error> {
    let sql = "select site, cast(sum(views) as bigint) as total from reading_sites
               where owner_id = $1 and day >= $2 and day <= $3 group by site order by total desc, site";
    tx.all(sql, params![whose.key(), *days.start(), *days.end()], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// The first day of which there are numbers.
pub fn first_day(tx: &mut Tx, whose: Whose, zone: &TimeZone) -> Result<Option<i64>, db::Error> {
    let key = whose.key();
    let day = tx.first("select day from reading_days where owner_id = $1 order by day limit 1", params![key], |row| row.get(0))?;
    let hour = tx.first("select hour from reading_hours where owner_id = $1 order by hour limit 1", params![key], |row| row.get(0))?;
    let hour = hour.map(|hour| day_of(hour, zone));
    Ok(day.into_iter().chain(hour).min())
}

/// Forgets everything about posts that are deleted for good.
pub fn forget(tx: &mut Tx, posts: &[i64]) -> Result<(), db::Error> {
    for table in ["reading_hours", "reading_days", "reading_sites"] {
        let sql = format!("delete from {table} where owner_id in ({})", db::places(1, posts.len()));
        tx.run(&sql, &db::padded(posts))?;
    }
    Ok(())
}
