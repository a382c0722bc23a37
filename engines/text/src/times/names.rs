//! The words for days and months: the one table a translation replaces.

use jiff::civil::DateTime;

/// Months by number, January first.
pub const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// Days of the week, Monday first.
pub const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The same, short.
pub const SHORT_DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// The name of a month numbered from 1; empty outside of 1 to 12.
pub(super) fn month_name(month: i8) -> &'static str {
    let index = usize::try_from(month).unwrap_or(0).wrapping_sub(1);
    MONTHS.get(index).copied().unwrap_or_default()
}

pub(super) fn day_name(at: DateTime, names: &[&'static str; 7]) -> &'static str {
    names[at.weekday().to_monday_zero_offset().rem_euclid(7) as usize]
}
