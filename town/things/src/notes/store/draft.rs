//! Words that are not posted yet.

use db::{Tx, params};
use people::{AccountId, uses};
use talk::{PostId, posts};
use web::Error;

use crate::notes::Written;

/// A draft as its author sees it.
#[derive(Clone, Debug)]
pub(in crate::notes) struct Draft {
    /// The id that the note will have.
    pub id: PostId,
    /// What it says.
    pub written: Written,
    /// When it is to be posted by itself.
    pub publish_at: Option<i64>,
    /// When it was changed last.
    pub updated_at: i64,
}

/// Keeps words under an id that may be new, without a time at which they are posted.
pub(in crate::notes) fn keep_draft(
    tx: &mut Tx,
    id: PostId,
    author: AccountId,
    written: &Written,
    (created, updated): (i64, i64),
) -> Result<(), db::Error> {
    tx.run(
        "insert into posts (id, kind, author_id, visibility, created_at, updated_at) values ($1, 'note', $2, 'only_me', $3, $3)
         on conflict (id) do nothing",
        params![id, author, created],
    )?;
    tx.run("insert into post_counts (post_id) values ($1) on conflict (post_id) do nothing", params![id])?;
    posts::set_authors(tx, id, &[author])?;
    // Strings and numbers can always be written.
    let json = serde_json::to_string(written).unwrap_or_default();
    tx.run(
        "insert into note_drafts (post_id, account_id, content, publish_at, updated_at) values ($1, $2, $3, null, $4)
         on conflict (post_id) do update set content = excluded.content, publish_at = null, updated_at = excluded.updated_at",
        params![id, author, &json, updated],
    )?;
    uses::set(tx, id.get(), &written.content.keys())?;
    Ok(())
}

/// One of somebody's drafts.
pub(in crate::notes) fn draft(tx: &mut Tx, author: AccountId, id: PostId) -> Result<Option<Draft>, Error> {
    let sql = "select post_id, content, publish_at, updated_at from note_drafts where post_id = $1 and account_id = $2";
    let found = tx.first(sql, params![id, author], |row| Ok((row.get(0)?, row.get::<String>(1)?, row.get(2)?, row.get(3)?)))?;
    found.map(understood).transpose()
}

fn understood((id, json, publish_at, updated_at): (PostId, String, Option<i64>, i64)) -> Result<Draft, Error> {
    Ok(Draft { id, written: serde_json::from_str(&json).map_err(Error::broken)?, publish_at, updated_at })
}

/// Somebody's drafts, what was changed last first.
pub(in crate::notes) fn drafts_of(tx: &mut Tx, author: AccountId, limit: u32) -> Result<Vec<Draft>, Error> {
    let sql = "select post_id, content, publish_at, updated_at from note_drafts where account_id = $1 order by updated_at desc, post_id desc limit $2";
    let found = tx.all(sql, params![author, limit], |row| Ok((row.get(0)?, row.get::<String>(1)?, row.get(2)?, row.get(3)?)))?;
    found.into_iter().map(understood).collect()
}

/// How many drafts somebody has.
pub(in crate::notes) fn count_drafts(tx: &mut Tx, author: AccountId) -> Result<i64, db::Error> {
    tx.one("select count(*) from note_drafts where account_id = $1", params![author], |row| row.get(0))
}

/// A draft is posted by itself at this time, or waits for its author.
pub(in crate::notes) fn set_time(tx: &mut Tx, id: PostId, publish_at: Option<i64>) -> Result<(), db::Error> {
    tx.run("update note_drafts set publish_at = $2 where post_id = $1", params![id, publish_at])?;
    Ok(())
}

/// Whose draft is due, and its words.
pub(in crate::notes) fn due(tx: &mut Tx, id: PostId, now: i64) -> Result<Option<(AccountId, Written)>, Error> {
    let sql = "select account_id, content from note_drafts where post_id = $1 and publish_at is not null and publish_at <= $2";
    let found = tx.first(sql, params![id, now], |row| Ok((row.get(0)?, row.get::<String>(1)?)))?;
    found.map(|(author, json)| Ok((author, serde_json::from_str(&json).map_err(Error::broken)?))).transpose()
}

/// The words are posted, and no draft any more.
pub(in crate::notes) fn end_draft(tx: &mut Tx, id: PostId) -> Result<(), db::Error> {
    tx.run("delete from note_drafts where post_id = $1", params![id])?;
    Ok(())
}

/// Throws a draft away, and the id it would have had.
pub(in crate::notes) fn discard(tx: &mut Tx, id: PostId) -> Result<(), db::Error> {
    uses::forget(tx, id.get())?;
    tx.run("delete from posts where id = $1 and published_at is null and kind = 'note'", params![id])?;
    Ok(())
}
