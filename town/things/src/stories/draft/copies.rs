//! Copies: words that lost a race or gave way, kept until their author has dealt with them.

use db::{Row, Tx, params};
use people::{AccountId, accounts::Author};
use talk::PostId;
use web::Error;

use super::{Draft, DraftState, Saved, content, open, save, to_json};
use crate::stories::{Content, files};

/// Copies of lost races that are kept for one story; older ones go.
const MAX_COPIES: i64 = 50;

/// Words that lost a race, kept for their author.
#[derive(Clone, Debug)]
pub struct Copy {
    /// Its id.
    pub id: i64,
    /// The story.
    pub story: PostId,
    /// Whose words they are.
    pub by: Author,
    /// What they are.
    pub content: Content,
    /// The version they were made from.
    pub base: i64,
    /// When they came.
    pub created_at: i64,
}

/// Makes a kept copy the newest version. What stood there is kept as a copy in its turn.
pub fn take_up(tx: &mut Tx, story: PostId, id: i64, base: i64, by: AccountId, now: i64) -> Result<Saved, Error> {
    let (taken, current) = (copy(tx, story, id)?, open(tx, story)?);
    let saved = save(tx, current.clone(), base, &taken.content, by, now)?;
    if let (Saved::Newest(version), Some(author)) = (&saved, &current.by) {
        discard_copies(tx, story, id)?;
        if *version != current.version && current.state != DraftState::Clean {
            keep_copy(tx, story, current.version, &to_json(&current.content)?, author.id, now)?;
        }
    }
    Ok(saved)
}

/// Saving over the version that one lost a race against is a choice: the words that give way are kept as a copy in
/// their turn, and the copy of the words that are saved now has done its service.
pub(super) fn settle_copies(tx: &mut Tx, current: &Draft, json: &str, by: AccountId, now: i64) -> Result<(), Error> {
    let raced = tx.first(
        "select 1 from draft_copies where story_id = $1 and account_id = $2 and created_at >= $3 limit 1",
        params![current.story, by, current.updated_at],
        |row| row.get::<i64>(0),
    )?;
    // What is published stands in a revision already.
    if let (Some(_), Some(theirs), true) = (raced, &current.by, current.state != DraftState::Clean) {
        keep_copy(tx, current.story, current.version, &to_json(&current.content)?, theirs.id, now)?;
    }
    tx.run("delete from draft_copies where story_id = $1 and account_id = $2 and content = $3", params![current.story, by, json])?;
    Ok(())
}

pub(super) fn keep_copy(tx: &mut Tx, story: PostId, base: i64, json: &str, by: AccountId, now: i64) -> Result<i64, db::Error> {
    // The same words sent again are the same copy.
    let kept = tx.first(
        "select id from draft_copies where story_id = $1 and account_id = $2 and content = $3",
        params![story, by, json],
        |row| row.get(0),
    )?;
    if let Some(id) = kept {
        return Ok(id);
    }
    let id = db::fresh_id();
    tx.run(
        "insert into draft_copies (id, story_id, account_id, version, content, created_at) values ($1, $2, $3, $4, $5, $6)",
        params![id, story, by, base, json, now],
    )?;
    tx.run(
        "delete from draft_copies where story_id = $1 and id not in
           (select id from draft_copies where story_id = $1 order by created_at desc, id desc limit $2)",
        params![story, MAX_COPIES],
    )?;
    files::hold(tx, story)?;
    Ok(id)
}

const COPY: &str = "select c.id, c.story_id, c.content, c.version, c.created_at, a.id, a.handle, a.name, a.picture
     from draft_copies c join accounts a on a.id = c.account_id";

fn copy_row(row: &Row) -> Result<(String, Copy), db::Error> {
    let by = Author { id: row.get(5)?, handle: row.get(6)?, name: row.get(7)?, picture: row.get(8)? };
    let copy = Copy { id: row.get(0)?, story: row.get(1)?, by, content: Content::default(), base: row.get(3)?, created_at: row.get(4)? };
    Ok((row.get(2)?, copy))
}

/// One copy of a story.
pub fn copy(tx: &mut Tx, story: PostId, id: i64) -> Result<Copy, Error> {
    let (json, copy) = tx.one(&format!("{COPY} where c.id = $1 and c.story_id = $2"), params![id, story], copy_row)?;
    Ok(Copy { content: content(&json)?, ..copy })
}

/// All copies of a story, newest first.
pub fn copies(tx: &mut Tx, story: PostId) -> Result<Vec<Copy>, Error> {
    let rows = tx.all(
        &format!("{COPY} where c.story_id = $1 order by c.created_at desc, c.id desc limit $2"),
        params![story, MAX_COPIES],
        copy_row,
    )?;
    rows.into_iter().map(|(json, copy)| Ok(Copy { content: content(&json)?, ..copy })).collect()
}

/// Throws one copy away, once its author has dealt with it.
pub fn discard_copies(tx: &mut Tx, story: PostId, id: i64) -> Result<(), db::Error> {
    tx.run("delete from draft_copies where id = $1 and story_id = $2", params![id, story])?;
    files::hold(tx, story)
}
