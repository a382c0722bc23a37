//! The posts that were read most, on the site or on one shelf.
//!
//! To add up every post of a large shelf would take as long as the shelf is. So candidates are found first, each list of
//! them bounded: the most read of every day, what was read in the hours that are in no day yet, and the newest of the
//! shelf. Their numbers are then exact. A post that was never among its day's most read and is not new is none of
//! those read most.

use db::{Tx, params};
use jiff::tz::TimeZone;
use std::{
    collections::{HashMap, HashSet},
    ops::RangeInclusive,
};
use web::audience::Tally;

use super::{Whose, fold, store};
use crate::PostId;

/// The most read of one day that are candidates.
const OF_A_DAY: usize = 100;
/// The newest posts of a shelf that are candidates.
const NEWEST: usize = 300;
/// Candidates whose numbers are added up, for each one that is asked for.
const TRIED: usize = 3;

/// The posts that were read most in these days, at most so many.
pub fn top(tx: &mut Tx, whose: Whose, days: &RangeInclusive<i64>, zone: &TimeZone, most: usize) -> Result<Vec<(PostId, Tally)>, db::Error> {
    let mut found = Vec::new();
    for post in candidates(tx, whose, days, most * TRIED)? {
        let mut sum = Tally::default();
        store::by_day(tx, Whose::Post(post), days, zone)?.into_values().for_each(|day| sum += day);
        found.push((post, sum));
    }
    found.retain(|(_, sum)| sum.views > 0);
    found.sort_by_key(|(post, sum)| std::cmp::Reverse((sum.views, *post)));
    found.truncate(most);
    Ok(found)
}

fn candidates(tx: &mut Tx, whose: Whose, days: &RangeInclusive<i64>, most: usize) -> Result<Vec<PostId>, db::Error> {
    let mut rough: HashMap<PostId, i64> = HashMap::new();
    for day in days.clone() {
        let sql = "select owner_id, views from reading_days where day = $1 and owner_id > 0 order by views desc limit $2";
        for (post, views) in tx.all(sql, params![day, OF_A_DAY], pair)? {
            *rough.entry(post).or_default() += views;
        }
    }
    let sql = "select owner_id, cast(sum(views) as bigint) as total from reading_hours where (hour, owner_id) > ($1, $2) and owner_id > 0
               group by owner_id order by total desc limit $3";
    let mark = fold::mark(tx)?;
    for (post, views) in tx.all(sql, params![mark.next_hour(i64::MIN), i64::MIN, OF_A_DAY], pair)? {
        *rough.entry(post).or_default() += views;
    }
    if let Whose::Shelf(owner) = whose {
        only_on_shelf(tx, owner, &mut rough)?;
        for (post, views) in newest(tx, owner, days)? {
            let known = rough.entry(post).or_default();
            *known = views.max(*known);
        }
    }
    let mut posts: Vec<(i64, PostId)> = rough.into_iter().map(|(post, views)| (views, post)).collect();
    posts.sort_by_key(|known| std::cmp::Reverse(*known));
    Ok(posts.into_iter().take(most).map(|(_, post)| post).collect())
}

fn only_on_shelf(tx: &mut Tx, owner: i64, posts: &mut HashMap<PostId, i64>) -> Result<(), db::Error> {
    let mut there = HashSet::new();
    let ids: Vec<PostId> = posts.keys().copied().collect();
    for part in ids.chunks(500) {
        let sql = format!("select post_id from shelves where post_id in ({}) and owner_id = $1", db::places(2, part.len()));
        there.extend(tx.all(&sql, &[params![owner], &db::padded(part)].concat(), |row| row.get::<PostId>(0))?);
    }
    posts.retain(|post, _| there.contains(post));
    Ok(())
}

/// The newest of a shelf with their views in these days, as far as they are in days; 0 stands for those that are not.
fn newest(tx: &mut Tx, owner: i64, days: &RangeInclusive<i64>) -> Result<Vec<(PostId, i64)>, db::Error> {
    let sql = "select s.post_id, cast(coalesce(sum(d.views), 0) as bigint)
               from (select post_id from shelves where owner_id = $1 order by listed_at desc, post_id desc limit $2) s
               left join reading_days d on d.owner_id = s.post_id and d.day >= $3 and d.day <= $4 group by s.post_id";
    tx.all(sql, params![owner, NEWEST, *days.start(), *days.end()], pair)
}

fn pair(row: &db::Row) -> Result<(PostId, i64), db::Error> {
    Ok((row.get(0)?, row.get(1)?))
}
