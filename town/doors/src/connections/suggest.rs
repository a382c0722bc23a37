//! Whom somebody may like to follow, each with the reason why.
//!
//! Reasons are what two people share: friends, whom one follows follows them, sections and topics that one follows and the
//! other writes in or follows, too. Each source is looked at up to a number, so that whoever knows thousands waits no longer.
//! Where there is nothing of that, those who wrote lately are suggested. What a member does not want to see is not suggested again.

use db::{Tx, params};
use people::{AccountId, accounts::Author, blocks::where_no_block};
use std::collections::HashMap;
use web::Result;

use crate::square::names_of;

/// Suggestions shown at once.
pub(crate) const MOST: usize = 12;
/// Friends, and others that one follows, whose connections are looked at.
const SOURCES: i64 = 60;
/// Connections of each of them.
const OF_EACH: i64 = 100;
/// Sections and topics that are looked at, the latest followed first.
const INTERESTS: usize = 12;
/// Posts that each of these is known by, and followers.
const SAMPLE: i64 = 50;
/// People who are asked the database about: the best so far.
const CANDIDATES: usize = 60;

/// Somebody to follow, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Suggestion {
    pub who: Author,
    pub why: String,
}

/// What speaks for somebody so far.
#[derive(Default)]
struct Reasons {
    /// Friends of the viewer who are their friends.
    friends: Vec<i64>,
    /// Whom the viewer follows who follow them.
    followed_by: Vec<i64>,
    /// Sections and topics that the viewer follows and they write in.
    writes: Vec<i64>,
    /// Sections and topics that both follow.
    shares: Vec<i64>,
}

impl Reasons {
    /// The more people two know in common the likelier they know each other; what they read weighs less.
    fn weight(&self) -> usize {
        3 * self.friends.len() + 2 * self.followed_by.len() + 2 * self.writes.len().min(3) + self.shares.len().min(3)
    }

    /// The one that says most.
    fn best(&self) -> (&'static str, &[i64]) {
        match (&self.friends[..], &self.followed_by[..], &self.writes[..]) {
            (friends @ [_, ..], ..) => ("Friend of", friends),
            (_, followed_by @ [_, ..], _) => ("Followed by", followed_by),
            (_, _, writes @ [_, ..]) => ("Writes in", writes),
            _ => ("Follows, as you do,", &self.shares),
        }
    }
}

/// Whom a member may like to follow, what speaks most for it first; at most so many.
pub(crate) fn suggested(tx: &mut Tx, me: AccountId, most: usize) -> Result<Vec<Suggestion>> {
    let mut found: HashMap<i64, Reasons> = HashMap::new();
    through_people(tx, me, &mut found)?;
    through_interests(tx, me, &mut found)?;
    let mut ranked: Vec<(i64, Reasons)> = found.into_iter().collect();
    ranked.sort_by_key(|(id, reasons)| (std::cmp::Reverse(reasons.weight()), *id));
    let ids: Vec<i64> = ranked.iter().map(|(id, _)| *id).take(CANDIDATES).collect();
    let mut people = fit(tx, me, &ids)?;
    let chosen: Vec<(Author, Reasons)> =
        ranked.into_iter().filter_map(|(id, reasons)| Some((people.remove(&id)?, reasons))).take(most).collect();
    let owners: Vec<i64> = chosen.iter().flat_map(|(_, reasons)| reasons.best().1.iter().take(2).copied()).collect();
    let names = names_of(tx, &owners)?;
    let mut suggestions: Vec<Suggestion> = chosen
        .into_iter()
        .map(|(who, reasons)| {
            let (words, owners) = reasons.best();
            let named: Vec<&str> = owners.iter().take(2).filter_map(|owner| Some(names.get(owner)?.words.as_str())).collect();
            Suggestion { who, why: format!("{words} {}", and_others(&named, owners.len())) }
        })
        .collect();
    if suggestions.len() < most {
        let known: Vec<AccountId> = suggestions.iter().map(|suggestion| suggestion.who.id).collect();
        let lately = wrote_lately(tx, me)?.into_iter().filter(|who| !known.contains(&who.id));
        suggestions.extend(lately.take(most - suggestions.len()).map(|who| Suggestion { who, why: "Wrote here lately".into() }));
    }
    Ok(suggestions)
}

/// "Rosa", "Rosa and Ana", "Rosa, Ana and 3 others".
fn and_others(named: &[&str], all: usize) -> String {
    match (named, all.saturating_sub(named.len())) {
        ([], _) => text::count(i64::try_from(all).unwrap_or(i64::MAX), "other", "others"),
        (named, 0) => named.join(" and "),
        (named, others) => {
            format!("{} and {}", named.join(", "), text::count(i64::try_from(others).unwrap_or(i64::MAX), "other", "others"))
        }
    }
}

fn ids(tx: &mut Tx, sql: &str, of: i64, limit: i64) -> std::result::Result<Vec<i64>, db::Error> {
    tx.all(sql, params![of, limit], |row| row.get(0))
}

