//! What follows from a notice outside of the site: jobs, whose work is a wing above, where it is known what notices say.

use db::Tx;
use serde::{Deserialize, Serialize};

use super::{NoticeId, push::DeviceId};
use crate::{AccountId, site::Site};

/// The hour, in the site's zone, at which daily letters go.
const MORNING: i8 = 8;

/// Mails a notice at once.
#[derive(Debug, Serialize, Deserialize)]
pub struct Letter {
    /// Which.
    pub notice: NoticeId,
}

impl jobs::Job for Letter {
    const KIND: &'static str = "notice.letter";
}

/// Mails somebody what gathered during a day.
#[derive(Debug, Serialize, Deserialize)]
pub struct Digest {
    /// Whom.
    pub account: AccountId,
}

impl jobs::Job for Digest {
    const KIND: &'static str = "notice.digest";
}

/// Sends a notice to one of somebody's devices.
#[derive(Debug, Serialize, Deserialize)]
pub struct Push {
    /// Which.
    pub notice: NoticeId,
    /// Whereto.
    pub device: DeviceId,
}

impl jobs::Job for Push {
    const KIND: &'static str = "notice.push";
}

/// The next daily letter of a member is written, unless one waits already.
pub(super) fn gather(tx: &mut Tx, account: AccountId, now: i64) -> Result<(), db::Error> {
    let zone = tx.first("select time_zone from site where id = 1", db::params![], |row| row.get::<String>(0))?;
    let at = morning(now, &Site { time_zone: zone.unwrap_or_default(), ..Site::nameless() }.zone());
    jobs::enqueue_once(tx, &format!("notice.digest:{account}"), &Digest { account }, at).map(drop)
}

/// The first morning after a time.
fn morning(now: i64, zone: &jiff::tz::TimeZone) -> i64 {
    let day = 24 * 60 * 60 * 1000;
    let at = |ms: i64| {
        let local = zone.to_datetime(jiff::Timestamp::from_millisecond(ms).ok()?);
        Some(zone.to_timestamp(local.date().at(MORNING, 0, 0, 0)).ok()?.as_millisecond())
    };
    [now, now + day].into_iter().filter_map(at).find(|at| *at > now).unwrap_or(now + day)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_daily_letter_goes_in_the_morning_of_the_site() {
        let zone = jiff::tz::TimeZone::get("America/Los_Angeles").unwrap();
        let ms = |text: &str| text.parse::<jiff::Timestamp>().unwrap().as_millisecond();
        assert_eq!(morning(ms("2026-11-26T15:59:00Z"), &zone), ms("2026-11-26T16:00:00Z"));
        assert_eq!(morning(ms("2026-11-26T16:00:00Z"), &zone), ms("2026-11-27T16:00:00Z"));
        // The night in which clocks go back has 25 hours.
        assert_eq!(morning(ms("2026-10-31T20:00:00Z"), &zone), ms("2026-11-01T16:00:00Z"));
    }
}
