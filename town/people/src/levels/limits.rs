//! How much of something a level allows.

use web::Error;

/// Something of which a level may allow only so much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Limit {
    /// Notes posted within an hour.
    NotesAnHour,
    /// Comments posted within an hour.
    CommentsAnHour,
    /// Stories begun within a day.
    StoriesADay,
    /// Megabytes (of a million bytes) of pictures and recordings in all.
    Megabytes,
    /// People, sections and topics followed anew within an hour.
    FollowsAnHour,
    /// Requests to be friends within a day.
    RequestsADay,
    /// People named in one post.
    MentionsAPost,
}

/// Larger than any limit that means something.
const LARGEST: i64 = 10_000_000;

impl Limit {
    /// All of them, in the order the desk shows them.
    pub const ALL: [Self; 7] = [
        Self::NotesAnHour,
        Self::CommentsAnHour,
        Self::StoriesADay,
        Self::Megabytes,
        Self::FollowsAnHour,
        Self::RequestsADay,
        Self::MentionsAPost,
    ];

    /// Its name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotesAnHour => "notes.hour",
            Self::CommentsAnHour => "comments.hour",
            Self::StoriesADay => "stories.day",
            Self::Megabytes => "uploads.megabytes",
            Self::FollowsAnHour => "follows.hour",
            Self::RequestsADay => "requests.day",
            Self::MentionsAPost => "mentions.post",
        }
    }

    /// What it counts, for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::NotesAnHour => "Posts in the square within an hour",
            Self::CommentsAnHour => "Comments within an hour",
            Self::StoriesADay => "Stories begun within a day",
            Self::Megabytes => "Pictures and recordings in all, in MB",
            Self::FollowsAnHour => "Newly followed within an hour",
            Self::RequestsADay => "Requests to be friends within a day",
            Self::MentionsAPost => "People named in one post or comment",
        }
    }

    /// The time it looks back over, in milliseconds; `None` where it counts what is there.
    pub fn window_ms(self) -> Option<i64> {
        const HOUR_MS: i64 = 60 * 60 * 1000;
        match self {
            Self::NotesAnHour | Self::CommentsAnHour | Self::FollowsAnHour => Some(HOUR_MS),
            Self::StoriesADay | Self::RequestsADay => Some(24 * HOUR_MS),
            Self::Megabytes | Self::MentionsAPost => None,
        }
    }

    /// By its name in the table.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|limit| limit.name() == name)
    }

    /// What was typed for it: empty for no limit.
    ///
    /// # Errors
    /// Words that say what can be typed.
    pub fn parse(typed: &str) -> Result<Option<i64>, String> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Ok(None);
        }
        let number = typed.parse().ok().filter(|number| (1..=LARGEST).contains(number));
        number.map(Some).ok_or_else(|| format!("Write a number from 1 to {}, or leave it empty for no limit.", text::grouped(LARGEST)))
    }
}

/// How much of everything one level allows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits([Option<i64>; Limit::ALL.len()]);

impl Limits {
    /// How much of this; `None` for as much as one likes.
    pub fn of(self, limit: Limit) -> Option<i64> {
        self.0[limit as usize]
    }

    /// Sets one.
    pub fn set(&mut self, limit: Limit, most: Option<i64>) {
        self.0[limit as usize] = most;
    }

    /// Those that there are.
    pub fn iter(self) -> impl Iterator<Item = (Limit, i64)> {
        Limit::ALL.into_iter().filter_map(move |limit| Some((limit, self.of(limit)?)))
    }
}

/// The answer to somebody who has done as much of something as their level allows, until `again`.
pub fn enough(limit: Limit, most: i64, (again, now): (i64, i64)) -> Error {
    let seconds = u64::try_from((again - now).max(1000) / 1000).unwrap_or(1);
    let what = match limit {
        Limit::NotesAnHour => format!("You have posted {} within an hour", times(most)),
        Limit::CommentsAnHour => format!("You have commented {} within an hour", times(most)),
        Limit::StoriesADay => format!("You have begun {} within a day", text::count(most, "story", "stories")),
        Limit::Megabytes => format!("Your files take up {} MB", text::grouped(most)),
        Limit::FollowsAnHour => format!("You have followed {} within an hour", text::count(most, "more", "more")),
        Limit::MentionsAPost => format!("A post may name {}", text::count(most, "person", "people")),
        Limit::RequestsADay => format!("You have asked {} within a day", text::count(most, "person", "people")),
    };
    let wait = match seconds {
        0..=90 => "a minute".to_owned(),
        91..=5400 => format!("{} minutes", seconds.div_ceil(60)),
        _ => format!("{} hours", seconds.div_ceil(3600)),
    };
    Error::Enough { seconds, words: format!("{what}, which is all that your level allows. You can go on in {wait}.") }
}

fn times(count: i64) -> String {
    if count == 1 { "once".into() } else { format!("{} times", text::grouped(count)) }
}
