//! Connections on their way out of a site or into one: lines of an export (docs/export.md).

use db::{Row, Tx, params};
use serde::{Deserialize, Serialize};
use text::times::stamp;

use super::{
    choices::{Order, ShownTo, choose, choose_order},
    counts::{add, touch},
    follows, friends,
};
use crate::{
    AccountId, finding,
    lists::{ListId, MAX_NAME},
};

/// What ties an account to another, or to a section or topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It follows it.
    Follow,
    /// They are friends; written once, by the smaller id.
    Friendship,
    /// It asked them to be friends.
    Request,
    /// It blocks them.
    Block,
    /// It mutes them.
    Mute,
    /// It does not want to see them suggested.
    Dismissal,
}

impl Kind {
    /// All of them, as they are read back: what a block would end comes before it.
    pub const ALL: [Self; 6] = [Self::Follow, Self::Friendship, Self::Request, Self::Block, Self::Mute, Self::Dismissal];

    /// Its file in an export.
    pub fn file(self) -> &'static str {
        match self {
            Self::Follow => "follows.jsonl",
            Self::Friendship => "friendships.jsonl",
            Self::Request => "friend_requests.jsonl",
            Self::Block => "blocks.jsonl",
            Self::Mute => "mutes.jsonl",
            Self::Dismissal => "dismissed_suggestions.jsonl",
        }
    }

    /// Its table, the column of the other, and what else a line of it has.
    fn table(self) -> (&'static str, &'static str, &'static str) {
        const NOTHING: &str = "cast(null as bigint), cast(null as bigint), cast(null as bigint)";
        match self {
            Self::Follow => ("follows", "target_id", NOTHING),
            Self::Friendship => ("friendships", "friend_id", NOTHING),
            Self::Request => ("friend_requests", "friend_id", "refused_at, withdrawn_at, cast(null as bigint)"),
            Self::Block => ("blocks", "blocked_id", NOTHING),
            Self::Mute => ("mutes", "muted_id", "cast(null as bigint), cast(null as bigint), ends_at"),
            Self::Dismissal => ("dismissed_suggestions", "target_id", NOTHING),
        }
    }
}

/// A line of one of these files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tie {
    /// Whose it is.
    pub account: AccountId,
    /// An account, or for what is followed a section or a topic.
    pub other: db::Id,
    /// Since when.
    #[serde(with = "stamp")]
    pub at: i64,
    /// When a request was refused, which whoever made it does not know.
    #[serde(default, with = "stamp::maybe", skip_serializing_if = "Option::is_none")]
    pub refused: Option<i64>,
    /// When a refused request was taken back.
    #[serde(default, with = "stamp::maybe", skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<i64>,
    /// When a mute ends by itself.
    #[serde(default, with = "stamp::maybe", skip_serializing_if = "Option::is_none")]
    pub ends: Option<i64>,
}

fn tie(row: &Row) -> Result<Tie, db::Error> {
    Ok(Tie { account: row.get(0)?, other: row.get(1)?, at: row.get(2)?, refused: row.get(3)?, withdrawn: row.get(4)?, ends: row.get(5)? })
}

/// Ties of a kind, everybody's, by account and other, those after one.
pub fn ties(tx: &mut Tx, kind: Kind, after: Option<&Tie>, limit: u32) -> Result<Vec<Tie>, db::Error> {
    let (table, other, more) = kind.table();
    let once = if kind == Kind::Friendship { "and account_id < friend_id" } else { "" };
    let sql = format!(
        "select account_id, {other}, created_at, {more} from {table} where (account_id, {other}) > ($1, $2) {once}
         order by account_id, {other} limit $3"
    );
    let (account, other) = after.map_or((i64::MIN, i64::MIN), |tie| (tie.account.get(), tie.other.get()));
    tx.all(&sql, params![account, other, limit], tie)
}

/// Ties of a kind that are somebody's own, as far as they are to know: at most ten thousand.
pub fn ties_of(tx: &mut Tx, kind: Kind, account: AccountId) -> Result<Vec<Tie>, db::Error> {
    let (table, other, more) = kind.table();
    let sql = format!("select account_id, {other}, created_at, {more} from {table} where account_id = $1 order by {other} limit 10000");
    let ties = tx.all(&sql, params![account], tie)?;
    let told = |tie: Tie| Tie { refused: None, ..tie };
    Ok(ties.into_iter().filter(|tie| tie.withdrawn.is_none()).map(told).collect())
}

/// Writes a tie down; answers whether it is new. That both sides are here is the caller's to know.
pub fn put(tx: &mut Tx, kind: Kind, tie: &Tie) -> Result<bool, db::Error> {
    let (account, other) = (tie.account, AccountId::new(tie.other.get()));
    if account == other {
        return Ok(false);
    }
    match kind {
        Kind::Follow => follows::put(tx, account, other.get(), tie.at),
        Kind::Friendship => friends::put(tx, account, other, tie.at),
        Kind::Request => put_request(tx, tie, other),
        Kind::Block | Kind::Mute | Kind::Dismissal => {
            let (table, column, _) = kind.table();
            let new = tx.run(
                &format!(
                    "insert into {table} (account_id, {column}, created_at) values ($1, $2, $3) on conflict (account_id, {column}) do nothing"
                ),
                params![account, other, tie.at],
            )? > 0;
            if new {
                if kind == Kind::Mute {
                    tx.run("update mutes set ends_at = $3 where account_id = $1 and muted_id = $2", params![account, other, tie.ends])?;
                }
                touch(tx, &[account, other])?;
            }
            Ok(new)
        }
    }
}

