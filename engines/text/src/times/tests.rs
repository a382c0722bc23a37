#![allow(clippy::unwrap_used)]
use super::*;
use proptest::prelude::*;

fn zone() -> TimeZone {
    TimeZone::get("America/Los_Angeles").unwrap()
}

fn at(local: &str) -> i64 {
    parse_local(local, &zone()).unwrap()
}

fn said(then: &str, now: &str) -> String {
    spoken(at(then), at(now), &zone())
}

#[test]
fn the_past_is_said_as_people_say_it() {
    let now = at("2026-11-26T12:00:00");
    let ago = |ms: i64| spoken(now - ms, now, &zone());
    assert_eq!(ago(0), "a few seconds ago");
    assert_eq!(ago(-4_000), "a few seconds ago");
    assert_eq!(ago(59_999), "a few seconds ago");
    assert_eq!(ago(60_000), "1 minute ago");
    assert_eq!(ago(12 * 60_000), "12 minutes ago");
    assert_eq!(ago(3_599_999), "59 minutes ago");
    assert_eq!(ago(3_600_000), "1 hour ago");
    assert_eq!(ago(86_399_999), "23 hours ago");
    assert_eq!(ago(86_400_000), "Wed at 12:00 PM");
}

#[test]
fn beyond_a_day_the_calendar_decides() {
    assert_eq!(said("2026-11-23T11:51", "2026-11-27T09:00"), "Mon at 11:51 AM");
    assert_eq!(said("2026-11-23T00:05", "2026-11-29T23:59"), "Mon at 12:05 AM");
    assert_eq!(said("2026-11-23T23:59", "2026-11-30T00:00"), "November 23");
    assert_eq!(said("2026-01-01T00:00", "2026-12-31T23:59"), "January 1");
    assert_eq!(said("2025-12-31T12:00", "2026-01-03T12:00"), "Wed at 12:00 PM");
    assert_eq!(said("2025-11-23T11:51", "2026-01-10T12:00"), "November 23, 2025");
}

#[test]
fn the_future_is_said_with_its_hour() {
    let now = "2026-11-23T11:51";
    assert_eq!(said("2026-11-23T17:30", now), "today at 5:30 PM");
    assert_eq!(said("2026-11-24T00:00", now), "tomorrow at 12:00 AM");
    assert_eq!(said("2026-11-26T09:05", now), "Thu at 9:05 AM");
    assert_eq!(said("2026-11-29T09:05", now), "Sun at 9:05 AM");
    assert_eq!(said("2026-11-30T09:05", now), "November 30 at 9:05 AM");
    assert_eq!(said("2027-01-02T17:30", now), "January 2, 2027 at 5:30 PM");
}

#[test]
fn the_zone_decides_what_day_it_is() {
    let tokyo = TimeZone::get("Asia/Tokyo").unwrap();
    let (then, now) = (at("2026-11-23T11:51"), at("2026-11-25T11:51"));
    assert_eq!(spoken(then, now, &tokyo), "Tue at 4:51 AM");
    assert_eq!(day(then, &tokyo), "November 24, 2026");
    assert_eq!(date(then, &tokyo), (2026, 11, 24));
    assert_eq!(month(then, &tokyo), "November 2026");
}

#[test]
fn a_time_element_says_it_three_ways() {
    let markup = markup(at("2026-11-23T11:51"), at("2026-11-26T12:00"), &zone()).into_string();
    insta::assert_snapshot!(markup, @r#"<time datetime="2026-11-23T19:51:00Z" title="Monday, November 23, 2026 at 11:51 AM PST">Mon at 11:51 AM</time>"#);
    assert_eq!(full(at("2026-07-04T00:00"), &zone()), "Saturday, July 4, 2026 at 12:00 AM PDT");
    assert_eq!(clock(at("2026-07-04T13:02"), &zone()), "1:02 PM");
}

#[test]
fn hours_that_a_zone_skips_or_repeats_have_one_answer() {
    assert_eq!(to_local(at("2026-03-08T02:30"), &zone()), "2026-03-08T03:30");
    assert_eq!(full(at("2026-11-01T01:30"), &zone()), "Sunday, November 1, 2026 at 1:30 AM PDT");
    let day = day_span(2026, 3, 8, &zone()).unwrap();
    assert_eq!(day.end - day.start, 23 * 3_600_000);
}

#[test]
fn local_times_are_read_strictly() {
    assert_eq!(at("2026-11-23T11:51"), 1_795_463_460_000);
    assert_eq!(at(" 2026-11-23T11:51:30.000 ") - at("2026-11-23T11:51"), 30_000);
    for wrong in [
        "",
        "2026-11-23",
        "2026-11-23T",
        "2026-13-01T00:00",
        "2026-02-29T00:00",
        "2026-1-1T0:0",
        "0000-01-01T00:00",
        "+026-11-23T11:51",
        "2026-11-23T24:00",
        "2026-11-23T11:51:00:00",
    ] {
        assert!(parse_local(wrong, &zone()).is_err(), "{wrong}");
    }
}

#[test]
fn archive_titles_and_spans_fit_together() {
    assert_eq!(day_title(2024, 2, 29).as_deref(), Some("February 29, 2024"));
    assert_eq!(day_title(2026, 2, 29), None);
    assert_eq!(month_title(2026, 11).as_deref(), Some("November 2026"));
    assert_eq!(month_title(2026, 13), None);
    let year = year_span(2026, &zone()).unwrap();
    assert_eq!(month_span(2026, 1, &zone()).unwrap().start, year.start);
    assert_eq!(month_span(2026, 12, &zone()).unwrap().end, year.end);
    assert_eq!(day_span(2026, 12, 31, &zone()).unwrap().end, year.end);
    assert_eq!(year_span(i16::MAX, &zone()), None);
}

proptest! {
    #[test]
    fn nothing_fails_at_any_time(then in any::<i64>(), now in any::<i64>()) {
        for text in [spoken(then, now, &zone()), full(then, &zone()), iso(then), to_local(then, &zone()), day(then, &zone()), dateline(then, &zone())] {
            prop_assert!(!text.is_empty());
        }
    }

    #[test]
    fn form_fields_survive_a_round(minutes in -30_000_000_i64..80_000_000) {
        let field = to_local(minutes * 60_000, &zone());
        prop_assert_eq!(to_local(at(&field), &zone()), field);
    }

    #[test]
    fn calendar_days_agree_with_the_calendar(days in -700_000_i64..2_900_000, gap in 2_i64..400) {
        // Midday in UTC, so that a day is 24 hours; the week's words end exactly on the seventh day.
        let then = days * 86_400_000 + 43_200_000;
        let text = spoken(then, then + gap * 86_400_000, &TimeZone::UTC);
        prop_assert_eq!(text.contains(" at "), gap < 7, "{}", text);
    }
}
