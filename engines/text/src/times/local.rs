//! The format of `<input type="datetime-local">` (HTML, "valid local date and time string").

use super::local;
use jiff::{civil::DateTime, tz::TimeZone};
use std::fmt::Write;

const EXPECTED: &str = "Give the date and time as 2026-11-23T11:51.";

/// Reads "2026-11-23T11:51" (seconds may follow) as a time in a zone, in milliseconds. An hour that
/// the zone skips moves forward by the gap, one that it repeats is the first (RFC 5545, 3.3.5).
pub fn parse_local(typed: &str, zone: &TimeZone) -> Result<i64, &'static str> {
    let at = parts(typed.trim()).ok_or(EXPECTED)?;
    let moment = zone.to_ambiguous_timestamp(at).compatible().map_err(|_| EXPECTED)?;
    Ok(moment.as_millisecond())
}

/// Writes a time as the form field wants it: "2026-11-23T11:51".
pub fn to_local(ms: i64, zone: &TimeZone) -> String {
    let mut text = String::with_capacity(16);
    push_local(&mut text, local(ms, zone));
    text
}

pub(super) fn push_local(text: &mut String, at: DateTime) {
    // Writing to a String cannot fail.
    let _ = write!(text, "{:04}-{:02}-{:02}T{:02}:{:02}", at.year(), at.month(), at.day(), at.hour(), at.minute());
}

fn parts(typed: &str) -> Option<DateTime> {
    let (date, time) = typed.split_once(['T', ' '])?;
    let mut date = date.split('-');
    let year = number(date.next()?, 4)?;
    let month = number(date.next()?, 2)?;
    let day = number(date.next()?, 2)?;
    let mut time = time.split(':');
    let hour = number(time.next()?, 2)?;
    let minute = number(time.next()?, 2)?;
    // Some browsers add seconds, with a fraction, when a script set the field.
    let second = match time.next() {
        Some(second) => number(second.split('.').next()?, 2)?,
        None => 0,
    };
    if date.next().is_some() || time.next().is_some() || year == 0 {
        return None;
    }
    let small = |n: i16| i8::try_from(n).ok();
    DateTime::new(year, small(month)?, small(day)?, small(hour)?, small(minute)?, small(second)?, 0).ok()
}

/// Exactly so many digits.
fn number(digits: &str, width: usize) -> Option<i16> {
    let whole = digits.len() == width && digits.bytes().all(|byte| byte.is_ascii_digit());
    if whole { digits.parse().ok() } else { None }
}