/// Friends of friends, and whom those follow whom one follows.
fn through_people(tx: &mut Tx, me: AccountId, found: &mut HashMap<i64, Reasons>) -> Result<()> {
    const FRIENDS: &str = "select friend_id from friendships where account_id = $1 order by created_at desc, friend_id desc limit $2";
    const FOLLOWED: &str = "select f.target_id from follows f join accounts a on a.id = f.target_id where f.account_id = $1
        order by f.created_at desc, f.target_id desc limit $2";
    let friends = ids(tx, FRIENDS, me.get(), SOURCES)?;
    for friend in &friends {
        for other in ids(tx, "select friend_id from friendships where account_id = $1 limit $2", *friend, OF_EACH)? {
            found.entry(other).or_default().friends.push(*friend);
        }
    }
    for followed in ids(tx, FOLLOWED, me.get(), SOURCES)? {
        for other in ids(tx, "select target_id from follows where account_id = $1 limit $2", followed, OF_EACH)? {
            found.entry(other).or_default().followed_by.push(followed);
        }
    }
    Ok(())
}

/// Who writes in what one follows, and who follows it, too.
fn through_interests(tx: &mut Tx, me: AccountId, found: &mut HashMap<i64, Reasons>) -> Result<()> {
    const INTEREST: &str =
        "select f.target_id from follows f where f.account_id = $1 and not exists (select 1 from accounts a where a.id = f.target_id)
        order by f.created_at desc, f.target_id desc limit $2";
    const AUTHORS: &str = "select distinct b.account_id from (select post_id from shelves where owner_id = $1 order by listed_at desc, post_id desc limit $2) s
        join post_authors b on b.post_id = s.post_id";
    const FOLLOWERS: &str = "select account_id from follows where target_id = $1 order by created_at desc, account_id desc limit $2";
    for interest in ids(tx, INTEREST, me.get(), i64::try_from(INTERESTS).unwrap_or(i64::MAX))? {
        for author in ids(tx, AUTHORS, interest, SAMPLE)? {
            found.entry(author).or_default().writes.push(interest);
        }
        for follower in ids(tx, FOLLOWERS, interest, SAMPLE)? {
            found.entry(follower).or_default().shares.push(interest);
        }
    }
    Ok(())
}

/// Those of these who can be suggested: people who are here, whom the member does not follow, mute, has not asked nor waved
/// off, and whom no block parts from them.
fn fit(tx: &mut Tx, me: AccountId, ids: &[i64]) -> Result<HashMap<i64, Author>> {
    let sql = format!(
        "select a.id, a.handle, a.name, a.picture from accounts a where a.id in ({}) and {}",
        db::places(2, ids.len()),
        can_be_suggested()
    );
    let me = me.get();
    let found = tx.all(&sql, &[params![me], &db::padded(ids)].concat(), author)?;
    Ok(found.into_iter().map(|who| (who.id.get(), who)).collect())
}

fn can_be_suggested() -> String {
    format!(
        "a.id <> $1 and a.suspended_at is null and a.standing = 'member' and a.locked_at is null and a.minor_until is null
         and not exists (select 1 from follows f where f.account_id = $1 and f.target_id = a.id)
         and not exists (select 1 from friend_requests r where r.account_id = $1 and r.friend_id = a.id)
         and not exists (select 1 from friend_requests r where r.account_id = a.id and r.friend_id = $1 and r.refused_at is null and r.withdrawn_at is null)
         and not exists (select 1 from mutes m where m.account_id = $1 and m.muted_id = a.id)
         and not exists (select 1 from dismissed_suggestions d where d.account_id = $1 and d.target_id = a.id) and {}",
        where_no_block("$1", "a.id")
    )
}

fn author(row: &db::Row) -> std::result::Result<Author, db::Error> {
    Ok(Author { id: row.get(0)?, handle: row.get(1)?, name: row.get(2)?, picture: row.get(3)? })
}

/// Authors of the newest stories.
fn wrote_lately(tx: &mut Tx, me: AccountId) -> Result<Vec<Author>> {
    let sql = format!(
        "select a.id, a.handle, a.name, a.picture from
           (select b.account_id, max(s.listed_at) as at from
              (select id, listed_at from stories where listed_at is not null order by listed_at desc, id desc limit $2) s
              join post_authors b on b.post_id = s.id group by b.account_id) w
         join accounts a on a.id = w.account_id where {} order by w.at desc, a.id limit $3",
        can_be_suggested()
    );
    Ok(tx.all(&sql, params![me, SAMPLE * 2, MOST], author)?)
}

/// Does not suggest somebody again.
pub(super) fn dismiss(tx: &mut Tx, me: AccountId, target: i64, now: i64) -> std::result::Result<(), db::Error> {
    tx.run(
        "insert into dismissed_suggestions (account_id, target_id, created_at) values ($1, $2, $3) on conflict (account_id, target_id) do nothing",
        params![me, target, now],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_said_in_words() {
        let said = [and_others(&["Rosa"], 1), and_others(&["Rosa", "Ana"], 2), and_others(&["Rosa", "Ana"], 5), and_others(&["Rosa"], 2)];
        assert_eq!(said, ["Rosa", "Rosa and Ana", "Rosa, Ana and 3 others", "Rosa and 1 other"]);
    }

    #[test]
    fn what_says_most_is_said() {
        let all = Reasons { friends: vec![1], followed_by: vec![2], writes: vec![3], shares: vec![4] };
        assert_eq!((all.best(), all.weight()), (("Friend of", &[1][..]), 8));
        assert_eq!(Reasons { shares: vec![4], ..Reasons::default() }.best(), ("Follows, as you do,", &[4][..]));
    }
}
