//! Every query about polls.

use db::{Tx, params};
use people::{
    AccountId, Permission, Viewer,
    counters::{self, Counter, Drift},
};
use std::collections::HashMap;
use talk::{PostId, posts};
use web::Error;

use super::{Asked, Choice, Closed, Poll};

/// A post asks a poll.
pub fn ask(tx: &mut Tx, post: PostId, asked: &Asked, now: i64) -> Result<(), db::Error> {
    tx.run(
        "insert into polls (id, several, closes_at) values ($1, $2, $3)",
        params![post, i64::from(asked.several), asked.closes_at(now)],
    )?;
    for (position, words) in asked.choices.iter().enumerate() {
        tx.run("insert into poll_choices (poll_id, position, words) values ($1, $2, $3)", params![post, position, words])?;
    }
    jobs::enqueue(tx, &Closed { poll: post, after: None }, asked.closes_at(now)).map(drop)
}

/// The polls of these posts as an account (or nobody) sees them. Whether they may read the posts has been asked.
pub fn of(tx: &mut Tx, account: Option<AccountId>, posts: &[PostId]) -> Result<HashMap<PostId, Poll>, db::Error> {
    let sql = format!("select id, several, closes_at, ballots from polls where id in ({})", db::places(1, posts.len()));
    let found = tx.all(&sql, &db::padded(posts), |row| {
        let several: i64 = row.get(1)?;
        let poll = Poll {
            id: row.get(0)?,
            choices: Vec::new(),
            several: several == 1,
            closes_at: row.get(2)?,
            ballots: row.get(3)?,
            voted: false,
        };
        Ok((poll.id, poll))
    })?;
    let mut polls: HashMap<PostId, Poll> = found.into_iter().collect();
    let ids: Vec<PostId> = polls.keys().copied().collect();
    if ids.is_empty() {
        return Ok(polls);
    }
    let sql = format!(
        "select poll_id, words, votes from poll_choices where poll_id in ({}) order by poll_id, position",
        db::places(1, ids.len())
    );
    tx.all(&sql, &db::padded(&ids), |row| {
        if let Some(poll) = polls.get_mut(&row.get(0)?) {
            poll.choices.push(Choice { words: row.get(1)?, votes: row.get(2)?, mine: false });
        }
        Ok(())
    })?;
    let Some(account) = account else { return Ok(polls) };
    let sql = format!(
        "select b.poll_id, m.position from poll_ballots b left join poll_marks m on m.poll_id = b.poll_id and m.account_id = b.account_id
         where b.account_id = $1 and b.poll_id in ({})",
        db::places(2, ids.len())
    );
    tx.all(&sql, &[params![account], &db::padded(&ids)].concat(), |row| {
        let Some(poll) = polls.get_mut(&row.get(0)?) else { return Ok(()) };
        poll.voted = true;
        let mark = row.get::<Option<i64>>(1)?.and_then(|position| usize::try_from(position).ok());
        if let Some(choice) = mark.and_then(|position| poll.choices.get_mut(position)) {
            choice.mine = true;
        }
        Ok(())
    })?;
    Ok(polls)
}

/// Takes a member's ballot: the places of what they chose.
///
/// # Errors
/// `NotFound` when they may not read the post, `Conflict` when the poll is closed or they have voted, `Invalid` when the ballot is none.
pub fn vote(tx: &mut Tx, viewer: &Viewer, post: PostId, chosen: &[usize], now: i64) -> Result<(), Error> {
    let me = viewer.must(Permission::WriteNotes)?.id;
    if !posts::readable_by(tx, viewer, post)? {
        return Err(Error::NotFound);
    }
    let poll = of(tx, Some(me), &[post])?.remove(&post).ok_or(Error::NotFound)?;
    if poll.is_closed(now) {
        return Err(Error::Conflict("This poll is closed.".into()));
    }
    if poll.voted {
        return Err(Error::Conflict("You have voted here already. A ballot stays as it was cast.".into()));
    }
    let mut chosen = chosen.to_vec();
    chosen.sort_unstable();
    chosen.dedup();
    if chosen.is_empty() || chosen.iter().any(|position| *position >= poll.choices.len()) {
        return Err(Error::invalid("choice", "Choose an answer first."));
    }
    if !poll.several && chosen.len() > 1 {
        return Err(Error::invalid("choice", "Choose one answer alone."));
    }
    cast(tx, post, me, &chosen, now)
}

/// Writes a ballot down, and counts it. Whether it is one, and the first of its account, is known.
///
/// # Errors
/// When there is one already.
pub fn cast(tx: &mut Tx, post: PostId, account: AccountId, chosen: &[usize], at: i64) -> Result<(), Error> {
    tx.run("insert into poll_ballots (poll_id, account_id, created_at) values ($1, $2, $3)", params![post, account, at])?;
    for position in chosen {
        tx.run("insert into poll_marks (poll_id, account_id, position) values ($1, $2, $3)", params![post, account, *position])?;
        tx.run("update poll_choices set votes = votes + 1 where poll_id = $1 and position = $2", params![post, *position])?;
    }
    tx.run("update polls set ballots = ballots + 1 where id = $1", params![post])?;
    Ok(())
}

/// Somebody has left: who they are and what they chose is forgotten, and their votes stay in the counts.
///
/// # Errors
/// When the database does not answer.
pub(crate) fn forget(tx: &mut Tx, account: AccountId) -> Result<(), db::Error> {
    tx.run(
        "update poll_choices set past = past + 1 where exists (select 1 from poll_marks m
           where m.poll_id = poll_choices.poll_id and m.position = poll_choices.position and m.account_id = $1)",
        params![account],
    )?;
    tx.run("update polls set past = past + 1 where id in (select poll_id from poll_ballots where account_id = $1)", params![account])?;
    tx.run("delete from poll_ballots where account_id = $1", params![account]).map(drop)
}

/// Votes that are counted with every ballot, counted again: those of ballots that are kept, and those past, whose ballots are not.
///
/// # Errors
/// When the database does not answer.
pub fn drift(tx: &mut Tx, mend: bool) -> Result<Vec<Drift>, db::Error> {
    let ballots = Counter {
        what: "voters of a poll",
        table: "polls",
        column: "ballots",
        keys: ("id", None),
        counted: "select p.id, p.past + (select count(*) from poll_ballots b where b.poll_id = p.id) as counted from polls p",
    };
    let mut all = counters::check(tx, &[ballots], mend)?;
    // A choice is known by a number and not by a name, as other counters are.
    let sql = "select v.poll_id, v.position, v.words, v.votes, v.counted from (
           select c.poll_id, c.position, c.words, c.votes,
             c.past + (select count(*) from poll_marks m where m.poll_id = c.poll_id and m.position = c.position) as counted
           from poll_choices c) v
         where v.votes <> v.counted order by v.poll_id, v.position";
    let found = tx.all(sql, params![], |row| {
        let (poll, position): (i64, i64) = (row.get(0)?, row.get(1)?);
        Ok((position, Drift { what: "votes", of: (poll, row.get(2)?), stored: row.get(3)?, counted: row.get(4)? }))
    })?;
    for (position, drift) in found {
        if mend {
            let sql = "update poll_choices set votes = $3 where poll_id = $1 and position = $2";
            tx.run(sql, params![drift.of.0, position, drift.counted])?;
        }
        all.push(drift);
    }
    Ok(all)
}
