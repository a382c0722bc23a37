//! Reading reviews as a viewer sees them.

use db::{Row, Tx, params};
use people::{
    AccountId, Viewer,
    accounts::Author,
    blocks::{where_no_block, where_no_mute},
};
use std::collections::HashMap;
use web::Error;

use crate::{
    PostId,
    posts::{self, readable, reader},
    reviews::{Answer, Content, Held, Rating, Reason, Review},
    revisions::{self, Revision},
};

/// Most versions that are compared on one page.
const MOST_VERSIONS: usize = 50;

/// What is read of a review, by the reader in `$1`.
pub(in crate::reviews) const COLUMNS: &str =
    "r.id, r.subject_id, a.id, a.handle, a.name, a.picture, r.stars, r.recommends, r.title, r.pros, r.cons, r.body,
     r.language, r.html, r.posted_at, r.edited_at, r.held_at, r.held_why, r.helpful, r.answer, r.answer_html, r.answered_at,
     r.answer_edited_at, b.id, b.handle, b.name, b.picture, case when a.id = $1 then 1 else 0 end,
     case when exists (select 1 from review_votes v where v.review_id = r.id and v.account_id = $1) then 1 else 0 end, p.label";

/// Where it is read from: without the answer of somebody whom the reader in `$1` mutes, or from whom a block parts them.
pub(in crate::reviews) fn from() -> String {
    format!(
        "reviews r join posts p on p.id = r.id join accounts a on a.id = r.author_id
         left join accounts b on b.id = r.answer_by and {} and {}",
        where_no_block("$1", "b.id"),
        where_no_mute("$1", "b.id")
    )
}

fn author(row: &Row, at: usize) -> Result<Author, db::Error> {
    Ok(Author { id: row.get(at)?, handle: row.get(at + 1)?, name: row.get(at + 2)?, picture: row.get(at + 3)? })
}

/// A review of [`COLUMNS`], without the stars of criteria.
pub(in crate::reviews) fn review(row: &Row) -> Result<Review, db::Error> {
    let answer = match (row.get::<Option<i64>>(21)?, row.get::<Option<AccountId>>(23)?) {
        (Some(at), Some(_)) => Some(Answer { by: author(row, 23)?, body: row.get(19)?, html: row.get(20)?, at, edited_at: row.get(22)? }),
        _ => None,
    };
    let why = Reason::named(row.text(17)?);
    Ok(Review {
        id: row.get(0)?,
        subject: row.get(1)?,
        author: author(row, 2)?,
        mine: row.get::<i64>(27)? == 1,
        content: Content {
            stars: row.get(6)?,
            ratings: Vec::new(),
            recommends: row.get::<i64>(7)? == 1,
            title: row.get(8)?,
            pros: row.get(9)?,
            cons: row.get(10)?,
            body: row.get(11)?,
            language: row.get(12)?,
        },
        rated: Vec::new(),
        html: row.get(13)?,
        label: row.get(29)?,
        posted_at: row.get(14)?,
        edited_at: row.get(15)?,
        held: row.get::<Option<i64>>(16)?.map(|at| Held { at, why }),
        helpful: row.get(18)?,
        voted: row.get::<i64>(28)? == 1,
        answer,
    })
}

/// Brings along the stars that these reviews give to criteria.
pub(in crate::reviews) fn dress(tx: &mut Tx, reviews: &mut [Review]) -> Result<(), db::Error> {
    if reviews.is_empty() {
        return Ok(());
    }
    let ids: Vec<PostId> = reviews.iter().map(|review| review.id).collect();
    let sql = format!(
        "select s.review_id, s.criterion_id, s.stars, c.words from review_ratings s join review_criteria c on c.id = s.criterion_id
         where s.review_id in ({}) order by c.position, c.id",
        db::places(1, ids.len())
    );
    let mut found: HashMap<PostId, Vec<(Rating, String)>> = HashMap::new();
    tx.all(&sql, &db::padded(&ids), |row| {
        let rating = Rating { criterion: row.get(1)?, stars: row.get(2)? };
        found.entry(row.get(0)?).or_default().push((rating, row.get(3)?));
        Ok(())
    })?;
    for review in reviews {
        for (rating, words) in found.remove(&review.id).unwrap_or_default() {
            review.rated.push((words, rating.stars));
            review.content.ratings.push(rating);
        }
    }
    Ok(())
}

/// One review that a viewer may read, muted or not.
///
/// # Errors
/// `NotFound` when there is none.
pub fn find(tx: &mut Tx, viewer: &Viewer, id: PostId) -> Result<Review, Error> {
    seen(tx, viewer, &[id])?.pop().ok_or(Error::NotFound)
}

/// Those of these posts that are reviews and that a viewer may read, in this order.
///
/// # Errors
/// When the database does not answer.
pub fn seen(tx: &mut Tx, viewer: &Viewer, ids: &[PostId]) -> Result<Vec<Review>, db::Error> {
    let sql = format!("select {COLUMNS} from {} where r.id in ({}) and {}", from(), db::places(2, ids.len()), readable(1));
    let mut found = tx.all(&sql, &[params![reader(viewer)], &db::padded(ids)].concat(), review)?;
    found.sort_by_key(|review| ids.iter().position(|id| *id == review.id));
    dress(tx, &mut found)?;
    Ok(found)
}

/// What is known of a review whoever asks, and also when it is gone.
#[derive(Clone, Debug)]
pub(in crate::reviews) struct Place {
    pub subject: PostId,
    pub author: AccountId,
    pub title: String,
    /// All that it says, its title first.
    pub words: String,
    pub removed: bool,
    /// Why somebody of the staff took it down.
    pub why: Option<String>,
}

/// Whose a review is, of what, and what has become of it.
pub(in crate::reviews) fn place(tx: &mut Tx, id: PostId) -> Result<Place, Error> {
    let sql = "select r.subject_id, r.author_id, r.title, p.deleted_at, r.pros, r.cons, r.body from reviews r join posts p on p.id = r.id where r.id = $1";
    let found = tx.first(sql, params![id], |row| {
        let removed = row.get::<Option<i64>>(3)?.is_some();
        let parts = [row.text(2)?, row.text(4)?, row.text(5)?, row.text(6)?];
        let words = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
        Ok(Place { subject: row.get(0)?, author: row.get(1)?, title: row.get(2)?, words, removed, why: None })
    })?;
    let place = found.ok_or(Error::NotFound)?;
    let why = posts::taken_down(tx, id)?;
    Ok(Place { why, ..place })
}

/// Everything that a review said, the newest first.
pub(in crate::reviews) fn versions(tx: &mut Tx, id: PostId) -> Result<Vec<(Revision, Content)>, Error> {
    let mut versions = Vec::new();
    for listed in revisions::of(tx, id)?.into_iter().take(MOST_VERSIONS) {
        let Some(revision) = revisions::named(tx, id, listed.number)? else { continue };
        let content = serde_json::from_str(&revision.content).map_err(Error::broken)?;
        versions.push((revision, content));
    }
    Ok(versions)
}
