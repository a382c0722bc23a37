//! Words that are not posted yet.

use db::{Row, Tx, params};
use people::{AccountId, accounts::Author, uses};
use talk::{
    PostId,
    gate::{self, Held, Why},
    posts::{self, Visibility},
};
use web::Error;

use crate::notes::{Content, Written};

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
    /// Since when it waits to be read by a moderator.
    pub held_at: Option<i64>,
}

/// A note that waits to be read before it appears.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The id that it will have.
    pub id: PostId,
    /// Who wrote it.
    pub author: Author,
    /// What it says, and for whom.
    pub written: Written,
    /// Since when it waits.
    pub at: i64,
    /// Why, and for what.
    pub held: Held,
    /// The sentence that will stand over it.
    pub label: String,
}

/// Keeps words under an id that may be new, without a time at which they are posted. What waited to be read does no more.
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
    wait_no_more(tx, id)?;
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
    let sql = "select post_id, content, publish_at, updated_at, held_at from note_drafts where post_id = $1 and account_id = $2";
    let found = tx.first(sql, params![id, author], row_of)?;
    found.map(understood).transpose()
}

type Kept = (PostId, String, Option<i64>, i64, Option<i64>);

fn row_of(row: &Row) -> Result<Kept, db::Error> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
}

fn understood((id, json, publish_at, updated_at, held_at): Kept) -> Result<Draft, Error> {
    Ok(Draft { id, written: serde_json::from_str(&json).map_err(Error::broken)?, publish_at, updated_at, held_at })
}

/// Somebody's drafts, what was changed last first.
pub(in crate::notes) fn drafts_of(tx: &mut Tx, author: AccountId, limit: u32) -> Result<Vec<Draft>, Error> {
    let sql = "select post_id, content, publish_at, updated_at, held_at from note_drafts where account_id = $1
         order by updated_at desc, post_id desc limit $2";
    let found = tx.all(sql, params![author, limit], row_of)?;
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
    wait_no_more(tx, id)?;
    tx.run("delete from note_drafts where post_id = $1", params![id])?;
    Ok(())
}

/// Throws a draft away, and the id it would have had.
pub(in crate::notes) fn discard(tx: &mut Tx, id: PostId) -> Result<(), db::Error> {
    wait_no_more(tx, id)?;
    gate::forget(tx, id)?;
    uses::forget(tx, id.get())?;
    tx.run("delete from posts where id = $1 and published_at is null and kind = 'note'", params![id])?;
    Ok(())
}

/// A draft waits to be read from now on. It is not posted by itself any more.
pub(in crate::notes) fn hold_draft(tx: &mut Tx, id: PostId, (held, label): (&Held, &str), now: i64) -> Result<(), db::Error> {
    wait_no_more(tx, id)?;
    tx.run(
        "update note_drafts set publish_at = null, held_at = $2, held_why = $3, held_for = $4, label = $5 where post_id = $1",
        params![id, now, held.why.name(), &held.what, label],
    )?;
    count(tx, id, 1)
}

fn wait_no_more(tx: &mut Tx, id: PostId) -> Result<(), db::Error> {
    let sql = "update note_drafts set held_at = null, held_why = '', held_for = '', label = '' where post_id = $1 and held_at is not null";
    if tx.run(sql, params![id])? > 0 { count(tx, id, -1) } else { Ok(()) }
}

fn count(tx: &mut Tx, id: PostId, by: i64) -> Result<(), db::Error> {
    let author = tx.one("select account_id from note_drafts where post_id = $1", params![id], |row| row.get(0))?;
    gate::count(tx, author, by)
}

const WAITING: &str = "select d.post_id, a.id, a.handle, a.name, a.picture, d.content, d.held_at, d.held_why, d.held_for, d.label
    from note_drafts d join accounts a on a.id = d.account_id where d.held_at is not null";

fn waiting_row(row: &Row) -> Result<(Waiting, String), db::Error> {
    let author = Author { id: row.get(1)?, handle: row.get(2)?, name: row.get(3)?, picture: row.get(4)? };
    let held = Held { why: Why::named(row.text(7)?).unwrap_or(Why::Filter), what: row.get(8)? };
    // Its words are understood where an error can be told.
    let empty = Written { content: Content::default(), audience: Visibility::OnlyMe.into(), poll: None, speaker: None };
    Ok((Waiting { id: row.get(0)?, author, written: empty, at: row.get(6)?, held, label: row.get(9)? }, row.get(5)?))
}

fn with_words((waiting, json): (Waiting, String)) -> Result<Waiting, Error> {
    Ok(Waiting { written: serde_json::from_str(&json).map_err(Error::broken)?, ..waiting })
}

/// Notes that wait to be read, the longest waiting first, after one of them.
///
/// # Errors
/// When the database does not answer.
pub fn waiting(tx: &mut Tx, after: (i64, PostId), limit: u32) -> Result<Vec<Waiting>, Error> {
    let sql = format!("{WAITING} and (d.held_at, d.post_id) > ($1, $2) order by d.held_at, d.post_id limit $3");
    tx.all(&sql, params![after.0, after.1, limit], waiting_row)?.into_iter().map(with_words).collect()
}

/// Somebody's own that wait, the newest first.
///
/// # Errors
/// When the database does not answer.
pub fn waiting_of(tx: &mut Tx, author: AccountId) -> Result<Vec<Waiting>, Error> {
    let sql = format!("{WAITING} and d.account_id = $1 order by d.held_at desc, d.post_id desc limit 100");
    tx.all(&sql, params![author], waiting_row)?.into_iter().map(with_words).collect()
}

/// One that waits.
///
/// # Errors
/// `NotFound` when it does not.
pub fn waiting_one(tx: &mut Tx, id: PostId) -> Result<Waiting, Error> {
    let found = tx.first(&format!("{WAITING} and d.post_id = $1"), params![id], waiting_row)?;
    with_words(found.ok_or(Error::NotFound)?)
}
