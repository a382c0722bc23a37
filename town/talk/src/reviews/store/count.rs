//! How many reviews of a subject say what.

use db::{Tx, params};
use people::counters::{Counter, Drift, check};

use crate::{
    PostId,
    reviews::tally::{RECOMMENDED, Tally, slot},
};

/// Whether a review is shown, and so counts: neither removed nor waiting. Whoever asks in order to change that holds its row first,
/// so that two who do so at once do not both find it standing.
pub(super) fn stands(tx: &mut Tx, id: PostId) -> Result<bool, db::Error> {
    tx.run("update reviews set helpful = helpful where id = $1", params![id])?;
    let sql = "select 1 from reviews r join posts p on p.id = r.id where r.id = $1 and r.held_at is null and p.deleted_at is null";
    Ok(tx.first(sql, params![id], |row| row.get::<i64>(0))?.is_some())
}

/// One more or one less (`by`) is counted of its subject: of all, of as many stars, of those that recommend it.
pub(super) fn counted(tx: &mut Tx, id: PostId, by: i64) -> Result<(), db::Error> {
    let sql = "select subject_id, stars, recommends from reviews where id = $1";
    let (subject, stars, recommends): (PostId, i64, i64) = tx.one(sql, params![id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let sql = "select criterion_id, stars from review_ratings where review_id = $1";
    let mut slots = tx.all(sql, params![id], |row| Ok(slot(row.get(0)?, row.get(1)?)))?;
    slots.push(slot(0, stars));
    slots.extend((recommends == 1).then(|| RECOMMENDED.to_owned()));
    // In one order, or two members who review the same would wait for each other.
    slots.sort_unstable();
    for slot in slots {
        let sql = "insert into review_counts (subject_id, slot, count) values ($1, $2, $3)
            on conflict (subject_id, slot) do update set count = review_counts.count + excluded.count";
        tx.run(sql, params![subject, slot, by])?;
    }
    tx.run("update post_counts set reviews = reviews + $2 where post_id = $1", params![subject, by])?;
    Ok(())
}

/// What the reviews of a subject say together.
pub(in crate::reviews) fn tally(tx: &mut Tx, subject: PostId) -> Result<Tally, db::Error> {
    let sql = "select slot, count from review_counts where subject_id = $1 and count > 0";
    Ok(Tally::of(tx.all(sql, params![subject], |row| Ok((row.get(0)?, row.get(1)?)))?))
}

/// How many reviews there are of each subject, how many give how many stars, how many find each helpful, counted again; mended where
/// that is wanted.
///
/// # Errors
/// When the database does not answer.
pub fn drift(tx: &mut Tx, mend: bool) -> Result<Vec<Drift>, db::Error> {
    let reviews = Counter {
        what: "reviews",
        table: "post_counts",
        column: "reviews",
        keys: ("post_id", None),
        counted: "select r.subject_id as post_id, count(*) as counted from reviews r join posts p on p.id = r.id
          where p.deleted_at is null and r.held_at is null group by r.subject_id",
    };
    let slots = Counter {
        what: "reviews that say",
        table: "review_counts",
        column: "count",
        keys: ("subject_id", Some("slot")),
        counted: "select subject_id, slot, count(*) as counted from (
            select r.subject_id, '0:' || cast(r.stars as text) as slot from reviews r join posts p on p.id = r.id
              where p.deleted_at is null and r.held_at is null
            union all
            select r.subject_id, cast(s.criterion_id as text) || ':' || cast(s.stars as text) as slot
              from review_ratings s join reviews r on r.id = s.review_id join posts p on p.id = r.id
              where p.deleted_at is null and r.held_at is null
            union all
            select r.subject_id, 'recommended' as slot from reviews r join posts p on p.id = r.id
              where p.deleted_at is null and r.held_at is null and r.recommends = 1
          ) told group by subject_id, slot",
    };
    let helpful = Counter {
        what: "found helpful",
        table: "reviews",
        column: "helpful",
        keys: ("id", None),
        counted: "select review_id as id, count(*) as counted from review_votes group by review_id",
    };
    check(tx, &[reviews, slots, helpful], mend)
}
