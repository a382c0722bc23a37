//! Comments that wait to be read before they appear. They are no posts yet: nothing here counts among what stands.

use db::{Row, Tx, params};
use people::{
    AccountId, Viewer,
    accounts::Author,
    decisions::{Entry, TAKEN_DOWN},
    pictures::Shown,
    uses,
};
use web::{Error, Tag};

use super::{content, put::post_as, take::hang, take_down};
use crate::{
    PostId,
    comments::Content,
    files,
    gate::{self, Held, Passed, Why},
    moderation::{self, Kind, Subject},
    posts,
};

/// A comment that waits.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The id that it will have.
    pub id: PostId,
    /// The post it is for, and of what kind that is.
    pub subject: (PostId, String),
    /// The comment it answers.
    pub parent: Option<PostId>,
    /// Who wrote it.
    pub author: Author,
    /// What it says.
    pub content: Content,
    /// Its pictures, in order, as far as they are here.
    pub pictures: Vec<Shown>,
    /// Since when it waits.
    pub at: i64,
    /// Why, and for what.
    pub held: Held,
    /// The sentence that will stand over it.
    pub label: String,
}

const COLUMNS: &str =
    "select w.id, w.subject_id, s.kind, w.parent_id, a.id, a.handle, a.name, a.picture, w.body, w.language, w.held_at, w.held_why,
      w.held_for, w.label, w.pictures, w.sensitive
    from waiting_comments w join posts s on s.id = w.subject_id join accounts a on a.id = w.author_id";

fn waiting_comment(row: &Row) -> Result<Waiting, db::Error> {
    Ok(Waiting {
        id: row.get(0)?,
        subject: (row.get(1)?, row.get(2)?),
        parent: row.get(3)?,
        author: Author { id: row.get(4)?, handle: row.get(5)?, name: row.get(6)?, picture: row.get(7)? },
        content: content(row, 8, 9, 14)?,
        pictures: Vec::new(),
        at: row.get(10)?,
        held: Held { why: Why::named(row.text(11)?).unwrap_or(Why::Filter), what: row.get(12)? },
        label: row.get(13)?,
    })
}

/// Keeps a comment until somebody has read it; answers its id.
///
/// # Errors
/// When the database does not answer.
pub fn hold(
    tx: &mut Tx,
    author: AccountId,
    (subject, parent): (PostId, Option<PostId>),
    said: &Content,
    (held, label): (&Held, &str),
    now: i64,
) -> Result<PostId, db::Error> {
    let id = PostId::fresh();
    tx.run(
        "insert into waiting_comments (id, subject_id, parent_id, author_id, body, language, held_at, held_why, held_for, label, pictures, sensitive)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        params![
            id,
            subject,
            parent,
            author,
            &said.body,
            &said.language,
            now,
            held.why.name(),
            &held.what,
            label,
            &files::to_keep(&said.pictures),
            i64::from(said.sensitive)
        ],
    )?;
    uses::set(tx, id.get(), &said.keys())?;
    gate::count(tx, author, 1)?;
    Ok(id)
}

/// Those that wait, the longest waiting first, after one of them.
///
/// # Errors
/// When the database does not answer.
pub fn waiting(tx: &mut Tx, after: (i64, PostId), limit: u32) -> Result<Vec<Waiting>, db::Error> {
    let sql = format!("{COLUMNS} where (w.held_at, w.id) > ($1, $2) order by w.held_at, w.id limit $3");
    let found = tx.all(&sql, params![after.0, after.1, limit], waiting_comment)?;
    hung(tx, found)
}

fn hung(tx: &mut Tx, mut found: Vec<Waiting>) -> Result<Vec<Waiting>, db::Error> {
    hang(tx, &mut [], &mut found)?;
    Ok(found)
}

/// One that waits.
///
/// # Errors
/// `NotFound` when it does not.
pub fn waiting_one(tx: &mut Tx, id: PostId) -> Result<Waiting, Error> {
    let found = tx.all(&format!("{COLUMNS} where w.id = $1"), params![id], waiting_comment)?;
    hung(tx, found)?.pop().ok_or(Error::NotFound)
}

/// Somebody's own that wait, the newest first: under a post, or all.
///
/// # Errors
/// When the database does not answer.
pub fn waiting_of(tx: &mut Tx, author: AccountId, subject: Option<PostId>) -> Result<Vec<Waiting>, db::Error> {
    let found = bare_of(tx, author, subject)?;
    hung(tx, found)
}

