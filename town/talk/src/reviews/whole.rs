//! Reviews on their way out of a site or into one (docs/export.md).
//!
//! A review's id is kept, and with it its address. All its versions travel with it; the last one is what it says. What it is of, and
//! the criteria it gives stars to, have to be there before it. It is counted as it comes.

use db::{Row, Tx, params};
use people::AccountId;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use text::times::stamp;
use web::Error;

use super::{
    Content, Reason,
    criteria::{CriterionId, MAX_WORDS, OwnerId},
    review::{MAX_ANSWER, MAX_BODY, MAX_POINT, MAX_TITLE, MOST_STARS},
    store,
};
use crate::{
    Counts, PostId,
    posts::{self, Byline, Spine, Taken},
};

/// Most versions of one review that are taken in.
const MAX_VERSIONS: usize = 500;

/// A line of `reviews.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whole {
    /// Its id.
    pub id: PostId,
    /// Whose it is.
    pub author: AccountId,
    /// The same with handle and name, for whoever reads the file.
    pub byline: Vec<Byline>,
    /// What it is of.
    pub subject: PostId,
    /// When it was begun.
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
    /// Since when it waits for somebody to look at it.
    #[serde(default, with = "stamp::maybe", skip_serializing_if = "Option::is_none")]
    pub held: Option<i64>,
    /// Why it waits: `new`, `burst`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub held_why: String,
    /// What an author of its subject answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answered>,
    /// What it said, the oldest first; the last one is what it says.
    pub versions: Vec<Version>,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// Whose it is.
    pub by: AccountId,
    /// When.
    #[serde(with = "stamp")]
    pub at: i64,
    /// When it was changed last.
    #[serde(default, with = "stamp::maybe", skip_serializing_if = "Option::is_none")]
    pub edited: Option<i64>,
    /// As it was written.
    pub body: String,
}

/// What a review said for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Since when.
    #[serde(with = "stamp")]
    pub at: i64,
    /// What.
    pub content: Content,
}

/// A line of `review_criteria.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriterionLine {
    /// Its id.
    pub id: CriterionId,
    /// The section that has it; 0 for the site's usual ones.
    pub owner: OwnerId,
    /// What people read.
    pub words: String,
    /// Its place.
    pub position: i64,
    /// Whether it is asked no more.
    #[serde(default)]
    pub retired: bool,
}

/// A line of `review_votes.jsonl`: somebody finds a review helpful.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vote {
    /// Which.
    pub review: PostId,
    /// Who.
    pub by: AccountId,
    /// Since when.
    #[serde(with = "stamp")]
    pub at: i64,
}

impl Whole {
    /// Whether it can be a review at all: files may be made by anybody.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn check(&self) -> Result<(), String> {
        if self.versions.is_empty() || self.versions.len() > MAX_VERSIONS {
            return Err(format!("has no version, or more than {MAX_VERSIONS}"));
        }
        let text = |text: &str, most: usize| text.chars().count() <= most && !text.contains('\0');
        let stars = |stars: i64| (1..=MOST_STARS).contains(&stars);
        let sound = |of: &Content| {
            let language = of.language.is_empty() || text::language::known(&of.language).is_some();
            let parts = [(&of.title, MAX_TITLE), (&of.pros, MAX_POINT), (&of.cons, MAX_POINT), (&of.body, MAX_BODY)];
            stars(of.stars)
                && language
                && parts.into_iter().all(|(words, most)| text(words, most))
                && of.ratings.iter().all(|rating| stars(rating.stars))
        };
        let answer = self.answer.as_ref().is_none_or(|answer| text(&answer.body, MAX_ANSWER));
        if answer && self.versions.iter().all(|version| sound(&version.content)) {
            Ok(())
        } else {
            Err("is longer than a review may be, or holds what is none".into())
        }
    }
}

const COLUMNS: &str = "p.id, p.author_id, a.handle, a.name, r.subject_id, p.created_at, p.updated_at, r.posted_at, p.deleted_at, r.held_at,
    r.held_why, r.answer_by, r.answered_at, r.answer_edited_at, r.answer";
const FROM: &str = "reviews r join posts p on p.id = r.id join accounts a on a.id = p.author_id";

/// Reviews by their ids, those after `after`: all of them, or somebody's without what was removed.
///
/// # Errors
/// When the database does not answer, or a version is not understood.
pub fn page(tx: &mut Tx, of: Option<AccountId>, after: PostId, limit: u32) -> Result<Vec<Whole>, Error> {
    let found = match of {
        None => tx.all(&format!("select {COLUMNS} from {FROM} where r.id > $1 order by r.id limit $2"), params![after, limit], whole)?,
        Some(account) => {
            let sql = format!(
                "select {COLUMNS} from {FROM} where r.author_id = $1 and r.id > $2 and p.deleted_at is null order by r.id limit $3"
            );
            tx.all(&sql, params![account, after, limit], whole)?
        }
    };
    with_versions(tx, found)
}

