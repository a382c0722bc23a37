//! Every query about contexts and what is said of them.

use db::{Row, Tx, params};
use people::{AccountId, Permission, Viewer};
use std::collections::HashMap;
use web::{Error, Problems, Tag};

use super::{
    Content, ContextId, Judge,
    content::{Said, known_reasons},
    model::{Status, Value},
    standing,
};
use crate::{
    PostId, moderation,
    posts::{self, readable, reader},
    views,
};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// Contexts that a member writes within a day.
const MOST_A_DAY: i64 = 10;
/// Contexts that are shown under a post: the most helpful ones.
const MOST_SHOWN: usize = 3;
/// Contexts under a post on the page where they are rated.
const MOST_LISTED: u32 = 100;

/// A context as it stands under its post for everybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its id.
    pub id: ContextId,
    /// What it says.
    pub content: Content,
}

/// A context where it is rated.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    pub id: ContextId,
    pub content: Content,
    pub written_at: i64,
    pub status: Status,
    /// Ratings that counted when it was judged.
    pub ratings: i64,
    /// Whether the viewer wrote it.
    pub mine: bool,
    /// What the viewer says of it.
    pub said: Option<Said>,
    /// Why it was taken down, if it was.
    pub removed: Option<String>,
}

/// What a context is about.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    pub id: PostId,
    pub kind: String,
    pub authors: Vec<AccountId>,
}

/// What shows a context that comes or goes.
pub(super) fn tags(subject: PostId) -> Vec<Tag> {
    vec![views::tag(subject.get())]
}

/// The story or note that a viewer may read, and that is out.
///
/// # Errors
/// `NotFound` when there is none.
pub(super) fn subject(tx: &mut Tx, viewer: &Viewer, id: PostId) -> Result<Subject, Error> {
    let sql = format!(
        "select p.kind from posts p where p.id = $2 and p.published_at is not null and p.kind in ('story', 'note') and {}",
        readable(1)
    );
    let kind = tx.first(&sql, params![reader(viewer), id], |row| row.get::<String>(0))?.ok_or(Error::NotFound)?;
    let authors = posts::authors_of(tx, id)?.iter().map(|author| author.id).collect();
    Ok(Subject { id, kind, authors })
}

/// Why the viewer cannot add context here, in words.
pub(super) fn hindrance(tx: &mut Tx, viewer: &Viewer, subject: &Subject, now: i64) -> Result<Option<String>, Error> {
    let me = viewer.must(Permission::WriteComments)?.id;
    if subject.authors.contains(&me) {
        return Ok(Some("This is your own post. What readers should know besides, you can write into it.".into()));
    }
    if let Some(words) = standing::lacks(tx, me, now)? {
        return Ok(Some(words.into()));
    }
    let sql = "select 1 from contexts where subject_id = $1 and author_id = $2 limit 1";
    Ok(tx.first(sql, params![subject.id, me], |row| row.get::<i64>(0))?.map(|_| "You have added context to this post.".to_owned()))
}

/// Writes a context down, if the viewer may.
///
/// # Errors
/// `NotFound` when they may not read the post, `Forbidden` when they may not add context to it, `Invalid` when they wrote as many as
/// one may within a day.
pub fn write(tx: &mut Tx, viewer: &Viewer, post: PostId, content: &Content, now: i64) -> Result<ContextId, Error> {
    let subject = subject(tx, viewer, post)?;
    if let Some(words) = hindrance(tx, viewer, &subject, now)? {
        return Err(Error::Forbidden(words.into()));
    }
    let me = viewer.must(Permission::WriteComments)?.id;
    let sql = "select count(*) from contexts where author_id = $1 and written_at > $2";
    if tx.one(sql, params![me, now - DAY_MS], |row| row.get::<i64>(0))? >= MOST_A_DAY {
        return Err(Error::invalid("body", format!("You have added context {MOST_A_DAY} times within a day. Go on tomorrow.")));
    }
    let id = ContextId::fresh();
    let sql = "insert into contexts (id, subject_id, author_id, body, sources, written_at) values ($1, $2, $3, $4, $5, $6)";
    tx.run(sql, params![id, post, me, &content.body, content.sources.join("\n"), now])?;
    Ok(id)
}

/// A context as its row has it, whoever asks.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub id: ContextId,
    pub subject: PostId,
    pub author: AccountId,
    pub content: Content,
    pub status: Status,
    /// Why it was taken down, if it was.
    pub removed: Option<String>,
}

/// A context under a post that the viewer may read.
///
/// # Errors
/// `NotFound` when there is none.
pub(super) fn find(tx: &mut Tx, viewer: &Viewer, id: ContextId) -> Result<Kept, Error> {
    let found = kept(tx, id)?.ok_or(Error::NotFound)?;
    subject(tx, viewer, found.subject)?;
    Ok(found)
}

