//! What members choose about their connections: who sees them, and whether they are found by their e-mail address.

use db::{Tx, params};

use super::are_connected;
use crate::{AccountId, viewer::Viewer};

/// Who sees whom somebody follows, who follows them, and whose friend they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ShownTo {
    /// Everyone.
    Public,
    /// Everyone who is signed in.
    #[default]
    Members,
    /// Their friends.
    Connections,
    /// Nobody else.
    OnlyMe,
}

impl ShownTo {
    /// All of them, the widest first.
    pub const ALL: [Self; 4] = [Self::Public, Self::Members, Self::Connections, Self::OnlyMe];

    /// Its name in tables and forms: that of a visibility.
    pub fn name(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Members => "members",
            Self::Connections => "connections",
            Self::OnlyMe => "only_me",
        }
    }

    /// What people read.
    pub fn words(self) -> &'static str {
        match self {
            Self::Public => "Everyone",
            Self::Members => "Members of this site",
            Self::Connections => "My friends",
            Self::OnlyMe => "Only me",
        }
    }

    /// Whether every member sees it.
    pub fn is_everybody_here(self) -> bool {
        matches!(self, Self::Public | Self::Members)
    }

    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shown| shown.name() == name)
    }
}

/// In which order somebody reads what they follow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The newest first.
    #[default]
    Latest,
    /// By how new, how close and how much answered it is.
    Ranked,
}

impl Order {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Latest, Self::Ranked];

    /// Its name in tables and forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Latest => "latest",
            Self::Ranked => "ranked",
        }
    }

    /// What people read.
    pub fn words(self) -> &'static str {
        match self {
            Self::Latest => "Latest",
            Self::Ranked => "Ranked",
        }
    }

    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.name() == name)
    }
}

/// In which order somebody reads what they follow: as they chose it, until they choose again.
pub fn home_order(tx: &mut Tx, account: AccountId) -> Result<Order, db::Error> {
    let sql = "select home_order from connection_choices where account_id = $1";
    let found = tx.first(sql, params![account], |row| Ok(Order::named(row.text(0)?)))?;
    Ok(found.flatten().unwrap_or_default())
}

/// Chooses the order in which one reads what one follows.
pub fn choose_order(tx: &mut Tx, account: AccountId, order: Order) -> Result<(), db::Error> {
    tx.run(
        "insert into connection_choices (account_id, shown_to, home_order) values ($1, $2, $3)
         on conflict (account_id) do update set home_order = excluded.home_order",
        params![account, ShownTo::default().name(), order.name()],
    )?;
    Ok(())
}

/// What somebody chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// Who sees their connections.
    pub shown_to: ShownTo,
    /// Whether whoever knows their e-mail address finds them by it.
    pub by_email: bool,
}

/// What somebody chose, or what holds for those who chose nothing: members see their connections, nobody finds them by
/// their address.
pub fn choices(tx: &mut Tx, account: AccountId) -> Result<Choices, db::Error> {
    let sql = "select shown_to, case when email_digest is null then 0 else 1 end from connection_choices where account_id = $1";
    let found = tx.first(sql, params![account], |row| {
        // What this program does not know shows nobody anything.
        Ok(Choices { shown_to: ShownTo::named(row.text(0)?).unwrap_or(ShownTo::OnlyMe), by_email: row.get(1)? })
    })?;
    Ok(found.unwrap_or_default())
}

/// Chooses who sees one's connections.
pub fn choose(tx: &mut Tx, account: AccountId, shown_to: ShownTo) -> Result<(), db::Error> {
    tx.run(
        "insert into connection_choices (account_id, shown_to) values ($1, $2) on conflict (account_id) do update set shown_to = excluded.shown_to",
        params![account, shown_to.name()],
    )?;
    Ok(())
}

/// Whether a viewer sees somebody's connections.
pub fn sees_connections(tx: &mut Tx, viewer: &Viewer, account: AccountId, shown_to: ShownTo) -> Result<bool, db::Error> {
    let Some(me) = viewer.must_be_member().ok() else { return Ok(shown_to == ShownTo::Public) };
    Ok(match shown_to {
        ShownTo::Public | ShownTo::Members => true,
        ShownTo::Connections => me.id == account || are_connected(tx, me.id, account)?,
        ShownTo::OnlyMe => me.id == account,
    })
}
