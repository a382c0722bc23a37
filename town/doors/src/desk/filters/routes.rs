//! Addresses of filters and the front porch.

use axum::{
    Router,
    extract::{Path, Query, State},
    routing::{get, post},
};
use http::StatusCode;
use maud::Markup;
use people::{
    Caller, Permission, Town, Viewer,
    decisions::Entry,
    prevention::{Changes, FilterId, Porch, store},
};
use serde::Deserialize;
use web::{Error, Form, Problems, Result, html, html_with, see_other};

use super::pages::{self, Typed};
use crate::desk::frame::{Place, draw};

pub(super) const PATH: &str = "/admin/filters";
/// Characters of a text that is tried: an address bears no more.
pub(super) const MAX_TRIED: usize = 1_500;
/// What the log calls these decisions.
const CHANGED: &str = "filters.changed";

pub(in crate::desk) fn routes() -> Router<Town> {
    Router::new()
        .route("/admin/filters", get(list))
        .route("/admin/filters/porch", post(update_porch))
        .route("/admin/filters/new", get(new).post(create))
        .route("/admin/filters/{id}", get(show).post(update))
        .route("/admin/filters/{id}/removal", post(remove))
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    text: String,
}

fn page(town: &Town, viewer: &Viewer, caller: &Caller, title: &str, body: &Markup) -> Markup {
    draw(&town.frame(viewer, caller), viewer, Place::Filters, title, body)
}

fn listed(town: &Town, viewer: &Viewer, caller: &Caller, typed: &Typed) -> Markup {
    let body = pages::list(&town.prevention(), typed, viewer.may(Permission::ManageSite));
    page(town, viewer, caller, "Filters", &body)
}

async fn list(State(town): State<Town>, caller: Caller, Query(Asked { text }): Query<Asked>) -> Result {
    let viewer = town.viewer(&caller).await?;
    viewer.must(Permission::Moderate)?;
    let tried: String = text.chars().take(MAX_TRIED).collect();
    let typed = Typed { tried: &tried, porch: &Form::default(), problems: &Problems::default() };
    Ok(html(listed(&town, &viewer, &caller, &typed)))
}

async fn update_porch(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    let viewer = town.viewer(&caller).await?;
    viewer.must(Permission::ManageSite)?;
    let mut problems = Problems::default();
    let porch = Porch::parse(&form, &mut problems);
    if !problems.is_empty() {
        let typed = Typed { tried: "", porch: &form, problems: &problems };
        return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, listed(&town, &viewer, &caller, &typed)));
    }
    let now = town.now();
    town.write(&caller, move |tx, viewer| {
        viewer.must(Permission::ManageSite)?;
        store::set_porch(tx, porch, now)?;
        Ok(Entry::new(CHANGED, porch.state.words()).by(tx, viewer, now)?)
    })
    .await?;
    town.reload().await?;
    Ok(see_other("/admin/filters?done=saved"))
}

async fn new(State(town): State<Town>, caller: Caller) -> Result {
    let viewer = town.viewer(&caller).await?;
    viewer.must(Permission::ManageSite)?;
    let form = Form::from_pairs([("kind", "words"), ("act", "hold")]);
    let body = pages::form("/admin/filters/new", &form, false, &Problems::default());
    Ok(html(page(&town, &viewer, &caller, "Add a filter", &body)))
}

async fn show(State(town): State<Town>, caller: Caller, Path(id): Path<FilterId>) -> Result {
    let (viewer, filter) = town
        .read(&caller, move |tx, viewer| {
            viewer.must(Permission::ManageSite)?;
            store::find(tx, id)
        })
        .await?;
    let fields = [("kind", filter.kind.name()), ("pattern", &filter.pattern), ("act", filter.act.name()), ("sentence", &filter.sentence)];
    let body = pages::form(&format!("{PATH}/{id}"), &Form::from_pairs(fields), true, &Problems::default());
    Ok(html(page(&town, &viewer, &caller, "A filter", &body)))
}

async fn create(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    save(&town, &caller, None, &form).await
}

async fn update(State(town): State<Town>, caller: Caller, Path(id): Path<FilterId>, form: Form) -> Result {
    save(&town, &caller, Some(id), &form).await
}

async fn save(town: &Town, caller: &Caller, id: Option<FilterId>, form: &Form) -> Result {
    let viewer = town.viewer(caller).await?;
    viewer.must(Permission::ManageSite)?;
    let mut problems = Problems::default();
    let changes = Changes::parse(form, &mut problems);
    let now = town.now();
    let saved = match changes.filter(|_| problems.is_empty()) {
        None => Err(Error::Invalid(problems)),
        Some(changes) => {
            let unit = move |tx: &mut db::Tx, viewer: &Viewer| {
                viewer.must(Permission::ManageSite)?;
                let did = match id {
                    Some(id) => {
                        store::find(tx, id)?;
                        store::change(tx, id, &changes)?;
                        "Changed"
                    }
                    None => store::add(tx, &changes, now).map(|_| "Added")?,
                };
                Ok(Entry::new(CHANGED, format!("{did} the filter “{}”", changes.pattern)).by(tx, viewer, now)?)
            };
            town.write(caller, unit).await.map(drop)
        }
    };
    match saved {
        Ok(()) => {
            town.reload().await?;
            Ok(see_other("/admin/filters?done=saved"))
        }
        Err(Error::Invalid(problems)) => {
            let action = id.map_or_else(|| format!("{PATH}/new"), |id| format!("{PATH}/{id}"));
            let body = pages::form(&action, form, id.is_some(), &problems);
            let title = if id.is_some() { "A filter" } else { "Add a filter" };
            Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page(town, &viewer, caller, title, &body)))
        }
        Err(error) => Err(error),
    }
}

async fn remove(State(town): State<Town>, caller: Caller, Path(id): Path<String>) -> Result {
    town.viewer(&caller).await?.must(Permission::ManageSite)?;
    let (id, now): (FilterId, i64) = (id.parse().map_err(|_| Error::NotFound)?, town.now());
    town.write(&caller, move |tx, viewer| {
        viewer.must(Permission::ManageSite)?;
        let filter = store::find(tx, id)?;
        store::remove(tx, id)?;
        Ok(Entry::new(CHANGED, format!("Removed the filter “{}”", filter.pattern)).by(tx, viewer, now)?)
    })
    .await?;
    town.reload().await?;
    Ok(see_other("/admin/filters?done=saved"))
}
