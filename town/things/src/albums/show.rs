//! Albums for their readers: the list, an album, each of its pictures.

use axum::{
    Router,
    extract::{Path, Query, State},
    http::Uri,
    response::Response,
    routing::{get, post},
};
use maud::Markup;
use people::{Caller, Permission, Town, Viewer, town::SITE};
use serde::Deserialize;
use talk::{
    Cursor, PostId,
    comments::{self, Conversation},
    files,
    moderation::{Held, Kind, Subject, held_for},
    posts::RESTORE_MS,
    reactions::{self, Reactions},
    views,
};
use web::{Cacheable, Error, Result, Tag, kept, moved, see_other, viewed};

use super::{
    LISTING, access,
    album::Album,
    effects,
    pages::{list, read},
    store,
};
use crate::stories::show::{Now, fresh_for};

/// Albums on one page of the list.
const PAGE: usize = 24;

pub(super) fn routes() -> Router<Town> {
    Router::new()
        .route("/albums", get(index).post(super::edit::create))
        .route("/albums/{id}", get(lead_there))
        .route("/albums/{id}/cover", post(cover))
        .route("/albums/{id}/cover/removal", post(uncover))
        .route("/albums/{id}/{slug}", get(show))
        .route("/albums/{id}/{slug}/{key}", get(show_one))
}

#[derive(Deserialize)]
struct Asked {
    before: Option<String>,
}

async fn index(State(town): State<Town>, caller: Caller, Query(asked): Query<Asked>) -> Result {
    let before = asked.before.map_or(Ok(Cursor::NEWEST), |typed| typed.parse().map_err(|()| Error::NotFound))?;
    let now = Now::of(&town);
    let since = now.ms - RESTORE_MS;
    let (viewer, (mut albums, hidden, removed)) = town
        .read(&caller, move |tx, viewer| {
            let albums = store::listed(tx, before, PAGE as u32 + 1)?;
            let Some(me) = viewer.me.as_ref().filter(|_| before == Cursor::NEWEST && viewer.may(Permission::WriteStories)) else {
                return Ok((albums, Vec::new(), Vec::new()));
            };
            let author = (!viewer.may(Permission::EditStories)).then_some(me.id);
            Ok((albums, store::hidden(tx, author, None)?, store::hidden(tx, author, Some(since))?))
        })
        .await?;
    let more = albums.len() > PAGE;
    albums.truncate(PAGE);
    let list = list::List {
        older: albums.last().filter(|_| more).map(store::Listed::cursor),
        albums: &albums,
        hidden: &hidden,
        removed: &removed,
        first: before == Cursor::NEWEST,
        writes: viewer.may(Permission::WriteStories),
        now: &now,
    };
    let page = list::page(&town.frame(&viewer, &caller), &list);
    if viewer.me.is_some() {
        return Ok(web::html(page));
    }
    let shown = albums.iter().flat_map(|album| [views::tag(album.id.get()), Tag("account", album.author.id.get())]);
    let youngest = albums.first().map_or(0, |album| album.at);
    let about =
        Cacheable { tags: [SITE, LISTING].into_iter().chain(shown).collect(), fresh_for: fresh_for(youngest, now.ms), subject: None };
    Ok(kept(page, about))
}

/// An album before somebody who may see it.
struct Open {
    album: Album,
    /// Whether they may work on it.
    edit: bool,
    reactions: Reactions,
    /// That it was taken down, before its authors and the staff.
    held: Option<Held>,
}

/// An album that this viewer may see.
async fn open(town: &Town, caller: &Caller, id: PostId) -> Result<(Viewer, Open)> {
    town.read(caller, move |tx, viewer| {
        let album = store::find(tx, id)?;
        let edit = viewer.me.is_some() && access(tx, viewer, id, false).is_ok();
        let held = match album.removed_at {
            Some(_) => held_for(tx, viewer, Subject { kind: Kind::Album, id: id.get() })?,
            None => None,
        };
        match (album.is_public() || edit || held.is_some(), album.removed_at) {
            (true, _) => Ok(Open { album, edit, reactions: reactions::of_one(tx, viewer, id)?, held }),
            // It was there once.
            (false, Some(_)) if store::was_public(tx, id)? => Err(Error::Gone),
            _ => Err(Error::NotFound),
        }
    })
    .await
}

