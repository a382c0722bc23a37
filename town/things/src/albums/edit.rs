//! Where albums are made: the pages of their authors.

use axum::{
    Router,
    extract::{DefaultBodyLimit, Path, Query, Request, State},
    http::StatusCode,
    routing::{get, post},
};
use db::Tx;
use people::{
    Caller, Permission, Town, Viewer, Wanted,
    pictures::{self, Picture},
    uploads::{self, Several},
    uses,
};
use serde::Deserialize;
use talk::{PostId, moderation};
use web::{Error, Form, Problems, Result, Tag, html, html_with, see_other};

use super::{
    Access, access,
    album::{Album, Changes},
    changed,
    pages::{choose, make},
    store,
};

/// Files of one form.
const MAX_FILES: usize = 50;
/// Pictures to choose from on one page.
const PAGE: usize = 48;

pub(super) fn routes() -> Router<Town> {
    Router::new()
        .route("/albums/{id}/uploads", post(upload))
        // What it reads it counts for itself.
        .layer(DefaultBodyLimit::disable())
        .route("/albums/{id}/edit", get(edit).post(save))
        .route("/albums/{id}/pictures", get(choose_from).post(add))
        .route("/albums/{id}/publication", post(publish))
        .route("/albums/{id}/publication/remove", post(unpublish))
        .route("/albums/{id}/removal", post(remove))
        .route("/albums/{id}/removal/undo", post(restore))
}

pub(super) async fn create(State(town): State<Town>, caller: Caller) -> Result {
    let now = town.now();
    let (viewer, ()) = town.read(&caller, |_, viewer| viewer.must(Permission::WriteStories).map(|_| ())).await?;
    town.limits.save.by(&viewer.must_be_member()?.id.get())?;
    let (_, album) = town
        .write(&caller, move |tx, viewer| {
            let me = viewer.must(Permission::WriteStories)?.id;
            // Two presses of the button make one album.
            match store::untouched(tx, me, now)? {
                Some(begun) => Ok(begun),
                None => Ok(store::create(tx, me, "", now)?),
            }
        })
        .await?;
    Ok(see_other(&format!("/albums/{album}/edit")))
}

async fn edit(State(town): State<Town>, caller: Caller, Path(id): Path<PostId>) -> Result {
    Ok(html(page(&town, &caller, id, None, &Problems::default()).await?))
}

async fn page(town: &Town, caller: &Caller, id: PostId, form: Option<Form>, problems: &Problems) -> Result<maud::Markup> {
    let review = town.site().review_required;
    let (viewer, (album, access)) = town
        .read(caller, move |tx, viewer| {
            let access = access(tx, viewer, id, review)?;
            Ok((store::find(tx, id)?, access))
        })
        .await?;
    let desk = make::Desk { album: &album, access, form: form.as_ref(), now: town.now(), zone: &town.zone(), origin: town.origin() };
    Ok(make::page(&town.frame(&viewer, caller), &desk, problems))
}

/// Something done to an album by someone who may; what readers see of it is drawn anew.
async fn act<F>(town: &Town, caller: &Caller, id: PostId, mut act: F) -> Result<()>
where
    F: FnMut(&mut Tx, &Viewer, Access, Album) -> Result<()> + Send + 'static,
{
    let review = town.site().review_required;
    let (_, tags) = town
        .write(caller, move |tx, viewer| {
            let access = access(tx, viewer, id, review)?;
            let album = store::find(tx, id)?;
            if album.removed_at.is_some() {
                return Err(Error::Conflict("This album was deleted. Restore it first.".into()));
            }
            let before = album.authors.clone();
            act(tx, viewer, access, album)?;
            let mut tags = changed(tx, id)?;
            tags.extend(before.iter().map(|author| Tag("account", author.id.get())));
            Ok(tags)
        })
        .await?;
    town.pages.changed(&tags);
    Ok(())
}

async fn save(State(town): State<Town>, caller: Caller, Path(id): Path<PostId>, form: Form) -> Result {
    let (viewer, ()) = town.read(&caller, |_, viewer| viewer.must_be_member().map(|_| ())).await?;
    town.limits.save.by(&viewer.must_be_member()?.id.get())?;
    let (now, publishes) = (town.now(), form.text("do") == "publish");
    let mut problems = Problems::default();
    let changes = Changes::parse(&form, &mut problems);
    let saved = match problems.or(()) {
        Err(problems) => Err(Error::Invalid(problems)),
        Ok(()) => {
            act(&town, &caller, id, move |tx, _, access, album| {
                store::save(tx, id, &changes, now)?;
                let saved = store::find(tx, id)?;
                if publishes {
                    access.must_publish()?;
                    return store::set_public(tx, &saved, true, now);
                }
                // What readers see must stay whole.
                if album.is_public() {
                    let mut problems = Problems::default();
                    saved.check_publishable(&mut problems);
                    problems.or(())?;
                }
                Ok(())
            })
            .await
        }
    };
    match saved {
        Ok(()) if publishes => Ok(see_other(&format!("/albums/{id}?done=published"))),
        Ok(()) => Ok(see_other(&back_to(id, form.text("do")))),
        Err(Error::Invalid(problems)) => {
            Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page(&town, &caller, id, Some(form), &problems).await?))
        }
        Err(error) => Err(error),
    }
}

/// A picture that was moved stays in sight.
fn back_to(id: PostId, act: &str) -> String {
    match act.split_once(':') {
        Some(("up" | "down", key)) => format!("/albums/{id}/edit#picture-{key}"),
        Some(_) => format!("/albums/{id}/edit#pictures"),
        None => format!("/albums/{id}/edit?done=saved"),
    }
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
    before: Option<String>,
}

