//! Whom somebody is connected with, as lists, and what stands between two people.

use db::{ToParam, Tx, params};
use std::{fmt, str::FromStr};

use crate::{AccountId, accounts::Author, blocks::where_no_block, finding, safety::where_seen};

/// Somebody on a list of connections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connected {
    /// Who it is.
    pub who: Author,
    /// Since when.
    pub at: i64,
}

impl Connected {
    /// Where the next page of the list begins after this one.
    pub fn before(&self) -> Before {
        Before { at: self.at, id: self.who.id }
    }
}

/// Where a page of such a list begins: the last of the page before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Before {
    /// Since when the last one shown is connected.
    pub at: i64,
    /// Who it was, among those of the same moment.
    pub id: AccountId,
}

impl Before {
    /// The first page.
    pub const NEWEST: Self = Self { at: i64::MAX, id: AccountId::new(i64::MAX) };
}

impl fmt::Display for Before {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.at, self.id)
    }
}

impl FromStr for Before {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (at, id) = text.rsplit_once('-').ok_or(())?;
        Ok(Self { at: at.parse().map_err(|_| ())?, id: id.parse().map_err(|_| ())? })
    }
}

/// One of the lists that connections are: its table, the column of those who stand on it, the column of whose it is.
struct Lines {
    table: &'static str,
    who: &'static str,
    whose: &'static str,
}

const FOLLOWERS: Lines = Lines { table: "follows", who: "account_id", whose: "target_id" };
const FOLLOWING: Lines = Lines { table: "follows", who: "target_id", whose: "account_id" };
const FRIENDS: Lines = Lines { table: "friendships", who: "friend_id", whose: "account_id" };

/// A page of such a list.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// Who looks: those parted from them by a block are left out. A guest is 0.
    pub viewer: AccountId,
    /// Only those whose names or handles have these words, or words that begin so. Empty for everybody.
    pub named: &'a str,
    /// Where it begins.
    pub before: Before,
    /// How many at most.
    pub limit: u32,
}

/// Who follows an account, a section, a topic, the newest first.
pub fn followers(tx: &mut Tx, of: i64, asked: Page) -> Result<Vec<Connected>, db::Error> {
    FOLLOWERS.page(tx, of, asked)
}

/// Which people an account follows, the newest first.
pub fn following(tx: &mut Tx, of: AccountId, asked: Page) -> Result<Vec<Connected>, db::Error> {
    FOLLOWING.page(tx, of.get(), asked)
}

/// Whose friend an account is, the newest first.
pub fn friends(tx: &mut Tx, of: AccountId, asked: Page) -> Result<Vec<Connected>, db::Error> {
    FRIENDS.page(tx, of.get(), asked)
}

impl Lines {
    fn page(&self, tx: &mut Tx, of: i64, asked: Page) -> Result<Vec<Connected>, db::Error> {
        let Self { table, who, whose } = self;
        let words = finding::words(asked.named);
        // Names lead to the list, not the list to its names: it may have a hundred thousand.
        let named = if words.is_empty() { String::new() } else { format!("{} join", finding::named(6, words.len())) };
        let on = if words.is_empty() { String::new() } else { format!("on c.{who} = n.account_id") };
        let (no_block, seen) = (where_no_block("$2", &format!("c.{who}")), where_seen("$2", "a"));
        let sql = format!(
            "select a.id, a.handle, a.name, a.picture, c.created_at from {named} {table} c {on} join accounts a on a.id = c.{who}
             where c.{whose} = $1 and (c.created_at, c.{who}) < ($3, $4) and a.suspended_at is null and a.standing = 'member' and {no_block} and {seen}
             order by c.created_at desc, c.{who} desc limit $5"
        );
        let bounds = finding::bounds(&words);
        let mut values = params![of, asked.viewer, asked.before.at, asked.before.id, asked.limit].to_vec();
        values.extend(bounds.iter().map(ToParam::to_param));
        tx.all(&sql, &values, |row| {
            let who = Author { id: row.get(0)?, handle: row.get(1)?, name: row.get(2)?, picture: row.get(3)? };
            Ok(Connected { who, at: row.get(4)? })
        })
    }
}

/// What stands between somebody who looks and another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Between {
    /// The viewer follows them.
    pub follows: bool,
    /// They follow the viewer.
    pub followed: bool,
    /// Both agreed to be friends.
    pub friends: bool,
    /// The viewer asked them to be friends, as far as the viewer is to know.
    pub asked: bool,
    /// They asked the viewer, who has not answered.
    pub asks: bool,
    /// The viewer blocks them.
    pub blocks: bool,
    /// They block the viewer, who is not to know.
    pub blocked: bool,
    /// The viewer mutes them.
    pub mutes: bool,
}

impl Between {
    /// Whether a block stands between the two: then neither sees the other.
    pub fn parted(self) -> bool {
        self.blocks || self.blocked
    }
}

/// What stands between two people.
pub fn between(tx: &mut Tx, viewer: AccountId, other: AccountId, now: i64) -> Result<Between, db::Error> {
    let sql = "select 1 from follows where account_id = $1 and target_id = $2
        union all select 2 from follows where account_id = $2 and target_id = $1
        union all select 3 from friendships where account_id = $1 and friend_id = $2
        union all select 4 from friend_requests where account_id = $1 and friend_id = $2 and withdrawn_at is null
        union all select 5 from friend_requests where account_id = $2 and friend_id = $1 and withdrawn_at is null and refused_at is null
        union all select 6 from blocks where account_id = $1 and blocked_id = $2
        union all select 7 from blocks where account_id = $2 and blocked_id = $1
        union all select 8 from mutes where account_id = $1 and muted_id = $2 and (ends_at is null or ends_at > $3)";
    let found = tx.all(sql, params![viewer, other, now], |row| row.get::<i64>(0))?;
    let has = |what| found.contains(&what);
    Ok(Between {
        follows: has(1),
        followed: has(2),
        friends: has(3),
        asked: has(4),
        asks: has(5),
        blocks: has(6),
        blocked: has(7),
        mutes: has(8),
    })
}
