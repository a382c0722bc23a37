//! Every query about polls.

use db::{Tx, params};
use people::{AccountId, Permission, Viewer};
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
