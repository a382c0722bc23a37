//! Shelves: putting posts on them, taking them off, and what changed on them lately.

use db::{Tx, params};

use super::PostId;

/// Changes are kept for so long. Whoever made something of the shelves looks at it again within half of it, or makes it anew.
pub const CHANGES_KEPT_MS: i64 = 24 * 60 * 60 * 1000;

/// A post came onto shelves or left them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShelfChange {
    /// In the order of changes, but for those that happened within the same seconds on several threads.
    pub id: i64,
    /// Which post; `None` when so many changed at once that everything has to be looked at anew.
    pub post: Option<PostId>,
    /// The time under which it stands there now; `None` when it left.
    pub listed_at: Option<i64>,
    /// Whose shelves it stands on now.
    pub owners: Vec<i64>,
    /// Whether it came onto these besides those on which it stands already: somebody passed it on.
    pub besides: bool,
}

/// Puts a post on exactly these shelves under this time.
pub fn shelve(tx: &mut Tx, post: PostId, owners: &[i64], listed_at: i64) -> Result<(), db::Error> {
    tx.run("delete from shelves where post_id = $1", params![post])?;
    for owner in owners {
        tx.run(
            "insert into shelves (owner_id, listed_at, post_id) values ($1, $2, $3) on conflict (owner_id, listed_at, post_id) do nothing",
            params![*owner, listed_at, post],
        )?;
    }
    note(tx, post.get(), Some(listed_at), owners)
}

/// Takes a post off every shelf.
pub fn unshelve(tx: &mut Tx, post: PostId) -> Result<(), db::Error> {
    let gone = tx.run("delete from shelves where post_id = $1", params![post])?;
    if gone > 0 { note(tx, post.get(), None, &[]) } else { Ok(()) }
}

/// Notes that many posts changed their shelves at once.
pub fn shelves_moved(tx: &mut Tx) -> Result<(), db::Error> {
    note(tx, 0, None, &[])
}

/// Notes that a post stands in the feeds of these owners, which are kept apart from shelves (`crate::feeds`).
pub(crate) fn note_feeds(tx: &mut Tx, post: PostId, listed_at: i64, owners: &[i64]) -> Result<(), db::Error> {
    note(tx, post.get(), Some(listed_at), owners)
}

/// Notes that somebody passed a post on.
pub(crate) fn note_share(tx: &mut Tx, post: PostId, at: i64, by: people::AccountId) -> Result<(), db::Error> {
    note_owners(tx, post.get(), Some(at), &format!("+{by}"))
}

fn note(tx: &mut Tx, post: i64, listed_at: Option<i64>, owners: &[i64]) -> Result<(), db::Error> {
    let owners: Vec<String> = owners.iter().map(ToString::to_string).collect();
    note_owners(tx, post, listed_at, &owners.join(","))
}

fn note_owners(tx: &mut Tx, post: i64, listed_at: Option<i64>, owners: &str) -> Result<(), db::Error> {
    tx.run(
        "insert into shelf_changes (id, post_id, listed_at, owners) values ($1, $2, $3, $4)",
        params![db::fresh_id(), post, listed_at, owners],
    )?;
    Ok(())
}

/// What changed after a change, the earliest first.
pub fn shelf_changes(tx: &mut Tx, after: i64, limit: u32) -> Result<Vec<ShelfChange>, db::Error> {
    let sql = "select id, post_id, listed_at, owners from shelf_changes where id > $1 order by id limit $2";
    tx.all(sql, params![after, limit], |row| {
        let post: i64 = row.get(1)?;
        Ok(ShelfChange {
            id: row.get(0)?,
            post: (post != 0).then(|| PostId::new(post)),
            listed_at: row.get(2)?,
            owners: row.text(3)?.trim_start_matches('+').split(',').filter_map(|owner| owner.parse().ok()).collect(),
            besides: row.text(3)?.starts_with('+'),
        })
    })
}

/// The latest change; 0 when there is none.
pub fn latest_shelf_change(tx: &mut Tx) -> Result<i64, db::Error> {
    Ok(tx.first("select id from shelf_changes order by id desc limit 1", params![], |row| row.get(0))?.unwrap_or(0))
}

/// Forgets changes that are older than they need to be.
pub fn forget_shelf_changes(tx: &mut Tx, now: i64) -> Result<(), db::Error> {
    // Ids are in order of time (`db::Id::created_ms`).
    tx.run("delete from shelf_changes where id < $1", params![(now - CHANGES_KEPT_MS) << 16])?;
    Ok(())
}
