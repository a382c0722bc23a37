//! Reading albums whole, a page at a time, and writing those that come in.

use db::{Row, Tx, params};
use people::{AccountId, pictures};
use std::collections::{HashMap, HashSet};
use talk::{PostId, posts};
use web::Error;

use super::{Standing, Taken, Whole};
use crate::albums::{address, album::slug, effects, store};

const COLUMNS: &str = "p.id, p.author_id, p.visibility, p.created_at, p.updated_at, p.published_at, p.deleted_at,
    c.views, c.comments, c.likes, c.reviews, a.title, a.slug, a.description, a.listed_at, a.sensitive, p.covered_at";
const JOINS: &str = "join posts p on p.id = a.id join post_counts c on c.post_id = a.id";

/// How many albums somebody made, alone or with others, without those that were removed.
pub fn count(tx: &mut Tx, of: AccountId) -> Result<i64, db::Error> {
    tx.one(
        "select count(*) from post_authors x join posts p on p.id = x.post_id
         where x.account_id = $1 and p.kind = 'album' and p.deleted_at is null",
        params![of],
        |row| row.get(0),
    )
}

/// Albums by their ids, those after `after`: all of them, or those of one who made them, without what was removed.
pub fn page(tx: &mut Tx, of: Option<AccountId>, after: PostId, limit: u32) -> Result<Vec<Whole>, db::Error> {
    let albums = match of {
        None => {
            let sql = format!("select {COLUMNS} from albums a {JOINS} where a.id > $1 order by a.id limit $2");
            tx.all(&sql, params![after, limit], whole)?
        }
        Some(account) => {
            let sql = format!(
                "select {COLUMNS} from post_authors x join albums a on a.id = x.post_id {JOINS}
                 where x.account_id = $1 and x.post_id > $2 and p.deleted_at is null order by x.post_id limit $3"
            );
            tx.all(&sql, params![account, after, limit], whole)?
        }
    };
    finish(tx, albums)
}

fn whole(row: &Row) -> Result<Whole, db::Error> {
    let id: PostId = row.get(0)?;
    Ok(Whole {
        id,
        address: Some(address(id, row.text(12)?)),
        title: row.get(11)?,
        description: row.get(13)?,
        author: row.get(1)?,
        byline: Vec::new(),
        visibility: row.get(2)?,
        created: row.get(3)?,
        updated: row.get(4)?,
        published: row.get(5)?,
        listed: row.get(14)?,
        removed: row.get(6)?,
        views: row.get(7)?,
        comments: row.get(8)?,
        likes: row.get(9)?,
        reviews: row.get(10)?,
        sensitive: row.get::<i64>(15)? == 1,
        covered: row.get(16)?,
        pictures: Vec::new(),
    })
}

fn finish(tx: &mut Tx, mut albums: Vec<Whole>) -> Result<Vec<Whole>, db::Error> {
    let ids: Vec<PostId> = albums.iter().map(|album| album.id).collect();
    let mut bylines = posts::bylines(tx, &ids)?;
    let mut standing: HashMap<PostId, Vec<Standing>> = HashMap::new();
    let sql = format!(
        "select album_id, picture, caption from album_pictures where album_id in ({}) order by album_id, position, picture",
        db::places(1, ids.len())
    );
    tx.all(&sql, &db::padded(&ids), |row| {
        standing.entry(row.get(0)?).or_default().push(Standing { key: row.get(1)?, caption: row.get(2)? });
        Ok(())
    })?;
    for album in &mut albums {
        album.byline = bylines.remove(&album.id).unwrap_or_default();
        album.pictures = standing.remove(&album.id).unwrap_or_default();
    }
    Ok(albums)
}

/// Takes an album in. Accounts that it names must be here; pictures that are not stay away. The stories that show it are drawn
/// anew when it changes.
///
/// # Errors
/// `Conflict` with what is wrong with it; what the database says of an account that is not here.
pub fn take_back(tx: &mut Tx, album: &Whole) -> Result<Taken, Error> {
    album.check().map_err(|why| Error::Conflict(why.into()))?;
    let there = &with_pictures_here(tx, album)?;
    let Some(here) = one(tx, there.id)? else {
        if tx.first("select 1 from posts where id = $1", params![there.id], |row| row.get::<i64>(0))?.is_some() {
            return Ok(Taken::Foreign);
        }
        put(tx, there)?;
        return Ok(Taken::New);
    };
    if here.created != there.created || here.author != there.author {
        return Ok(Taken::Foreign);
    }
    if here.removed.is_some() && there.removed.is_none() {
        return Ok(Taken::Removed);
    }
    posts::raise_counts(tx, there.id, there.counts())?;
    if same(&here, there) {
        return Ok(Taken::Same);
    }
    if here.updated >= there.updated {
        return Ok(Taken::Edited);
    }
    put(tx, there)?;
    Ok(Taken::Updated)
}

fn with_pictures_here(tx: &mut Tx, album: &Whole) -> Result<Whole, Error> {
    let keys: Vec<String> = album.keys().map(ToOwned::to_owned).collect();
    let here: HashSet<String> = pictures::find_all(tx, &keys)?.into_iter().map(|picture| picture.key).collect();
    let mut album = album.clone();
    album.pictures.retain(|standing| here.contains(&standing.key));
    if album.listed.is_some() && album.pictures.is_empty() {
        return Err(Error::Conflict("is published, and none of its pictures is here".into()));
    }
    Ok(album)
}

fn one(tx: &mut Tx, id: PostId) -> Result<Option<Whole>, db::Error> {
    let found = tx.all(&format!("select {COLUMNS} from albums a {JOINS} where a.id = $1"), params![id], whole)?;
    Ok(finish(tx, found)?.pop())
}

/// All but what is made from the rest, and the counts, which only rise.
fn same(here: &Whole, there: &Whole) -> bool {
    let bare = |album: &Whole| Whole { address: None, byline: Vec::new(), views: 0, comments: 0, likes: 0, reviews: 0, ..album.clone() };
    bare(here) == bare(there) && here.byline.iter().map(|author| author.id).eq(there.byline.iter().map(|author| author.id))
}

fn put(tx: &mut Tx, album: &Whole) -> Result<(), Error> {
    posts::put(tx, &album.spine(), album.counts())?;
    posts::set_authors(tx, album.id, &album.byline.iter().map(|author| author.id).collect::<Vec<_>>())?;
    tx.run(
        "insert into albums (id, title, slug, description, listed_at, sensitive) values ($1, $2, $3, $4, $5, $6)
         on conflict (id) do update set title = excluded.title, slug = excluded.slug, description = excluded.description,
           listed_at = excluded.listed_at, sensitive = excluded.sensitive",
        params![album.id, &album.title, &slug(&album.title), &album.description, album.listed, i64::from(album.sensitive)],
    )?;
    // A file never lifts what the staff of this site covered.
    tx.run("update posts set covered_at = coalesce(covered_at, $2) where id = $1", params![album.id, album.covered])?;
    let order: Vec<(String, String)> = album.pictures.iter().map(|standing| (standing.key.clone(), standing.caption.clone())).collect();
    store::put(tx, album.id, &order, album.updated)?;
    store::stand(tx, album.id)?;
    effects::changed(tx, album.id)?;
    Ok(())
}
