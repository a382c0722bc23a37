//! What every post is made of but its words, on its way out of a site or into one (docs/export.md).

use db::{Tx, params};
use people::AccountId;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

use super::{Counts, PostId};

/// A post as its row has it.
#[derive(Clone, Copy, Debug)]
pub struct Spine<'a> {
    /// Its id.
    pub id: PostId,
    /// `story`, `album`.
    pub kind: &'a str,
    /// Whose it is.
    pub author: AccountId,
    /// The name of who sees it.
    pub visibility: &'a str,
    /// When it was begun.
    pub created: i64,
    /// When anything of it changed last.
    pub updated: i64,
    /// When it was published first.
    pub published: Option<i64>,
    /// When it was removed.
    pub removed: Option<i64>,
}

/// Somebody in a byline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Byline {
    /// Their account.
    pub id: AccountId,
    /// Their handle, for whoever reads the file.
    pub handle: String,
    /// Their name, for whoever reads the file.
    pub name: String,
}

/// What became of a post that came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It was not here.
    New,
    /// It was here as it was earlier, and is now as it came.
    Updated,
    /// It is here as it came.
    Same,
    /// It was changed here since, and stays as it is here.
    Edited,
    /// It was removed here, and stays removed.
    Removed,
    /// Its id names something else here.
    Foreign,
}

/// The bylines of these posts, the first author first.
pub fn bylines(tx: &mut Tx, posts: &[PostId]) -> Result<HashMap<PostId, Vec<Byline>>, db::Error> {
    let mut bylines: HashMap<PostId, Vec<Byline>> = HashMap::new();
    let sql = format!(
        "select x.post_id, a.id, a.handle, a.name from post_authors x join accounts a on a.id = x.account_id
         where x.post_id in ({}) order by x.post_id, x.position",
        db::places(1, posts.len())
    );
    tx.all(&sql, &db::padded(posts), |row| {
        bylines.entry(row.get(0)?).or_default().push(Byline { id: row.get(1)?, handle: row.get(2)?, name: row.get(3)? });
        Ok(())
    })?;
    Ok(bylines)
}

/// Writes a post under its own id, or what changed of it since. Its kind, its author and its birth do not change.
pub fn put(tx: &mut Tx, post: &Spine, counts: Counts) -> Result<(), db::Error> {
    tx.run(
        "insert into posts (id, kind, author_id, visibility, created_at, updated_at, published_at, deleted_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (id) do update set visibility = excluded.visibility, updated_at = excluded.updated_at,
           published_at = excluded.published_at, deleted_at = excluded.deleted_at",
        params![post.id, post.kind, post.author, post.visibility, post.created, post.updated, post.published, post.removed],
    )?;
    tx.run("insert into post_counts (post_id) values ($1) on conflict (post_id) do nothing", params![post.id])?;
    raise_counts(tx, post.id, counts)
}

/// Views go on being counted here while the same post is read elsewhere; neither side loses any. Likes follow from who likes it
/// (`crate::reactions::whole`); comments and reviews are counted as they come.
pub fn raise_counts(tx: &mut Tx, post: PostId, counts: Counts) -> Result<(), db::Error> {
    tx.run("update post_counts set views = $2 where post_id = $1 and views < $2", params![post, counts.views])?;
    Ok(())
}
