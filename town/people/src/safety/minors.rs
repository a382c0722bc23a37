//! Members who are minors.

use db::{Tx, params};
use jiff::{Timestamp, civil::date, tz::TimeZone};
use std::ops::RangeInclusive;
use web::{Form, Problems};

use crate::AccountId;

/// Ages that a site may ask about; younger members than these are not asked about anywhere.
pub const YEARS: RangeInclusive<i64> = 10..=21;
/// Nobody is older.
pub const OLDEST: i64 = 120;

/// Until when somebody born in this year is younger than so many years: to the end of the year in which they reach them, for their
/// birthday is nobody's business.
fn grown_at(birth_year: i64, years: i64) -> i64 {
    let year = i16::try_from(birth_year + years + 1).unwrap_or(i16::MAX).clamp(1, 9999);
    TimeZone::UTC.to_ambiguous_timestamp(date(year, 1, 1).at(0, 0, 0, 0)).compatible().map_or(i64::MAX, Timestamp::as_millisecond)
}

/// Reads `birth_year` where the site asks for it.
pub fn parse(form: &Form, minors_under: i64, now: i64, problems: &mut Problems) -> Option<i64> {
    if minors_under == 0 {
        return None;
    }
    let this_year = Timestamp::from_millisecond(now).map_or(9999, |at| i64::from(TimeZone::UTC.to_datetime(at).year()));
    let typed = form.text("birth_year").trim().parse().ok().filter(|year| (this_year - OLDEST..=this_year).contains(year));
    if typed.is_none() {
        problems.add("birth_year", "Write the year in which you were born, with four digits.");
    }
    typed
}

/// Notes in which year somebody was born, if that makes them a minor here; of others it is not kept.
pub fn born_in(tx: &mut Tx, account: AccountId, birth_year: i64, minors_under: i64, now: i64) -> Result<(), db::Error> {
    let until = Some(grown_at(birth_year, minors_under)).filter(|until| minors_under > 0 && *until > now);
    tx.run("update accounts set birth_year = $2, minor_until = $3 where id = $1", params![account, until.map(|_| birth_year), until])?;
    Ok(())
}

/// Whether somebody is a minor.
pub fn is_minor(tx: &mut Tx, account: AccountId) -> Result<bool, db::Error> {
    let sql = "select 1 from accounts where id = $1 and minor_until is not null";
    Ok(tx.first(sql, params![account], |row| row.get::<i64>(0))?.is_some())
}

/// Another age counts: of those whose year is known, who is younger is a minor. Where nobody is asked any more, nobody is.
pub fn recount(tx: &mut Tx, minors_under: i64, now: i64) -> Result<(), db::Error> {
    let years: Vec<i64> = tx.all("select distinct birth_year from accounts where birth_year is not null", params![], |row| row.get(0))?;
    for year in years {
        let until = Some(grown_at(year, minors_under)).filter(|until| minors_under > 0 && *until > now);
        tx.run("update accounts set minor_until = $2 where birth_year = $1", params![year, until])?;
    }
    Ok(())
}

/// Whoever is no minor any more is like everybody, and the year is forgotten.
pub fn grow_up(tx: &mut Tx, now: i64) -> Result<(), db::Error> {
    tx.run("update accounts set birth_year = null, minor_until = null where minor_until <= $1", params![now])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::grown_at;

    #[test]
    fn nobody_is_grown_before_the_year_of_their_birthday_is_over() {
        // 1 January 2027 in UTC.
        assert_eq!(grown_at(2010, 16), 1_798_761_600_000);
        assert!(grown_at(i64::from(i32::MAX), 16) > 0);
    }
}
