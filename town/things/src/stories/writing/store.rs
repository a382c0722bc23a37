//! Queries for the pages of authors.

use db::{Tx, params};
use people::AccountId;
use talk::{
    PostId,
    posts::{RESTORE_MS, Visibility},
};
use web::Error;

use crate::stories::Content;

/// A removed story that can still be restored.
pub(super) struct Removed {
    pub id: PostId,
    pub headline: String,
    pub removed_at: i64,
}

/// Which of these stories readers can see.
pub(super) fn published_among(tx: &mut Tx, ids: &[PostId]) -> Result<Vec<PostId>, db::Error> {
    let sql = format!("select id from stories where listed_at is not null and id in ({})", db::places(1, ids.len()));
    tx.all(&sql, &db::padded(ids), |row| row.get(0))
}

/// Stories that can be restored, the latest removed first: one author's, or everybody's for an editor.
pub(super) fn removed(tx: &mut Tx, author: Option<AccountId>, now: i64) -> Result<Vec<Removed>, Error> {
    // An editor has no author's id to look for; any row of the byline will do.
    let rows = tx.all(
        "select p.id, s.headline, d.content, p.deleted_at from posts p left join stories s on s.id = p.id left join drafts d on d.story_id = p.id
         where p.kind = 'story' and p.deleted_at is not null and p.deleted_at > $1
           and (cast($2 as bigint) = 0 or exists (select 1 from post_authors a where a.post_id = p.id and a.account_id = $2))
         order by p.deleted_at desc, p.id desc limit 50",
        params![now - RESTORE_MS, author.map_or(0, AccountId::get)],
        |row| Ok((row.get(0)?, row.get::<Option<String>>(1)?, row.get::<Option<String>>(2)?, row.get(3)?)),
    )?;
    let headline = |draft: Option<String>| Some(serde_json::from_str::<Content>(&draft?).ok()?.headline);
    let removed = rows.into_iter().map(|(id, published, draft, removed_at)| {
        let headline = published.or_else(|| headline(draft)).unwrap_or_default();
        Removed { id, headline, removed_at }
    });
    Ok(removed.collect())
}

/// The author's story that has been begun since a time and never touched, if there is one.
pub(super) fn untouched_since(tx: &mut Tx, author: AccountId, since: i64) -> Result<Option<PostId>, Error> {
    let empty = serde_json::to_string(&Content::default()).map_err(Error::broken)?;
    Ok(tx.first(
        "select d.story_id from drafts d join posts p on p.id = d.story_id
         where p.author_id = $1 and p.deleted_at is null and d.version = 1 and d.updated_at > $2 and d.content = $3 limit 1",
        params![author, since, &empty],
        |row| row.get(0),
    )?)
}

/// Where readers find a story, if they do.
pub(super) fn published_address(tx: &mut Tx, story: PostId) -> Result<Option<String>, db::Error> {
    tx.first("select slug from stories where id = $1 and listed_at is not null", params![story], |row| {
        Ok(crate::stories::address(story, row.text(0)?))
    })
}

/// Whether a removed story comes back to its readers when it is restored.
pub(super) fn was_public(tx: &mut Tx, story: PostId) -> Result<bool, db::Error> {
    let public = Visibility::Public.name();
    Ok(tx.first("select 1 from posts where id = $1 and visibility = $2", params![story, public], |row| row.get::<i64>(0))?.is_some())
}
