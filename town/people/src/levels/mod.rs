//! Levels: what somebody may do, as a table that the site edits.
//!
//! Rooms ask `viewer.may(Permission::…)`; nobody compares the names of levels. Guests have a level too. The whole
//! table is a few dozen rows and is kept in memory with the site.
//!
//! A level also says how much of something it allows ([`Limit`]), and may be one that somebody comes to by good standing
//! ([`Conditions`]). The rule beside each thing counts; nothing here does.

mod conditions;
mod limits;
mod store;

pub use conditions::{Conditions, Record, Unmet};
pub use limits::{Limit, Limits, enough};
pub use store::{add, all, grant, limit, move_members, remove, save, usual};

/// Something that not everybody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Permission {
    /// Write stories and work on one's own.
    WriteStories,
    /// Publish one's own stories, unless the site asks for review first.
    PublishStories,
    /// Edit, publish, correct and remove anybody's stories.
    EditStories,
    /// Change sections.
    EditSections,
    /// Arrange the front page.
    ArrangeFront,
    /// Make invitations to join, and decide who may.
    WelcomePeople,
    /// Invite people to the staff, set levels, suspend.
    ManagePeople,
    /// Change the site's identity and rules.
    ManageSite,
    /// Like posts, and react to them otherwise.
    React,
    /// Write notes in the town square, and vote in its polls.
    WriteNotes,
    /// Comment on what others wrote.
    WriteComments,
    /// Review what others wrote.
    WriteReviews,
    /// Found organizations, whose pages several members run.
    FoundOrganizations,
    /// Take down anybody's notes, comments and reviews.
    ModerateNotes,
    /// Give and take badges.
    GiveBadges,
    /// Decide about what was reported.
    Moderate,
}

impl Permission {
    /// All of them, in the order the desk shows them.
    pub const ALL: [Self; 16] = [
        Self::React,
        Self::WriteNotes,
        Self::WriteComments,
        Self::WriteReviews,
        Self::FoundOrganizations,
        Self::WriteStories,
        Self::PublishStories,
        Self::EditStories,
        Self::EditSections,
        Self::ArrangeFront,
        Self::ModerateNotes,
        Self::Moderate,
        Self::WelcomePeople,
        Self::GiveBadges,
        Self::ManagePeople,
        Self::ManageSite,
    ];

    /// What others read of somebody, which they may not add to while they are limited.
    pub const OF_WRITING: [Self; 6] =
        [Self::WriteNotes, Self::WriteComments, Self::WriteReviews, Self::FoundOrganizations, Self::WriteStories, Self::PublishStories];

    /// Those of the people who work here. The others are what it means to be a member.
    pub fn of_staff() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|permission| {
            !matches!(permission, Self::React | Self::WriteNotes | Self::WriteComments | Self::WriteReviews | Self::FoundOrganizations)
        })
    }

    /// Its name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::WriteStories => "stories.write",
            Self::PublishStories => "stories.publish",
            Self::EditStories => "stories.edit",
            Self::EditSections => "sections.edit",
            Self::ArrangeFront => "front.arrange",
            Self::WelcomePeople => "people.welcome",
            Self::ManagePeople => "people.manage",
            Self::ManageSite => "site.manage",
            Self::React => "posts.react",
            Self::WriteNotes => "notes.write",
            Self::WriteComments => "comments.write",
            Self::WriteReviews => "reviews.write",
            Self::FoundOrganizations => "organizations.found",
            Self::ModerateNotes => "notes.moderate",
            Self::GiveBadges => "badges.give",
            Self::Moderate => "posts.moderate",
        }
    }

    /// What it means, for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::WriteStories => "Write stories",
            Self::PublishStories => "Publish their own stories",
            Self::EditStories => "Edit, publish and remove anybody’s stories",
            Self::EditSections => "Change sections",
            Self::ArrangeFront => "Arrange the front page",
            Self::WelcomePeople => "Invite people to join, and decide who may",
            Self::ManagePeople => "Manage people",
            Self::ManageSite => "Change the site’s settings",
            Self::React => "Like posts and react to them",
            Self::WriteNotes => "Post and vote in the town square",
            Self::WriteComments => "Comment on stories, albums and posts",
            Self::WriteReviews => "Review stories and organizations",
            Self::FoundOrganizations => "Found organizations, whose pages several members run",
            Self::ModerateNotes => "Take down anybody’s posts in the town square, comments and reviews",
            Self::GiveBadges => "Give and take badges",
            Self::Moderate => "Decide about what was reported",
        }
    }

    /// By its name in the table.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|permission| permission.name() == name)
    }
}