fn put_request(tx: &mut Tx, tie: &Tie, other: AccountId) -> Result<bool, db::Error> {
    let new = tx.run(
        "insert into friend_requests (account_id, friend_id, created_at, refused_at, withdrawn_at) values ($1, $2, $3, $4, $5)
         on conflict (account_id, friend_id) do nothing",
        params![tie.account, other, tie.at, tie.refused, tie.withdrawn],
    )?;
    if new > 0 && tie.refused.is_none() && tie.withdrawn.is_none() {
        add(tx, other.get(), "waiting", 1)?;
    }
    Ok(new > 0)
}

/// A list with who is on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Circle {
    /// Its id.
    pub id: ListId,
    /// Whose it is.
    pub account: AccountId,
    /// What its owner calls it.
    pub name: String,
    /// When it was made.
    #[serde(with = "stamp")]
    pub created: i64,
    /// Who is on it.
    pub members: Vec<Member>,
}

/// Somebody on a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub account: AccountId,
    /// Since when.
    #[serde(with = "stamp")]
    pub at: i64,
}

/// Lists by their ids, those after one: everybody's or somebody's.
pub fn circles(tx: &mut Tx, of: Option<AccountId>, after: Option<ListId>, limit: u32) -> Result<Vec<Circle>, db::Error> {
    let sql = "select id, account_id, name, created_at from lists where id > $1 and (account_id = $2 or $2 = 0) order by id limit $3";
    let (after, of) = (after.map_or(i64::MIN, ListId::get), of.map_or(0, AccountId::get));
    let mut circles = tx.all(sql, params![after, of, limit], |row| {
        Ok(Circle { id: row.get(0)?, account: row.get(1)?, name: row.get(2)?, created: row.get(3)?, members: Vec::new() })
    })?;
    for circle in &mut circles {
        let sql = "select account_id, created_at from list_members where list_id = $1 order by account_id";
        circle.members = tx.all(sql, params![circle.id], |row| Ok(Member { account: row.get(0)?, at: row.get(1)? }))?;
    }
    Ok(circles)
}

/// Writes a list down; answers whether it is new. One of the same owner and name stays as it is.
pub fn put_circle(tx: &mut Tx, circle: &Circle) -> Result<bool, db::Error> {
    let name = text::clean_line(&circle.name);
    if name.is_empty() || name.chars().count() > MAX_NAME {
        return Ok(false);
    }
    let new = tx.run(
        "insert into lists (id, account_id, name, name_key, created_at) values ($1, $2, $3, $4, $5) on conflict do nothing",
        params![circle.id, circle.account, &name, &text::fold(&name), circle.created],
    )?;
    if new == 0 {
        return Ok(false);
    }
    for member in circle.members.iter().filter(|member| member.account != circle.account) {
        let put = tx.run(
            "insert into list_members (list_id, account_id, created_at) values ($1, $2, $3) on conflict (list_id, account_id) do nothing",
            params![circle.id, member.account, member.at],
        )?;
        tx.run("update lists set members = members + $2 where id = $1", params![circle.id, i64::try_from(put).unwrap_or(0)])?;
    }
    touch(tx, &[circle.account])?;
    Ok(true)
}

/// What somebody chose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Whose it is.
    pub account: AccountId,
    /// The name of who sees their connections.
    pub shown_to: String,
    /// Whether they are found by their e-mail address.
    pub by_email: bool,
    /// The name of the order in which they read what they follow.
    #[serde(default)]
    pub order: String,
}

/// Choices by account, those after one.
pub fn chosen(tx: &mut Tx, after: Option<AccountId>, limit: u32) -> Result<Vec<Choice>, db::Error> {
    let sql = "select account_id, shown_to, case when email_digest is null then 0 else 1 end, home_order from connection_choices
        where account_id > $1 order by account_id limit $2";
    tx.all(sql, params![after.map_or(i64::MIN, AccountId::get), limit], |row| {
        Ok(Choice { account: row.get(0)?, shown_to: row.get(1)?, by_email: row.get(2)?, order: row.get(3)? })
    })
}

/// Takes up what somebody chose elsewhere, unless they chose here; answers whether they did not.
pub fn put_choice(tx: &mut Tx, choice: &Choice) -> Result<bool, db::Error> {
    let Some(shown_to) = ShownTo::named(&choice.shown_to) else { return Ok(false) };
    let here = "select 1 from connection_choices where account_id = $1";
    if tx.first(here, params![choice.account], |row| row.get::<i64>(0))?.is_some() {
        return Ok(false);
    }
    choose(tx, choice.account, shown_to)?;
    choose_order(tx, choice.account, Order::named(&choice.order).unwrap_or_default())?;
    if choice.by_email {
        finding::be_found(tx, choice.account, true)?;
    }
    Ok(true)
}
