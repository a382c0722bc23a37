//! Days, months and years of the archive, as a zone counts them.

use super::{
    ladder::push_date,
    local,
    names::{DAYS, day_name, month_name},
};
use jiff::{civil::Date, tz::TimeZone};
use std::ops::Range;

/// Year, month (from 1) and day (from 1) of a time in a zone.
pub fn date(ms: i64, zone: &TimeZone) -> (i16, i8, i8) {
    let at = local(ms, zone);
    (at.year(), at.month(), at.day())
}

/// The day of a time: "November 23, 2026".
pub fn day(ms: i64, zone: &TimeZone) -> String {
    let mut text = String::with_capacity(18);
    push_date(&mut text, local(ms, zone), true);
    text
}

/// The day of a time as a paper dates itself: "Monday, November 23, 2026".
pub fn dateline(ms: i64, zone: &TimeZone) -> String {
    let at = local(ms, zone);
    let mut text = String::with_capacity(28);
    text.push_str(day_name(at, &DAYS));
    text.push_str(", ");
    push_date(&mut text, at, true);
    text
}

/// The month of a time: "November 2026".
pub fn month(ms: i64, zone: &TimeZone) -> String {
    let at = local(ms, zone);
    format!("{} {}", month_name(at.month()), at.year())
}

/// "November 23, 2026" from its parts; nothing when there is no such day.
pub fn day_title(year: i16, month: i8, day: i8) -> Option<String> {
    let date = checked(year, month, day)?;
    Some(format!("{} {}, {}", month_name(date.month()), date.day(), date.year()))
}

/// "November 2026" from its parts; nothing when there is no such month.
pub fn month_title(year: i16, month: i8) -> Option<String> {
    checked(year, month, 1).map(|date| format!("{} {}", month_name(date.month()), date.year()))
}

/// The milliseconds of one day in a zone, the end not included.
pub fn day_span(year: i16, month: i8, day: i8, zone: &TimeZone) -> Option<Range<i64>> {
    let date = checked(year, month, day)?;
    Some(start(date, zone)?..start(date.tomorrow().ok()?, zone)?)
}

/// The milliseconds of one month in a zone, the end not included.
pub fn month_span(year: i16, month: i8, zone: &TimeZone) -> Option<Range<i64>> {
    let first = checked(year, month, 1)?;
    let next = if month == 12 { Date::new(year + 1, 1, 1) } else { Date::new(year, month + 1, 1) };
    Some(start(first, zone)?..start(next.ok()?, zone)?)
}

/// The milliseconds of one year in a zone, the end not included.
pub fn year_span(year: i16, zone: &TimeZone) -> Option<Range<i64>> {
    let first = checked(year, 1, 1)?;
    Some(start(first, zone)?..start(Date::new(year + 1, 1, 1).ok()?, zone)?)
}

/// Years 1 to 9998, so that the end of the span is a date too.
fn checked(year: i16, month: i8, day: i8) -> Option<Date> {
    (1..=9998).contains(&year).then(|| Date::new(year, month, day).ok()).flatten()
}

fn start(date: Date, zone: &TimeZone) -> Option<i64> {
    let first = zone.to_ambiguous_timestamp(date.at(0, 0, 0, 0)).compatible().ok()?;
    Some(first.as_millisecond())
}
