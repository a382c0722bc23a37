//! The archive: every story by year, month and day, in the site's time zone.
//!
//! No page scans the stories. Which months have any is asked one probe of an index a month, and neighbours ("the month
//! before") are one step along that index.

mod pages;
mod routes;
mod store;
#[cfg(test)]
mod tests;

pub use routes::routes;
pub(crate) use store::years;

use jiff::tz::TimeZone;
use std::ops::Range;

/// A month or a day of the archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stretch {
    year: i16,
    month: i8,
    /// `None` for the whole month.
    day: Option<i8>,
}

impl Stretch {
    fn address(self) -> String {
        let Self { year, month, .. } = self;
        self.day.map_or_else(|| format!("/archive/{year}/{month}"), |day| format!("/archive/{year}/{month}/{day}"))
    }

    /// As people say it; `None` when the calendar has no such thing.
    fn title(self) -> Option<String> {
        match self.day {
            Some(day) => text::times::day_title(self.year, self.month, day),
            None => text::times::month_title(self.year, self.month),
        }
    }

    fn span(self, zone: &TimeZone) -> Option<Range<i64>> {
        match self.day {
            Some(day) => text::times::day_span(self.year, self.month, day, zone),
            None => text::times::month_span(self.year, self.month, zone),
        }
    }

    /// The stretch of the same kind that holds this time.
    fn holding(self, at: i64, zone: &TimeZone) -> Self {
        let (year, month, day) = text::times::date(at, zone);
        Self { year, month, day: self.day.map(|_| day) }
    }

    fn month(self) -> Self {
        Self { day: None, ..self }
    }
}