/// A context, whoever asks.
pub(super) fn kept(tx: &mut Tx, id: ContextId) -> Result<Option<Kept>, db::Error> {
    let sql = "select id, subject_id, author_id, body, sources, status, removed_at, removed_why from contexts where id = $1";
    tx.first(sql, params![id], |row| {
        let removed = row.get::<Option<i64>>(6)?;
        Ok(Kept {
            id: row.get(0)?,
            subject: row.get(1)?,
            author: row.get(2)?,
            content: content(row, 3)?,
            status: Status::named(row.text(5)?),
            removed: match removed {
                Some(_) => Some(row.get(7)?),
                None => None,
            },
        })
    })
}

fn content(row: &Row, at: usize) -> Result<Content, db::Error> {
    Ok(Content { body: row.get(at)?, sources: row.text(at + 1)?.lines().map(ToOwned::to_owned).collect() })
}

/// All under a post, the newest first; those that were taken down for the staff and whoever wrote them alone.
pub(super) fn listed(tx: &mut Tx, viewer: &Viewer, post: PostId) -> Result<Vec<Listed>, db::Error> {
    let me = reader(viewer);
    let sql =
        "select c.id, c.body, c.sources, c.written_at, c.status, c.ratings, c.author_id, r.value, r.reasons, c.removed_at, c.removed_why
         from contexts c left join context_ratings r on r.context_id = c.id and r.account_id = $2
         where c.subject_id = $1 and (c.removed_at is null or c.author_id = $2 or cast($3 as bigint) = 1) order by c.id desc limit $4";
    let moderates = i64::from(viewer.may(Permission::ModerateNotes));
    tx.all(sql, params![post, me, moderates, MOST_LISTED], |row| {
        let value = row.get::<Option<String>>(7)?.and_then(|name| Value::named(&name));
        let reasons = row.get::<Option<String>>(8)?.unwrap_or_default();
        let removed = row.get::<Option<i64>>(9)?.is_some();
        let why: String = row.get(10)?;
        Ok(Listed {
            id: row.get(0)?,
            content: content(row, 1)?,
            written_at: row.get(3)?,
            status: Status::named(row.text(4)?),
            ratings: row.get(5)?,
            mine: row.get::<i64>(6)? == me,
            said: value.map(|value| Said { value, reasons: known_reasons(&reasons.split(',').collect::<Vec<_>>()) }),
            removed: removed.then_some(why),
        })
    })
}

/// Says of a context whether it helps, in place of what this member said before.
///
/// # Errors
/// `NotFound` when they may not read what it is about, `Forbidden` when it is not theirs to rate.
pub fn rate(tx: &mut Tx, viewer: &Viewer, id: ContextId, (value, reasons): (Value, &[&str]), now: i64) -> Result<PostId, Error> {
    let me = viewer.must(Permission::React)?.id;
    let context = find(tx, viewer, id)?;
    if context.removed.is_some() {
        return Err(Error::Gone);
    }
    if context.author == me {
        return Err(Error::Forbidden("You wrote this: others say whether it helps.".into()));
    }
    if posts::authors_of(tx, context.subject)?.iter().any(|author| author.id == me) {
        return Err(Error::Forbidden("This is about your own post: others say whether it helps.".into()));
    }
    standing::must(tx, me, now)?;
    let sql = "insert into context_ratings (context_id, account_id, value, reasons, rated_at) values ($1, $2, $3, $4, $5)
         on conflict (context_id, account_id) do update set value = excluded.value, reasons = excluded.reasons, rated_at = excluded.rated_at";
    tx.run(sql, params![id, me, value.name(), reasons.join(","), now])?;
    Judge::soon(tx, now)?;
    Ok(context.subject)
}

/// Takes back what a member said, whether they said anything or not.
pub(super) fn unrate(tx: &mut Tx, viewer: &Viewer, id: ContextId, now: i64) -> Result<PostId, Error> {
    let me = viewer.must_be_member()?.id;
    let context = find(tx, viewer, id)?;
    tx.run("delete from context_ratings where context_id = $1 and account_id = $2", params![id, me])?;
    Judge::soon(tx, now)?;
    Ok(context.subject)
}

/// The contexts that are shown under these posts, the most helpful first.
///
/// # Errors
/// When the database does not answer.
pub fn shown(tx: &mut Tx, posts: &[PostId]) -> Result<HashMap<PostId, Vec<Shown>>, db::Error> {
    let mut found: HashMap<PostId, Vec<Shown>> = HashMap::new();
    if posts.is_empty() {
        return Ok(found);
    }
    let sql = format!(
        "select subject_id, id, body, sources from contexts where subject_id in ({}) and status = 'shown' and removed_at is null
         order by subject_id, intercept desc, id",
        db::places(1, posts.len())
    );
    for (post, shown) in tx.all(&sql, &db::padded(posts), |row| Ok((row.get(0)?, Shown { id: row.get(1)?, content: content(row, 2)? })))? {
        let of_post = found.entry(post).or_default();
        if of_post.len() < MOST_SHOWN {
            of_post.push(shown);
        }
    }
    Ok(found)
}

