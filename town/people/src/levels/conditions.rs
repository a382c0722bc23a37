//! How somebody comes to a level by good standing.

use web::{Form, Problems};

/// Largest number of days or posts that a site may ask for.
const LARGEST: i64 = 10_000;

/// What a level asks of those who come to it by themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conditions {
    /// The level they come from.
    pub from: String,
    /// Days since they joined.
    pub days: i64,
    /// Posts of theirs that others can read: stories, albums, notes.
    pub posts: i64,
    /// Days in which nothing of theirs was taken down and they were not suspended.
    pub quiet_days: i64,
    /// Whether their e-mail address must be proved.
    pub email: bool,
}

/// What somebody has to show for themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// When they joined.
    pub joined_at: i64,
    /// Posts of theirs that others can read, counted as far as it matters.
    pub posts: i64,
    /// When something of theirs was last taken down, or they were suspended.
    pub trouble_at: Option<i64>,
    /// Whether their e-mail address is proved.
    pub email: bool,
}

/// A condition that is not met yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unmet {
    /// So many days more.
    Days(i64),
    /// So many posts more.
    Posts(i64),
    /// So many quiet days more.
    Quiet(i64),
    /// A proved address.
    Email,
}

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

impl Conditions {
    /// Reads `from`, `days`, `posts`, `quiet_days`, `email`; an empty `from` is no condition at all.
    pub fn parse(form: &Form, problems: &mut Problems) -> Option<Self> {
        let from = form.text("from").trim().to_owned();
        let mut number = |field: &'static str| {
            let typed = form.text(field).trim();
            let number = if typed.is_empty() { Some(0) } else { typed.parse().ok().filter(|number| (0..=LARGEST).contains(number)) };
            number.unwrap_or_else(|| {
                problems.add(field, format!("Write a number from 0 to {}.", text::grouped(LARGEST)));
                0
            })
        };
        let (days, posts, quiet_days) = (number("days"), number("posts"), number("quiet_days"));
        let conditions = Self { from, days, posts, quiet_days, email: form.ticked("email") };
        if conditions.from.is_empty() {
            return None;
        }
        if (days, posts) == (0, 0) {
            problems.add("days", "Ask for a number of days or of posts: otherwise everybody would come to it at once.");
        }
        Some(conditions)
    }

    /// What somebody lacks at this moment; nothing when they may come.
    pub fn unmet(&self, record: &Record, now: i64) -> Vec<Unmet> {
        let left = |since: i64, days: i64| (since + days * DAY_MS - now + DAY_MS - 1).div_euclid(DAY_MS);
        let mut unmet = Vec::new();
        let days = left(record.joined_at, self.days);
        if days > 0 {
            unmet.push(Unmet::Days(days));
        }
        if record.posts < self.posts {
            unmet.push(Unmet::Posts(self.posts - record.posts));
        }
        let quiet = record.trouble_at.map_or(0, |at| left(at, self.quiet_days));
        if self.quiet_days > 0 && quiet > 0 {
            unmet.push(Unmet::Quiet(quiet));
        }
        if self.email && !record.email {
            unmet.push(Unmet::Email);
        }
        unmet
    }
}

impl Unmet {
    /// What people read.
    pub fn words(self) -> String {
        match self {
            Self::Days(days) => format!("{} more here", text::count(days, "day", "days")),
            Self::Posts(posts) => format!("{} that others can read", text::count(posts, "more post", "more posts")),
            Self::Quiet(days) => format!("{} more in which nothing of yours is taken down", text::count(days, "day", "days")),
            Self::Email => "a confirmed e-mail address".into(),
        }
    }
}
