//! Every query about posts as such.

use db::{Tx, params};
use people::{AccountId, accounts::Author, notices, uses};

use super::{Audience, Counts, PostId, RESTORE_MS, Visibility};
use crate::{comments, moderation, numbers, reviews};

/// Makes a post that nobody sees yet.
pub fn insert(tx: &mut Tx, kind: &str, author: AccountId, now: i64) -> Result<PostId, db::Error> {
    let id = PostId::fresh();
    tx.run(
        "insert into posts (id, kind, author_id, visibility, created_at, updated_at) values ($1, $2, $3, $4, $5, $5)",
        params![id, kind, author, Visibility::OnlyMe.name(), now],
    )?;
    tx.run("insert into post_counts (post_id) values ($1)", params![id])?;
    Ok(id)
}

/// Makes a post that is out at once, for the readers that another has, with one author. Nothing of it may be there yet.
pub(crate) fn insert_like(tx: &mut Tx, id: PostId, kind: &str, author: AccountId, (other, at): (PostId, i64)) -> Result<(), db::Error> {
    tx.run(
        "insert into posts (id, kind, author_id, visibility, created_at, updated_at, published_at)
         values ($1, $2, $3, (select s.visibility from posts s where s.id = $4), $5, $5, $5)",
        params![id, kind, author, other, at],
    )?;
    counted_and_signed(tx, id, author)
}

/// Makes a note that is out at once, of one author, for whom it says. Nothing of it may be there yet.
pub fn insert_out(tx: &mut Tx, id: PostId, kind: &str, author: AccountId, (audience, at): (Audience, i64)) -> Result<(), db::Error> {
    tx.run(
        "insert into posts (id, kind, author_id, visibility, list_id, created_at, updated_at, published_at) values ($1, $2, $3, $4, $5, $6, $6, $6)",
        params![id, kind, author, audience.visibility.name(), audience.list, at],
    )?;
    counted_and_signed(tx, id, author)
}

fn counted_and_signed(tx: &mut Tx, id: PostId, author: AccountId) -> Result<(), db::Error> {
    tx.run("insert into post_counts (post_id) values ($1)", params![id])?;
    tx.run("insert into post_authors (post_id, account_id, position) values ($1, $2, 0)", params![id, author]).map(drop)
}

/// Sets the byline, the first author first.
pub fn set_authors(tx: &mut Tx, post: PostId, authors: &[AccountId]) -> Result<(), db::Error> {
    // Every save of a draft comes here, and hardly one changes it.
    let standing = "select account_id from post_authors where post_id = $1 order by position";
    if tx.all(standing, params![post], |row| row.get::<AccountId>(0))? == authors {
        return Ok(());
    }
    tx.run("delete from post_authors where post_id = $1", params![post])?;
    for (position, author) in authors.iter().enumerate() {
        tx.run("insert into post_authors (post_id, account_id, position) values ($1, $2, $3)", params![post, *author, position])?;
    }
    Ok(())
}

/// The byline.
pub fn authors_of(tx: &mut Tx, post: PostId) -> Result<Vec<Author>, db::Error> {
    tx.all(
        "select a.id, a.handle, a.name, a.picture from post_authors p join accounts a on a.id = p.account_id
         where p.post_id = $1 order by p.position",
        params![post],
        |row| Ok(Author { id: row.get(0)?, handle: row.get(1)?, name: row.get(2)?, picture: row.get(3)? }),
    )
}

/// The counts of a post; none where there is no such post.
///
/// # Errors
/// When the database does not answer.
pub fn counts_of(tx: &mut Tx, post: PostId) -> Result<Counts, db::Error> {
    let sql = "select views, comments, likes, reviews from post_counts where post_id = $1";
    let found = tx.first(sql, params![post], |row| {
        Ok(Counts { views: row.get(0)?, comments: row.get(1)?, likes: row.get(2)?, reviews: row.get(3)? })
    })?;
    Ok(found.unwrap_or_default())
}

/// How many posts of somebody's others can read, counted up to `most`: stories and albums that are out, notes for more than
/// themselves.
///
/// # Errors
/// When the database does not answer.
pub fn count_out(tx: &mut Tx, author: AccountId, most: i64) -> Result<i64, db::Error> {
    tx.one(
        "select count(*) from (
           select p.id from shelves s join posts p on p.id = s.post_id where s.owner_id = $1 and p.deleted_at is null
           union
           select p.id from feed_entries f join posts p on p.id = f.post_id
           where f.owner_id = $1 and f.shared_by is null and p.deleted_at is null and p.visibility <> 'only_me'
           limit $2) counted",
        params![author, most],
        |row| row.get(0),
    )
}

/// Marks a post as removed. It can be restored for [`RESTORE_MS`].
pub fn remove(tx: &mut Tx, post: PostId, now: i64) -> Result<bool, db::Error> {
    let removed =
        tx.run("update posts set deleted_at = $2, updated_at = $2 where id = $1 and deleted_at is null", params![post, now])? == 1;
    if removed {
        notices::no_more_about(tx, post.get(), now)?;
    }
    Ok(removed)
}

/// The same by somebody of the staff, for a reason: its author cannot bring it back.
///
/// # Errors
/// When the database does not answer.
pub fn take_down(tx: &mut Tx, post: PostId, by: AccountId, why: &str, now: i64) -> Result<bool, db::Error> {
    let taken = remove(tx, post, now)?;
    if taken {
        tx.run("update posts set removed_by = $2, removed_why = $3 where id = $1", params![post, by, why])?;
    }
    Ok(taken)
}

