//! Sums of what readers did.

use serde::{Deserialize, Serialize};
use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    ops::AddAssign,
};

/// What happened to a thing: sums, never who.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// How often it was looked at.
    pub views: i64,
    /// Those of the views that came from phones.
    pub phones: i64,
    /// Those that came from tablets. All others came from computers.
    pub tablets: i64,
    /// Those that came from another page of this site.
    pub here: i64,
    /// Readers whose browsers said how long they read.
    pub readings: i64,
    /// How long they read, in all, in seconds.
    pub seconds: i64,
    /// How many of them came to the end.
    pub ended: i64,
}

impl Tally {
    /// How many numbers a tally has.
    pub const NUMBERS: usize = 7;

    /// Its numbers in the order of the fields.
    pub fn numbers(self) -> [i64; Self::NUMBERS] {
        [self.views, self.phones, self.tablets, self.here, self.readings, self.seconds, self.ended]
    }

    /// A tally of these numbers, in the order of the fields.
    pub fn of([views, phones, tablets, here, readings, seconds, ended]: [i64; Self::NUMBERS]) -> Self {
        Self { views, phones, tablets, here, readings, seconds, ended }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, more: Self) {
        let (mut sums, more) = (self.numbers(), more.numbers());
        sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
        *self = Self::of(sums);
    }
}

/// What was counted in some time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Views {
    /// What happened to each thing, in the order of the things.
    pub tallies: BTreeMap<i64, Tally>,
    /// Views that came from other sites, by thing and site.
    pub sites: BTreeMap<(i64, Cow<'static, str>), i64>,
}

impl Views {
    /// Whether nothing happened.
    pub fn is_empty(&self) -> bool {
        self.tallies.is_empty()
    }

    /// How often each thing was looked at.
    pub fn counts(&self) -> Vec<(i64, i64)> {
        self.tallies.iter().map(|(subject, tally)| (*subject, tally.views)).collect()
    }

    pub(super) fn add(&mut self, tallies: HashMap<i64, Tally>, sites: HashMap<(i64, Cow<'static, str>), i64>) {
        for (subject, tally) in tallies {
            *self.tallies.entry(subject).or_default() += tally;
        }
        for (from, count) in sites {
            *self.sites.entry(from).or_default() += count;
        }
    }
}
