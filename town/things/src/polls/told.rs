//! Word to those who asked a poll or voted in it that it is closed.

use db::{Tx, params};
use people::{
    AccountId, Town,
    notices::{Kind, News, Ways},
};
use serde::{Deserialize, Serialize};
use talk::{PostId, told};

/// Members are told how a poll ended.
pub const CLOSED: Kind = Kind {
    name: "poll",
    title: "A poll that you asked or voted in closes",
    icon: "chart-column",
    one: "A poll you took part in is closed",
    many: "A poll you took part in is closed",
    usual: Ways::SITE,
};

/// Voters who are told in one unit of writing.
const AT_ONCE: u32 = 100;

/// The job that runs when a poll closes, and again for every further part of its voters.
#[derive(Debug, Serialize, Deserialize)]
pub struct Closed {
    /// Which.
    pub poll: PostId,
    /// The last voter who was told.
    #[serde(default)]
    pub after: Option<AccountId>,
}

impl jobs::Job for Closed {
    const KIND: &'static str = "poll.closed";
}

/// Tells the next part of those who took part, who may still read it.
///
/// # Errors
/// When the database does not answer; the queue tries again.
pub async fn tell_closed(town: Town, closed: Closed) -> anyhow::Result<()> {
    let (now, Closed { poll, after }) = (town.now(), closed);
    Ok(town.db.write(move |tx| part(tx, poll, after, now)).await?)
}

fn part(tx: &mut Tx, poll: PostId, after: Option<AccountId>, now: i64) -> Result<(), db::Error> {
    let news = News { kind: &CLOSED, by: None, about: poll.get(), post: Some(poll.get()), with: None };
    let sql = "select account_id from poll_ballots where poll_id = $1 and account_id > $2 order by account_id limit $3";
    let voters = tx.all(sql, params![poll, after.map_or(0, AccountId::get), AT_ONCE], |row| row.get::<AccountId>(0))?;
    if after.is_none() {
        let sql = "select author_id from posts where id = $1 and deleted_at is null";
        let Some(author) = tx.first(sql, params![poll], |row| row.get::<AccountId>(0))? else { return Ok(()) };
        told::tell(tx, author, &news, now)?;
    }
    for voter in &voters {
        told::tell(tx, *voter, &news, now)?;
    }
    match voters.last().filter(|_| voters.len() == AT_ONCE as usize) {
        Some(last) => jobs::enqueue(tx, &Closed { poll, after: Some(*last) }, now).map(drop),
        None => Ok(()),
    }
}