/// Marks a removed post as taken down by the staff, hidden or removed, and to be kept until then: it can be brought back so long.
///
/// # Errors
/// When the database does not answer.
pub fn hold(tx: &mut Tx, post: PostId, (by, why): (AccountId, &str), hidden: bool, until: i64) -> Result<(), db::Error> {
    hold_anew(tx, post, (Some(by), why), hidden, until)
}

/// The same of one that is held already, by another decision. Whoever made that may have left: then it stays with who is named.
///
/// # Errors
/// When the database does not answer.
pub fn hold_anew(tx: &mut Tx, post: PostId, (by, why): (Option<AccountId>, &str), hidden: bool, until: i64) -> Result<(), db::Error> {
    tx.run(
        "update posts set removed_by = coalesce($2, removed_by), removed_why = $3, hidden = $4, kept_until = $5
         where id = $1 and deleted_at is not null",
        params![post, by, why, i64::from(hidden), until],
    )?;
    Ok(())
}

/// The sentence that moderators put over a post; empty where there is none.
///
/// # Errors
/// When the database does not answer.
pub fn label_of(tx: &mut Tx, post: PostId) -> Result<String, db::Error> {
    Ok(tx.first("select label from posts where id = $1", params![post], |row| row.get(0))?.unwrap_or_default())
}

/// Puts a sentence over a post, or takes it away (empty). Answers what stood there.
///
/// # Errors
/// When the database does not answer.
pub fn set_label(tx: &mut Tx, post: PostId, label: &str) -> Result<String, db::Error> {
    let before = label_of(tx, post)?;
    tx.run("update posts set label = $2 where id = $1", params![post, label])?;
    Ok(before)
}

/// Why somebody of the staff took a post down; `None` for one that stands, or that its author deleted.
///
/// # Errors
/// When the database does not answer.
pub fn taken_down(tx: &mut Tx, post: PostId) -> Result<Option<String>, db::Error> {
    let sql = "select removed_why from posts where id = $1 and deleted_at is not null and removed_by is not null";
    tx.first(sql, params![post], |row| row.get(0))
}

/// Who of the staff took a post down; `None` for one that stands, or that its author deleted.
///
/// # Errors
/// When the database does not answer.
pub fn taken_down_by(tx: &mut Tx, post: PostId) -> Result<Option<AccountId>, db::Error> {
    let sql = "select removed_by from posts where id = $1 and deleted_at is not null and removed_by is not null";
    tx.first(sql, params![post], |row| row.get(0))
}

/// What its author deleted is theirs to bring back again, for as long as anybody's.
///
/// # Errors
/// When the database does not answer.
pub fn release(tx: &mut Tx, post: PostId) -> Result<(), db::Error> {
    let sql =
        "update posts set removed_by = null, removed_why = '', hidden = 0, kept_until = null where id = $1 and deleted_at is not null";
    tx.run(sql, params![post]).map(drop)
}

/// Takes the mark away again.
pub fn restore(tx: &mut Tx, post: PostId, now: i64) -> Result<bool, db::Error> {
    let in_time = now - RESTORE_MS;
    let restored = tx.run(
        "update posts set deleted_at = null, removed_by = null, removed_why = '', hidden = 0, kept_until = null, updated_at = $2
         where id = $1 and (deleted_at > $3 or kept_until > $2)",
        params![post, now, in_time],
    )?;
    if restored == 1 {
        moderation::stands_again(tx, post, now)?;
    }
    Ok(restored == 1)
}

/// Deletes for good what was removed longer ago than it can be restored; at most so many at once.
pub fn purge_removed(tx: &mut Tx, now: i64) -> Result<u64, db::Error> {
    comments::empty_removed(tx, now)?;
    // A comment that others answer keeps its place.
    let due: Vec<i64> = tx.all(
        "select id from posts where deleted_at is not null and deleted_at <= $1 and coalesce(kept_until, 0) <= $2
           and not exists (select 1 from comments c where c.parent_id = posts.id)
         order by deleted_at, id limit 200",
        params![now - RESTORE_MS, now],
        |row| row.get(0),
    )?;
    numbers::forget(tx, &due)?;
    for post in &due {
        use_no_more(tx, *post)?;
        comments::forget_under(tx, *post)?;
        reviews::forget_under(tx, *post)?;
        tx.run("delete from posts where id = $1", params![*post])?;
    }
    Ok(due.len() as u64)
}

/// A post that goes for good, or is emptied, uses no files any more, and neither do its revisions, which go with it: what they used is
/// told from their ids.
pub(crate) fn use_no_more(tx: &mut Tx, post: i64) -> Result<(), db::Error> {
    let revisions: Vec<i64> = tx.all("select id from revisions where post_id = $1", params![post], |row| row.get(0))?;
    revisions.into_iter().chain([post]).try_for_each(|holder| uses::forget(tx, holder))
}

/// Adds views that have been counted: post and how many.
pub fn add_views(tx: &mut Tx, views: &[(i64, i64)]) -> Result<(), db::Error> {
    for (post, count) in views {
        tx.run("update post_counts set views = views + $2 where post_id = $1", params![*post, *count])?;
    }
    Ok(())
}
