//! The daily letter of the front porch: when it is due, who wants it, and how far it was written.
//!
//! Where every post is read before it appears, what appeared goes out once a day, as one letter to every member who wants it. What it says is
//! two wings above. Here its place is kept, in the row of the porch: the day is begun once, and each part of the members is taken by
//! whoever moves the place on, in the transaction that writes to them. A program that was killed goes on where it was, and of several
//! nodes one writes to each member.

use db::{Tx, params};
use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::{Porch, State};
use crate::{
    AccountId,
    notices::{self, Email, Ways},
};

/// Under this name the choice of a member stands among those about notices.
pub const CHOICE: &str = "porch";
/// What appears in the last minute stands in the next letter: a post has its time before it is written, and one that is being written
/// while the letter is must not fall between two of them.
pub const SETTLED_MS: i64 = 60 * 1000;
/// What is older stands in no letter, however long none went.
const OLDEST_MS: i64 = 3 * 24 * 60 * 60 * 1000;

/// A letter that is being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// What appeared after this time stands in it,
    pub from: i64,
    /// up to this one.
    pub until: i64,
    /// The last member to whom it was written.
    pub after: AccountId,
}

/// Whether a member gets the letter who chose this, or nothing yet: by itself where every post is read first.
pub fn wants(chosen: Option<&Ways>, porch: Porch) -> bool {
    chosen.map_or(porch.state == State::All, |ways| ways.email == Email::Daily)
}

/// A member gets the letter from now on, or no more.
///
/// # Errors
/// When the database does not answer.
pub fn choose(tx: &mut Tx, account: AccountId, wants: bool) -> Result<(), db::Error> {
    let email = if wants { Email::Daily } else { Email::Never };
    notices::choose(tx, account, CHOICE, Ways { site: false, email, push: false })
}

/// The letter that is being written, if one is.
///
/// # Errors
/// When the database does not answer.
pub fn under_way(tx: &mut Tx) -> Result<Option<Run>, db::Error> {
    let sql = "select letter_from, letter_until, letter_after from porch where one = 1 and letter_after is not null";
    tx.first(sql, params![], |row| Ok(Run { from: row.get(0)?, until: row.get(1)?, after: row.get(2)? }))
}

/// The letter of today, if its hour has come and it was not begun.
///
/// # Errors
/// When the database does not answer.
pub fn due(tx: &mut Tx, zone: &TimeZone, now: i64) -> Result<Option<Run>, db::Error> {
    let sql = "select since, letter_hour, letter_day, letter_until from porch
        where one = 1 and state = 'all' and since is not null and letter_after is null";
    let found = tx.first(sql, params![], |row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?, row.get::<i64>(2)?, row.get::<i64>(3)?)))?;
    let Some((since, hour, day, until)) = found else { return Ok(None) };
    let Some((today, at)) = today(now, zone, hour) else { return Ok(None) };
    // Whoever turns it on in the evening sends no letter by that.
    if day >= number(today) || now < at || since > at {
        return Ok(None);
    }
    Ok(Some(Run { from: until.max(since).max(now - OLDEST_MS), until: now - SETTLED_MS, after: AccountId::new(0) }))
}

/// The day that it is at the site, and when this hour of it is.
fn today(now: i64, zone: &TimeZone, hour: i64) -> Option<(Date, i64)> {
    let date = zone.to_datetime(Timestamp::from_millisecond(now).ok()?).date();
    let at = zone.to_timestamp(date.at(i8::try_from(hour).ok()?, 0, 0, 0)).ok()?;
    Some((date, at.as_millisecond()))
}

/// A day as a number that reads like one.
fn number(day: Date) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}

/// Begins the letter of today, if it is [`due`]. With nothing to say it is written at once.
///
/// # Errors
/// When the database does not answer.
pub fn begin(tx: &mut Tx, zone: &TimeZone, anything: bool, now: i64) -> Result<Option<Run>, db::Error> {
    let (Some(run), Some((today, _))) = (due(tx, zone, now)?, today(now, zone, 0)) else { return Ok(None) };
    let after = anything.then_some(run.after);
    let sql = "update porch set letter_day = $1, letter_from = $2, letter_until = $3, letter_after = $4 where one = 1";
    tx.run(sql, params![number(today), run.from, run.until, after])?;
    Ok(Some(run).filter(|_| anything))
}

/// Those who get the letter, after one of them.
///
/// # Errors
/// When the database does not answer.
pub fn readers(tx: &mut Tx, after: AccountId, limit: u32) -> Result<Vec<AccountId>, db::Error> {
    // Whoever locked their account hears of nothing that others do.
    let sql = "select a.id from accounts a left join notice_choices c on c.account_id = a.id and c.kind = $3
         where a.id > $1 and a.kind = 'person' and a.standing = 'member' and a.suspended_at is null and a.locked_at is null
           and a.email is not null and (c.email is null or c.email = $4)
         order by a.id limit $2";
    tx.all(sql, params![after, limit, CHOICE, Email::Daily.name()], |row| row.get(0))
}

/// The letter was written up to this member, or to all. `false` when somebody else moved the place on meanwhile: then nothing of this
/// part may be written.
///
/// # Errors
/// When the database does not answer.
pub fn move_on(tx: &mut Tx, run: &Run, last: Option<AccountId>) -> Result<bool, db::Error> {
    let sql = "update porch set letter_after = $3 where one = 1 and letter_until = $1 and letter_after = $2";
    Ok(tx.run(sql, params![run.until, run.after, last])? > 0)
}
