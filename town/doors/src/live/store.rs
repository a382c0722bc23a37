//! What the database says about those who listen.

use db::{Tx, params};
use people::{
    AccountId,
    blocks::{where_no_block, where_not_muted},
    connections::where_follows,
};
use std::collections::HashMap;
use talk::{
    PostId, feeds,
    posts::{ShelfChange, readable_as, readers_among},
    reactions::{self, Kind},
};

use super::Grows;

/// Values in one list of a question.
const LIST: usize = 500;

/// What is counted of a post.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Standing {
    pub shares: i64,
    pub votes: i64,
    pub views: i64,
    pub comments: i64,
    pub likes: i64,
    pub reviews: i64,
    /// Reactions but the likes, in the site's order.
    pub typed: Vec<(Kind, i64)>,
}

/// How many notices these members have not read.
pub(super) fn unread(tx: &mut Tx, accounts: &[i64]) -> Result<HashMap<i64, i64>, db::Error> {
    let mut found = HashMap::new();
    for part in accounts.chunks(LIST) {
        let sql = format!("select owner_id, unread from connection_counts where owner_id in ({})", db::places(1, part.len()));
        found.extend(tx.all(&sql, &db::padded(part), |row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?)))?);
    }
    Ok(found)
}

/// The counts of these posts.
pub(super) fn counts(tx: &mut Tx, posts: &[i64]) -> Result<HashMap<i64, Standing>, db::Error> {
    let mut found = HashMap::new();
    for part in posts.chunks(LIST) {
        let sql = format!(
            "select c.post_id, c.shares, q.ballots, c.views, c.comments, c.likes, c.reviews from post_counts c
             left join polls q on q.id = c.post_id where c.post_id in ({})",
            db::places(1, part.len())
        );
        let rows = tx.all(&sql, &db::padded(part), |row| {
            let standing = Standing {
                shares: row.get(1)?,
                votes: row.get::<Option<i64>>(2)?.unwrap_or(0),
                views: row.get(3)?,
                comments: row.get(4)?,
                likes: row.get(5)?,
                reviews: row.get(6)?,
                typed: Vec::new(),
            };
            Ok((row.get::<i64>(0)?, standing))
        })?;
        found.extend(rows);
        let part: Vec<PostId> = part.iter().map(|post| PostId::new(*post)).collect();
        for (post, typed) in reactions::typed_of(tx, &part)? {
            found.entry(post.get()).and_modify(|standing: &mut Standing| standing.typed = typed);
        }
    }
    Ok(found)
}

/// Those of these posts that a reader may read.
pub(super) fn readable_of(tx: &mut Tx, reader: i64, posts: &[PostId]) -> Result<Vec<i64>, db::Error> {
    if posts.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "select p.id from posts p where p.id in ({}) and p.published_at is not null and {}",
        db::places(2, posts.len()),
        readable_as("$1")
    );
    tx.all(&sql, &[params![reader], &db::padded(posts)].concat(), |row| row.get(0))
}

/// Which of these readers have something new in a feed by a change of shelves: those who may read the post, and want to.
pub(super) fn audience(tx: &mut Tx, change: &ShelfChange, feed: Grows, readers: &[i64], now: i64) -> Result<Vec<i64>, db::Error> {
    let Some(post) = change.post else { return Ok(Vec::new()) };
    if feed == Grows::Local {
        if !change.owners.contains(&feeds::EVERYONE) {
            return Ok(Vec::new());
        }
        let may = readers_among(tx, post, readers)?;
        return willing(tx, post, None, &may, now);
    }
    // Whoever passes something on is the one owner of such a change.
    let by = change.owners.first().copied().filter(|_| change.besides).map(AccountId::new);
    let members: Vec<i64> = readers.iter().copied().filter(|reader| *reader != 0).collect();
    let mut following = Vec::new();
    for part in members.chunks(LIST) {
        let sql = format!(
            "select r.id from accounts r where r.id in ({}) and (r.id = $1 or {})",
            db::places(2, part.len()),
            where_follows("r.id", "$1")
        );
        for owner in &change.owners {
            following.extend(tx.all(&sql, &[params![*owner], &db::padded(part)].concat(), |row| row.get::<i64>(0))?);
        }
    }
    following.sort_unstable();
    following.dedup();
    let may = readers_among(tx, post, &following)?;
    willing(tx, post, by, &may, now)
}

/// Those who neither mute the author nor are parted from, or mute, whoever passed it on.
fn willing(tx: &mut Tx, post: PostId, by: Option<AccountId>, readers: &[i64], now: i64) -> Result<Vec<i64>, db::Error> {
    let mut found: Vec<i64> = readers.iter().copied().filter(|reader| *reader == 0).collect();
    let members: Vec<i64> = readers.iter().copied().filter(|reader| *reader != 0).collect();
    let by = by.map_or(0, AccountId::get);
    for part in members.chunks(LIST) {
        let sql = format!(
            "select r.id from accounts r join posts p on p.id = $1 where r.id in ({}) and {} and {} and {} and {}",
            db::places(4, part.len()),
            where_not_muted("r.id", "p.author_id", "$2"),
            where_no_block("r.id", "p.author_id"),
            where_not_muted("r.id", "$3", "$2"),
            where_no_block("r.id", "$3")
        );
        found.extend(tx.all(&sql, &[params![post, now, by], &db::padded(part)].concat(), |row| row.get::<i64>(0))?);
    }
    Ok(found)
}

/// Which of these sessions have ended.
pub(super) fn ended(tx: &mut Tx, sessions: &[i64], now: i64) -> Result<Vec<i64>, db::Error> {
    let mut ended = Vec::new();
    for part in sessions.chunks(LIST) {
        let sql = format!(
            "select s.id from sessions s join accounts a on a.id = s.account_id
             where s.expires_at > $1 and a.suspended_at is null and s.id in ({})",
            db::places(2, part.len())
        );
        let open = tx.all(&sql, &[params![now], &db::padded(part)].concat(), |row| row.get::<i64>(0))?;
        ended.extend(part.iter().copied().filter(|session| !open.contains(session)));
    }
    Ok(ended)
}
