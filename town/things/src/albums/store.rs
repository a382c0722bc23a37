//! Every query about albums.

use db::{Row, Tx, params};
use people::{
    AccountId,
    accounts::{self, Author},
    pictures::{self, Picture, Shown},
    uses,
};
use std::collections::HashMap;
use talk::{
    Counts, Cursor, PostId,
    posts::{self, Visibility},
};
use web::{Error, Problems, Result};

use super::album::{Album, Changes, Entry, MAX_PICTURES, slug};

/// Begins an album.
pub(super) fn create(tx: &mut Tx, author: AccountId, title: &str, now: i64) -> Result<PostId, db::Error> {
    let id = posts::insert(tx, "album", author, now)?;
    posts::set_authors(tx, id, &[author])?;
    tx.run("insert into albums (id, title, slug, description) values ($1, $2, $3, '')", params![id, title, &slug(title)])?;
    Ok(id)
}

/// A whole album at once, as it is brought from elsewhere: readers see it from this time on.
///
/// # Errors
/// `Invalid` when something is missing that a public album needs.
pub fn bring(tx: &mut Tx, author: AccountId, (title, description): (&str, &str), keys: &[String], at: i64) -> Result<PostId> {
    let id = create(tx, author, title, at)?;
    tx.run("update albums set description = $2 where id = $1", params![id, description])?;
    add(tx, id, keys, at)?;
    let album = find(tx, id)?;
    set_public(tx, &album, true, at)?;
    Ok(id)
}

/// The author's album that was begun within these seconds and never touched, if there is one.
pub(super) fn untouched(tx: &mut Tx, author: AccountId, now: i64) -> Result<Option<PostId>, db::Error> {
    const TWICE_MS: i64 = 10_000;
    tx.first(
        "select a.id from albums a join posts p on p.id = a.id where p.author_id = $1 and p.created_at > $2 and p.updated_at = p.created_at
           and p.deleted_at is null and a.title = '' order by a.id desc limit 1",
        params![author, now - TWICE_MS],
        |row| row.get(0),
    )
}

/// Whether readers saw a removed album.
pub(super) fn was_public(tx: &mut Tx, id: PostId) -> Result<bool, db::Error> {
    let public = Visibility::Public.name();
    Ok(tx.first("select 1 from posts where id = $1 and visibility = $2", params![id, public], |row| row.get::<i64>(0))?.is_some())
}

/// An album, whether readers see it or not.
///
/// # Errors
/// `NotFound` when there is none.
pub fn find(tx: &mut Tx, id: PostId) -> Result<Album> {
    let found = tx.first(
        "select a.title, a.slug, a.description, a.listed_at, p.updated_at, p.deleted_at, c.views, c.comments, c.likes, c.reviews, p.label, a.sensitive, p.covered_at
         from albums a join posts p on p.id = a.id join post_counts c on c.post_id = a.id where a.id = $1",
        params![id],
        |row| {
            Ok(Album {
                id,
                title: row.get(0)?,
                slug: row.get(1)?,
                description: row.get(2)?,
                entries: Vec::new(),
                authors: Vec::new(),
                listed_at: row.get(3)?,
                updated_at: row.get(4)?,
                removed_at: row.get(5)?,
                label: row.get(10)?,
                sensitive: row.get::<i64>(11)? == 1,
                covered: row.get::<Option<i64>>(12)?.is_some(),
                counts: Counts { views: row.get(6)?, comments: row.get(7)?, likes: row.get(8)?, reviews: row.get(9)? },
            })
        },
    )?;
    let album = found.ok_or(Error::NotFound)?;
    Ok(Album { entries: entries(tx, id)?, authors: posts::authors_of(tx, id)?, ..album })
}