fn whole(row: &Row) -> Result<Whole, db::Error> {
    let author = row.get(1)?;
    let answer = match (row.get::<Option<AccountId>>(11)?, row.get::<Option<i64>>(12)?) {
        (Some(by), Some(at)) => Some(Answered { by, at, edited: row.get(13)?, body: row.get(14)? }),
        _ => None,
    };
    Ok(Whole {
        id: row.get(0)?,
        author,
        byline: vec![Byline { id: author, handle: row.get(2)?, name: row.get(3)? }],
        subject: row.get(4)?,
        created: row.get(5)?,
        updated: row.get(6)?,
        posted: row.get(7)?,
        removed: row.get(8)?,
        held: row.get(9)?,
        held_why: row.get(10)?,
        answer,
        versions: Vec::new(),
    })
}

fn with_versions(tx: &mut Tx, mut found: Vec<Whole>) -> Result<Vec<Whole>, Error> {
    let ids: Vec<PostId> = found.iter().map(|review| review.id).collect();
    let mut versions: HashMap<PostId, Vec<(i64, String)>> = HashMap::new();
    let sql = format!(
        "select post_id, created_at, content from revisions where post_id in ({}) order by post_id, number",
        db::places(1, ids.len())
    );
    tx.all(&sql, &db::padded(&ids), |row| {
        versions.entry(row.get(0)?).or_default().push((row.get(1)?, row.get(2)?));
        Ok(())
    })?;
    for review in &mut found {
        for (at, json) in versions.remove(&review.id).unwrap_or_default() {
            review.versions.push(Version { at, content: serde_json::from_str(&json).map_err(Error::broken)? });
        }
    }
    Ok(found)
}

/// Takes a review in. Its author must be here.
///
/// # Errors
/// `Conflict` with what is wrong with it; what the database says of an account that is not here.
pub fn take_back(tx: &mut Tx, there: &Whole) -> Result<Taken, Error> {
    there.check().map_err(|why| Error::Conflict(why.into()))?;
    let found = tx.all(&format!("select {COLUMNS} from {FROM} where r.id = $1"), params![there.id], whole)?;
    let Some(here) = with_versions(tx, found)?.pop() else {
        let taken = "select 1 from posts where id = $1 union select 1 from reviews where subject_id = $2 and author_id = $3";
        if tx.first(taken, params![there.id, there.subject, there.author], |row| row.get::<i64>(0))?.is_some() {
            return Ok(Taken::Foreign);
        }
        put(tx, there, true)?;
        return Ok(Taken::New);
    };
    if here.created != there.created || here.author != there.author || here.subject != there.subject {
        return Ok(Taken::Foreign);
    }
    if here.removed.is_some() && there.removed.is_none() {
        return Ok(Taken::Removed);
    }
    let bare = |review: &Whole| Whole { byline: Vec::new(), ..review.clone() };
    if bare(&here) == bare(there) {
        return Ok(Taken::Same);
    }
    if here.updated >= there.updated {
        return Ok(Taken::Edited);
    }
    put(tx, there, false)?;
    Ok(Taken::Updated)
}

fn put(tx: &mut Tx, review: &Whole, new: bool) -> Result<(), Error> {
    if new {
        begin(tx, review)?;
    }
    store::counted_as(tx, review.id, |tx| -> Result<(), Error> {
        tx.run("update posts set updated_at = $2, deleted_at = $3 where id = $1", params![review.id, review.updated, review.removed])?;
        // In a person's export, whoever answered may be nobody here.
        let known = |tx: &mut Tx, by: AccountId| tx.first("select 1 from accounts where id = $1", params![by], |row| row.get::<i64>(0));
        let answer = match &review.answer {
            Some(answer) if known(tx, answer.by)?.is_some() => Some(answer),
            _ => None,
        };
        let body = answer.map_or("", |answer| &answer.body);
        tx.run(
            "update reviews set held_at = $2, held_why = $3, answer = $4, answer_html = $5, answer_by = $6, answered_at = $7, answer_edited_at = $8
             where id = $1",
            params![
                review.id,
                review.held,
                Reason::named(&review.held_why).name(),
                body,
                if body.is_empty() { String::new() } else { store::draw(body) },
                answer.map(|answer| answer.by),
                answer.map(|answer| answer.at),
                answer.and_then(|answer| answer.edited)
            ],
        )?;
        tx.run("delete from revisions where post_id = $1", params![review.id])?;
        if let Some(newest) = review.versions.last() {
            store::write_down(tx, review.id, &newest.content, Some(newest.at).filter(|_| review.versions.len() > 1))?;
        }
        for version in &review.versions {
            store::revision_of(tx, review.id, review.author, &version.content, version.at)?;
        }
        Ok(())
    })
}

