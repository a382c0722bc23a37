//! Addresses of the library.

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, Path, Query as Asking, Request, State},
    response::IntoResponse as _,
    routing::{get, post},
};
use db::Tx;
use http::StatusCode;
use people::{
    Caller, Permission, Town, Viewer, accounts,
    pictures::{self, Focus},
    recordings,
    uploads::{self, Several},
    uses,
};
use serde_json::json;
use talk::{PostId, comments};
use things::albums;
use web::{Error, Form, Problems, Result, Tag, html, html_with, see_other};

use super::{
    asked::{Asked, EVERYBODY, Query, may_look},
    item::Item,
    page_of_one, pages, store,
};

/// Files of one form: a day's pictures.
const MAX_FILES: usize = 50;

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new()
        .route("/library", get(index).post(upload))
        // What it reads it counts for itself.
        .layer(DefaultBodyLimit::disable())
        .route("/library.json", get(list))
        .route("/library/{key}", get(show).post(describe))
        .route("/library/{key}/removal", post(take_out))
        .route("/library/{key}/removal/undo", post(put_back))
}

async fn index(State(town): State<Town>, caller: Caller, Asking(query): Asking<Query>) -> Result {
    Ok(html(page(&town, &caller, Asked::parse(query)?, &[]).await?))
}

async fn page(town: &Town, caller: &Caller, asked: Asked, refused: &[(String, String)]) -> Result<maud::Markup> {
    let asking = asked.clone();
    let (viewer, (shelf, of, people)) = town
        .read(caller, move |tx, viewer| {
            let of = whose(tx, viewer, &asking.of)?;
            may_look(viewer, of.as_ref().map(|of| of.id))?;
            let shelf = store::shelf(tx, &asking, &asking.wanted(of.as_ref().map(|of| of.id)))?;
            let people = if viewer.may(Permission::EditStories) { store::people(tx)? } else { Vec::new() };
            Ok((shelf, of, people))
        })
        .await?;
    let me = viewer.must_be_member()?.id;
    let own = of.as_ref().is_some_and(|of| of.id == me);
    let index = pages::Index { shelf: &shelf, asked: &asked, of: of.as_ref(), own, people: &people, refused };
    Ok(pages::index(&town.frame(&viewer, caller), &index))
}

/// The same list for scripts: `items`, each with `key`, `kind`, `url`, `small`, `name`, `alt`, `caption`, `credit`, a picture
/// also with `width`, `height` and `focus`, and `older`, the
/// address of the next page or null.
async fn list(State(town): State<Town>, caller: Caller, Asking(query): Asking<Query>) -> Result {
    let asked = Asked::parse(query)?;
    let asking = asked.clone();
    let (_, shelf) = town
        .read(&caller, move |tx, viewer| {
            let of = whose(tx, viewer, &asking.of)?.map(|of| of.id);
            may_look(viewer, of)?;
            Ok(store::shelf(tx, &asking, &asking.wanted(of))?)
        })
        .await?;
    let older = shelf.older.as_deref().map(|cursor| asked.address(asked.show, Some(cursor)).replacen("/library", "/library.json", 1));
    let items: Vec<_> = shelf.items.iter().map(Item::told).collect();
    Ok(Json(json!({ "items": items, "older": older })).into_response())
}

/// Whose library an address means; `None` is everybody's.
fn whose(tx: &mut Tx, viewer: &Viewer, of: &str) -> Result<Option<accounts::Account>> {
    match of {
        "" => {
            let me = viewer.must(Permission::WriteStories)?.id;
            Ok(Some(accounts::by_id(tx, me)?.ok_or(Error::NotFound)?))
        }
        EVERYBODY => Ok(None),
        handle => Ok(Some(accounts::by_handle(tx, handle)?.ok_or(Error::NotFound)?)),
    }
}