/// The same of one post, of which it is known how many there are (`post_counts.contexts`): none are not asked for.
///
/// # Errors
/// When the database does not answer.
pub fn shown_of(tx: &mut Tx, post: PostId, many: i64) -> Result<Vec<Shown>, db::Error> {
    if many == 0 { Ok(Vec::new()) } else { Ok(shown(tx, &[post])?.remove(&post).unwrap_or_default()) }
}

/// One more or one less is shown under a post.
pub(super) fn count(tx: &mut Tx, post: PostId, by: i64) -> Result<(), db::Error> {
    tx.run("update post_counts set contexts = contexts + $2 where post_id = $1", params![post, by]).map(drop)
}

/// Deletes a context with what was said of it.
pub(super) fn delete(tx: &mut Tx, id: ContextId, now: i64) -> Result<(), db::Error> {
    let sql = "delete from contexts where id = $1 returning subject_id, status, removed_at";
    let gone = tx.first(sql, params![id], |row| {
        Ok((row.get::<PostId>(0)?, Status::named(row.text(1)?) == Status::Shown && row.get::<Option<i64>>(2)?.is_none()))
    })?;
    if let Some((subject, true)) = gone {
        count(tx, subject, -1)?;
    }
    Judge::soon(tx, now)
}

/// Somebody of the staff takes a context down for a reason, whether it stands or not. Answers the pages that change.
///
/// # Errors
/// When the database does not answer.
pub fn take_down(tx: &mut Tx, id: ContextId, by: AccountId, why: &str, now: i64) -> Result<Vec<Tag>, Error> {
    moved(tx, id, Some((by, why)), now)
}

/// Brings a context back that was taken down.
///
/// # Errors
/// `Gone` when its author has deleted it meanwhile.
pub fn bring_back(tx: &mut Tx, id: ContextId, now: i64) -> Result<Vec<Tag>, Error> {
    moved(tx, id, None, now)
}

/// Says of a context that was taken down by whom, if they are still here, and why.
///
/// # Errors
/// When the database does not answer.
pub fn mark(tx: &mut Tx, id: ContextId, (by, why): (Option<AccountId>, &str)) -> Result<(), db::Error> {
    let sql = "update contexts set removed_by = coalesce($2, removed_by), removed_why = $3 where id = $1 and removed_at is not null";
    tx.run(sql, params![id, by, why]).map(drop)
}

/// Whether a viewer may read a context: it stands, under what they may read.
///
/// # Errors
/// When the database does not answer.
pub fn readable_by(tx: &mut Tx, viewer: &Viewer, id: ContextId) -> Result<bool, db::Error> {
    let sql = format!(
        "select 1 from contexts c join posts p on p.id = c.subject_id where c.id = $2 and c.removed_at is null and {}",
        readable(1)
    );
    Ok(tx.first(&sql, params![reader(viewer), id], |row| row.get::<i64>(0))?.is_some())
}

fn moved(tx: &mut Tx, id: ContextId, by: Option<(AccountId, &str)>, now: i64) -> Result<Vec<Tag>, Error> {
    let context = kept(tx, id)?.ok_or(Error::Gone)?;
    set_down(tx, &context, by, now)?;
    Ok(tags(context.subject))
}

/// Takes a context down for a reason, or brings it back (`None`).
fn set_down(tx: &mut Tx, context: &Kept, by: Option<(AccountId, &str)>, now: i64) -> Result<(), db::Error> {
    let changed = match by {
        Some((who, why)) => tx.run(
            "update contexts set removed_at = $2, removed_by = $3, removed_why = $4 where id = $1 and removed_at is null",
            params![context.id, now, who, why],
        )?,
        None => tx.run(
            "update contexts set removed_at = null, removed_by = null, removed_why = '' where id = $1 and removed_at is not null",
            params![context.id],
        )?,
    };
    if changed == 1 && by.is_none() {
        moderation::context_stands_again(tx, context.id, now)?;
    }
    if changed == 1 && context.status == Status::Shown {
        count(tx, context.subject, if by.is_some() { -1 } else { 1 })?;
    }
    Judge::soon(tx, now)
}

/// Problems with what was typed, out of an error that says so.
pub(super) fn said(error: Error) -> Result<Problems, Error> {
    match error {
        Error::Invalid(problems) => Ok(problems),
        Error::TooMany { .. } => {
            let mut problems = Problems::default();
            problems.add("body", "You are very quick. Wait a moment, then send this again.");
            Ok(problems)
        }
        other => Err(other),
    }
}
