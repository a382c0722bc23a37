//! Reading stories whole, a page at a time.

use db::{Param, Row, ToParam as _, Tx, params};
use people::AccountId;
use talk::{PostId, posts};
use web::Error;

use super::{Aside, Revision, Whole, Working};
use crate::stories::{address, content::Content};

const COLUMNS: &str = "p.id, p.author_id, p.visibility, p.created_at, p.updated_at, p.published_at, p.deleted_at,
    c.views, c.comments, c.likes, c.reviews, s.section_id, s.listed_at, s.headline, s.slug,
    d.version, d.state, d.publish_at, d.updated_by, d.updated_at, d.content";
const JOINS: &str = "join post_counts c on c.post_id = p.id left join stories s on s.id = p.id left join drafts d on d.story_id = p.id";

/// How many stories there are, of all or of one who stands in the byline.
pub fn count(tx: &mut Tx, of: Option<AccountId>) -> Result<i64, db::Error> {
    match of {
        None => tx.one("select count(*) from posts where kind = 'story'", params![], |row| row.get(0)),
        Some(account) => tx.one(
            "select count(*) from post_authors x join posts p on p.id = x.post_id
             where x.account_id = $1 and p.kind = 'story' and p.deleted_at is null",
            params![account],
            |row| row.get(0),
        ),
    }
}

/// Stories by their ids, those after `after`: all of them, or those of one who stands in the byline, without what was removed.
pub fn page(tx: &mut Tx, of: Option<AccountId>, after: PostId, limit: u32) -> Result<Vec<Whole>, Error> {
    let rows = match of {
        None => {
            let sql = format!("select {COLUMNS} from posts p {JOINS} where p.kind = 'story' and p.id > $1 order by p.id limit $2");
            tx.all(&sql, params![after, limit], whole)?
        }
        Some(account) => {
            let sql = format!(
                "select {COLUMNS} from post_authors x join posts p on p.id = x.post_id {JOINS}
                 where x.account_id = $1 and x.post_id > $2 and p.kind = 'story' and p.deleted_at is null order by x.post_id limit $3"
            );
            tx.all(&sql, params![account, after, limit], whole)?
        }
    };
    finish(tx, rows)
}

/// One story.
pub(super) fn one(tx: &mut Tx, id: PostId) -> Result<Option<Whole>, Error> {
    let rows = tx.all(&format!("select {COLUMNS} from posts p {JOINS} where p.kind = 'story' and p.id = $1"), params![id], whole)?;
    Ok(finish(tx, rows)?.pop())
}

type Raw = (Whole, Option<String>);

fn whole(row: &Row) -> Result<Raw, db::Error> {
    let (id, slug): (PostId, Option<String>) = (row.get(0)?, row.get(14)?);
    let version: Option<i64> = row.get(15)?;
    let working = match version {
        Some(version) => {
            Some(Working { version, state: row.get(16)?, publish: row.get(17)?, by: row.get(18)?, at: row.get(19)?, content: None })
        }
        None => None,
    };
    let story = Whole {
        id,
        address: slug.map(|slug| address(id, &slug)),
        headline: row.get::<Option<String>>(13)?.unwrap_or_default(),
        author: row.get(1)?,
        byline: Vec::new(),
        visibility: row.get(2)?,
        section: row.get(11)?,
        created: row.get(3)?,
        updated: row.get(4)?,
        published: row.get(5)?,
        listed: row.get(12)?,
        removed: row.get(6)?,
        views: row.get(7)?,
        comments: row.get(8)?,
        likes: row.get(9)?,
        reviews: row.get(10)?,
        working,
    };
    Ok((story, row.get(20)?))
}

fn finish(tx: &mut Tx, rows: Vec<Raw>) -> Result<Vec<Whole>, Error> {
    let ids: Vec<PostId> = rows.iter().map(|(story, _)| story.id).collect();
    let mut bylines = posts::bylines(tx, &ids)?;
    let mut stories = Vec::with_capacity(rows.len());
    for (mut story, json) in rows {
        story.byline = bylines.remove(&story.id).unwrap_or_default();
        if let (Some(working), Some(json)) = (&mut story.working, json)
            && working.state != "clean"
        {
            let content = content(&json)?;
            if story.headline.is_empty() {
                story.headline.clone_from(&content.headline);
            }
            working.content = Some(content);
        }
        stories.push(story);
    }
    Ok(stories)
}

fn content(json: &str) -> Result<Content, Error> {
    serde_json::from_str(json).map_err(Error::broken)
}

/// Where reading rows of these stories begins: a question that is bounded on both sides reads no more of its index.
pub fn before(stories: &[PostId]) -> (PostId, i64) {
    (stories.iter().copied().min().unwrap_or(PostId::new(0)), i64::MIN)
}

/// Revisions of these stories by story and number, those after `after`.
pub fn revisions_after(tx: &mut Tx, stories: &[PostId], after: (PostId, i64), limit: u32) -> Result<Vec<Revision>, Error> {
    let last = stories.iter().max().copied().unwrap_or(after.0);
    let sql = format!(
        "select id, post_id, number, created_at, account_id, correction, content from revisions
         where (post_id, number) > ($1, $2) and post_id <= $4 and post_id in ({}) order by post_id, number limit $3",
        db::places(5, stories.len())
    );
    let mut values = vec![after.0.to_param(), Param::Int(after.1), limit.to_param(), last.to_param()];
    values.extend(db::padded(stories));
    let rows = tx.all(&sql, &values, |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get::<String>(6)?))
    })?;
    let revision = |(id, story, number, at, by, correction, json): (_, _, _, _, _, _, String)| {
        Ok(Revision { id, story, number, at, by, correction, content: content(&json)? })
    };
    rows.into_iter().map(revision).collect()
}

/// Copies of these stories by story and id, those after `after`; of one account where one is named.
pub fn copies_after(tx: &mut Tx, stories: &[PostId], of: Option<AccountId>, after: (PostId, i64), limit: u32) -> Result<Vec<Aside>, Error> {
    let last = stories.iter().max().copied().unwrap_or(after.0);
    let own = if of.is_some() { "and account_id = $5" } else { "" };
    let sql = format!(
        "select id, story_id, account_id, version, created_at, content from draft_copies
         where (story_id, id) > ($1, $2) and story_id <= $4 {own} and story_id in ({}) order by story_id, id limit $3",
        db::places(5 + usize::from(of.is_some()), stories.len())
    );
    let mut values = vec![after.0.to_param(), Param::Int(after.1), limit.to_param(), last.to_param()];
    values.extend(of.iter().map(db::ToParam::to_param));
    values.extend(db::padded(stories));
    let rows = tx.all(&sql, &values, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get::<String>(5)?)))?;
    let copy =
        |(id, story, by, version, at, json): (_, _, _, _, _, String)| Ok(Aside { id, story, by, version, at, content: content(&json)? });
    rows.into_iter().map(copy).collect()
}