fn entries(tx: &mut Tx, id: PostId) -> Result<Vec<Entry>, db::Error> {
    let standing = standing(tx, id)?;
    let keys: Vec<String> = standing.iter().map(|(key, _)| key.clone()).collect();
    let mut pictures: HashMap<String, Picture> =
        pictures::find_all(tx, &keys)?.into_iter().map(|picture| (picture.key.clone(), picture)).collect();
    Ok(standing.into_iter().filter_map(|(key, own)| Some(Entry { picture: pictures.remove(&key)?, own })).collect())
}

/// Keys and captions in order.
fn standing(tx: &mut Tx, id: PostId) -> Result<Vec<(String, String)>, db::Error> {
    tx.all("select picture, caption from album_pictures where album_id = $1 order by position, picture", params![id], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// Saves what an author changed. A picture that somebody else has added meanwhile stands at the end: only what is taken out by name
/// is taken out.
pub(super) fn save(tx: &mut Tx, id: PostId, changes: &Changes, now: i64) -> Result<()> {
    let mut problems = Problems::default();
    let authors = authors(tx, id, &changes.coauthors, &mut problems)?;
    problems.or(())?;
    posts::set_authors(tx, id, &authors)?;
    stand(tx, id)?;
    tx.run(
        "update albums set title = $2, slug = $3, description = $4, sensitive = $5 where id = $1",
        params![id, &changes.title, &slug(&changes.title), &changes.description, i64::from(changes.sensitive)],
    )?;
    let known = standing(tx, id)?;
    let is_known = |key: &String| known.iter().any(|(other, _)| other == key);
    let mut order: Vec<(String, String)> = changes.entries.iter().filter(|(key, _)| is_known(key)).cloned().collect();
    let named = |key: &String, order: &[(String, String)]| order.iter().any(|(other, _)| other == key) || changes.removed.contains(key);
    let others: Vec<_> = known.iter().filter(|(key, _)| !named(key, &order)).cloned().collect();
    order.extend(others);
    put(tx, id, &order, now)
}

/// Puts pictures at the end. Those that stand in it already stay where they are.
///
/// # Errors
/// `Invalid` when there would be too many.
pub(super) fn add(tx: &mut Tx, id: PostId, keys: &[String], now: i64) -> Result<()> {
    let mut order = standing(tx, id)?;
    let new: Vec<String> = keys.iter().filter(|key| order.iter().all(|(known, _)| known != *key)).cloned().collect();
    let found: Vec<String> = pictures::find_all(tx, &new)?.into_iter().map(|picture| picture.key).collect();
    order.extend(new.into_iter().filter(|key| found.contains(key)).map(|key| (key, String::new())));
    if order.len() > MAX_PICTURES {
        return Err(Error::invalid("pictures", format!("An album holds at most {MAX_PICTURES} pictures. Begin another one.")));
    }
    put(tx, id, &order, now)
}

/// An album holds exactly these pictures, in this order, each with its own caption.
pub(super) fn put(tx: &mut Tx, id: PostId, order: &[(String, String)], now: i64) -> Result<()> {
    tx.run("delete from album_pictures where album_id = $1", params![id])?;
    for (position, (key, caption)) in order.iter().enumerate() {
        tx.run(
            "insert into album_pictures (album_id, picture, position, caption) values ($1, $2, $3, $4) on conflict (album_id, picture) do nothing",
            params![id, key, position, caption],
        )?;
    }
    let keys: Vec<String> = order.iter().map(|(key, _)| key.clone()).collect();
    uses::set(tx, id.get(), &keys)?;
    tx.run("update posts set updated_at = $2 where id = $1", params![id, now])?;
    Ok(())
}

/// Whoever began it stays its first author.
fn authors(tx: &mut Tx, id: PostId, handles: &[String], problems: &mut Problems) -> Result<Vec<AccountId>> {
    let first: AccountId = tx.one("select author_id from posts where id = $1", params![id], |row| row.get(0))?;
    let mut authors = vec![first];
    for found in accounts::by_handles(tx, handles)? {
        match found {
            Ok(account) if !authors.contains(&account.id) => authors.push(account.id),
            Ok(_) => {}
            Err(handle) => problems.add("coauthors", format!("Nobody here is called @{handle}.")),
        }
    }
    Ok(authors)
}

/// Shows an album to readers, or takes it off the site.
///
/// # Errors
/// `Invalid` when something is missing that a public album needs.
pub(super) fn set_public(tx: &mut Tx, album: &Album, public: bool, now: i64) -> Result<()> {
    if !public {
        tx.run("update albums set listed_at = null where id = $1", params![album.id])?;
        tx.run("update posts set visibility = $2, updated_at = $3 where id = $1", params![album.id, Visibility::OnlyMe.name(), now])?;
        return stand(tx, album.id);
    }
    let mut problems = Problems::default();
    album.check_publishable(&mut problems);
    problems.or(())?;
    // Shown again it stands where it stood.
    tx.run(
        "update posts set visibility = $2, published_at = coalesce(published_at, $3), updated_at = $3 where id = $1",
        params![album.id, Visibility::Public.name(), now],
    )?;
    tx.run("update albums set listed_at = (select published_at from posts where id = $1) where id = $1", params![album.id])?;
    stand(tx, album.id)
}

/// Puts an album on the shelves of those who made it, or takes it off while readers do not see it.
pub(super) fn stand(tx: &mut Tx, id: PostId) -> Result<()> {
    let listed: Option<i64> = tx.one("select listed_at from albums where id = $1", params![id], |row| row.get(0))?;
    let Some(listed_at) = listed else { return Ok(posts::unshelve(tx, id)?) };
    let owners: Vec<i64> = posts::authors_of(tx, id)?.iter().map(|author| author.id.get()).collect();
    Ok(posts::shelve(tx, id, &owners, listed_at)?)
}

/// Removes an album; it can be restored for 30 days.
pub(super) fn remove(tx: &mut Tx, id: PostId, now: i64) -> Result<()> {
    if posts::remove(tx, id, now)? {
        tx.run("update albums set listed_at = null where id = $1", params![id])?;
        stand(tx, id)?;
    }
    Ok(())
}

/// Restores it as it was.
pub(super) fn restore(tx: &mut Tx, id: PostId, now: i64) -> Result<()> {
    if !posts::restore(tx, id, now)? {
        return Err(Error::Gone);
    }
    tx.run(
        "update albums set listed_at = (select published_at from posts where id = $1 and visibility = $2) where id = $1",
        params![id, Visibility::Public.name()],
    )?;
    stand(tx, id)
}

/// An album in a list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its id.
    pub id: PostId,
    /// Its title.
    pub title: String,
    /// The readable part of its address.
    pub slug: String,
    /// When it was published; when it was changed last for those that are not.
    pub at: i64,
    /// Who began it.
    pub author: Author,
    /// How many pictures there are.
    pub count: i64,
    /// Whether they are covered: then none of them is shown in a list.
    pub sensitive: bool,
    /// The first of them, at most as many as were asked for.
    pub first: Vec<Shown>,
}

impl Listed {
    /// Its place in a list.
    pub fn cursor(&self) -> Cursor {
        Cursor { at: self.at, id: self.id }
    }
}

const LISTED: &str = "select a.id, a.title, a.slug, coalesce(a.listed_at, p.updated_at), o.id, o.handle, o.name, o.picture,
       (select count(*) from album_pictures e where e.album_id = a.id), a.sensitive, p.covered_at
     from albums a join posts p on p.id = a.id join accounts o on o.id = p.author_id";

fn row(row: &Row) -> Result<Listed, db::Error> {
    let author = Author { id: row.get(4)?, handle: row.get(5)?, name: row.get(6)?, picture: row.get(7)? };
    let sensitive = row.get::<i64>(9)? == 1 || row.get::<Option<i64>>(10)?.is_some();
    Ok(Listed {
        id: row.get(0)?,
        title: row.get(1)?,
        slug: row.get(2)?,
        at: row.get(3)?,
        author,
        count: row.get(8)?,
        sensitive,
        first: Vec::new(),
    })
}

/// Public albums, the newest first, each with its cover.
pub fn listed(tx: &mut Tx, before: Cursor, limit: u32) -> Result<Vec<Listed>, db::Error> {
    let found = tx.all(
        &format!("{LISTED} where a.listed_at is not null and (a.listed_at, a.id) < ($1, $2) order by a.listed_at desc, a.id desc limit $3"),
        params![before.at, before.id, limit],
        row,
    )?;
    with_first(tx, found, 1)
}

/// Albums that readers do not see, the latest changed first: those of one author, or everybody's. Removed ones are asked for apart.
pub(super) fn hidden(tx: &mut Tx, author: Option<AccountId>, removed_since: Option<i64>) -> Result<Vec<Listed>, db::Error> {
    let removed = if removed_since.is_some() { "p.deleted_at > $2" } else { "p.deleted_at is null and cast($2 as bigint) = 0" };
    let found = tx.all(
        &format!(
            "{LISTED} where a.listed_at is null and {removed}
               and (cast($1 as bigint) = 0 or exists (select 1 from post_authors b where b.post_id = a.id and b.account_id = $1))
             order by p.updated_at desc, a.id desc limit 50"
        ),
        params![author.map_or(0, AccountId::get), removed_since.unwrap_or(0)],
        row,
    )?;
    with_first(tx, found, 1)
}

/// Those of these albums that readers see, each with its first pictures.
pub fn public_among(tx: &mut Tx, ids: &[PostId], first: usize) -> Result<Vec<Listed>, db::Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!("{LISTED} where a.listed_at is not null and a.id in ({})", db::places(1, ids.len()));
    let found = tx.all(&sql, &db::padded(ids), row)?;
    with_first(tx, found, first)
}