/// A set of permissions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Permissions(u64);

impl Permissions {
    /// Whether this is among them.
    pub fn has(self, permission: Permission) -> bool {
        self.0 & (1 << permission as u8) != 0
    }

    /// Adds one.
    pub fn add(&mut self, permission: Permission) {
        self.0 |= 1 << permission as u8;
    }

    /// Without everything that others would read.
    pub(crate) fn only_reading(mut self) -> Self {
        for permission in Permission::OF_WRITING {
            self.0 &= !(1 << permission as u8);
        }
        self
    }
}

/// One level.
#[derive(Clone, Debug)]
pub struct Level {
    /// Its name in tables.
    pub name: String,
    /// What people read.
    pub title: String,
    /// Higher may more; only for the order of lists.
    pub rank: i64,
    /// What it may do.
    pub permissions: Permissions,
    /// How much of something it allows.
    pub limits: Limits,
    /// How somebody comes to it by good standing; `None` where it is given by hand alone.
    pub conditions: Option<Conditions>,
}

/// The level of those who have no account.
pub const GUEST: &str = "guest";
/// The level that always keeps [`KEPT`], so that nobody can lock everybody out.
pub const TOP: &str = "administrator";
/// What the highest level cannot lose, and nobody comes to by themselves.
pub const KEPT: [Permission; 2] = [Permission::ManagePeople, Permission::ManageSite];
/// Longest title of a level, in characters.
pub const MAX_TITLE: usize = 40;
/// More columns than a table has room for.
pub const MOST: usize = 20;

impl Level {
    /// Whether it can be removed: not those that the program itself names.
    pub fn is_fixed(&self) -> bool {
        [GUEST, TOP].contains(&self.name.as_str())
    }

    /// Whether somebody may come to it without anybody's leave: not where it gives away the site.
    pub fn may_come_by_itself(&self) -> bool {
        !self.is_fixed() && !KEPT.into_iter().any(|kept| self.permissions.has(kept))
    }
}

/// The whole table, lowest rank first.
#[derive(Clone, Debug, Default)]
pub struct Levels(Vec<Level>);

impl Levels {
    /// All levels.
    pub fn all(&self) -> &[Level] {
        &self.0
    }

    /// One level.
    pub fn named(&self, name: &str) -> Option<&Level> {
        self.0.iter().find(|level| level.name == name)
    }

    /// The level of those who join: members, or where the site has no such level, the lowest that may no more than they.
    pub fn of_newcomers(&self) -> &str {
        let lowest = || {
            self.0.iter().find(|level| level.name != GUEST && !Permission::of_staff().any(|permission| level.permissions.has(permission)))
        };
        self.named("member").or_else(lowest).map_or(GUEST, |level| level.name.as_str())
    }

    /// How much of something a level allows; no limit when there is no such level.
    pub fn limits(&self, name: &str) -> Limits {
        self.named(name).map(|level| level.limits).unwrap_or_default()
    }

    /// The levels that somebody comes to by good standing, the lowest first; always from one below, also when the order of
    /// levels was changed since.
    pub fn risen_to(&self) -> impl DoubleEndedIterator<Item = (&Level, &Conditions)> {
        self.0.iter().filter(|level| level.may_come_by_itself()).filter_map(|level| {
            let conditions = level.conditions.as_ref()?;
            let below = self.named(&conditions.from).is_some_and(|from| from.rank < level.rank && from.name != GUEST);
            below.then_some((level, conditions))
        })
    }

    /// Those of them to which somebody of this level comes.
    pub fn after<'a>(&'a self, name: &'a str) -> impl Iterator<Item = (&'a Level, &'a Conditions)> {
        self.risen_to().filter(move |(_, conditions)| conditions.from == name)
    }

    /// What a level may do; nothing when there is no such level.
    pub fn permissions(&self, name: &str) -> Permissions {
        self.named(name).map(|level| level.permissions).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
