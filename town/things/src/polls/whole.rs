//! A poll on its way out of a site or into one, within the line of the note that asks it; and the ballots, which travel apart.

use db::{Tx, params};
use people::AccountId;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use talk::PostId;
use text::times::stamp;

use super::poll::{CHOICES, MAX_CHOICE};

/// A poll.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whole {
    /// Its choices, in order.
    pub choices: Vec<Counted>,
    /// Whether a ballot may name several.
    pub several: bool,
    /// When it closes.
    #[serde(with = "stamp")]
    pub closes: i64,
    /// How many voted.
    pub ballots: i64,
}

/// A choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// What it says.
    pub words: String,
    /// Ballots that name it.
    pub votes: i64,
}

/// A line of `ballots.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ballot {
    /// The poll.
    pub poll: PostId,
    /// Who voted.
    pub by: AccountId,
    /// When.
    #[serde(with = "stamp")]
    pub at: i64,
    /// The places of what they chose, from 0.
    pub choices: Vec<i64>,
}

impl Whole {
    /// Whether it can be a poll.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn check(&self) -> Result<(), String> {
        let sound = |choice: &Counted| {
            choice.votes >= 0 && choice.votes <= self.ballots && !choice.words.is_empty() && choice.words.chars().count() <= MAX_CHOICE
        };
        let whole = CHOICES.contains(&self.choices.len()) && self.choices.iter().all(sound);
        if whole { Ok(()) } else { Err("asks what is no poll".into()) }
    }
}

/// The polls of these posts.
pub(crate) fn of(tx: &mut Tx, posts: &[PostId]) -> Result<HashMap<PostId, Whole>, db::Error> {
    let polls = super::of(tx, None, posts)?;
    let whole = |poll: super::Poll| Whole {
        choices: poll.choices.into_iter().map(|choice| Counted { words: choice.words, votes: choice.votes }).collect(),
        several: poll.several,
        closes: poll.closes_at,
        ballots: poll.ballots,
    };
    Ok(polls.into_iter().map(|(id, poll)| (id, whole(poll))).collect())
}

/// A post asks this poll, with the votes that were counted elsewhere.
pub(crate) fn put(tx: &mut Tx, post: PostId, poll: &Whole) -> Result<(), db::Error> {
    let new = tx.run(
        "insert into polls (id, several, closes_at) values ($1, $2, $3) on conflict (id) do nothing",
        params![post, i64::from(poll.several), poll.closes],
    )?;
    if new == 1 {
        for (position, choice) in poll.choices.iter().enumerate() {
            tx.run("insert into poll_choices (poll_id, position, words) values ($1, $2, $3)", params![post, position, &choice.words])?;
        }
    }
    raise(tx, post, poll)
}

/// Votes go on being counted here while they are elsewhere; neither side loses any. What more was counted elsewhere is past until its
/// ballots come in.
pub(crate) fn raise(tx: &mut Tx, post: PostId, poll: &Whole) -> Result<(), db::Error> {
    tx.run("update polls set past = past + $2 - ballots, ballots = $2 where id = $1 and ballots < $2", params![post, poll.ballots])?;
    for (position, choice) in poll.choices.iter().enumerate() {
        tx.run(
            "update poll_choices set past = past + $3 - votes, votes = $3 where poll_id = $1 and position = $2 and votes < $3",
            params![post, position, choice.votes],
        )?;
    }
    Ok(())
}

/// Ballots by poll and account: all of them, or somebody's.
pub fn ballots(tx: &mut Tx, of: Option<AccountId>, after: Option<(PostId, AccountId)>, limit: u32) -> Result<Vec<Ballot>, db::Error> {
    let (poll, by) = after.unwrap_or((PostId::new(i64::MIN), AccountId::new(i64::MIN)));
    let sql = "select poll_id, account_id, created_at from poll_ballots
         where (poll_id, account_id) > ($1, $2) and (cast($3 as bigint) = 0 or account_id = $3) order by poll_id, account_id limit $4";
    let mut found = tx.all(sql, params![poll, by, of.map_or(0, AccountId::get), limit], |row| {
        Ok(Ballot { poll: row.get(0)?, by: row.get(1)?, at: row.get(2)?, choices: Vec::new() })
    })?;
    for ballot in &mut found {
        let marks = "select position from poll_marks where poll_id = $1 and account_id = $2 order by position";
        ballot.choices = tx.all(marks, params![ballot.poll, ballot.by], |row| row.get(0))?;
    }
    Ok(found)
}

/// Writes down who voted, so that they do not vote again. Their vote is most often in the poll's own counts already, as one that is
/// past; where none is, it is counted. Answers whether it is new.
pub fn take_ballot(tx: &mut Tx, ballot: &Ballot) -> Result<bool, db::Error> {
    let there = "select 1 from polls p where p.id = $1 and exists (select 1 from accounts a where a.id = $2)";
    if tx.first(there, params![ballot.poll, ballot.by], |row| row.get::<i64>(0))?.is_none() {
        return Ok(false);
    }
    let new = tx.run(
        "insert into poll_ballots (poll_id, account_id, created_at) values ($1, $2, $3) on conflict (poll_id, account_id) do nothing",
        params![ballot.poll, ballot.by, ballot.at],
    )?;
    if new == 0 {
        return Ok(false);
    }
    found_of_past(
        tx,
        "polls set past = past - 1 where id = $1 and past > 0",
        "polls set ballots = ballots + 1 where id = $1",
        params![ballot.poll],
    )?;
    for place in ballot.choices.iter().filter(|place| (0..8).contains(*place)) {
        let mark = "insert into poll_marks (poll_id, account_id, position) values ($1, $2, $3) on conflict (poll_id, account_id, position) do nothing";
        if tx.run(mark, params![ballot.poll, ballot.by, *place])? == 1 {
            let choice = "where poll_id = $1 and position = $2";
            found_of_past(
                tx,
                &format!("poll_choices set past = past - 1 {choice} and past > 0"),
                &format!("poll_choices set votes = votes + 1 {choice}"),
                params![ballot.poll, *place],
            )?;
        }
    }
    Ok(true)
}

/// A vote whose ballot is here now is past no more; one that was not counted is counted.
fn found_of_past(tx: &mut Tx, past: &str, count: &str, of: &[db::Param]) -> Result<(), db::Error> {
    if tx.run(&format!("update {past}"), of)? == 0 {
        tx.run(&format!("update {count}"), of)?;
    }
    Ok(())
}
