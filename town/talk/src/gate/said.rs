//! What was said of late, as digests: how the same words again and again are seen, and the same host by many.

use db::{Tx, params};
use people::{AccountId, prevention::hosts};

use crate::PostId;

const HOUR_MS: i64 = 60 * 60 * 1000;
const DAY_MS: i64 = 24 * HOUR_MS;
/// Letters of words that are said again by chance: "Thank you very much!" is no flood.
const SHORT: usize = 30;
/// The same words by so many others within a day are no chance.
const SEVERAL: i64 = 2;
/// Members are new for so long.
const NEW_MS: i64 = 7 * DAY_MS;
/// So many posts of new members with a link to the same host within a day are a flood.
const MANY_LINKS: i64 = 4;
/// Hosts of one text that are counted.
const MOST_HOSTS: usize = 5;

/// Who said the same of late.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// The same member, within the hour, and it stands or waits.
    pub mine: bool,
    /// Several others, within the day.
    pub several: bool,
}

/// What somebody is about to post, with what it is known by: made before the unit in which it is judged, so that nobody waits for it.
#[derive(Clone, Debug)]
pub struct Words {
    text: String,
    /// The digest of words that say enough to be told from others.
    digest: Option<i64>,
    /// Where it leads.
    hosts: Vec<String>,
}

impl Words {
    /// Of this text.
    pub fn of(text: &str) -> Self {
        let folded = text::words(text);
        let digest = (folded.chars().count() >= SHORT).then(|| number(&folded));
        Self { text: text.to_owned(), digest, hosts: hosts(text) }
    }

    /// Whether they say enough to be told from others.
    pub(super) fn is_told_apart(&self) -> bool {
        self.digest.is_some()
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn hosts(&self) -> &[String] {
        &self.hosts
    }
}

fn number(text: &str) -> i64 {
    web::token::digest(text).iter().take(8).fold(0_i64, |number, byte| (number << 8) | i64::from(*byte))
}

/// Who said these words of late, but for this post.
pub(super) fn by_whom(tx: &mut Tx, me: AccountId, (words, post): (&Words, Option<PostId>), now: i64) -> Result<Said, db::Error> {
    let Some(digest) = words.digest else { return Ok(Said::default()) };
    // What was deleted may be said again. What waits is no post yet, or one that is not published.
    let sql = "select s.account_id, s.at from said s left join posts p on p.id = s.post_id
         where s.kind = 'words' and s.digest = $1 and s.at > $2 and p.deleted_at is null and s.post_id <> $3 order by s.at desc limit 50";
    let found =
        tx.all(sql, params![digest, now - DAY_MS, post.map_or(0, PostId::get)], |row| Ok((row.get::<AccountId>(0)?, row.get::<i64>(1)?)))?;
    let mine = found.iter().any(|(who, at)| *who == me && *at > now - HOUR_MS);
    let mut others: Vec<AccountId> = found.into_iter().map(|(who, _)| who).filter(|who| *who != me).collect();
    others.sort_unstable();
    others.dedup();
    Ok(Said { mine, several: i64::try_from(others.len()).unwrap_or(SEVERAL) >= SEVERAL })
}

pub(super) fn is_new(tx: &mut Tx, me: AccountId, now: i64) -> Result<bool, db::Error> {
    let sql = "select 1 from accounts where id = $1 and created_at > $2";
    Ok(tx.first(sql, params![me, now - NEW_MS], |row| row.get::<i64>(0))?.is_some())
}

/// The first of these hosts to which many new members linked of late, when this is one of them.
pub(super) fn flooded(tx: &mut Tx, me: AccountId, hosts: &[&str], now: i64) -> Result<Option<String>, db::Error> {
    if hosts.is_empty() || !is_new(tx, me, now)? {
        return Ok(None);
    }
    let sql = "select count(*) from (select 1 as one from said where kind = 'link' and digest = $1 and at > $2 limit $3) counted";
    for host in hosts.iter().take(MOST_HOSTS) {
        if tx.one(sql, params![number(host), now - DAY_MS, MANY_LINKS], |row| row.get::<i64>(0))? >= MANY_LINKS {
            return Ok(Some((*host).to_owned()));
        }
    }
    Ok(None)
}

/// Keeps in mind what was said, and by new members also where it leads.
pub(super) fn remember(tx: &mut Tx, (post, me): (PostId, AccountId), words: &Words, hosts: &[&str], now: i64) -> Result<(), db::Error> {
    let sql = "insert into said (post_id, kind, digest, account_id, at) values ($1, $2, $3, $4, $5)
         on conflict (post_id, kind, digest) do update set at = excluded.at";
    if let Some(digest) = words.digest {
        tx.run(sql, params![post, "words", digest, me, now])?;
    }
    if !hosts.is_empty() && is_new(tx, me, now)? {
        for host in hosts.iter().take(MOST_HOSTS) {
            tx.run(sql, params![post, "link", number(host), me, now])?;
        }
    }
    Ok(())
}

/// Forgets what was said in a post that was withdrawn before it appeared.
///
/// # Errors
/// When the database does not answer.
pub fn forget(tx: &mut Tx, post: PostId) -> Result<(), db::Error> {
    tx.run("delete from said where post_id = $1", params![post]).map(drop)
}

/// Forgets what was said longer ago than anybody asks for.
///
/// # Errors
/// When the database does not answer.
pub fn forget_old(tx: &mut Tx, now: i64) -> Result<(), db::Error> {
    tx.run("delete from said where at <= $1", params![now - DAY_MS]).map(drop)
}
