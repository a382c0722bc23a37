//! Queries across files and what uses them.

use db::{Tx, params};
use people::{
    Permission, Viewer, Wanted,
    accounts::{self, Author},
    pictures, recordings, uses,
};
use std::collections::HashSet;
use talk::{PostId, comments, posts};
use things::{
    albums,
    stories::{self, Content},
};
use web::{Error, Result};

use super::{
    asked::{Asked, Show},
    item::Item,
};

/// Files on one page.
const PAGE: usize = 48;
/// Characters of a comment that shows one.
const EXCERPT: usize = 80;

/// One page of a library.
#[derive(Debug)]
pub(super) struct Shelf {
    pub items: Vec<Item>,
    /// Where the next page begins.
    pub older: Option<String>,
    /// Keys of those that something uses.
    pub used: HashSet<String>,
}

/// The page that is asked for.
pub(super) fn shelf(tx: &mut Tx, asked: &Asked, wanted: &Wanted) -> Result<Shelf, db::Error> {
    let after = asked.before.as_ref().map(|(at, key)| (*at, key.as_str()));
    let ask = PAGE as u32 + 1;
    let mut items = Vec::new();
    if asked.show.has_pictures() {
        items.extend(pictures::newest(tx, wanted, after, ask)?.into_iter().map(Item::Picture));
    }
    if let Some(kind) = asked.show.recordings() {
        items.extend(recordings::newest(tx, kind, wanted, after, ask)?.into_iter().map(Item::Recording));
    }
    items.sort_by(|a, b| (b.created_at(), b.key()).cmp(&(a.created_at(), a.key())));
    let more = items.len() > PAGE;
    items.truncate(PAGE);
    let older = items.last().filter(|_| more).map(|last| format!("{}_{}", last.created_at(), last.key()));
    let keys: Vec<String> = items.iter().map(|item| item.key().to_owned()).collect();
    let used = if asked.show == Show::Unused { HashSet::new() } else { uses::used_among(tx, &keys)? };
    Ok(Shelf { items, older, used })
}

/// Everybody who may have a library of their own, by name.
pub(super) fn people(tx: &mut Tx) -> Result<Vec<Author>, db::Error> {
    tx.all(
        "select a.id, a.handle, a.name, a.picture from accounts a
         where exists (select 1 from pictures p where p.account_id = a.id) or exists (select 1 from recordings r where r.account_id = a.id)
         order by a.name, a.id limit 500",
        params![],
        |row| Ok(Author { id: row.get(0)?, handle: row.get(1)?, name: row.get(2)?, picture: row.get(3)? }),
    )
}

/// Something that uses a file.
#[derive(Debug)]
pub(super) struct Use {
    /// What it is, for people: "Story", "Album", "Comment", "Profile".
    pub kind: &'static str,
    pub name: String,
    /// Where it leads, if the viewer may go there.
    pub address: Option<String>,
    /// Whether readers see it now.
    pub public: bool,
}

/// What uses a file, as this viewer may know it, each once.
pub(super) fn uses_of(tx: &mut Tx, viewer: &Viewer, item: &Item) -> Result<Vec<Use>> {
    let mut found: Vec<Use> = Vec::new();
    let mut posts = HashSet::new();
    for holder in uses::holders(tx, item.key())? {
        // A revision that can still be read holds what it shows.
        let post = tx.first("select post_id from revisions where id = $1", params![holder], |row| row.get(0))?.unwrap_or(holder);
        if !posts.insert(post) {
            continue;
        }
        let used = match story(tx, viewer, post, item.key())? {
            Some(story) => Some(story),
            None => match album(tx, viewer, post)? {
                Some(album) => Some(album),
                None => match comment(tx, viewer, post, item.key())? {
                    Some(comment) => Some(comment),
                    None => account(tx, post)?,
                },
            },
        };
        found.extend(used);
    }
    // The picture of a film goes when the film does.
    let films = tx.all("select key, name from recordings where poster = $1 limit 50", params![item.key()], |row| {
        Ok(Use { kind: "Video", name: row.get(1)?, address: Some(format!("/library/{}", row.text(0)?)), public: true })
    })?;
    found.extend(films);
    Ok(found)
}

