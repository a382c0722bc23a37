//! What the archive asks the database: always a step along one index.

use db::{Param, Tx, params};
use jiff::tz::TimeZone;
use std::ops::Range;
use web::Error;

use super::Stretch;

/// Years on the archive's first page. A dozen centuries of misdated stories should not make it slow.
const MAX_YEARS: usize = 100;

/// The time of the newest story before this one.
pub(super) fn newest_before(tx: &mut Tx, at: i64) -> Result<Option<i64>, db::Error> {
    let sql = "select max(listed_at) from stories where listed_at is not null and listed_at < $1";
    tx.one(sql, params![at], |row| row.get(0))
}

/// The time of the oldest story at or after this one.
pub(super) fn oldest_from(tx: &mut Tx, at: i64) -> Result<Option<i64>, db::Error> {
    let sql = "select min(listed_at) from stories where listed_at is not null and listed_at >= $1";
    tx.one(sql, params![at], |row| row.get(0))
}

/// Which of these spans hold a story: one statement, one probe of the index a span.
pub(super) fn holding_stories(tx: &mut Tx, spans: &[Range<i64>]) -> Result<Vec<bool>, db::Error> {
    if spans.is_empty() {
        return Ok(Vec::new());
    }
    let probe = |index: usize| {
        let (number, start, end) = (index, index * 2 + 1, index * 2 + 2);
        format!(
            "select {number} as number where exists
               (select 1 from stories where listed_at is not null and listed_at >= ${start} and listed_at < ${end})"
        )
    };
    let sql = (0..spans.len()).map(probe).collect::<Vec<_>>().join(" union all ");
    let bounds: Vec<Param> = spans.iter().flat_map(|span| [Param::Int(span.start), Param::Int(span.end)]).collect();
    let mut holding = vec![false; spans.len()];
    for number in tx.all(&sql, &bounds, |row| row.get::<i64>(0))? {
        if let Some(holds) = usize::try_from(number).ok().and_then(|number| holding.get_mut(number)) {
            *holds = true;
        }
    }
    Ok(holding)
}

/// Years with stories, newest first, each with its months that have some: two statements a year.
pub(crate) fn years(tx: &mut Tx, zone: &TimeZone) -> Result<Vec<(i16, Vec<i8>)>, db::Error> {
    let mut years = Vec::new();
    let mut before = i64::MAX;
    while years.len() < MAX_YEARS {
        let Some(newest) = newest_before(tx, before)? else { break };
        let (year, _, _) = text::times::date(newest, zone);
        let Some(span) = text::times::year_span(year, zone) else { break };
        let spans: Vec<Range<i64>> = (1..=12).filter_map(|month| text::times::month_span(year, month, zone)).collect();
        let holding = holding_stories(tx, &spans)?;
        let months = (1..=12).zip(holding).filter_map(|(month, holds)| holds.then_some(month));
        years.push((year, months.collect()));
        before = span.start;
    }
    Ok(years)
}

/// What stands around a stretch of the archive.
#[derive(Debug)]
pub(super) struct Around {
    pub older: Option<Stretch>,
    pub newer: Option<Stretch>,
    /// Days with stories in the month.
    pub days: Vec<i8>,
}

/// The nearest stretches of the same kind with stories, and the days of the month: three statements.
pub(super) fn around(tx: &mut Tx, stretch: Stretch, zone: &TimeZone) -> Result<Around, Error> {
    let span = stretch.span(zone).ok_or(Error::NotFound)?;
    let older = newest_before(tx, span.start)?.map(|at| stretch.holding(at, zone));
    let newer = oldest_from(tx, span.end)?.map(|at| stretch.holding(at, zone));
    let numbered = (1..=31).filter_map(|day| Some((day, text::times::day_span(stretch.year, stretch.month, day, zone)?)));
    let (days, spans): (Vec<i8>, Vec<Range<i64>>) = numbered.unzip();
    let holding = holding_stories(tx, &spans)?;
    let days = days.into_iter().zip(holding).filter_map(|(day, holds)| holds.then_some(day)).collect();
    Ok(Around { older, newer, days })
}
