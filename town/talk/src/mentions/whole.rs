//! Mentions on their way out of a site or into one: lines of an export (docs/export.md).

use db::{Tx, params};
use people::AccountId;
use serde::{Deserialize, Serialize};
use text::times::stamp;

use super::{MAX_AUTHOR, MAX_EXCERPT, MAX_TITLE, MentionId, State};
use crate::PostId;

/// A mention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its id.
    pub id: MentionId,
    /// What it links to.
    pub post: PostId,
    /// Its address.
    pub source: String,
    /// The name of its [`State`].
    pub state: String,
    /// What the page calls itself.
    pub title: String,
    /// Who wrote it.
    pub author: String,
    /// What it says.
    pub excerpt: String,
    /// When we were last told of it.
    #[serde(with = "stamp")]
    pub received: i64,
}

/// A host from which nothing is taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Its name.
    pub host: String,
    /// Who said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<AccountId>,
    /// When.
    #[serde(with = "stamp")]
    pub created: i64,
}

/// A page that was told that a post links to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// What links to it, or did.
    pub post: PostId,
    /// Its address.
    pub target: String,
}

/// Mentions by their ids, those after `after`.
pub fn lines(tx: &mut Tx, after: Option<MentionId>, limit: u32) -> Result<Vec<Line>, db::Error> {
    let sql = "select id, post_id, source, state, title, author, excerpt, received_at from mentions where id > $1 order by id limit $2";
    tx.all(sql, params![after.map_or(i64::MIN, MentionId::get), limit], |row| {
        Ok(Line {
            id: row.get(0)?,
            post: row.get(1)?,
            source: row.get(2)?,
            state: row.get(3)?,
            title: row.get(4)?,
            author: row.get(5)?,
            excerpt: row.get(6)?,
            received: row.get(7)?,
        })
    })
}

/// Hosts from which nothing is taken by their names, those after `after`.
pub fn blocks(tx: &mut Tx, after: Option<&str>, limit: u32) -> Result<Vec<Block>, db::Error> {
    let sql = "select host, account_id, created_at from mention_blocks where host > $1 order by host limit $2";
    tx.all(sql, params![after.unwrap_or(""), limit], |row| Ok(Block { host: row.get(0)?, by: row.get(1)?, created: row.get(2)? }))
}

/// Pages that were told by post and address, those after `after`.
pub fn sent(tx: &mut Tx, after: Option<(PostId, &str)>, limit: u32) -> Result<Vec<Sent>, db::Error> {
    let (post, target) = after.map_or((i64::MIN, ""), |(post, target)| (post.get(), target));
    let sql = "select post_id, target from mentions_sent where (post_id, target) > ($1, $2) order by post_id, target limit $3";
    tx.all(sql, params![post, target, limit], |row| Ok(Sent { post: row.get(0)?, target: row.get(1)? }))
}

/// Takes a mention in; `None` when its post is not here, nothing is taken from its host, or there is one of this page already.
/// `host` is the one in its address. What nobody has looked at yet waits for somebody who does, which is the caller's affair.
pub fn put(tx: &mut Tx, line: &Line, host: &str, state: State) -> Result<Option<MentionId>, db::Error> {
    if super::is_blocked(tx, host)? || !is_here(tx, line.post)? {
        return Ok(None);
    }
    let cut = |words: &str, max: usize| words.chars().take(max).collect::<String>();
    let new = tx.run(
        "insert into mentions (id, post_id, source, host, state, title, author, excerpt, received_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing",
        params![
            line.id,
            line.post,
            &line.source,
            host,
            state.name(),
            cut(&line.title, MAX_TITLE),
            cut(&line.author, MAX_AUTHOR),
            cut(&line.excerpt, MAX_EXCERPT),
            line.received
        ],
    )?;
    Ok((new == 1).then_some(line.id))
}

/// Takes nothing from a host any more. `by` must be here.
pub fn put_block(tx: &mut Tx, host: &str, by: Option<AccountId>, created: i64) -> Result<bool, db::Error> {
    let sql = "insert into mention_blocks (host, account_id, created_at) values ($1, $2, $3) on conflict (host) do nothing";
    Ok(tx.run(sql, params![host, by, created])? == 1)
}

/// Remembers that a page was told; false when the post is not here.
pub fn put_sent(tx: &mut Tx, sent: &Sent) -> Result<bool, db::Error> {
    if !is_here(tx, sent.post)? {
        return Ok(false);
    }
    super::note_sent(tx, sent.post, &sent.target)?;
    Ok(true)
}

fn is_here(tx: &mut Tx, post: PostId) -> Result<bool, db::Error> {
    Ok(tx.first("select 1 from posts where id = $1", params![post], |row| row.get::<i64>(0))?.is_some())
}
