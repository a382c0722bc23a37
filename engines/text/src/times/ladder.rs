//! From "a few seconds ago" to "November 23, 2025": one ladder, the finer the nearer.

use super::names::{DAYS, SHORT_DAYS, day_name, month_name};
use super::{local, moment};
use jiff::{civil::DateTime, tz::TimeZone};
use maud::{Markup, html};
use std::fmt::Write;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// What was written after "now" was taken is not the future: clocks of two machines differ so much.
const SKEW: i64 = 5 * SECOND;

/// The time `then_ms` as a person would say it at `now_ms`: "a few seconds ago", "12 minutes ago",
/// "3 hours ago", within the week "Mon at 11:51 AM", within the year "November 23", else
/// "November 23, 2025". Of the future: "today at 5:30 PM", "tomorrow at …", "Thu at …" within six
/// days, else "December 3 at 5:30 PM", with the year when it is another.
pub fn spoken(then_ms: i64, now_ms: i64, zone: &TimeZone) -> String {
    let age = now_ms.saturating_sub(then_ms);
    match age {
        ..0 if age < -SKEW => coming(then_ms, now_ms, zone),
        ..MINUTE => "a few seconds ago".to_owned(),
        MINUTE..HOUR => ago(age / MINUTE, "minute"),
        HOUR..DAY => ago(age / HOUR, "hour"),
        _ => past(then_ms, now_ms, zone),
    }
}

/// The whole time, for titles: "Monday, November 23, 2026 at 11:51 AM PST".
pub fn full(ms: i64, zone: &TimeZone) -> String {
    let info = zone.to_offset_info(moment(ms));
    let at = info.offset().to_datetime(moment(ms));
    let mut text = String::with_capacity(48);
    text.push_str(day_name(at, &DAYS));
    text.push_str(", ");
    push_date(&mut text, at, true);
    text.push_str(" at ");
    push_clock(&mut text, at);
    text.push(' ');
    text.push_str(info.abbreviation());
    text
}

/// The time in UTC for machines, to the second: "2026-11-23T19:51:00Z" (RFC 3339).
pub fn iso(ms: i64) -> String {
    let at = local(ms, &TimeZone::UTC);
    let mut text = String::with_capacity(20);
    local::push_local(&mut text, at);
    // Writing to a String cannot fail, here and below.
    let _ = write!(text, ":{:02}Z", at.second());
    text
}

/// The time of day: "11:52 AM".
pub fn clock(ms: i64, zone: &TimeZone) -> String {
    let mut text = String::with_capacity(8);
    push_clock(&mut text, local(ms, zone));
    text
}

/// `<time datetime="2026-11-23T19:51:00Z" title="Monday, November 23, 2026 at 11:51 AM PST">Mon at 11:51 AM</time>`
pub fn markup(then_ms: i64, now_ms: i64, zone: &TimeZone) -> Markup {
    html! {
        time datetime=(iso(then_ms)) title=(full(then_ms, zone)) { (spoken(then_ms, now_ms, zone)) }
    }
}

fn ago(n: i64, unit: &str) -> String {
    let mut text = String::with_capacity(16);
    let plural = if n == 1 { "" } else { "s" };
    let _ = write!(text, "{n} {unit}{plural} ago");
    text
}

fn past(then_ms: i64, now_ms: i64, zone: &TimeZone) -> String {
    let (then, now) = (local(then_ms, zone), local(now_ms, zone));
    let mut text = String::with_capacity(18);
    if days_between(then, now) < 7 {
        push_weekday(&mut text, then);
    } else {
        push_date(&mut text, then, then.year() != now.year());
    }
    text
}

fn coming(then_ms: i64, now_ms: i64, zone: &TimeZone) -> String {
    let (then, now) = (local(then_ms, zone), local(now_ms, zone));
    let mut text = String::with_capacity(30);
    match days_between(now, then) {
        // "0" with room below: a zone that set its clock back makes the later time the earlier day.
        ..=0 => text.push_str("today at "),
        1 => text.push_str("tomorrow at "),
        2..=6 => {
            push_weekday(&mut text, then);
            return text;
        }
        _ => {
            push_date(&mut text, then, then.year() != now.year());
            text.push_str(" at ");
        }
    }
    push_clock(&mut text, then);
    text
}

/// Calendar days from one local time to another.
fn days_between(from: DateTime, to: DateTime) -> i64 {
    days(to) - days(from)
}

/// Days since some first day: years of 365 days, their leap days, and the day of the year.
fn days(at: DateTime) -> i64 {
    let before = i64::from(at.year()) - 1;
    before * 365 + before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400) + i64::from(at.day_of_year())
}

fn push_weekday(text: &mut String, at: DateTime) {
    text.push_str(day_name(at, &SHORT_DAYS));
    text.push_str(" at ");
    push_clock(text, at);
}

pub(super) fn push_date(text: &mut String, at: DateTime, with_year: bool) {
    let _ = write!(text, "{} {}", month_name(at.month()), at.day());
    if with_year {
        let _ = write!(text, ", {}", at.year());
    }
}

fn push_clock(text: &mut String, at: DateTime) {
    let half = if at.hour() < 12 { "AM" } else { "PM" };
    let hour = match at.hour() % 12 {
        0 => 12,
        hour => hour,
    };
    let _ = write!(text, "{hour}:{:02} {half}", at.minute());
}