async fn upload(State(town): State<Town>, caller: Caller, request: Request) -> Result {
    let (viewer, ()) = town.read(&caller, |_, viewer| viewer.must(Permission::WriteStories).map(|_| ())).await?;
    let me = viewer.must_be_member()?.id;
    let Several { taken, refused, .. } = uploads::receive(&town, me, request, MAX_FILES).await?;
    let keys: Vec<String> = taken.iter().map(|taken| taken.key().to_owned()).collect();
    let held = keys.clone();
    town.db.write(move |tx| uses::add(tx, me.get(), &held)).await?;
    match (keys.as_slice(), refused.as_slice()) {
        ([one], []) => Ok(see_other(&format!("/library/{one}?done=uploaded"))),
        (_, []) => Ok(see_other("/library?done=uploaded")),
        _ => Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page(&town, &caller, Asked::default(), &refused).await?)),
    }
}

async fn show(State(town): State<Town>, caller: Caller, Path(key): Path<String>) -> Result {
    Ok(html(one(&town, &caller, key, None, &Problems::default()).await?))
}

async fn one(town: &Town, caller: &Caller, key: String, form: Option<&Form>, problems: &Problems) -> Result<maud::Markup> {
    let (viewer, (item, uses, owner)) = town
        .read(caller, move |tx, viewer| {
            let item = Item::open(tx, viewer, &key)?;
            let uses = store::uses_of(tx, viewer, &item)?;
            let owner = item.owner().map(|owner| accounts::by_id(tx, owner)).transpose()?.flatten();
            Ok((item, uses, owner))
        })
        .await?;
    let one = page_of_one::One {
        item: &item,
        uses: &uses,
        owner: owner.as_ref(),
        editable: item.editable_by(&viewer),
        form,
        now: town.now(),
        zone: &town.zone(),
    };
    Ok(page_of_one::page(&town.frame(&viewer, caller), &one, problems))
}

async fn describe(State(town): State<Town>, caller: Caller, Path(key): Path<String>, form: Form) -> Result {
    let mut problems = Problems::default();
    let picture = pictures::Words::parse(&form, &mut problems);
    let recording = recordings::Words::parse(&form, &mut problems);
    if !problems.is_empty() {
        return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, one(&town, &caller, key, Some(&form), &problems).await?));
    }
    let (focus, address) = (Focus::parse(&form), format!("/library/{key}?done=saved"));
    let (_, tags) = town
        .write(&caller, move |tx, viewer| {
            let item = Item::open(tx, viewer, &key)?;
            item.must_be_editable_by(viewer)?;
            match &item {
                Item::Picture(_) => pictures::describe(tx, &key, &picture, focus)?,
                Item::Recording(old) => recordings::describe(tx, &key, &recording, old.poster.as_deref())?,
            }
            // Who says what a file shows wants to have it.
            if item.removed_at().is_none() {
                item.hold(tx)?;
            }
            shown_by(tx, &key)
        })
        .await?;
    town.pages.changed(&tags);
    Ok(see_other(&address))
}

/// The tags of everything that shows a file.
fn shown_by(tx: &mut Tx, key: &str) -> Result<Vec<Tag>> {
    let mut tags = Vec::new();
    for holder in uses::holders(tx, key)? {
        tags.extend(comments::shown_on(tx, PostId::new(holder))?);
        tags.push(Tag("account", holder));
        if albums::named(tx, PostId::new(holder))?.is_some() {
            tags.extend(albums::changed(tx, PostId::new(holder))?);
        }
    }
    Ok(tags)
}

async fn take_out(State(town): State<Town>, caller: Caller, Path(key): Path<String>) -> Result {
    let now = town.now();
    town.write(&caller, move |tx, viewer| {
        let item = Item::open(tx, viewer, &key)?;
        let me = viewer.must_be_member()?.id;
        if item.owner() != Some(me) && uses::is_held(tx, me.get(), &key)? {
            return Ok(item.take_out(tx, me, now)?);
        }
        item.must_be_editable_by(viewer)?;
        store::must_be_free(&store::uses_of(tx, viewer, &item)?)?;
        Ok(item.take_out(tx, item.owner().unwrap_or(me), now)?)
    })
    .await?;
    Ok(see_other("/library?done=taken-out"))
}

async fn put_back(State(town): State<Town>, caller: Caller, Path(key): Path<String>) -> Result {
    let address = format!("/library/{key}?done=restored");
    town.write(&caller, move |tx, viewer| {
        let item = Item::open(tx, viewer, &key)?;
        item.must_be_editable_by(viewer)?;
        Ok(item.put_back(tx)?)
    })
    .await?;
    Ok(see_other(&address))
}
