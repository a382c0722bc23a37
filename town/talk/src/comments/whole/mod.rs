//! Comments on their way out of a site or into one (docs/export.md).
//!
//! A comment's id is kept, and with it its address and its place in the thread. All its versions travel with it; the last one is what
//! it says. What it is under, and what it answers, has to be there before it. It is counted as it comes.

mod choices;
mod waiting;

pub use choices::{Chosen, Ruled, chosen, ruled, take_chosen, take_ruled};
pub use waiting::{WaitingLine, take_waiting, waiting};

use db::{Row, Tx, params};
use people::{
    AccountId,
    accounts::{ELSEWHERE, MAX_NAME},
    pictures::MAX_WORDS,
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use text::times::stamp;
use web::Error;

use super::{Content, MAX_BODY, MAX_BROUGHT, MAX_PICTURES, comment::beneath, store};
use crate::{
    Counts, PostId,
    files::{self, Attached},
    posts::{self, Byline, Spine, Taken},
    revisions,
};

/// Most versions of one comment that are taken in.
const MAX_VERSIONS: usize = 500;

/// A line of `comments.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whole {
    /// Its id.
    pub id: PostId,
    /// Whose it is.
    pub author: AccountId,
    /// The same with handle and name, for whoever reads the file.
    pub byline: Vec<Byline>,
    /// What it is under.
    pub subject: PostId,
    /// What it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<PostId>,
    /// When it was written.
    #[serde(with = "stamp")]
    pub created: i64,
    /// When anything of it changed last.
    #[serde(with = "stamp")]
    pub updated: i64,
    /// When it was posted.
    #[serde(with = "stamp")]
    pub posted: i64,
    /// When it was removed; it can be restored for thirty days.
    #[serde(default, with = "stamp::maybe", skip_serializing_if = "Option::is_none")]
    pub removed: Option<i64>,
    /// Since when it is an editor's pick.
    #[serde(default, with = "stamp::maybe", skip_serializing_if = "Option::is_none")]
    pub picked: Option<i64>,
    /// Since when the staff cover what it shows.
    #[serde(default, with = "stamp::maybe", skip_serializing_if = "Option::is_none")]
    pub covered: Option<i64>,
    /// Whether an import brought it along from another site.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub brought: bool,
    /// The name of whoever wrote it there and has no account here; empty where its author has one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub guest: String,
    /// What it said, the oldest first; the last one is what it says. None of one whose words are gone for good.
    pub versions: Vec<Version>,
}

/// What a comment said for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Since when.
    #[serde(with = "stamp")]
    pub at: i64,
    /// What.
    pub content: Content,
}

impl Whole {
    /// Keys of all pictures that any version shows.
    pub fn keys(&self) -> impl Iterator<Item = String> {
        self.versions.iter().flat_map(|version| version.content.keys())
    }

    /// Whether it can be a comment at all: files may be made by anybody.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn check(&self) -> Result<(), String> {
        if self.versions.len() > MAX_VERSIONS || (self.versions.is_empty() && self.removed.is_none()) {
            return Err(format!("has no version, or more than {MAX_VERSIONS}"));
        }
        let most = if self.brought { MAX_BROUGHT } else { MAX_BODY };
        let named = self.guest.is_empty() || (self.brought && store::guest_name(&self.guest) == self.guest);
        if !named {
            return Err(format!("has the name of a guest that is none, or is longer than {MAX_NAME} characters"));
        }
        if self.versions.iter().all(|version| sound(&version.content, most)) {
            Ok(())
        } else {
            Err("is longer than a comment may be, or holds what is no text".into())
        }
    }
}

/// Whether this can be what a comment says and shows, in so many characters.
fn sound(content: &Content, most: usize) -> bool {
    let language = content.language.is_empty() || text::language::known(&content.language).is_some();
    let picture =
        |attached: &Attached| media::is_key(&attached.key) && attached.alt.chars().count() <= MAX_WORDS && !attached.alt.contains('\0');
    let pictures = content.pictures.len() <= MAX_PICTURES && content.pictures.iter().all(picture);
    content.body.chars().count() <= most && !content.body.contains('\0') && language && pictures
}

const COLUMNS: &str =
    "p.id, p.author_id, a.handle, a.name, c.subject_id, c.parent_id, p.created_at, p.updated_at, c.posted_at, p.deleted_at,
    c.picked_at, p.covered_at, c.brought, c.guest_name";
const FROM: &str = "comments c join posts p on p.id = c.id join accounts a on a.id = p.author_id";

/// Comments by their ids, those after `after`: all of them, or somebody's without what was removed.
///
/// # Errors
/// When the database does not answer, or a version is not understood.
pub fn page(tx: &mut Tx, of: Option<AccountId>, after: PostId, limit: u32) -> Result<Vec<Whole>, Error> {
    let found = match of {
        None => tx.all(&format!("select {COLUMNS} from {FROM} where c.id > $1 order by c.id limit $2"), params![after, limit], whole)?,
        Some(account) => {
            let sql = format!(
                "select {COLUMNS} from {FROM} where p.author_id = $1 and c.id > $2 and p.deleted_at is null order by c.id limit $3"
            );
            tx.all(&sql, params![account, after, limit], whole)?
        }
    };
    with_versions(tx, found)
}

fn whole(row: &Row) -> Result<Whole, db::Error> {
    let author = row.get(1)?;
    Ok(Whole {
        id: row.get(0)?,
        author,
        byline: vec![Byline { id: author, handle: row.get(2)?, name: row.get(3)? }],
        subject: row.get(4)?,
        parent: row.get(5)?,
        created: row.get(6)?,
        updated: row.get(7)?,
        posted: row.get(8)?,
        removed: row.get(9)?,
        picked: row.get(10)?,
        covered: row.get(11)?,
        brought: row.get::<i64>(12)? == 1,
        guest: row.get(13)?,
        versions: Vec::new(),
    })
}

