//! What was said between two times, whatever its kind, as one member may read it: what a letter tells them of.

use db::{Tx, params};
use people::{AccountId, blocks::where_not_muted};

use crate::{
    PostId,
    posts::{Visibility, readable},
};

/// For whom a post is meant of which others are told. What is for everybody quietly is promoted nowhere, and of what is for those named
/// in it its own notice tells them.
const TOLD: [Visibility; 4] = [Visibility::Public, Visibility::Members, Visibility::Connections, Visibility::List];

/// Notes, comments and stories of others that appeared after one time, up to another, and that a member may read: without those whom they
/// mute and conversations of which they want to hear nothing. The newest first, at most so many.
///
/// # Errors
/// When the database does not answer.
pub fn said(tx: &mut Tx, reader: AccountId, (from, until): (i64, i64), limit: u32, now: i64) -> Result<Vec<PostId>, db::Error> {
    let told = TOLD.map(Visibility::name).join("', '");
    let sql = format!(
        "select p.id from posts p left join comments tc on tc.id = p.id left join posts ts on ts.id = tc.subject_id
         where p.published_at > $2 and p.published_at <= $3 and p.kind in ('note', 'comment', 'story') and p.author_id <> $1
           and coalesce(ts.visibility, p.visibility) in ('{told}')
           and not exists (select 1 from conversation_choices tm where tm.subject_id = tc.subject_id and tm.account_id = $1 and tm.choice = 'mute')
           and {} and {}
         order by p.published_at desc, p.id desc limit $4",
        readable(1),
        where_not_muted("$1", "p.author_id", "$5"),
    );
    tx.all(&sql, params![reader, from, until, limit, now], |row| row.get(0))
}

/// Whether anything appeared between two times, whoever may read it.
///
/// # Errors
/// When the database does not answer.
pub fn anything(tx: &mut Tx, (from, until): (i64, i64)) -> Result<bool, db::Error> {
    let sql = "select 1 from posts where published_at > $1 and published_at <= $2 and deleted_at is null
         and kind in ('note', 'comment', 'story') limit 1";
    Ok(tx.first(sql, params![from, until], |row| row.get::<i64>(0))?.is_some())
}
