//! What a run did, for whoever started it.

use std::{
    collections::BTreeMap,
    fmt::{self, Write as _},
};

use super::ready::Ready;

/// Names of one kind that a report lists; the rest are counted.
const LISTED: usize = 2_000;
/// Names that are shown on a terminal.
const SHOWN: usize = 5;

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Stories looked at.
    pub done: u64,
    /// Of so many, where that is known.
    pub total: Option<usize>,
    /// Comments that came in.
    pub comments: u64,
}

/// What became of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It is new and published.
    Published,
    /// It is new and a draft, handed in, or waiting for its time.
    Kept,
    /// It changed at the source, and so it did here.
    Updated,
    /// It is here already.
    Unchanged,
    /// It changed at the source and was edited here, so it stays as it is here.
    Edited,
    /// It does not come in.
    LeftOut,
}

/// What a run did.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The source's name.
    pub source: String,
    /// Stories by what became of them.
    pub outcomes: BTreeMap<Outcome, u64>,
    /// Sections that were made.
    pub sections: Vec<String>,
    /// Accounts that were made: handle and name.
    pub people: Vec<String>,
    /// Pictures that were taken in.
    pub pictures: u64,
    /// Albums that are new, or changed at the source.
    pub albums: u64,
    /// Notes that came in.
    pub notes: u64,
    /// Comments that came in.
    pub comments: u64,
    /// Pages elsewhere that mention a story.
    pub mentions: u64,
    /// What readers said that an earlier version of this program kept, and that waits for its source to be read again.
    pub remarks: u64,
    /// Old addresses that lead on now.
    pub redirects: u64,
    /// Why things were left out or changed, and which.
    pub reasons: BTreeMap<String, (u64, Vec<String>)>,
    /// Whether it was stopped before the end.
    pub stopped: bool,
    /// Whether nothing was written.
    pub dry_run: bool,
}

impl Report {
    /// Stories looked at.
    pub fn stories(&self) -> u64 {
        self.outcomes.values().sum()
    }

    /// How many stories had this outcome.
    pub fn of(&self, outcome: Outcome) -> u64 {
        self.outcomes.get(&outcome).copied().unwrap_or(0)
    }

    pub(in crate::import_export) fn count(&mut self, outcome: Outcome) {
        *self.outcomes.entry(outcome).or_default() += 1;
    }

    pub(in crate::import_export) fn left_out(&mut self, what: &str, why: &str) {
        self.count(Outcome::LeftOut);
        self.note(why, what);
    }

    /// Something to know about a story.
    pub(in crate::import_export) fn note(&mut self, why: &str, what: &str) {
        let (count, names) = self.reasons.entry(why.to_owned()).or_default();
        *count += 1;
        if names.len() < LISTED {
            names.push(text::excerpt(&text::clean_line(what), 100));
        }
    }

    pub(super) fn would(&mut self, ready: &Ready) {
        self.dry_run = true;
        let outcome = if ready.is_published() { Outcome::Published } else { Outcome::Kept };
        self.count(outcome);
        for note in &ready.notes {
            self.note(note, &ready.content.headline);
        }
    }

    pub(in crate::import_export) fn add(&mut self, other: Self) {
        for (outcome, count) in other.outcomes {
            *self.outcomes.entry(outcome).or_default() += count;
        }
        self.sections.extend(other.sections);
        self.people.extend(other.people);
        self.pictures += other.pictures;
        self.albums += other.albums;
        self.notes += other.notes;
        self.comments += other.comments;
        self.mentions += other.mentions;
        self.remarks += other.remarks;
        self.redirects += other.redirects;
        for (why, (count, names)) in other.reasons {
            let (all, listed) = self.reasons.entry(why).or_default();
            *all += count;
            let room = LISTED.saturating_sub(listed.len());
            listed.extend(names.into_iter().take(room));
        }
    }

    /// All of it, for a file.
    pub fn whole(&self) -> String {
        self.written(LISTED)
    }

    fn written(&self, listed: usize) -> String {
        let mut out = String::new();
        let verb = if self.dry_run { "Would come in" } else { "Came in" };
        let _ = writeln!(out, "{verb} from {}{}", self.source, if self.stopped { " (stopped before the end)" } else { "" });
        for (words, outcome) in [
            ("published", Outcome::Published),
            ("as drafts, handed in or scheduled", Outcome::Kept),
            ("updated, because the source changed", Outcome::Updated),
            ("here already", Outcome::Unchanged),
            ("changed at the source and edited here: left as they are here", Outcome::Edited),
            ("left out", Outcome::LeftOut),
        ] {
            let _ = writeln!(out, "  {:>7}  stories {words}", self.of(outcome));
        }
        let rows = [("pictures", self.pictures), ("old addresses that lead on", self.redirects), ("comments", self.comments)];
        // What one source alone can have is said where it had any.
        let found = [
            ("albums", self.albums),
            ("notes of the town square", self.notes),
            ("comments of an earlier import, kept until its file is imported again", self.remarks),
            ("pages elsewhere that mention a story", self.mentions),
        ];
        for (words, count) in rows.into_iter().chain(found.into_iter().filter(|(_, count)| *count > 0)) {
            let _ = writeln!(out, "  {count:>7}  {words}");
        }
        for (words, names) in [("sections made", &self.sections), ("accounts made, without a password", &self.people)] {
            let _ = writeln!(out, "  {:>7}  {words}{}", names.len(), some_of(names, listed));
        }
        for (why, (count, names)) in &self.reasons {
            let _ = writeln!(out, "\n{count} × {why}");
            for name in names.iter().take(listed) {
                let _ = writeln!(out, "    {name}");
            }
            let more = count.saturating_sub(names.len().min(listed) as u64);
            if more > 0 {
                let _ = writeln!(out, "    and {more} more");
            }
        }
        out
    }
}

fn some_of(names: &[String], listed: usize) -> String {
    match names {
        [] => String::new(),
        names => format!(": {}{}", names[..names.len().min(listed)].join(", "), if names.len() > listed { ", …" } else { "" }),
    }
}

/// The short form, for a terminal.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written(SHOWN))
    }
}
