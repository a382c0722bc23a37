//! What a poll is, and what asking one takes.

use serde::{Deserialize, Serialize};
use talk::PostId;
use web::{Form, Problems};

/// Fewest and most choices: one is none, and more are a list nobody reads to its end.
pub const CHOICES: std::ops::RangeInclusive<usize> = 2..=8;
/// Characters of a choice.
pub const MAX_CHOICE: usize = 80;
/// Fields for choices in a form.
pub(super) const FIELDS: usize = 6;
/// How long a poll may be open: hours, and words.
pub(super) const LASTS: [(i64, &str); 6] =
    [(1, "An hour"), (6, "6 hours"), (24, "A day"), (72, "3 days"), (168, "A week"), (720, "30 days")];
/// What is offered first.
pub(super) const USUAL: i64 = 72;
const HOUR_MS: i64 = 60 * 60 * 1000;

/// A poll that is to be asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Its choices, in order.
    pub choices: Vec<String>,
    /// Whether a ballot may name several.
    pub several: bool,
    /// How long it is open, in hours from when it is asked.
    pub hours: i64,
}

impl Asked {
    /// Reads `poll_choice` (repeated; empty ones are none), `poll_several` and `poll_hours`. `None` when no choice is written.
    pub fn parse(form: &Form, problems: &mut Problems) -> Option<Self> {
        let choices: Vec<String> = form.all("poll_choice").map(text::clean_line).filter(|choice| !choice.is_empty()).collect();
        if choices.is_empty() {
            return None;
        }
        if !CHOICES.contains(&choices.len()) {
            let (least, most) = (CHOICES.start(), CHOICES.end());
            problems.add("poll_choice", format!("A poll has {least} to {most} choices. Add one, or leave all of them empty."));
        }
        if choices.iter().any(|choice| choice.chars().count() > MAX_CHOICE) {
            problems.add("poll_choice", format!("Use at most {MAX_CHOICE} characters for a choice."));
        }
        let mut keys: Vec<String> = choices.iter().map(|choice| text::fold(choice)).collect();
        keys.sort_unstable();
        keys.dedup();
        if keys.len() < choices.len() {
            problems.add("poll_choice", "Two choices say the same. Change one of them.");
        }
        let hours = form.number("poll_hours").filter(|hours| LASTS.iter().any(|(known, _)| known == hours)).unwrap_or(USUAL);
        Some(Self { choices, several: form.ticked("poll_several"), hours })
    }

    /// When it closes if it is asked now.
    pub fn closes_at(&self, now: i64) -> i64 {
        now + self.hours * HOUR_MS
    }
}

/// A poll as one viewer sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Poll {
    /// The post that asks it.
    pub id: PostId,
    /// Its choices, in order.
    pub choices: Vec<Choice>,
    /// Whether a ballot may name several.
    pub several: bool,
    /// When it closes.
    pub closes_at: i64,
    /// How many have voted.
    pub ballots: i64,
    /// Whether the viewer has.
    pub voted: bool,
}

/// A choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What it says.
    pub words: String,
    /// Ballots that name it.
    pub votes: i64,
    /// Whether the viewer's does.
    pub mine: bool,
}

impl Poll {
    /// Whether it takes no more ballots.
    pub fn is_closed(&self, now: i64) -> bool {
        now >= self.closes_at
    }

    /// Whether the viewer is told how the votes stand.
    pub fn shows_results(&self, now: i64) -> bool {
        self.voted || self.is_closed(now)
    }

    /// How many of a hundred voters named a choice, rounded.
    pub fn percent(&self, choice: &Choice) -> i64 {
        if self.ballots == 0 { 0 } else { (choice.votes * 100 + self.ballots / 2) / self.ballots }
    }
}
