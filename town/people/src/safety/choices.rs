//! What members choose, and what follows from it for those who name or ask them.

use db::{Tx, params};

use crate::AccountId;

/// Whose mentions somebody hears of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mentions {
    /// Everybody’s.
    #[default]
    Everybody,
    /// Those of people whom they follow.
    Followed,
    /// Nobody’s.
    Nobody,
}

impl Mentions {
    /// All of them, the widest first.
    pub const ALL: [Self; 3] = [Self::Everybody, Self::Followed, Self::Nobody];

    /// Its name in tables and forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Everybody => "everybody",
            Self::Followed => "followed",
            Self::Nobody => "nobody",
        }
    }

    /// What people read.
    pub fn words(self) -> &'static str {
        match self {
            Self::Everybody => "Everybody",
            Self::Followed => "People whom I follow",
            Self::Nobody => "Nobody",
        }
    }

    /// By its name. What this program does not know lets nobody through.
    pub fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|known| known.name() == name).unwrap_or(Self::Nobody)
    }
}

/// Who may ask to be somebody's friend.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Requests {
    /// Everybody.
    #[default]
    Everybody,
    /// Friends of their friends.
    FriendsOfFriends,
    /// Nobody.
    Nobody,
}

impl Requests {
    /// All of them, the widest first.
    pub const ALL: [Self; 3] = [Self::Everybody, Self::FriendsOfFriends, Self::Nobody];

    /// Its name in tables and forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Everybody => "everybody",
            Self::FriendsOfFriends => "friends",
            Self::Nobody => "nobody",
        }
    }

    /// What people read.
    pub fn words(self) -> &'static str {
        match self {
            Self::Everybody => "Everybody",
            Self::FriendsOfFriends => "Friends of my friends",
            Self::Nobody => "Nobody",
        }
    }

    /// By its name. What this program does not know lets nobody through.
    pub fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|known| known.name() == name).unwrap_or(Self::Nobody)
    }
}

/// What a member chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// Whether sensitive pictures are shown to them at once.
    pub shows_sensitive: bool,
    /// Whose mentions they hear of.
    pub mentions: Mentions,
    /// Who may ask to be their friend.
    pub requests: Requests,
}

/// What a member chose, or what is usual.
pub fn choices(tx: &mut Tx, account: AccountId) -> Result<Choices, db::Error> {
    let sql = "select shows_sensitive, mentions, requests from safety_choices where account_id = $1";
    let found = tx.first(sql, params![account], |row| {
        let (mentions, requests) = (Mentions::named(row.text(1)?), Requests::named(row.text(2)?));
        Ok(Choices { shows_sensitive: row.get::<i64>(0)? == 1, mentions, requests })
    })?;
    Ok(found.unwrap_or_default())
}

/// A member chooses.
pub fn choose(tx: &mut Tx, account: AccountId, choices: Choices) -> Result<(), db::Error> {
    tx.run(
        "insert into safety_choices (account_id, shows_sensitive, mentions, requests) values ($1, $2, $3, $4)
         on conflict (account_id) do update set shows_sensitive = excluded.shows_sensitive, mentions = excluded.mentions,
           requests = excluded.requests",
        params![account, i64::from(choices.shows_sensitive), choices.mentions.name(), choices.requests.name()],
    )?;
    Ok(())
}

/// Whether it reaches somebody that another names them: as they chose, and minors only by those whom they follow or who are minors, too.
pub fn may_mention(tx: &mut Tx, by: AccountId, whom: AccountId) -> Result<bool, db::Error> {
    let sql = "select 1 from accounts a join accounts b on b.id = $2 left join safety_choices c on c.account_id = a.id
        where a.id = $1 and a.locked_at is null
          and ((coalesce(c.mentions, 'everybody') = 'everybody' and (a.minor_until is null or b.minor_until is not null))
            or (coalesce(c.mentions, 'everybody') in ('everybody', 'followed')
              and exists (select 1 from follows f where f.account_id = a.id and f.target_id = b.id)))";
    Ok(tx.first(sql, params![whom, by], |row| row.get::<i64>(0))?.is_some())
}

/// Whether somebody may ask another to be friends. Minors are asked by friends of friends alone, whatever they chose.
pub fn may_ask(tx: &mut Tx, by: AccountId, whom: AccountId) -> Result<bool, db::Error> {
    let sql = "select coalesce(c.requests, 'everybody'), a.minor_until from accounts a left join safety_choices c on c.account_id = a.id
        where a.id = $1";
    let found = tx.first(sql, params![whom], |row| Ok((Requests::named(row.text(0)?), row.get::<Option<i64>>(1)?.is_some())))?;
    let in_common = "select 1 from friendships one join friendships other on other.friend_id = one.friend_id
        where one.account_id = $1 and other.account_id = $2 limit 1";
    match found {
        None | Some((Requests::Nobody, _)) => Ok(false),
        Some((Requests::Everybody, false)) => Ok(true),
        Some(_) => Ok(tx.first(in_common, params![by, whom], |row| row.get::<i64>(0))?.is_some()),
    }
}
