//! How long a failed job waits.

/// Attempts after which a job is given up: with the delays below, after about three days.
pub const MAX_ATTEMPTS: u32 = 20;

/// The first delay; short, because most failures are a server that restarts.
const FIRST_MS: i64 = 15_000;
/// The longest delay: an outage that ends in the morning is noticed before noon.
const LONGEST_MS: i64 = 6 * 3_600_000;

/// Milliseconds to wait after the attempt with this number, from 1: doubled each time, and up to
/// a tenth longer by the job's id, so that jobs which failed together do not return together.
pub(crate) fn after(attempt: u32, id: i64) -> i64 {
    let doubled = FIRST_MS << attempt.saturating_sub(1).min(20);
    let delay = doubled.min(LONGEST_MS);
    // The low bits of an id count up; spread them over the tenth.
    delay + delay * (id.wrapping_mul(31) & 0xff) / 2_560
}
