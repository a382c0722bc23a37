//! The front porch: which posts are read before they appear, and when the letter goes that says what appeared.

use web::{Form, Problems};

/// Posts of a new member that are read, at most.
pub const MOST_POSTS: i64 = 50;

/// The hour at which the letter goes where a site has not said otherwise: when most of a day's posts have been read.
const EVENING: i64 = 18;

/// Which posts are read before they appear.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// None, but for what filters hold.
    #[default]
    Off,
    /// The first ones of new members.
    New,
    /// All.
    All,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Off, Self::New, Self::All];

    /// Its name in the table and in forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::New => "new",
            Self::All => "all",
        }
    }

    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// What people read.
    pub fn words(self) -> &'static str {
        match self {
            Self::Off => "Posts appear at once",
            Self::New => "The first posts of new members are read before they appear",
            Self::All => "Front porch: every post is read before it appears",
        }
    }
}

/// The front porch of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Porch {
    /// Which posts are read.
    pub state: State,
    /// How many posts of a new member are, while [`State::New`] holds.
    pub posts: i64,
    /// The hour, in the site's zone, at which the daily letter goes, while [`State::All`] holds ([`super::letter`]).
    pub hour: i64,
}

impl Default for Porch {
    fn default() -> Self {
        Self { state: State::Off, posts: 3, hour: EVENING }
    }
}

impl Porch {
    /// Reads `porch`, `posts` and `hour`.
    pub fn parse(form: &Form, problems: &mut Problems) -> Self {
        let state = State::named(form.text("porch")).unwrap_or_else(|| {
            problems.add("porch", "Choose which posts are read before they appear.");
            State::Off
        });
        let posts = form.text("posts").trim().parse().ok().filter(|posts| (1..=MOST_POSTS).contains(posts)).unwrap_or_else(|| {
            problems.add("posts", format!("Write a number from 1 to {MOST_POSTS}."));
            1
        });
        let hour = form.text("hour").trim().parse().ok().filter(|hour| (0..24).contains(hour)).unwrap_or_else(|| {
            problems.add("hour", "Choose an hour of the day, from 0 to 23.");
            EVENING
        });
        Self { state, posts, hour }
    }
}
