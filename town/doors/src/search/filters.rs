//! What narrows a search: section, author, type of work, dates. Each is read from the address leniently; what makes no
//! sense is as if it had not been asked for.

use db::Tx;
use jiff::{civil::Date, tz::TimeZone};
use people::accounts;
use std::ops::Range;
use things::{sections::Tree, stories::Work};

use super::matching::mark;

/// The first year that has marks of its own in a question; older stories are found without dates.
const FIRST_YEAR: i16 = 1900;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// As the form shows them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filters {
    /// Slug of a section.
    pub section: String,
    /// Handle of an author, without the @.
    pub author: String,
    pub work: Option<Work>,
    pub from: Option<Date>,
    pub to: Option<Date>,
}

/// As the index is asked.
#[derive(Clone, Debug, Default)]
pub(super) struct Narrowed {
    /// One mark of each group.
    pub marks: Vec<Vec<String>>,
    /// The exact span of time (milliseconds); the marks know only months.
    pub span: Option<Range<i64>>,
    /// The author's name.
    pub author: Option<String>,
    /// Nothing can match: there is no such section or author, or the dates are the wrong way round.
    pub nothing: bool,
}

impl Filters {
    /// Reads the pairs of the address.
    pub fn read(&mut self, name: &str, value: &str) {
        let value = value.trim();
        match name {
            "section" => self.section = value.chars().take(100).collect(),
            "author" => self.author = value.trim_start_matches('@').chars().take(60).collect(),
            "work" => self.work = value.parse().ok(),
            "from" => self.from = value.parse().ok(),
            "to" => self.to = value.parse().ok(),
            _ => {}
        }
    }

    /// Whether nothing is narrowed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The pairs for an address.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let date = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
        let work = self.work.map(|work| work.name().to_owned()).unwrap_or_default();
        let pairs = [
            ("section", self.section.clone()),
            ("author", self.author.clone()),
            ("work", work),
            ("from", date(self.from)),
            ("to", date(self.to)),
        ];
        pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }

    /// Asks the database what they stand for.
    pub fn narrowed(&self, tx: &mut Tx, tree: &Tree, zone: &TimeZone, now: i64) -> Result<Narrowed, db::Error> {
        let mut narrowed = Narrowed::default();
        if !self.section.is_empty() {
            let section = tree.in_order().into_iter().find(|(_, section)| section.slug == self.section).map(|(_, section)| section.id);
            let inside = |outer| tree.in_order().into_iter().filter(move |(_, inner)| tree.contains(outer, inner.id));
            let marks: Vec<String> = section.into_iter().flat_map(|outer| inside(outer).map(|(_, inner)| mark('s', inner.id))).collect();
            narrowed.one_of(marks);
        }
        if !self.author.is_empty() {
            let found = accounts::by_handle_ever(tx, &self.author, now)?;
            narrowed.one_of(found.iter().map(|account| mark('a', account.id)).collect());
            narrowed.author = found.map(|account| account.name);
        }
        if let Some(work) = self.work {
            narrowed.one_of(vec![mark('w', work.name())]);
        }
        if self.from.is_some() || self.to.is_some() {
            let span = self.span(zone, now);
            narrowed.one_of(months(&span));
            narrowed.span = Some(span);
        }
        Ok(narrowed)
    }

    /// From the first moment of the one day to the last of the other.
    fn span(&self, zone: &TimeZone, now: i64) -> Range<i64> {
        let of = |date: Date| text::times::day_span(date.year(), date.month(), date.day(), zone);
        let start = self.from.and_then(of).map_or(i64::MIN, |day| day.start);
        start..self.to.and_then(of).map_or(now.saturating_add(DAY_MS), |day| day.end)
    }
}

impl Narrowed {
    fn one_of(&mut self, marks: Vec<String>) {
        self.nothing |= marks.is_empty();
        self.marks.push(marks);
    }
}

/// Marks of the months, or whole years, that hold every moment of a span.
fn months(span: &Range<i64>) -> Vec<String> {
    if span.is_empty() {
        return Vec::new();
    }
    let (last, last_month, _) = text::times::date(span.end, &TimeZone::UTC);
    let (first, first_month, _) = match span.start {
        i64::MIN => (FIRST_YEAR, 1, 1),
        start => text::times::date(start, &TimeZone::UTC),
    };
    let mut marks = Vec::new();
    for year in first.max(FIRST_YEAR)..=last.min(first.max(FIRST_YEAR).saturating_add(250)) {
        let (from, to) = (if year == first { first_month } else { 1 }, if year == last { last_month } else { 12 });
        if (from, to) == (1, 12) {
            marks.push(mark('y', year));
        } else {
            marks.extend((from..=to).map(|month| mark('m', format_args!("{year}-{month}"))));
        }
    }
    marks
}
