//! Notes for their readers: one on its own page, and what it said before.

use axum::{
    Router,
    extract::{Path, Query, State},
    http::Uri,
    routing::get,
};
use db::Tx;
use people::{Caller, Permission, Town, Viewer, organizations, town::SITE};
use talk::{
    PostId,
    comments::{self, Conversation},
    moderation::{Held, Kind, Subject, held_for},
    posts::{self, Visibility},
    revisions::{self, Revision},
    views,
};
use web::{Cacheable, Error, Result, Tag, html, kept, moved};

use super::{
    Content, Note, Quoted,
    pages::{card::Standing, history, page},
    store,
};
use crate::stories::show::{Now, fresh_for};

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/@{handle}/{id}", get(show)).route("/notes/{id}", get(lead_there)).route("/notes/{id}/history", get(show_history))
}

/// A note, or one that its author removed.
enum Found {
    Note(Box<Note>),
    Removed(String),
    /// One that somebody of the staff took down: its words, why, and whether the viewer may bring it back.
    TakenDown {
        body: String,
        why: String,
        handle: String,
        restores: bool,
        held: Option<Box<Held>>,
    },
}

fn find(tx: &mut Tx, viewer: &Viewer, id: PostId) -> Result<Found> {
    match store::find(tx, viewer, id) {
        Err(Error::Gone | Error::NotFound) => {}
        found => return Ok(Found::Note(Box::new(found?))),
    }
    let (author, removed) = store::author_and_state(tx, id)?;
    let own = match viewer.must_be_member() {
        Ok(me) => me.id == author || organizations::may_change(tx, me.id, author, id.get())?,
        Err(_) => false,
    };
    let moderates = viewer.may(Permission::ModerateNotes);
    if removed.is_some() && (own || moderates) {
        let sql = "select n.body, a.handle from notes n join posts p on p.id = n.id join accounts a on a.id = p.author_id where n.id = $1";
        let (body, handle) = tx.one(sql, db::params![id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if let Some(why) = posts::taken_down(tx, id)? {
            let held = held_for(tx, viewer, Subject { kind: Kind::Note, id: id.get() })?.map(Box::new);
            return Ok(Found::TakenDown { body, why, handle, restores: moderates, held });
        }
        if own {
            return Ok(Found::Removed(body));
        }
    }
    store::find(tx, viewer, id).map(|note| Found::Note(Box::new(note)))
}

async fn show(
    State(town): State<Town>,
    caller: Caller,
    Path((handle, id)): Path<(String, String)>,
    Query(asked): Query<comments::Asked>,
) -> Result {
    let id: PostId = id.parse().map_err(|_| Error::NotFound)?;
    let at = town.now();
    let (viewer, (found, talk)) = town
        .read(&caller, move |tx, viewer| {
            let found = find(tx, viewer, id)?;
            let talk = match &found {
                Found::Note(_) => Some(comments::of(tx, viewer, id, &asked, at)?),
                _ => None,
            };
            Ok((found, talk))
        })
        .await?;
    let now = Now::of(&town);
    let frame = town.frame(&viewer, &caller);
    let (note, talk) = match (found, talk) {
        (Found::Note(note), Some(talk)) => (note, talk),
        (Found::Note(_), None) => return Err(Error::NotFound),
        (Found::TakenDown { body, why, restores, held, .. }, _) => {
            let restore = restores.then(|| format!("/notes/{id}/removal/undo"));
            return Ok(html(page::taken_down(&frame, &body, (&why, held.as_deref()), restore.as_deref())));
        }
        (Found::Removed(body), _) => return Ok(html(page::removed(&frame, &body, &format!("/notes/{id}/removal/undo")))),
    };
    if note.author.handle != handle {
        return Ok(moved(&note.address()));
    }
    let back = note.address();
    let section = comments::section(&talk, &comments::Standing::of(&town, &viewer, &back));
    let page = page::show(&frame, &note, &Standing { now: &now, viewer: &viewer, back: &back }, &section);
    if viewer.me.is_some() {
        return Ok(html(page));
    }
    Ok(kept(page, about(&note, &talk, now.ms)))
}

/// What a guest's page of a note depends on.
fn about(note: &Note, talk: &Conversation, now: i64) -> Cacheable {
    let mut tags = vec![SITE, views::tag(note.id.get()), Tag("account", note.author.id.get())];
    if let Some(Quoted::Note(quoted)) = &note.quoted {
        tags.extend([views::tag(quoted.id.get()), Tag("account", quoted.author.id.get())]);
    }
    tags.extend(talk.tags());
    Cacheable { tags, fresh_for: note.fresh_for(now).min(fresh_for(talk.youngest(), now)), subject: None }
}

async fn lead_there(State(town): State<Town>, caller: Caller, Path(id): Path<String>, uri: Uri) -> Result {
    let id: PostId = id.parse().map_err(|_| Error::NotFound)?;
    let (_, address) = town
        .read(&caller, move |tx, viewer| match find(tx, viewer, id)? {
            Found::Note(note) => Ok(note.address()),
            Found::TakenDown { handle, .. } => Ok(super::address(&handle, id)),
            Found::Removed(_) => Ok(super::address(&viewer.must_be_member()?.handle, id)),
        })
        .await?;
    Ok(moved(&uri.query().map_or_else(|| address.clone(), |query| format!("{address}?{query}"))))
}

async fn show_history(State(town): State<Town>, caller: Caller, Path(id): Path<String>) -> Result {
    let id: PostId = id.parse().map_err(|_| Error::NotFound)?;
    let (viewer, (note, versions)) = town
        .read(&caller, move |tx, viewer| {
            let note = store::find(tx, viewer, id)?;
            // Whom a note names may have changed: those of now were not all meant by what it said then.
            if note.visibility == Visibility::Mentioned && !viewer.is(note.author.id) {
                return Err(Error::Forbidden("What a post to the people named in it said before is its author’s alone.".into()));
            }
            Ok((note, versions(tx, id)?))
        })
        .await?;
    Ok(html(history::page(&town.frame(&viewer, &caller), &note, &versions, &Now::of(&town))))
}

/// Most versions that are compared on one page.
const MOST: usize = 50;

fn versions(tx: &mut Tx, id: PostId) -> Result<Vec<(Revision, Content)>> {
    let mut versions = Vec::new();
    for listed in revisions::of(tx, id)?.into_iter().take(MOST) {
        let Some(revision) = revisions::named(tx, id, listed.number)? else { continue };
        let content = serde_json::from_str(&revision.content).map_err(Error::broken)?;
        versions.push((revision, content));
    }
    Ok(versions)
}
