//! What those who look after the site see of reviews: those that wait, and the subjects that are watched.

use db::{Tx, params};
use people::Viewer;
use web::Error;

use super::{About, Review, Reviewables, store, subject};
use crate::{PostId, posts::reader};

/// A review that waits, and what it is of.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The review.
    pub review: Review,
    /// What it is of.
    pub about: About,
}

/// A subject whose reviews are looked at before they appear.
#[derive(Clone, Debug)]
pub struct Watched {
    /// Which.
    pub about: About,
    /// Since when.
    pub since: i64,
    /// Until when.
    pub until: i64,
}

/// Reviews that wait, the longest waiting first, after one of them. Whether the viewer may see them is the caller's to ask.
///
/// # Errors
/// When the database does not answer.
pub fn waiting(tx: &mut Tx, viewer: &Viewer, kinds: Reviewables, after: (i64, PostId), limit: u32) -> Result<Vec<Waiting>, Error> {
    let sql = format!(
        "select {} from {} join posts s on s.id = r.subject_id
         where r.held_at is not null and p.deleted_at is null and s.deleted_at is null and (r.held_at, r.id) > ($2, $3)
         order by r.held_at, r.id limit $4",
        store::COLUMNS,
        store::from()
    );
    let mut found = tx.all(&sql, params![reader(viewer), after.0, after.1, limit], store::review)?;
    store::dress(tx, &mut found)?;
    let found = store::with_subjects(tx, kinds, found)?;
    Ok(found.into_iter().map(|(review, about)| Waiting { review, about }).collect())
}

/// One that waits. Whether the viewer may see it is the caller's to ask.
///
/// # Errors
/// `NotFound` when it does not wait.
pub fn waiting_one(tx: &mut Tx, viewer: &Viewer, kinds: Reviewables, id: PostId) -> Result<Waiting, Error> {
    let sql =
        format!("select {} from {} where r.id = $2 and r.held_at is not null and p.deleted_at is null", store::COLUMNS, store::from());
    let mut found = tx.all(&sql, params![reader(viewer), id], store::review)?;
    store::dress(tx, &mut found)?;
    let (review, about) = store::with_subjects(tx, kinds, found)?.pop().ok_or(Error::NotFound)?;
    Ok(Waiting { review, about })
}

/// How many wait, counted up to `most`.
///
/// # Errors
/// When the database does not answer.
pub fn count_waiting(tx: &mut Tx, most: i64) -> Result<i64, db::Error> {
    let sql = "select count(*) from (select 1 as one from reviews r join posts p on p.id = r.id join posts s on s.id = r.subject_id
         where r.held_at is not null and p.deleted_at is null and s.deleted_at is null limit $1) counted";
    tx.one(sql, params![most], |row| row.get(0))
}

/// Subjects that are watched now, those of which it ends last first.
///
/// # Errors
/// When the database does not answer.
pub fn watched(tx: &mut Tx, kinds: Reviewables, now: i64) -> Result<Vec<Watched>, Error> {
    let sql = "select subject_id, since, until from review_watches where until > $1 order by until desc, subject_id limit 50";
    let found = tx.all(sql, params![now], |row| Ok((row.get::<PostId>(0)?, row.get::<i64>(1)?, row.get::<i64>(2)?)))?;
    let ids: Vec<PostId> = found.iter().map(|(id, _, _)| *id).collect();
    let subjects = subject::named(tx, kinds, &ids)?;
    let of = |(id, since, until): (PostId, i64, i64)| {
        let about = subjects.iter().find(|about| about.id == id)?.clone();
        Some(Watched { about, since, until })
    };
    Ok(found.into_iter().filter_map(of).collect())
}

/// Reviews of a subject are watched no longer. Those that wait go on waiting.
///
/// # Errors
/// When the database does not answer.
pub fn end_watch(tx: &mut Tx, subject: PostId) -> Result<(), db::Error> {
    tx.run("delete from review_watches where subject_id = $1", params![subject]).map(drop)
}