fn with_versions(tx: &mut Tx, mut found: Vec<Whole>) -> Result<Vec<Whole>, Error> {
    let ids: Vec<PostId> = found.iter().map(|comment| comment.id).collect();
    let mut versions: HashMap<PostId, Vec<(i64, String)>> = HashMap::new();
    let sql = format!(
        "select post_id, created_at, content from revisions where post_id in ({}) order by post_id, number",
        db::places(1, ids.len())
    );
    tx.all(&sql, &db::padded(&ids), |row| {
        versions.entry(row.get(0)?).or_default().push((row.get(1)?, row.get(2)?));
        Ok(())
    })?;
    for comment in &mut found {
        for (at, json) in versions.remove(&comment.id).unwrap_or_default() {
            comment.versions.push(Version { at, content: serde_json::from_str(&json).map_err(Error::broken)? });
        }
    }
    Ok(found)
}

/// Takes a comment in. Its author must be here; pictures that are not stay away.
///
/// # Errors
/// `Conflict` with what is wrong with it; what the database says of an account that is not here.
pub fn take_back(tx: &mut Tx, there: &Whole) -> Result<Taken, Error> {
    there.check().map_err(|why| Error::Conflict(why.into()))?;
    let found = tx.all(&format!("select {COLUMNS} from {FROM} where c.id = $1"), params![there.id], whole)?;
    let Some(here) = with_versions(tx, found)?.pop() else {
        if tx.first("select 1 from posts where id = $1", params![there.id], |row| row.get::<i64>(0))?.is_some() {
            return Ok(Taken::Foreign);
        }
        put(tx, there, false)?;
        return Ok(Taken::New);
    };
    if here.created != there.created || here.author != there.author || here.subject != there.subject || here.parent != there.parent {
        return Ok(Taken::Foreign);
    }
    if here.removed.is_some() && there.removed.is_none() {
        return Ok(Taken::Removed);
    }
    let bare = |comment: &Whole| Whole { byline: Vec::new(), ..comment.clone() };
    if bare(&here) == bare(there) {
        return Ok(Taken::Same);
    }
    if here.updated >= there.updated {
        return Ok(Taken::Edited);
    }
    put(tx, there, here.removed.is_none())?;
    Ok(Taken::Updated)
}

/// Writes a comment; `stood` says whether it is counted here already.
fn put(tx: &mut Tx, comment: &Whole, stood: bool) -> Result<(), Error> {
    let under = "select visibility from posts where id = $1 and kind not in ('comment', 'review')";
    let visibility: String = tx
        .first(under, params![comment.subject], |row| row.get(0))?
        .ok_or_else(|| Error::Conflict("is under something that is not here".into()))?;
    let (thread, path) = match comment.parent {
        None => (comment.id, String::new()),
        Some(parent) => {
            let sql = "select thread_id, path from comments where id = $1 and subject_id = $2";
            let found = tx.first(sql, params![parent, comment.subject], |row| Ok((row.get::<PostId>(0)?, row.get::<String>(1)?)))?;
            let (thread, path) = found.ok_or_else(|| Error::Conflict("answers something that is not here".into()))?;
            (thread, beneath(&path, comment.id))
        }
    };
    // A name without an account is nobody's who has one, and the other way round.
    let kind: Option<String> = tx.first("select kind from accounts where id = $1", params![comment.author], |row| row.get(0))?;
    if kind.is_some_and(|kind| (kind == ELSEWHERE) == comment.guest.is_empty()) {
        return Err(Error::Conflict("is of a guest who has an account, or of an account without a name".into()));
    }
    let spine = Spine {
        id: comment.id,
        kind: "comment",
        author: comment.author,
        visibility: &visibility,
        created: comment.created,
        updated: comment.updated,
        published: Some(comment.posted),
        removed: comment.removed,
    };
    posts::put(tx, &spine, Counts::default())?;
    posts::set_authors(tx, comment.id, &[comment.author])?;
    tx.run(
        "insert into comments (id, subject_id, parent_id, thread_id, path, posted_at, body, html, language) values ($1, $2, $3, $4, $5, $6, '', '', '')
         on conflict (id) do nothing",
        params![comment.id, comment.subject, comment.parent, thread, &path, comment.posted],
    )?;
    if comment.brought {
        store::mark(tx, comment.id, &comment.guest)?;
    }
    tx.run("update comments set picked_at = $2 where id = $1", params![comment.id, comment.picked])?;
    // A file never lifts what the staff of this site covered.
    tx.run("update posts set covered_at = coalesce(covered_at, $2) where id = $1", params![comment.id, comment.covered])?;
    tx.run("delete from revisions where post_id = $1", params![comment.id])?;
    if let Some(newest) = comment.versions.last() {
        let edited = Some(newest.at).filter(|_| comment.versions.len() > 1);
        let mut here = newest.content.clone();
        files::keep_here(tx, &mut here.pictures)?;
        store::write_down(tx, comment.id, &here, edited, !comment.brought)?;
    }
    for version in &comment.versions {
        let json = serde_json::to_string(&version.content).map_err(Error::broken)?;
        let number = revisions::insert(tx, comment.id, comment.author, &json, None, version.at)?;
        revisions::shows(tx, comment.id, number, &version.content.keys())?;
    }
    let by = i64::from(comment.removed.is_none()) - i64::from(stood);
    if by != 0 {
        store::counted(tx, comment.id, by)?;
    }
    Ok(())
}
