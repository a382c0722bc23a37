//! Working copies: saving without losing anybody's words.

use db::{Row, Tx, params};
use people::{AccountId, accounts::Author};
use talk::{Cursor, PostId, revisions};
use web::Error;

use super::content::Content;

/// Copies of lost races that are kept for one story; older ones go.
const MAX_COPIES: i64 = 50;
/// Somebody who has not saved for so long is no longer writing.
const PRESENT_MS: i64 = 2 * 60 * 1000;

/// Where a working copy stands on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftState {
    /// Being written.
    Draft,
    /// Handed to the editors.
    Submitted,
    /// To be published by itself at a time.
    Scheduled,
    /// The same as what is published.
    Clean,
}

impl DraftState {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Scheduled => "scheduled",
            Self::Clean => "clean",
        }
    }

    fn by_name(name: &str) -> Self {
        match name {
            "submitted" => Self::Submitted,
            "scheduled" => Self::Scheduled,
            "clean" => Self::Clean,
            _ => Self::Draft,
        }
    }
}

/// A working copy.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The story.
    pub story: PostId,
    /// Rises with every change of the words; a form carries the version it was made from as `base`.
    pub version: i64,
    /// What it holds.
    pub content: Content,
    /// Where it stands.
    pub state: DraftState,
    /// When it is to be published.
    pub publish_at: Option<i64>,
    /// Who saved last; `None` for a story that nobody has touched since it came in from elsewhere.
    pub by: Option<Author>,
    /// When.
    pub updated_at: i64,
}

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

/// What became of a save.
#[derive(Clone, Debug)]
pub enum Saved {
    /// It is the newest version now.
    Newest(i64),
    /// Somebody else had saved meanwhile. Both are kept: theirs as the newest version, mine as this copy.
    Beside {
        /// The newest version, theirs.
        theirs: Box<Draft>,
        /// Where mine was kept.
        copy: i64,
    },
}

fn content(json: &str) -> Result<Content, Error> {
    serde_json::from_str(json).map_err(Error::broken)
}

fn to_json(content: &Content) -> Result<String, Error> {
    serde_json::to_string(content).map_err(Error::broken)
}

type Raw = (i64, String, String, Option<i64>, i64, Author);

fn raw(row: &Row) -> Result<Raw, db::Error> {
    let by = Author { id: row.get(5)?, handle: row.get(6)?, name: row.get(7)?, picture: row.get(8)? };
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, by))
}

/// The working copy of a story: what was saved last, or what is published.
pub fn open(tx: &mut Tx, story: PostId) -> Result<Draft, Error> {
    let found = tx.first(
        "select d.version, d.content, d.state, d.publish_at, d.updated_at, a.id, a.handle, a.name, a.picture
         from drafts d join accounts a on a.id = d.updated_by where d.story_id = $1",
        params![story],
        raw,
    )?;
    let (version, json, state, publish_at, updated_at, by) = match found {
        Some((version, json, state, publish_at, updated_at, by)) => {
            (version, json, DraftState::by_name(&state), publish_at, updated_at, Some(by))
        }
        None => (0, String::new(), DraftState::Clean, None, 0, None),
    };
    let content = if state == DraftState::Clean { published(tx, story)? } else { content(&json)? };
    Ok(Draft { story, version, content, state, publish_at, by, updated_at })
}

/// What is published, in the section where it stands now: sections may have been joined since.
fn published(tx: &mut Tx, story: PostId) -> Result<Content, Error> {
    let mut published = content(&revisions::latest(tx, story)?.ok_or(Error::NotFound)?.content)?;
    published.section = tx.first("select section_id from stories where id = $1", params![story], |row| row.get(0))?;
    Ok(published)
}

/// Saves a working copy made from version `base`.
///
/// Typing the same words again is no change: two saves of one text by one writer (a double click, a repeated request)
/// are one.
pub fn save(tx: &mut Tx, story: PostId, base: i64, new: &Content, by: AccountId, now: i64) -> Result<Saved, Error> {
    let current = open(tx, story)?;
    seen_by(tx, story, by, now)?;
    if current.content == *new {
        return Ok(Saved::Newest(current.version));
    }
    let json = to_json(new)?;
    if base != current.version {
        return Ok(Saved::Beside { copy: keep_copy(tx, story, base, &json, by, now)?, theirs: Box::new(current) });
    }
    settle_copies(tx, &current, &json, by, now)?;
    let version = current.version + 1;
    let state = if current.state == DraftState::Clean { DraftState::Draft } else { current.state };
    put(tx, story, version, &json, state, current.publish_at, by, now)?;
    Ok(Saved::Newest(version))
}