/// The rows of a review that says nothing yet and does not count.
fn begin(tx: &mut Tx, review: &Whole) -> Result<(), Error> {
    let under = "select visibility from posts where id = $1 and kind not in ('comment', 'review')";
    let visibility: String = tx
        .first(under, params![review.subject], |row| row.get(0))?
        .ok_or_else(|| Error::Conflict("is of something that is not here".into()))?;
    let spine = Spine {
        id: review.id,
        kind: "review",
        author: review.author,
        visibility: &visibility,
        created: review.created,
        updated: review.updated,
        published: Some(review.posted),
        removed: review.removed,
    };
    posts::put(tx, &spine, Counts::default())?;
    posts::set_authors(tx, review.id, &[review.author])?;
    tx.run(
        "insert into reviews (id, subject_id, author_id, posted_at, stars, recommends, title, pros, cons, body, html, language, held_at)
         values ($1, $2, $3, $4, 0, 0, '', '', '', '', '', '', $4)",
        params![review.id, review.subject, review.author, review.posted],
    )?;
    Ok(())
}

/// What is judged besides the whole, by their ids.
///
/// # Errors
/// When the database does not answer.
pub fn criteria(tx: &mut Tx, after: CriterionId, limit: u32) -> Result<Vec<CriterionLine>, db::Error> {
    let sql = "select id, owner_id, words, position, retired from review_criteria where id > $1 order by id limit $2";
    tx.all(sql, params![after, limit], |row| {
        let retired = row.get::<i64>(4)? == 1;
        Ok(CriterionLine { id: row.get(0)?, owner: row.get(1)?, words: row.get(2)?, position: row.get(3)?, retired })
    })
}

/// Takes one in. One that is here stays as it is, unless the export is to become the site (`fresh`). Answers whether anything changed.
///
/// # Errors
/// When the database does not answer.
pub fn take_criterion(tx: &mut Tx, line: &CriterionLine, fresh: bool) -> Result<bool, db::Error> {
    if line.words.trim().is_empty() || line.words.chars().count() > MAX_WORDS || line.words.contains('\0') {
        return Ok(false);
    }
    let otherwise = if fresh {
        "do update set owner_id = excluded.owner_id, words = excluded.words, position = excluded.position, retired = excluded.retired"
    } else {
        "do nothing"
    };
    let sql = format!(
        "insert into review_criteria (id, owner_id, words, position, retired) values ($1, $2, $3, $4, $5) on conflict (id) {otherwise}"
    );
    Ok(tx.run(&sql, params![line.id, line.owner, &line.words, line.position, i64::from(line.retired)])? == 1)
}

/// Who finds which review helpful: all of them, or somebody.
///
/// # Errors
/// When the database does not answer.
pub fn votes(tx: &mut Tx, of: Option<AccountId>, after: Option<&Vote>, limit: u32) -> Result<Vec<Vote>, db::Error> {
    let (review, by) = after.map_or((i64::MIN, i64::MIN), |vote| (vote.review.get(), vote.by.get()));
    let sql = "select review_id, account_id, created_at from review_votes
         where (review_id, account_id) > ($1, $2) and (cast($3 as bigint) = 0 or account_id = $3) order by review_id, account_id limit $4";
    tx.all(sql, params![review, by, of.map_or(0, AccountId::get), limit], |row| {
        Ok(Vote { review: row.get(0)?, by: row.get(1)?, at: row.get(2)? })
    })
}

/// Takes a vote in, if both are here and it is not the author's own. Answers whether it is new.
///
/// # Errors
/// When the database does not answer.
pub fn take_vote(tx: &mut Tx, vote: &Vote) -> Result<bool, db::Error> {
    let there = "select 1 from reviews r join accounts a on a.id = $2 where r.id = $1 and r.author_id <> $2
         and not exists (select 1 from review_votes v where v.review_id = $1 and v.account_id = $2)";
    if tx.first(there, params![vote.review, vote.by], |row| row.get::<i64>(0))?.is_none() {
        return Ok(false);
    }
    store::vote(tx, vote.by, vote.review, vote.at)?;
    Ok(true)
}
