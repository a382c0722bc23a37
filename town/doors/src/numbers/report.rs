//! What a page of numbers shows, as it is read from the database.

use db::Tx;
use jiff::tz::TimeZone;
use std::{collections::BTreeMap, ops::Range};
use talk::numbers::{self, Tally, Whose};
use things::{
    sections::{self, SectionId},
    stories,
};
use web::{Error, audience};

use super::{
    period::{Bar, Period, Span},
    table::{Cell, Column, Table},
};

/// Stories in the list of the most read.
const TOP: usize = 20;
/// Sites in the list of where readers come from; the file has all that are known.
pub(super) const SITES: usize = 12;

/// The numbers of somebody or something in a period.
#[derive(Debug)]
pub(super) struct Report {
    pub span: Span,
    pub bars: Vec<(Bar, Tally)>,
    pub total: Tally,
    /// The same in the time before; `None` when it was not counted then.
    pub before: Option<Tally>,
    /// The first day of which there are numbers.
    pub first_day: Option<i64>,
    /// Every table but that of times.
    pub tables: Vec<Table>,
}

/// Reads it all.
pub(super) fn report(tx: &mut Tx, whose: Whose, period: Period, now: i64, zone: &TimeZone) -> Result<Report, Error> {
    let span = Span::of(period, now, zone);
    let first_day = numbers::first_day(tx, whose, zone)?;
    let (found, before) = if period == Period::Today {
        (numbers::by_hour(tx, whose, &span.today)?, numbers::by_hour(tx, whose, &span.yesterday)?)
    } else {
        (numbers::by_day(tx, whose, &span.days, zone)?, numbers::by_day(tx, whose, &span.before, zone)?)
    };
    let bars: Vec<(Bar, Tally)> = span.bars().into_iter().map(|bar| (bar.clone(), sum_of(&found, bar.parts))).collect();
    let total = sum_of(&found, i64::MIN..i64::MAX);
    let comparable = first_day.is_some_and(|first| first <= *span.before.start());
    let before = comparable.then(|| sum_of(&before, i64::MIN..i64::MAX));
    let mut tables = vec![sites(tx, whose, &span, total)?, devices(total)];
    if !matches!(whose, Whose::Post(_)) {
        tables.push(top(tx, whose, &span, zone)?);
    }
    if whose == Whose::Site {
        tables.push(by_section(tx, &span, total, zone)?);
    }
    Ok(Report { span, bars, total, before, first_day, tables })
}

fn sum_of(found: &BTreeMap<i64, Tally>, parts: Range<i64>) -> Tally {
    let mut sum = Tally::default();
    found.range(parts).for_each(|(_, tally)| sum += *tally);
    sum
}

impl Report {
    /// The table that says what the chart shows, as far as time has come.
    pub(super) fn times(&self) -> Table {
        let begun = |bar: &Bar| self.span.period != Period::Today || bar.parts.start <= self.span.hour;
        let row = |(bar, tally): &(Bar, Tally)| {
            vec![
                Cell::Time(bar.words.clone(), bar.iso.clone()),
                Cell::Count(tally.views),
                Cell::Average(tally.seconds, tally.readings),
                Cell::Share(tally.ended, tally.readings),
            ]
        };
        let unit = self.span.period.unit();
        let rows = self.bars.iter().filter(|(bar, _)| begun(bar)).rev().map(row).collect();
        Table { name: "times", title: "Views over time", columns: [&[Column(unit, unit), VIEWS][..], &READING].concat(), rows }
    }
}

const VIEWS: Column = Column("Views", "Views");
const SHARE: Column = Column("Share", "Share of views (%)");
const READING: [Column; 2] = [Column("Time read", "Average time read (seconds)"), Column("To the end", "Read to the end (%)")];

fn sites(tx: &mut Tx, whose: Whose, span: &Span, total: Tally) -> Result<Table, db::Error> {
    let found = numbers::sites(tx, whose, &span.days)?;
    let elsewhere: i64 = found.iter().map(|(_, views)| views).sum();
    let mut from: Vec<(String, i64)> = found.into_iter().map(|(site, views)| (audience::name_of(&site).to_owned(), views)).collect();
    from.push(("Pages of this site".into(), total.here));
    from.push(("Directly, or not said".into(), (total.views - total.here - elsewhere).max(0)));
    from.retain(|(_, views)| *views > 0);
    from.sort_by_key(|(_, views)| std::cmp::Reverse(*views));
    let rows = from.into_iter().map(|(site, views)| vec![Cell::Words(site), Cell::Count(views), Cell::Share(views, total.views)]).collect();
    Ok(Table { name: "sites", title: "Where readers came from", columns: vec![Column("From", "From"), VIEWS, SHARE], rows })
}

fn devices(total: Tally) -> Table {
    let computers = total.views - total.phones - total.tablets;
    let row = |(name, views): (&str, i64)| vec![Cell::Words(name.into()), Cell::Count(views), Cell::Share(views, total.views)];
    let rows = [("Phones", total.phones), ("Tablets", total.tablets), ("Computers", computers)].map(row).into();
    Table { name: "devices", title: "What they read on", columns: vec![Column("Device", "Device"), VIEWS, SHARE], rows }
}

fn top(tx: &mut Tx, whose: Whose, span: &Span, zone: &TimeZone) -> Result<Table, Error> {
    let found = numbers::top(tx, whose, &span.days, zone, TOP)?;
    let ids: Vec<_> = found.iter().map(|(post, _)| *post).collect();
    let cards = stories::cards_by_ids(tx, &ids)?;
    let row = |(post, tally): (talk::PostId, Tally)| {
        let card = cards.iter().find(|card| card.id == post)?;
        Some(vec![
            Cell::Link(card.headline.clone(), format!("/stories/{post}/numbers?period={}", span.period.name())),
            Cell::Count(tally.views),
            Cell::Average(tally.seconds, tally.readings),
            Cell::Share(tally.ended, tally.readings),
        ])
    };
    let rows = found.into_iter().filter_map(row).collect();
    Ok(Table { name: "stories", title: "Most read stories", columns: [&[Column("Story", "Story"), VIEWS][..], &READING].concat(), rows })
}

fn by_section(tx: &mut Tx, span: &Span, total: Tally, zone: &TimeZone) -> Result<Table, Error> {
    let tree = sections::all(tx)?;
    let mut rows = Vec::new();
    for (depth, section) in tree.in_order() {
        let sum = section_views(tx, section.id, span, zone)?;
        let name = format!("{}{}", "– ".repeat(depth), section.name);
        let address = format!("/admin/numbers/sections/{}?period={}", section.slug, span.period.name());
        rows.push(vec![Cell::Link(name, address), Cell::Count(sum), Cell::Share(sum, total.views)]);
    }
    Ok(Table { name: "sections", title: "Sections", columns: vec![Column("Section", "Section"), VIEWS, SHARE], rows })
}

/// Today is added up from its hours as everything else of today is, so that the parts fit the whole.
fn section_views(tx: &mut Tx, section: SectionId, span: &Span, zone: &TimeZone) -> Result<i64, db::Error> {
    let whose = Whose::Shelf(section.get());
    let found = if span.period == Period::Today {
        numbers::by_hour(tx, whose, &span.today)?
    } else {
        numbers::by_day(tx, whose, &span.days, zone)?
    };
    Ok(found.values().map(|tally| tally.views).sum())
}
