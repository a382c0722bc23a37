//! Hours since 1970 and days since 1970. Hours are those of UTC; an hour belongs to the day in which it begins in the
//! site's time zone, so a day has 23 or 25 of them when the clocks are changed.

use jiff::{Span, Timestamp, civil::Date, tz::TimeZone};
use std::ops::Range;

pub(super) const HOUR_MS: i64 = 60 * 60 * 1000;
const EPOCH: Date = jiff::civil::date(1970, 1, 1);

/// The hour of a time in milliseconds.
pub fn hour_of(ms: i64) -> i64 {
    ms.div_euclid(HOUR_MS)
}

/// The day in which an hour begins.
pub fn day_of(hour: i64, zone: &TimeZone) -> i64 {
    let begin = Timestamp::from_millisecond(hour.saturating_mul(HOUR_MS)).unwrap_or(Timestamp::UNIX_EPOCH);
    number_of(zone.to_datetime(begin).date())
}

/// The hours that belong to a day.
pub fn hours_of(day: i64, zone: &TimeZone) -> Range<i64> {
    let first = |day: i64| {
        let begin = zone.to_ambiguous_timestamp(date_of(day).at(0, 0, 0, 0)).compatible();
        let begin = begin.map_or(day * 24 * HOUR_MS, Timestamp::as_millisecond);
        // A day of a zone such as India's begins at half past: its first whole hour is the next.
        -(-begin).div_euclid(HOUR_MS)
    };
    first(day)..first(day + 1)
}

/// A day's date.
pub fn date_of(day: i64) -> Date {
    Span::new().try_days(day).map_or(EPOCH, |days| EPOCH.saturating_add(days))
}

/// A date's day.
pub fn number_of(date: Date) -> i64 {
    date.duration_since(EPOCH).as_hours() / 24
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).unwrap()
    }

    #[test]
    fn days_have_as_many_hours_as_the_clocks_say() {
        let day = |date: &str| number_of(date.parse().unwrap());
        let count = |date: &str, zone: &TimeZone| hours_of(day(date), zone).count();
        let phoenix = zone("America/Phoenix");
        let angeles = zone("America/Los_Angeles");
        assert_eq!([count("2026-03-08", &angeles), count("2026-11-01", &angeles), count("2026-11-02", &angeles)], [23, 25, 24]);
        assert_eq!(count("2026-03-08", &phoenix), 24);
        assert_eq!(count("2026-05-01", &zone("Asia/Kolkata")), 24);
    }

    #[test]
    fn every_hour_is_in_the_day_that_it_says() {
        for name in ["America/Los_Angeles", "Asia/Kolkata", "Pacific/Chatham", "Pacific/Apia", "UTC", "Australia/Lord_Howe"] {
            let zone = zone(name);
            let days = [number_of("2026-03-07".parse().unwrap()), number_of("2026-10-31".parse().unwrap()), 0, 14_972];
            for day in days.into_iter().flat_map(|from| from..from + 40) {
                let hours = hours_of(day, &zone);
                assert_eq!(hours.end, hours_of(day + 1, &zone).start, "{name}");
                assert!(hours.clone().all(|hour| day_of(hour, &zone) == day), "{name} {}", date_of(day));
            }
        }
    }

    #[test]
    fn a_day_is_its_date() {
        assert_eq!((date_of(0).to_string(), date_of(20_783).to_string()), ("1970-01-01".into(), "2026-11-26".into()));
        assert_eq!(number_of(date_of(-400)), -400);
        assert_eq!((hour_of(-1), hour_of(0), hour_of(HOUR_MS)), (-1, 0, 1));
    }
}
