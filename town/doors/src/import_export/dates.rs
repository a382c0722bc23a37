//! Dates as other systems write them.

use jiff::{Timestamp, civil, fmt::rfc2822, tz::TimeZone};

/// Milliseconds since 1970 of a date in any of the usual forms (RFC 3339, RFC 2822, `2020-01-02 03:04:05`, a day, seconds
/// or milliseconds since 1970). Times without a zone are the site's.
pub fn parse(date: &str, zone: &TimeZone) -> Option<i64> {
    let date = date.trim();
    if date.is_empty() || date.starts_with("0000") || date.len() > 60 {
        return None;
    }
    if let Ok(number) = date.parse::<i64>() {
        return number_of(number);
    }
    if let Ok(at) = date.parse::<Timestamp>() {
        return Some(at.as_millisecond());
    }
    if let Some(zoned) = rfc2822::DateTimeParser::new().relaxed_weekday(true).parse_timestamp(date).ok().or_else(|| named_zone(date)) {
        return Some(zoned.as_millisecond());
    }
    // "2020-01-02 03:04:05 +0000" and "… UTC", as Jekyll and Substack write them.
    if let Some((local, offset)) = date.rsplit_once(' ') {
        let offset = if offset.eq_ignore_ascii_case("utc") || offset == "Z" { "+00:00" } else { offset };
        if let Some(at) = offset
            .starts_with(['+', '-'])
            .then(|| format!("{}{offset}", local.trim().replace(' ', "T")).parse::<Timestamp>().ok())
            .flatten()
        {
            return Some(at.as_millisecond());
        }
    }
    let date = date.replace('/', "-");
    let local = date.parse::<civil::DateTime>().ok().or_else(|| date.parse::<civil::Date>().ok().map(|day| day.at(0, 0, 0, 0)));
    let local = local.or_else(|| civil::DateTime::strptime("%Y-%m-%d %H:%M", &date).ok());
    Some(zone.to_ambiguous_timestamp(local?).compatible().ok()?.as_millisecond())
}

/// Zones of RFC 822 that have letters ("GMT", "EST").
fn named_zone(date: &str) -> Option<Timestamp> {
    let (rest, zone) = date.rsplit_once(' ')?;
    let offset = match zone {
        "UT" | "UTC" | "GMT" | "Z" => "+0000",
        "EST" => "-0500",
        "EDT" => "-0400",
        "CST" => "-0600",
        "CDT" => "-0500",
        "MST" => "-0700",
        "MDT" => "-0600",
        "PST" => "-0800",
        "PDT" => "-0700",
        _ => return None,
    };
    rfc2822::DateTimeParser::new().relaxed_weekday(true).parse_timestamp(format!("{rest} {offset}")).ok()
}

/// Seconds or milliseconds: whichever falls into our times.
pub fn number_of(number: i64) -> Option<i64> {
    match number.unsigned_abs() {
        0 => None,
        1..=99_999_999_999 => Some(number * 1000),
        100_000_000_000..=9_999_999_999_999 => Some(number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::parse;
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    #[test]
    fn dates_are_read_in_every_usual_form() {
        for date in [
            "2020-01-02T03:04:05Z",
            "2020-01-02T03:04:05.000Z",
            "2020-01-02 03:04:05",
            "2020-01-02 05:04:05 +0200",
            "2020-01-02 03:04:05 UTC",
            "Thu, 02 Jan 2020 03:04:05 +0000",
            "Thu, 02 Jan 2020 03:04:05 GMT",
            "Wed, 01 Jan 2020 22:04:05 EST",
            "1577934245",
            "1577934245000",
        ] {
            assert_eq!(parse(date, &TimeZone::UTC), Some(1_577_934_245_000), "{date}");
        }
        assert_eq!(parse("2020-01-02", &TimeZone::UTC), Some(1_577_923_200_000));
        assert_eq!(parse("2020-01-02 03:04", &TimeZone::UTC), Some(1_577_934_240_000));
        for date in ["", "0000-00-00 00:00:00", "soon", "2020-13-45", "99999999999999999999"] {
            assert_eq!(parse(date, &TimeZone::UTC), None, "{date}");
        }
    }

    proptest! {
        #[test]
        fn no_date_panics(date in "\\PC{0,40}|[0-9 :TZ+-]{0,30}") {
            parse(&date, &TimeZone::UTC);
        }
    }
}
