//! What can be reported, and what can be decided about it.

use crate::PostId;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// What is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A story.
    Story,
    /// A post in the square.
    Note,
    /// A comment.
    Comment,
    /// A review.
    Review,
    /// An album.
    Album,
    /// Context that a reader added.
    Context,
    /// Somebody's page: their name, picture, and what they say of themself.
    Profile,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 7] = [Self::Comment, Self::Note, Self::Review, Self::Story, Self::Album, Self::Context, Self::Profile];

    /// Its name in tables and addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Story => "story",
            Self::Note => "note",
            Self::Comment => "comment",
            Self::Review => "review",
            Self::Album => "album",
            Self::Context => "context",
            Self::Profile => "profile",
        }
    }

    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// What people call one.
    pub fn words(self) -> &'static str {
        match self {
            Self::Note => "post",
            Self::Context => "context note",
            other => other.name(),
        }
    }

    /// One of them, with its article.
    pub fn one(self) -> &'static str {
        match self {
            Self::Story => "a story",
            Self::Note => "a post",
            Self::Comment => "a comment",
            Self::Review => "a review",
            Self::Album => "an album",
            Self::Context => "a context note",
            Self::Profile => "a profile",
        }
    }

    /// What people call several.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Story => "Stories",
            Self::Note => "Posts",
            Self::Comment => "Comments",
            Self::Review => "Reviews",
            Self::Album => "Albums",
            Self::Context => "Context notes",
            Self::Profile => "Profiles",
        }
    }
}

/// One thing that is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// What it is.
    pub kind: Kind,
    /// Its id: a post's, of context its own, and for a profile an account's.
    pub id: i64,
}

impl Subject {
    /// The post, if it is one.
    pub fn post(self) -> Option<PostId> {
        (!matches!(self.kind, Kind::Profile | Kind::Context)).then(|| PostId::new(self.id))
    }

    /// Where it is reported.
    pub fn report_address(self) -> String {
        format!("/reports/{}/{}", self.kind.name(), self.id)
    }
}

/// What moderators decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// It stays as it is.
    Keep,
    /// A sentence stands over it.
    Label,
    /// Only its author and the staff see it.
    Hide,
    /// It is removed.
    Remove,
    /// Its author is warned.
    Warn,
    /// Its author may only read for a while.
    Limit,
    /// Its author is suspended for a while.
    Suspend,
    /// Its author is shut out.
    Ban,
}

impl Act {
    /// All of them, the mildest first.
    pub const ALL: [Self; 8] = [Self::Keep, Self::Label, Self::Hide, Self::Remove, Self::Warn, Self::Limit, Self::Suspend, Self::Ban];
    /// For how long somebody is limited or suspended: name, words, days.
    pub const DURATIONS: [(&'static str, &'static str, i64); 5] =
        [("1", "A day", 1), ("3", "Three days", 3), ("7", "A week", 7), ("30", "30 days", 30), ("90", "90 days", 90)];

    /// Its name in tables and forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Label => "label",
            Self::Hide => "hide",
            Self::Remove => "remove",
            Self::Warn => "warn",
            Self::Limit => "limit",
            Self::Suspend => "suspend",
            Self::Ban => "ban",
        }
    }

    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.name() == name)
    }

    /// The key that chooses it: its first letter, where that is its alone.
    pub fn key(self) -> &'static str {
        match self {
            // "Only read."
            Self::Limit => "o",
            other => &other.name()[..1],
        }
    }

    /// What moderators read.
    pub fn words(self) -> &'static str {
        match self {
            Self::Keep => "Keep it",
            Self::Label => "Put a sentence over it",
            Self::Hide => "Hide it",
            Self::Remove => "Remove it",
            Self::Warn => "Warn its author",
            Self::Limit => "Let its author only read for a while",
            Self::Suspend => "Suspend its author for a while",
            Self::Ban => "Ban its author",
        }
    }

    /// What it did, for the log and for whoever it is about.
    pub fn done(self, kind: Kind) -> String {
        let what = kind.words();
        match self {
            Self::Keep => format!("A {what} was kept").replace("A album", "An album"),
            Self::Label => format!("A sentence was put over a {what}").replace("a album", "an album"),
            Self::Hide => format!("A {what} was hidden").replace("A album", "An album"),
            Self::Remove => format!("A {what} was removed").replace("A album", "An album"),
            Self::Warn => "A member was warned".into(),
            Self::Limit => "A member may only read for a while".into(),
            Self::Suspend => "A member was suspended".into(),
            Self::Ban => "A member was banned".into(),
        }
    }

    /// The same said to the person it is about.
    pub fn to_you(self, kind: Kind) -> String {
        let what = kind.words();
        match self {
            Self::Keep => format!("Your {what} stays as it is."),
            Self::Label => format!("A sentence of ours stands over your {what} now."),
            Self::Hide => format!("Your {what} is hidden: nobody sees it but you and the people who run this site."),
            Self::Remove => format!("Your {what} was removed."),
            Self::Warn => "You are warned. Nothing was changed.".into(),
            Self::Limit => "You can read here, but not post or comment, for a while.".into(),
            Self::Suspend => "Your account is suspended for a while. You cannot sign in until then.".into(),
            Self::Ban => "Your account is closed to you: you cannot sign in any more.".into(),
        }
    }

    /// Whether it can be decided about this.
    pub fn fits(self, kind: Kind) -> bool {
        match kind {
            Kind::Profile => !matches!(self, Self::Label | Self::Hide | Self::Remove),
            // It stands on no page of its own where its author would see it hidden.
            Kind::Context => !matches!(self, Self::Label | Self::Hide),
            _ => true,
        }
    }

    /// Whether it lasts for a time that is chosen.
    pub fn lasts(self) -> bool {
        matches!(self, Self::Limit | Self::Suspend)
    }

    /// The time of one of [`Act::DURATIONS`], from now.
    pub fn until(name: &str, now: i64) -> Option<i64> {
        Self::DURATIONS.iter().find(|(known, ..)| *known == name).map(|(.., days)| now + days * DAY_MS)
    }
}
