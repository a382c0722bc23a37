//! What there is to be told, and how.

/// A kind of notice.
#[derive(Debug)]
pub struct Kind {
    /// Its name in tables and forms; never changed.
    pub name: &'static str,
    /// What members read where they choose how they hear of it.
    pub title: &'static str,
    /// What stands before it in lists.
    pub icon: &'static str,
    /// What one person did, after their name: "follows you". Without people in it, the whole sentence.
    pub one: &'static str,
    /// What several did: "follow you".
    pub many: &'static str,
    /// By which ways members hear of it who have not chosen.
    pub usual: Ways,
}

/// By which ways a member hears of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ways {
    /// On their page here, counted in the bar.
    pub site: bool,
    /// By letter.
    pub email: Email,
    /// On their devices, also while no page is open.
    pub push: bool,
}

impl Ways {
    /// On the page here alone.
    pub const SITE: Self = Self { site: true, email: Email::Never, push: false };

    /// On the page and on devices, with a letter so often.
    pub const fn with(email: Email) -> Self {
        Self { site: true, email, push: true }
    }

    /// Whether they hear of it at all.
    pub fn any(self) -> bool {
        self.site || self.push || self.email != Email::Never
    }
}

/// How often letters come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Email {
    /// Not at all.
    Never,
    /// At once.
    Once,
    /// Gathered in one letter a day.
    Daily,
}

impl Email {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Never, Self::Once, Self::Daily];

    /// Its name in tables and forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Once => "once",
            Self::Daily => "daily",
        }
    }

    /// What members read.
    pub fn words(self) -> &'static str {
        match self {
            Self::Never => "No letter",
            Self::Once => "At once",
            Self::Daily => "Once a day",
        }
    }

    /// By its name. What is none of them sends nothing.
    pub fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|email| email.name() == name).unwrap_or(Self::Never)
    }
}
