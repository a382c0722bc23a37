//! How many comments there are, counted again.

use db::Tx;
use people::counters::{Counter, Drift, check};

/// How many comments stand under each post, answer each comment and stand in each thread, and how many like each, counted again; mended
/// where that is wanted.
///
/// # Errors
/// When the database does not answer.
pub fn drift(tx: &mut Tx, mend: bool) -> Result<Vec<Drift>, db::Error> {
    let comments = Counter {
        what: "comments",
        table: "post_counts",
        column: "comments",
        keys: ("post_id", None),
        counted: "select post_id, count(*) as counted from (
            select c.subject_id as post_id from comments c join posts p on p.id = c.id where p.deleted_at is null
            union all
            select c.parent_id as post_id from comments c join posts p on p.id = c.id where p.deleted_at is null and c.parent_id is not null
          ) told group by post_id",
    };
    let replies = Counter {
        what: "replies of a thread",
        table: "comments",
        column: "replies",
        keys: ("id", None),
        counted: "select c.thread_id as id, count(*) as counted from comments c join posts p on p.id = c.id
          where p.deleted_at is null and c.parent_id is not null group by c.thread_id",
    };
    let liked = Counter {
        what: "likes of a comment",
        table: "comments",
        column: "likes",
        keys: ("id", None),
        counted: "select c.id, count(*) as counted from reactions r join comments c on c.id = r.post_id where r.kind = 'like' group by c.id",
    };
    check(tx, &[comments, replies, liked], mend)
}