fn with_first(tx: &mut Tx, mut albums: Vec<Listed>, first: usize) -> Result<Vec<Listed>, db::Error> {
    for album in albums.iter_mut().filter(|album| !album.sensitive) {
        let keys: Vec<(String, String)> = tx.all(
            "select picture, caption from album_pictures where album_id = $1 order by position, picture limit $2",
            params![album.id, first],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        for (key, own) in keys {
            if let Some(picture) = pictures::find(tx, &key)? {
                let entry = Entry { picture, own };
                album.first.push(Shown::of(&entry.picture, entry.alt()));
            }
        }
    }
    Ok(albums)
}

/// The staff cover its pictures, or do so no more.
pub(super) fn cover(tx: &mut Tx, id: PostId, covered_at: Option<i64>) -> Result<(), db::Error> {
    tx.run("update posts set covered_at = $2 where id = $1", params![id, covered_at])?;
    Ok(())
}

/// Title, slug, and whether readers see it, of something that may be an album.
pub fn named(tx: &mut Tx, id: PostId) -> Result<Option<(String, String, bool)>, db::Error> {
    tx.first("select title, slug, case when listed_at is null then 0 else 1 end from albums where id = $1", params![id], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })
}

/// The stories that show an album.
pub(super) fn stories_with(tx: &mut Tx, id: PostId) -> Result<Vec<PostId>, db::Error> {
    tx.all("select story_id from album_embeds where album_id = $1 order by story_id desc limit 500", params![id], |row| row.get(0))
}

/// A published story shows exactly these albums.
pub(crate) fn set_embeds(tx: &mut Tx, story: PostId, albums: &[PostId]) -> Result<(), db::Error> {
    tx.run("delete from album_embeds where story_id = $1", params![story])?;
    for album in albums {
        tx.run(
            "insert into album_embeds (album_id, story_id) values ($1, $2) on conflict (album_id, story_id) do nothing",
            params![*album, story],
        )?;
    }
    Ok(())
}