/// Writes the row of a working copy.
#[expect(clippy::too_many_arguments, reason = "one row, one call; a struct would only repeat the columns")]
pub(super) fn put(
    tx: &mut Tx,
    story: PostId,
    version: i64,
    json: &str,
    state: DraftState,
    publish_at: Option<i64>,
    by: AccountId,
    now: i64,
) -> Result<(), db::Error> {
    tx.run(
        "insert into drafts (story_id, version, content, state, publish_at, updated_by, updated_at) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (story_id) do update set version = excluded.version, content = excluded.content, state = excluded.state,
           publish_at = excluded.publish_at, updated_by = excluded.updated_by, updated_at = excluded.updated_at",
        params![story, version, json, state.name(), publish_at, by, now],
    )?;
    Ok(())
}

/// Saving over the version that one lost a race against is a choice: the words that give way are kept as a copy in
/// their turn, and the copy of the words that are saved now has done its service.
fn settle_copies(tx: &mut Tx, current: &Draft, json: &str, by: AccountId, now: i64) -> Result<(), Error> {
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

/// Makes a kept copy the newest version. What stood there is kept as a copy in its turn.
pub fn take_up(tx: &mut Tx, story: PostId, id: i64, base: i64, by: AccountId, now: i64) -> Result<Saved, Error> {
    let (taken, current) = (copy(tx, story, id)?, open(tx, story)?);
    let saved = save(tx, story, base, &taken.content, by, now)?;
    if let (Saved::Newest(version), Some(author)) = (&saved, &current.by) {
        discard_copies(tx, story, id)?;
        if *version != current.version && current.state != DraftState::Clean {
            keep_copy(tx, story, current.version, &to_json(&current.content)?, author.id, now)?;
        }
    }
    Ok(saved)
}

fn keep_copy(tx: &mut Tx, story: PostId, base: i64, json: &str, by: AccountId, now: i64) -> Result<i64, db::Error> {
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
    Ok(())
}

/// Notes that somebody is writing on a story.
pub fn seen_by(tx: &mut Tx, story: PostId, who: AccountId, now: i64) -> Result<(), db::Error> {
    tx.run(
        "insert into story_editors (story_id, account_id, seen_at) values ($1, $2, $3)
         on conflict (story_id, account_id) do update set seen_at = excluded.seen_at",
        params![story, who, now],
    )?;
    Ok(())
}

/// Names of the others who are writing on a story.
pub fn editors_of(tx: &mut Tx, story: PostId, except: AccountId, now: i64) -> Result<Vec<String>, db::Error> {
    tx.all(
        "select a.name from story_editors e join accounts a on a.id = e.account_id
         where e.story_id = $1 and e.account_id <> $2 and e.seen_at > $3 order by a.name",
        params![story, except, now - PRESENT_MS],
        |row| row.get(0),
    )
}

fn draft_row(row: &Row) -> Result<(String, Draft), db::Error> {
    let (version, json, state, publish_at, updated_at, by) = raw(row)?;
    let state = DraftState::by_name(&state);
    Ok((json, Draft { story: row.get(9)?, version, content: Content::default(), state, publish_at, by: Some(by), updated_at }))
}

fn drafts(rows: Vec<(String, Draft)>) -> Result<Vec<Draft>, Error> {
    rows.into_iter().map(|(json, draft)| Ok(Draft { content: content(&json)?, ..draft })).collect()
}

/// The working copies of one author with unpublished words, the latest touched first.
pub fn drafts_of(tx: &mut Tx, author: AccountId, before: Cursor, limit: u32) -> Result<Vec<Draft>, Error> {
    let rows = tx.all(
        "select d.version, d.content, d.state, d.publish_at, d.updated_at, a.id, a.handle, a.name, a.picture, d.story_id
         from post_authors p join drafts d on d.story_id = p.post_id join posts o on o.id = p.post_id join accounts a on a.id = d.updated_by
         where p.account_id = $1 and d.state <> 'clean' and o.deleted_at is null and (d.updated_at, d.story_id) < ($2, $3)
         order by d.updated_at desc, d.story_id desc limit $4",
        params![author, before.at, before.id, limit],
        draft_row,
    )?;
    drafts(rows)
}

/// Everything handed in for review, the longest waiting first.
pub fn waiting_for_review(tx: &mut Tx, limit: u32) -> Result<Vec<Draft>, Error> {
    let rows = tx.all(
        "select d.version, d.content, d.state, d.publish_at, d.updated_at, a.id, a.handle, a.name, a.picture, d.story_id
         from drafts d join posts o on o.id = d.story_id join accounts a on a.id = d.updated_by
         where d.state = 'submitted' and o.deleted_at is null order by d.updated_at, d.story_id limit $1",
        params![limit],
        draft_row,
    )?;
    drafts(rows)
}