/// The same without their pictures.
pub(super) fn bare_of(tx: &mut Tx, author: AccountId, subject: Option<PostId>) -> Result<Vec<Waiting>, db::Error> {
    let sql = format!(
        "{COLUMNS} where w.author_id = $1 and (cast($2 as bigint) = 0 or w.subject_id = $2) order by w.held_at desc, w.id desc limit 100"
    );
    tx.all(&sql, params![author, subject.map_or(0, PostId::get)], waiting_comment)
}

/// It waits no more.
fn end(tx: &mut Tx, of: &Waiting) -> Result<(), db::Error> {
    if tx.run("delete from waiting_comments where id = $1", params![of.id])? > 0 {
        gate::count(tx, of.author.id, -1)?;
        // Where it appears, it uses the same under the same id.
        uses::forget(tx, of.id.get())?;
    }
    Ok(())
}

/// Its author takes it back.
///
/// # Errors
/// `NotFound` when it does not wait, or is not theirs.
pub fn withdraw(tx: &mut Tx, author: AccountId, id: PostId) -> Result<(), Error> {
    let of = waiting_one(tx, id)?;
    if of.author.id != author {
        return Err(Error::NotFound);
    }
    end(tx, &of)?;
    Ok(gate::forget(tx, id)?)
}

/// Lets one appear that waits: it is posted now, and its author is told. Answers its id, and the tags to give to `Pages::changed`.
///
/// # Errors
/// `NotFound` when it does not wait.
pub fn approve(tx: &mut Tx, id: PostId, now: i64) -> Result<(PostId, Vec<Tag>), Error> {
    let of = waiting_one(tx, id)?;
    let tags = appear(tx, &of, (now, true))?;
    gate::let_through(tx, of.author.id, id, now)?;
    Ok((id, tags))
}

fn appear(tx: &mut Tx, of: &Waiting, (now, tells): (i64, bool)) -> Result<Vec<Tag>, Error> {
    end(tx, of)?;
    // What it answers may be gone for good.
    let there = "select id from comments where id = $1 and subject_id = $2";
    let parent = tx.first(there, params![of.parent, of.subject.0], |row| row.get::<PostId>(0))?;
    let tags = post_as(tx, of.id, of.author.id, (of.subject.0, parent), &of.content, (now, tells))?;
    if !of.label.is_empty() {
        posts::set_label(tx, of.id, &of.label)?;
    }
    Ok(tags)
}

/// Refuses one that waits: it is posted and taken down at once, so that its author is told why and can appeal as of anything else.
///
/// # Errors
/// `NotFound` when it does not wait.
pub fn refuse_waiting(tx: &mut Tx, viewer: &Viewer, id: PostId, why: &str, spoken: (&str, &str), now: i64) -> Result<Vec<Tag>, Error> {
    let of = waiting_one(tx, id)?;
    let me = viewer.must_be_member()?.id;
    let mut tags = appear(tx, &of, (now, false))?;
    tags.extend(take_down(tx, id, me, why, now)?);
    Entry::new(TAKEN_DOWN, "Refused a comment").about(of.author.id).post(id.get()).because(why).by(tx, viewer, now)?;
    let subject = Subject { kind: Kind::Comment, id: id.get() };
    moderation::taken_down(tx, viewer, (subject, of.author.id, &of.content.facts()), why, spoken, now)?;
    Ok(tags)
}

/// What waits under a post that goes for good goes with it.
pub(super) fn forget_under(tx: &mut Tx, subject: i64) -> Result<(), db::Error> {
    let waiting = tx.all(&format!("{COLUMNS} where w.subject_id = $1"), params![subject], waiting_comment)?;
    waiting.iter().try_for_each(|of| end(tx, of))
}

/// Forgets what waits of somebody who leaves.
///
/// # Errors
/// When the database does not answer.
pub fn forget_waiting(tx: &mut Tx, author: AccountId) -> Result<(), db::Error> {
    for id in tx.all("select id from waiting_comments where author_id = $1", params![author], |row| row.get::<i64>(0))? {
        uses::forget(tx, id)?;
    }
    tx.run("delete from waiting_comments where author_id = $1", params![author])?;
    tx.run("delete from said where account_id = $1", params![author])?;
    tx.run("update accounts set held = 0 where id = $1", params![author]).map(drop)
}

/// Whether what was judged of a comment holds it.
pub(in crate::comments) fn held(passed: &Passed) -> Option<(&Held, &str)> {
    passed.held.as_ref().map(|held| (held, passed.label.as_str()))
}
