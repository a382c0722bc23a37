//! Periods that can be chosen, and the bars they are drawn in.

use jiff::{ToSpan as _, civil::Date, tz::TimeZone};
use std::ops::{Range, RangeInclusive};
use talk::numbers::{date_of, day_of, hour_of, hours_of, number_of};

/// A period that ends now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Period {
    /// Since midnight, by hour.
    Today,
    /// Seven days with today, by day.
    #[default]
    Week,
    /// Thirty.
    Month,
    /// Ninety.
    Quarter,
    /// This month and the eleven before it, by month.
    Year,
}

impl Period {
    pub(super) const ALL: [Self; 5] = [Self::Today, Self::Week, Self::Month, Self::Quarter, Self::Year];

    /// Its name in addresses.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Week => "7-days",
            Self::Month => "30-days",
            Self::Quarter => "90-days",
            Self::Year => "12-months",
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|period| period.name() == name)
    }

    /// What it is called.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Today => "Today",
            Self::Week => "7 days",
            Self::Month => "30 days",
            Self::Quarter => "90 days",
            Self::Year => "12 months",
        }
    }

    /// In a sentence: "1,204 views … ".
    pub(super) fn during(self) -> &'static str {
        match self {
            Self::Today => "so far today",
            Self::Week => "in the last 7 days",
            Self::Month => "in the last 30 days",
            Self::Quarter => "in the last 90 days",
            Self::Year => "in the last 12 months",
        }
    }

    /// What it is compared with: "… more than … ".
    pub(super) fn before(self) -> &'static str {
        match self {
            Self::Today => "yesterday by this time",
            Self::Week => "in the 7 days before",
            Self::Month => "in the 30 days before",
            Self::Quarter => "in the 90 days before",
            Self::Year => "in the 12 months before",
        }
    }

    /// What one bar stands for.
    pub(super) fn unit(self) -> &'static str {
        match self {
            Self::Today => "Hour",
            Self::Year => "Month",
            _ => "Day",
        }
    }
}

/// A period at a moment in a zone.
#[derive(Debug)]
pub(super) struct Span {
    pub period: Period,
    /// Its days.
    pub days: RangeInclusive<i64>,
    /// As many days before it.
    pub before: RangeInclusive<i64>,
    /// The hours of today, and those of yesterday that are compared with the ones that have begun.
    pub today: Range<i64>,
    pub yesterday: Range<i64>,
    /// The hour that is now.
    pub hour: i64,
    zone: TimeZone,
}

/// A piece of a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bar {
    /// In tables and for screen readers.
    pub words: String,
    /// Under the chart.
    pub short: String,
    /// For machines: an hour with its offset, a date, a month.
    pub iso: String,
    /// Its hours or days.
    pub parts: Range<i64>,
}

impl Span {
    pub(super) fn of(period: Period, now: i64, zone: &TimeZone) -> Self {
        let hour = hour_of(now);
        let today = day_of(hour, zone);
        let (days, before) = match period {
            Period::Year => {
                let first = |months: i32| number_of(date_of(today).first_of_month().saturating_sub(months.months()));
                (first(11)..=today, first(23)..=first(11) - 1)
            }
            _ => {
                let count = match period {
                    Period::Today => 1,
                    Period::Week => 7,
                    Period::Month => 30,
                    Period::Quarter | Period::Year => 90,
                };
                (today - count + 1..=today, today - 2 * count + 1..=today - count)
            }
        };
        let (hours, all) = (hours_of(today, zone), hours_of(today - 1, zone));
        // As much time as has passed today: on days when the clocks are changed that is not the same hour by name.
        let passed = (hour + 1 - hours.start).min(all.end - all.start);
        Self { period, days, before, today: hours, yesterday: all.start..all.start + passed, hour, zone: zone.clone() }
    }

    /// Its pieces in their order.
    pub(super) fn bars(&self) -> Vec<Bar> {
        match self.period {
            Period::Today => self.today.clone().map(|hour| self.hour_bar(hour)).collect(),
            Period::Year => self.month_bars(),
            _ => self.days.clone().map(day_bar).collect(),
        }
    }

