//! Who likes what in the demo town: made up, the same way every time, so that its numbers live.

use db::{Tx, params};
use people::AccountId;
use talk::{
    PostId,
    reactions::{
        self, LIKE,
        whole::{Line, take_in},
    },
};

use super::readers::dice;

/// How many of the others like a post, and how many react otherwise.
const LIKED: f64 = 0.42;
const REACTED: f64 = 0.58;
/// Most comes within a day.
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Lets everybody read everything, and answer some of it.
pub(super) fn write(tx: &mut Tx, people: &[AccountId], now: i64) -> Result<(), db::Error> {
    let kinds: Vec<String> = reactions::all(tx)?.into_iter().map(|kind| kind.name).collect();
    let sql = "select id, author_id, published_at from posts
        where published_at <= $1 and deleted_at is null and visibility in ('public', 'quiet', 'members') and kind <> 'review' order by id";
    let posts = tx.all(sql, params![now], |row| Ok((row.get::<PostId>(0)?, row.get::<AccountId>(1)?, row.get::<i64>(2)?)))?;
    for (place, (post, author, published_at)) in (0..).zip(posts) {
        for (reader, by) in (0..).zip(people.iter().copied()).filter(|(_, by)| *by != author) {
            let Some(kind) = chosen(&kinds, dice(place, reader, 1), dice(place, reader, 2)) else { continue };
            let later = (now - published_at).min(DAY_MS) as f64 * dice(place, reader, 3);
            take_in(tx, &Line { post, by, kind: kind.to_owned(), at: published_at + later as i64 })?;
        }
    }
    Ok(())
}

/// With what somebody reacts, by two throws of the dice; with nothing, more often than not.
fn chosen(kinds: &[String], whether: f64, which: f64) -> Option<&str> {
    match whether {
        _ if whether < LIKED => Some(LIKE),
        _ if whether < REACTED => kinds.get((which * kinds.len() as f64) as usize).map(String::as_str),
        _ => None,
    }
}