fn story(tx: &mut Tx, viewer: &Viewer, id: i64, key: &str) -> Result<Option<Use>> {
    let found = tx.first(
        "select p.deleted_at, s.headline, s.slug, s.listed_at, d.content, s.picture, s.body_html from posts p
         left join stories s on s.id = p.id left join drafts d on d.story_id = p.id where p.id = $1 and p.kind = 'story'",
        params![id],
        |row| {
            let (deleted, published): (Option<i64>, Option<i64>) = (row.get(0)?, row.get(3)?);
            let public = deleted.is_none() && published.is_some();
            // All names of a file begin with the same 32 digits.
            let stem = key.get(..32).unwrap_or(key);
            let lead = row.get::<Option<String>>(5)?.is_some_and(|lead| lead == key);
            let shows = lead || row.get::<Option<String>>(6)?.is_some_and(|body| body.contains(stem));
            Ok((public, shows, row.get::<Option<String>>(1)?, row.get::<Option<String>>(2)?, row.get::<Option<String>>(4)?))
        },
    )?;
    let Some((public, shows, headline, slug, draft)) = found else { return Ok(None) };
    let id = PostId::new(id);
    if public {
        let address = stories::address(id, &slug.unwrap_or_default());
        let kind = if shows { "Story" } else { "Story, in another version" };
        return Ok(Some(Use { kind, name: headline.unwrap_or_default(), address: Some(address), public: shows }));
    }
    if !knows(tx, viewer, id)? {
        return Ok(Some(Use { kind: "Story", name: "A story of somebody else, not published".into(), address: None, public }));
    }
    let draft = draft.and_then(|json| Some(serde_json::from_str::<Content>(&json).ok()?.headline));
    let name = [draft, headline].into_iter().flatten().find(|name| !name.is_empty()).unwrap_or_else(|| "No headline yet".into());
    Ok(Some(Use { kind: "Story, not published", name, address: Some(format!("/stories/{id}/edit")), public }))
}

fn album(tx: &mut Tx, viewer: &Viewer, id: i64) -> Result<Option<Use>> {
    let id = PostId::new(id);
    let Some((title, slug, public)) = albums::named(tx, id)? else { return Ok(None) };
    let title = if title.is_empty() { "No title yet".to_owned() } else { title };
    Ok(Some(match (public, knows(tx, viewer, id)?) {
        (true, _) => Use { kind: "Album", name: title, address: Some(albums::address(id, &slug)), public },
        (false, true) => Use { kind: "Album, not published", name: title, address: Some(format!("/albums/{id}/edit")), public },
        (false, false) => Use { kind: "Album", name: "An album of somebody else, not published".into(), address: None, public },
    }))
}

fn comment(tx: &mut Tx, viewer: &Viewer, id: i64, key: &str) -> Result<Option<Use>> {
    let post = PostId::new(id);
    let deleted = "select case when deleted_at is null then 0 else 1 end from posts where id = $1 and kind = 'comment'";
    let Some(deleted) = tx.first(deleted, params![post], |row| row.get::<i64>(0))? else { return Ok(None) };
    let shows = deleted == 0 && comments::pictures_of(tx, post)?.iter().any(|shown| shown == key);
    let kind = match (shows, deleted) {
        (true, _) => "Comment",
        (false, 0) => "Comment, in another version",
        (false, _) => "Comment, deleted",
    };
    Ok(Some(match comments::find(tx, viewer, post) {
        Ok(found) => Use { kind, name: found.content.excerpt(EXCERPT), address: Some(found.address()), public: shows },
        Err(Error::NotFound) => Use { kind, name: "A comment".into(), address: None, public: shows },
        Err(error) => return Err(error),
    }))
}

/// Whether this viewer may know of a post that readers do not see.
fn knows(tx: &mut Tx, viewer: &Viewer, post: PostId) -> Result<bool> {
    Ok(viewer.may(Permission::EditStories) || posts::authors_of(tx, post)?.iter().any(|author| viewer.is(author.id)))
}

fn account(tx: &mut Tx, id: i64) -> Result<Option<Use>, db::Error> {
    let found = accounts::by_id(tx, people::AccountId::new(id))?;
    Ok(found.map(|account| Use { kind: "Profile picture", address: Some(account.author().address()), name: account.name, public: true }))
}

/// What readers see must keep its pictures.
///
/// # Errors
/// Words that say what shows the file.
pub(super) fn must_be_free(uses: &[Use]) -> Result<()> {
    let names: Vec<String> = uses.iter().filter(|used| used.public).take(3).map(|used| format!("“{}”", used.name)).collect();
    if names.is_empty() {
        return Ok(());
    }
    let words = format!("Readers see this file in {}. Take it out of there first; then it can be deleted.", names.join(", "));
    Err(Error::Conflict(words.into()))
}