async fn choose_from(State(town): State<Town>, caller: Caller, Path(id): Path<PostId>, Query(asked): Query<Asked>) -> Result {
    let review = town.site().review_required;
    let sought: String = text::clean_line(&asked.q).chars().take(200).collect();
    let (wanted, before) = (Wanted::words(&sought), asked.before.as_deref().map(cursor).transpose()?);
    let (viewer, (album, mut found)) = town
        .read(&caller, move |tx, viewer| {
            access(tx, viewer, id, review)?;
            let of = viewer.must_be_member()?.id;
            let wanted = Wanted { of: Some(of), sought: wanted.clone(), ..Wanted::default() };
            let after = before.as_ref().map(|(at, key)| (*at, key.as_str()));
            Ok((store::find(tx, id)?, pictures::newest(tx, &wanted, after, PAGE as u32 + 1)?))
        })
        .await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let older = found.last().filter(|_| more).map(|last: &Picture| format!("{}_{}", last.created_at, last.key));
    let choice = choose::Choice { album: &album, found: &found, sought: &sought, first: asked.before.is_none(), older };
    Ok(html(choose::page(&town.frame(&viewer, &caller), &choice)))
}

fn cursor(typed: &str) -> Result<(i64, String)> {
    let (at, key) = typed.split_once('_').ok_or(Error::NotFound)?;
    Ok((at.parse().map_err(|_| Error::NotFound)?, key.to_owned()))
}

async fn add(State(town): State<Town>, caller: Caller, Path(id): Path<PostId>, form: Form) -> Result {
    let now = town.now();
    let keys: Vec<String> = form.all("picture").map(ToOwned::to_owned).collect();
    act(&town, &caller, id, move |tx, viewer, _, _| {
        let keys = may_use(tx, viewer, &keys)?;
        store::add(tx, id, &keys, now)
    })
    .await?;
    Ok(see_other(&format!("/albums/{id}/edit#pictures")))
}

/// Those of these pictures that stand in the viewer's library; all of them for those who edit everybody's stories.
fn may_use(tx: &mut Tx, viewer: &Viewer, keys: &[String]) -> Result<Vec<String>> {
    let me = viewer.must_be_member()?.id;
    let mut mine = Vec::new();
    for picture in pictures::find_all(tx, keys)? {
        if picture.editable_by(viewer) || uses::is_held(tx, me.get(), &picture.key)? {
            mine.push(picture.key);
        }
    }
    Ok(keys.iter().filter(|key| mine.contains(key)).cloned().collect())
}

async fn upload(State(town): State<Town>, caller: Caller, Path(id): Path<PostId>, request: Request) -> Result {
    let review = town.site().review_required;
    let (viewer, _) = town.read(&caller, move |tx, viewer| access(tx, viewer, id, review)).await?;
    let me = viewer.must(Permission::WriteStories)?.id;
    let Several { taken, mut refused, .. } = uploads::receive(&town, me, request, MAX_FILES).await?;
    let mut keys = Vec::new();
    for taken in taken {
        match taken {
            uploads::Taken::Picture(picture) => keys.push(picture.key),
            uploads::Taken::Recording(recording) => {
                refused.push((recording.words.name, "An album holds pictures only. This file is in your library now.".into()));
            }
        }
    }
    let now = town.now();
    act(&town, &caller, id, move |tx, _, _, _| {
        uses::add(tx, me.get(), &keys)?;
        store::add(tx, id, &keys, now)
    })
    .await?;
    let Some((name, words)) = refused.first() else { return Ok(see_other(&format!("/albums/{id}/edit#pictures"))) };
    let mut problems = Problems::default();
    problems.add("pictures", format!("{name}: {words}"));
    Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page(&town, &caller, id, None, &problems).await?))
}

async fn publish(State(town): State<Town>, caller: Caller, Path(id): Path<PostId>) -> Result {
    let now = town.now();
    act(&town, &caller, id, move |tx, _, access, album| {
        access.must_publish()?;
        store::set_public(tx, &album, true, now)
    })
    .await?;
    Ok(see_other(&format!("/albums/{id}?done=published")))
}

async fn unpublish(State(town): State<Town>, caller: Caller, Path(id): Path<PostId>) -> Result {
    let now = town.now();
    act(&town, &caller, id, move |tx, _, access, album| {
        access.must_publish()?;
        store::set_public(tx, &album, false, now)
    })
    .await?;
    Ok(see_other(&format!("/albums/{id}/edit?done=unpublished")))
}

async fn remove(State(town): State<Town>, caller: Caller, Path(id): Path<PostId>) -> Result {
    let now = town.now();
    act(&town, &caller, id, move |tx, _, access, album| {
        if album.is_public() {
            access.must_publish()?;
        }
        store::remove(tx, id, now)
    })
    .await?;
    Ok(see_other("/albums?done=removed"))
}

async fn restore(State(town): State<Town>, caller: Caller, Path(id): Path<PostId>) -> Result {
    let (now, review) = (town.now(), town.site().review_required);
    let (_, tags) = town
        .write(&caller, move |tx, viewer| {
            access(tx, viewer, id, review)?;
            moderation::must_bring_back(tx, viewer, id)?;
            store::restore(tx, id, now)?;
            changed(tx, id)
        })
        .await?;
    town.pages.changed(&tags);
    Ok(see_other(&format!("/albums/{id}/edit?done=restored")))
}
