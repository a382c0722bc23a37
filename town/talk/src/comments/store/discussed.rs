//! What is talked about most.

use db::{Tx, params};
use web::Error;

use crate::{PostId, posts::Visibility};

/// A post that people talk about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Discussed {
    /// Which.
    pub post: PostId,
    /// How many people said something.
    pub people: i64,
    /// How many comments that were.
    pub comments: i64,
}

/// What most people talked about since a moment (milliseconds since 1970), of what is promoted, the most first: by how many they are,
/// so that two who quarrel are two, then by how much they said. What was brought along from elsewhere was not said here. Whether a viewer may read it is not asked here.
///
/// # Errors
/// When the database does not answer.
pub fn discussed(tx: &mut Tx, since: i64, at_most: u32) -> Result<Vec<Discussed>, Error> {
    let promoted: Vec<&str> = Visibility::ALL.into_iter().filter(|visibility| visibility.is_promoted()).map(Visibility::name).collect();
    let sql = format!(
        "select c.subject_id, count(distinct p.author_id), count(*) from comments c
         join posts p on p.id = c.id join accounts a on a.id = p.author_id
         join posts s on s.id = c.subject_id
         where c.posted_at > $1 and c.brought = 0 and p.deleted_at is null and a.suspended_at is null
           and s.deleted_at is null and s.published_at is not null and s.visibility in ('{}')
         group by c.subject_id order by 2 desc, 3 desc, c.subject_id desc limit $2",
        promoted.join("', '")
    );
    let found =
        tx.all(&sql, params![since, at_most], |row| Ok(Discussed { post: row.get(0)?, people: row.get(1)?, comments: row.get(2)? }));
    Ok(found?)
}
