//! Working copies: saving without losing anybody's words.
//!
//! A save is made from a version. From the newest it becomes the next one; from an older one it is kept beside it as a
//! [`Copy`], and so are words that give way to a copy that is taken up. Nothing that anybody typed is thrown away before
//! somebody says so.

mod copies;

pub use copies::{Copy, copies, copy, discard_copies, take_up};

use db::{Row, Tx, params};
use people::{AccountId, accounts::Author};
use talk::{Cursor, PostId, revisions};
use web::Error;

use copies::{keep_copy, settle_copies};

use super::{content::Content, files};

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

    pub(super) fn by_name(name: &str) -> Self {
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

/// Saves over the working copy as it was opened in this unit; the words were made from version `base`.
///
/// Typing the same words again is no change: two saves of one text by one writer (a double click, a repeated request)
/// are one.
pub fn save(tx: &mut Tx, current: Draft, base: i64, new: &Content, by: AccountId, now: i64) -> Result<Saved, Error> {
    let story = current.story;
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
    files::hold(tx, story)
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