    fn hour_bar(&self, hour: i64) -> Bar {
        let ms = hour * 60 * 60 * 1000;
        let begin = jiff::Timestamp::from_millisecond(ms).unwrap_or_default().to_zoned_datetime(self.zone.clone());
        let iso = begin.strftime("%Y-%m-%dT%H:%M%:z").to_string();
        let clock = text::times::clock(ms, &self.zone);
        // An hour that comes twice is told apart by its zone's name.
        let again =
            jiff::Timestamp::from_millisecond(ms + 60 * 60 * 1000).map(|next| text::times::clock(next.as_millisecond(), &self.zone));
        let first =
            jiff::Timestamp::from_millisecond(ms - 60 * 60 * 1000).map(|last| text::times::clock(last.as_millisecond(), &self.zone));
        let twice = again.is_ok_and(|other| other == clock) || first.is_ok_and(|other| other == clock);
        let words = if twice { format!("{clock} {}", begin.strftime("%Z")) } else { clock.clone() };
        Bar { words, short: clock, iso, parts: hour..hour + 1 }
    }

    fn month_bars(&self) -> Vec<Bar> {
        let mut bars = Vec::new();
        let mut month = date_of(*self.days.start());
        while number_of(month) <= *self.days.end() {
            let next = month.saturating_add(1.month());
            let words = month.strftime("%B %Y").to_string();
            let short = month.strftime("%b").to_string();
            bars.push(Bar { words, short, iso: month.strftime("%Y-%m").to_string(), parts: number_of(month)..number_of(next) });
            month = next;
        }
        bars
    }
}

fn day_bar(day: i64) -> Bar {
    let date: Date = date_of(day);
    Bar {
        words: date.strftime("%a, %B %-d").to_string(),
        short: date.strftime("%b %-d").to_string(),
        iso: date.to_string(),
        parts: day..day + 1,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn span(period: Period, local: &str) -> Span {
        let zone = TimeZone::get("America/Los_Angeles").unwrap();
        Span::of(period, text::times::parse_local(local, &zone).unwrap(), &zone)
    }

    #[test]
    fn a_period_ends_today_and_is_compared_with_as_much_before() {
        let week = span(Period::Week, "2026-11-26T00:10");
        let isos: Vec<String> = week.bars().into_iter().map(|bar| bar.iso).collect();
        assert_eq!((isos.len(), &*isos[0], &*isos[6]), (7, "2026-11-20", "2026-11-26"));
        assert_eq!(
            (date_of(*week.before.start()).to_string(), date_of(*week.before.end()).to_string()),
            ("2026-11-13".into(), "2026-11-19".into())
        );
        assert_eq!(span(Period::Quarter, "2026-11-26T12:00").bars().len(), 90);
        assert_eq!(week.bars()[6].words, "Thu, November 26");
    }

    #[test]
    fn twelve_months_end_with_this_one() {
        let year = span(Period::Year, "2026-02-28T12:00");
        let bars = year.bars();
        assert_eq!((bars.len(), &*bars[0].iso, &*bars[11].iso), (12, "2025-03", "2026-02"));
        assert_eq!(date_of(*year.before.start()).to_string(), "2024-03-01");
        assert_eq!(bars[11].parts.start - bars[10].parts.start, 31);
    }

    #[test]
    fn days_when_the_clocks_change_have_the_hours_they_have() {
        let spring = span(Period::Today, "2026-03-08T12:30");
        let words: Vec<String> = spring.bars().into_iter().map(|bar| bar.words).collect();
        assert_eq!((words.len(), &*words[1], &*words[2]), (23, "1:00 AM", "3:00 AM"));
        assert_eq!(spring.yesterday.count(), 12, "noon is eleven hours after midnight");
        let autumn = span(Period::Today, "2026-11-01T23:30");
        let words: Vec<String> = autumn.bars().into_iter().map(|bar| bar.words).collect();
        assert_eq!((words.len(), &*words[1], &*words[2], &*words[3]), (25, "1:00 AM PDT", "1:00 AM PST", "2:00 AM"));
        assert_eq!(autumn.yesterday.count(), 24, "yesterday was an hour shorter");
        assert_eq!(span(Period::Today, "2026-11-02T23:30").yesterday.count(), 24);
    }

    #[test]
    fn every_period_is_found_by_its_name() {
        assert!(Period::ALL.into_iter().all(|period| Period::named(period.name()) == Some(period)));
        assert_eq!(Period::named("9"), None);
    }
}