async fn cover(State(town): State<Town>, caller: Caller, Path(id): Path<PostId>) -> Result {
    set_cover(&town, &caller, id, true).await
}

async fn uncover(State(town): State<Town>, caller: Caller, Path(id): Path<PostId>) -> Result {
    set_cover(&town, &caller, id, false).await
}

/// Covers its pictures as notes' are covered: by the staff, written in the log, its author told.
async fn set_cover(town: &Town, caller: &Caller, id: PostId, covered: bool) -> Result {
    let now = town.now();
    let (_, tags) = town
        .write(caller, move |tx, viewer| {
            viewer.must(Permission::ModerateNotes)?;
            let album = store::find(tx, id)?;
            let Some(author) = album.authors.first().map(|author| author.id).filter(|_| album.is_public()) else {
                return Err(Error::NotFound);
            };
            if album.covered == covered {
                return Ok(Vec::new());
            }
            store::cover(tx, id, covered.then_some(now))?;
            files::log_cover(tx, viewer, (id, author), covered, now)?;
            effects::changed(tx, id)
        })
        .await?;
    town.pages.changed(&tags);
    town.wake();
    Ok(see_other(&format!("/albums/{id}?done={}", if covered { "covered" } else { "uncovered" })))
}

async fn lead_there(State(town): State<Town>, caller: Caller, Path(id): Path<PostId>, uri: Uri) -> Result {
    let address = open(&town, &caller, id).await?.1.album.address();
    Ok(moved(&uri.query().map_or_else(|| address.clone(), |query| format!("{address}?{query}"))))
}

async fn show(
    State(town): State<Town>,
    caller: Caller,
    Path((id, slug)): Path<(PostId, String)>,
    Query(asked): Query<comments::Asked>,
) -> Result {
    let (viewer, Open { album, edit, reactions, held }) = open(&town, &caller, id).await?;
    if slug != album.slug {
        return Ok(moved(&album.address()));
    }
    let now = Now::of(&town);
    // Nobody speaks of what is not shown to readers.
    let talk = if album.is_public() {
        let at = now.ms;
        Some(town.read(&caller, move |tx, viewer| comments::of(tx, viewer, id, &asked, at)).await?.1)
    } else {
        None
    };
    let address = album.address();
    let section = talk.as_ref().map(|talk| comments::section(talk, &comments::Standing::of(&town, &viewer, &address)));
    let page = read::album(&town.frame(&viewer, &caller), &album, (edit, held.as_ref()), &viewer, &reactions, &now, section.as_ref());
    Ok(answer(&viewer, page, &album, talk.as_ref(), now.ms, true))
}

async fn show_one(State(town): State<Town>, caller: Caller, Path((id, slug, key)): Path<(PostId, String, String)>) -> Result {
    let (viewer, Open { album, edit, held, .. }) = open(&town, &caller, id).await?;
    let at = album.entries.iter().position(|entry| entry.picture.key == key).ok_or(Error::NotFound)?;
    if slug != album.slug {
        return Ok(moved(&album.address_of(&album.entries[at])));
    }
    let page = read::picture(&town.frame(&viewer, &caller), &album, at, (edit, held.as_ref()), viewer.sensitive());
    Ok(answer(&viewer, page, &album, None, town.now(), false))
}

/// Whoever made it is no reader; a look at one of its pictures is no second look at the album.
fn answer(viewer: &Viewer, page: Markup, album: &Album, talk: Option<&Conversation>, now: i64, counts: bool) -> Response {
    let id = album.id.get();
    let own = album.authors.iter().any(|author| viewer.is(author.id));
    if viewer.me.is_some() {
        return if own || !counts || !album.is_public() { web::html(page) } else { viewed(page, id) };
    }
    let authors = album.authors.iter().map(|author| Tag("account", author.id.get()));
    let tags = [SITE, views::tag(id)].into_iter().chain(authors).chain(talk.map(Conversation::tags).unwrap_or_default()).collect();
    let youngest = talk.map_or(0, Conversation::youngest).max(album.listed_at.unwrap_or(0));
    kept(page, Cacheable { tags, fresh_for: fresh_for(youngest, now), subject: counts.then_some(id) })
}
