//! Times as people say them, in a site's zone. Nothing here asks a clock: "now" is given.
//!
//! All times are milliseconds since 1970-01-01T00:00Z; those outside the years 1 to 9999 are moved
//! to the nearest one inside, so nothing fails. [`spoken`] stands many times on every page, so it
//! looks the zone up twice and allocates once.
//!
//! English only for now: the words are in `names`, the sentences in `ladder`.

mod calendar;
mod ladder;
mod local;
mod names;
pub mod stamp;

pub use calendar::{date, dateline, day, day_span, day_title, month, month_span, month_title, year_span};
pub use ladder::{clock, full, iso, markup, spoken};
pub use local::{parse_local, to_local};
pub use names::{DAYS, MONTHS, SHORT_DAYS};

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

/// The first and the last millisecond this module speaks of: years 1 to 9999 with room for zones.
const FIRST_MS: i64 = -62_135_510_400_000;
const LAST_MS: i64 = 253_402_127_999_999;

fn moment(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(ms.clamp(FIRST_MS, LAST_MS)).unwrap_or_default()
}

fn local(ms: i64, zone: &TimeZone) -> DateTime {
    zone.to_datetime(moment(ms))
}

#[cfg(test)]
mod tests;
