//! How long a page's spoken times stay right.

use std::time::Duration;

const MINUTE_MS: i64 = 60 * 1000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

/// How long a page may be kept whose youngest spoken time is this. "12 minutes ago" is wrong after a minute, so a page
/// that says so is drawn again every few seconds; "3 hours ago" may be a minute late; what is older names a day.
pub fn fresh_for(youngest: i64, now: i64) -> Duration {
    let seconds = match now.saturating_sub(youngest) {
        ..MINUTE_MS => 10,
        MINUTE_MS..HOUR_MS => 20,
        HOUR_MS..DAY_MS => 60,
        _ => 600,
    };
    Duration::from_secs(seconds)
}
