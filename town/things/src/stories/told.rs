//! Word to those who follow an author that a story of theirs is out.

use db::{Tx, params};
use people::{
    AccountId, Town,
    notices::{self, Kind, News, Ways},
};
use serde::{Deserialize, Serialize};
use talk::{PostId, posts};

/// Members are told what those whom they follow publish.
pub const STORY: Kind = Kind {
    name: "story",
    title: "Somebody you follow publishes a story",
    icon: "newspaper",
    one: "published a story",
    many: "published a story",
    usual: Ways::SITE,
};

/// Followers who are told in one unit of writing: other writers wait for no longer than that takes.
const AT_ONCE: u32 = 200;
/// What is dated before that is no news: it came from elsewhere, or from an archive.
const NEWS_MS: i64 = 24 * 60 * 60 * 1000;

/// The job that tells followers of a story, a part of them at a time.
#[derive(Debug, Serialize, Deserialize)]
pub struct Out {
    /// Which.
    pub story: PostId,
    /// Whose followers, by their place in the byline.
    #[serde(default)]
    pub author: usize,
    /// The last follower who was told.
    #[serde(default)]
    pub after: Option<AccountId>,
}

impl jobs::Job for Out {
    const KIND: &'static str = "story.out";
}

/// A story is published for the first time.
pub(super) fn out(tx: &mut Tx, story: PostId, listed_at: i64, now: i64) -> Result<(), db::Error> {
    if listed_at < now - NEWS_MS {
        return Ok(());
    }
    jobs::enqueue(tx, &Out { story, author: 0, after: None }, now).map(drop)
}

/// Tells the next part of an author's followers.
///
/// # Errors
/// When the database does not answer; the queue tries again.
pub async fn tell_out(town: Town, out: Out) -> anyhow::Result<()> {
    let (now, Out { story, author, after }) = (town.now(), out);
    town.db.write(move |tx| part(tx, story, author, after, now)).await?;
    // The next part need not wait for the queue's next look.
    town.wake();
    Ok(())
}

fn part(tx: &mut Tx, story: PostId, place: usize, after: Option<AccountId>, now: i64) -> Result<(), db::Error> {
    let listed = "select 1 from stories s join posts p on p.id = s.id where s.id = $1 and s.listed_at is not null and p.deleted_at is null";
    if tx.first(listed, params![story], |row| row.get::<i64>(0))?.is_none() {
        return Ok(());
    }
    let Some(author) = posts::authors_of(tx, story)?.into_iter().nth(place) else { return Ok(()) };
    let news = News { about: story.get(), post: Some(story.get()), ..News::by(&STORY, author.id) };
    let last = notices::tell_followers(tx, &news, after.unwrap_or(AccountId::new(0)), AT_ONCE, now)?;
    let next = if last.is_some() { Out { story, author: place, after: last } } else { Out { story, author: place + 1, after: None } };
    jobs::enqueue(tx, &next, now).map(drop)
}
