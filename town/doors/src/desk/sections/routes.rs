//! Addresses of the desk's sections.

use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::{get, post},
};
use db::Tx;
use http::StatusCode;
use people::{Caller, Permission, Town, Viewer, decisions::Entry};
use things::sections::{self, NewSection, Section, SectionId, Tree};
use web::{Error, Form, Problems, Result, Tag, html, html_with, see_other};

use super::pages;
use crate::desk::frame::{Place, draw};

pub(in crate::desk) fn routes() -> Router<Town> {
    Router::new()
        .route("/admin/sections", get(list).post(create))
        .route("/admin/sections/new", get(new))
        .route("/admin/sections/{id}", get(edit).post(update))
        .route("/admin/sections/{id}/position", post(reorder))
        .route("/admin/sections/{id}/removal", get(edit_removal).post(remove))
}

async fn tree(town: &Town, caller: &Caller) -> Result<(Viewer, Tree)> {
    town.read(caller, |tx, viewer| {
        viewer.must(Permission::EditSections)?;
        Ok(sections::all(tx)?)
    })
    .await
}

fn page(town: &Town, viewer: &Viewer, caller: &Caller, title: &str, body: &maud::Markup) -> maud::Markup {
    draw(&town.frame(viewer, caller), viewer, Place::Sections, title, body)
}

async fn list(State(town): State<Town>, caller: Caller) -> Result {
    let (viewer, tree) = tree(&town, &caller).await?;
    Ok(html(page(&town, &viewer, &caller, "Sections", &pages::list(&tree))))
}

async fn new(State(town): State<Town>, caller: Caller) -> Result {
    let (viewer, tree) = tree(&town, &caller).await?;
    let body = pages::form(&tree, None, &Form::default(), &Problems::default());
    Ok(html(page(&town, &viewer, &caller, "Add a section", &body)))
}

async fn edit(State(town): State<Town>, caller: Caller, Path(id): Path<SectionId>) -> Result {
    let (viewer, tree) = tree(&town, &caller).await?;
    let section = tree.get(id).ok_or(Error::NotFound)?;
    let body = pages::form(&tree, Some(section), &pages::as_typed(section), &Problems::default());
    Ok(html(page(&town, &viewer, &caller, &section.name, &body)))
}

async fn create(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    save(&town, &caller, None, form).await
}

async fn update(State(town): State<Town>, caller: Caller, Path(id): Path<SectionId>, form: Form) -> Result {
    save(&town, &caller, Some(id), form).await
}

/// Adds or changes a section, or gives the form back.
async fn save(town: &Town, caller: &Caller, changed: Option<SectionId>, form: Form) -> Result {
    let (viewer, tree) = tree(town, caller).await?;
    let section = changed.map(|id| tree.get(id).ok_or(Error::NotFound)).transpose()?;
    let mut problems = Problems::default();
    let mut new = NewSection::parse(&form, &tree, changed, &mut problems);
    new.position = place_of(&tree, section, &new);
    let again = |problems: &Problems| -> Response {
        let title = section.map_or("Add a section", |section| section.name.as_str());
        let body = pages::form(&tree, section, &form, problems);
        html_with(StatusCode::UNPROCESSABLE_ENTITY, page(town, &viewer, caller, title, &body))
    };
    if !problems.is_empty() {
        return Ok(again(&problems));
    }
    let now = town.now();
    let written = town.write(caller, move |tx, viewer| {
        viewer.must(Permission::EditSections)?;
        match changed {
            Some(id) => sections::save(tx, id, &new)?,
            None => drop(sections::insert(tx, &new, now)?),
        }
        let what = if changed.is_some() { "Changed" } else { "Added" };
        Ok(Entry::new("sections.changed", format!("{what} the section “{}”", new.name)).by(tx, viewer, now)?)
    });
    match written.await {
        Ok(_) => done(town, changed).await,
        Err(Error::Invalid(problems)) => Ok(again(&problems)),
        Err(error) => Err(error),
    }
}

/// A section keeps its place; a new one, or one that moved to another parent, comes last.
fn place_of(tree: &Tree, section: Option<&Section>, new: &NewSection) -> i64 {
    match section {
        Some(section) if section.parent == new.parent => section.position,
        _ => tree.under(new.parent).map(|sibling| sibling.position).max().unwrap_or(0) + 1,
    }
}

async fn reorder(State(town): State<Town>, caller: Caller, Path(id): Path<SectionId>, form: Form) -> Result {
    let (up, now) = (form.text("do") == "up", town.now());
    town.write(&caller, move |tx, viewer| {
        viewer.must(Permission::EditSections)?;
        move_by_one(tx, id, up)?;
        Ok(Entry::new("sections.changed", "Changed the order of sections").by(tx, viewer, now)?)
    })
    .await?;
    done(&town, Some(id)).await
}

fn move_by_one(tx: &mut Tx, id: SectionId, up: bool) -> Result<(), Error> {
    let tree = sections::all(tx)?;
    let parent = tree.get(id).ok_or(Error::NotFound)?.parent;
    let mut siblings: Vec<&Section> = tree.under(parent).collect();
    let at = siblings.iter().position(|sibling| sibling.id == id).ok_or(Error::NotFound)?;
    let to = if up { at.saturating_sub(1) } else { (at + 1).min(siblings.len() - 1) };
    siblings.swap(at, to);
    // Numbered anew, so that two with the same number come apart.
    for (sibling, position) in siblings.into_iter().zip(1..) {
        if sibling.position != position {
            sections::save(tx, sibling.id, &pages::unchanged(sibling, position))?;
        }
    }
    Ok(())
}

async fn edit_removal(State(town): State<Town>, caller: Caller, Path(id): Path<SectionId>) -> Result {
    let (viewer, tree) = tree(&town, &caller).await?;
    let section = tree.get(id).ok_or(Error::NotFound)?;
    let body = pages::removal(&tree, section, &Problems::default());
    Ok(html(page(&town, &viewer, &caller, &format!("Remove “{}”?", section.name), &body)))
}

async fn remove(State(town): State<Town>, caller: Caller, Path(id): Path<SectionId>, form: Form) -> Result {
    let (viewer, tree) = tree(&town, &caller).await?;
    let section = tree.get(id).ok_or(Error::NotFound)?;
    let Ok(successor) = form.text("successor").parse::<SectionId>() else {
        return Ok(removal_again(&town, &viewer, &caller, &tree, section, &no_successor()));
    };
    let (now, words) = (town.now(), format!("Removed the section “{}”", section.name));
    let written = town.write(&caller, move |tx, viewer| {
        viewer.must(Permission::EditSections)?;
        sections::remove(tx, id, successor)?;
        Ok(Entry::new("sections.changed", words.clone()).by(tx, viewer, now)?)
    });
    match written.await {
        Ok(_) => done(&town, Some(id)).await,
        Err(Error::Invalid(problems)) => Ok(removal_again(&town, &viewer, &caller, &tree, section, &problems)),
        Err(error) => Err(error),
    }
}

fn no_successor() -> Problems {
    let mut problems = Problems::default();
    problems.add("successor", "Choose the section that takes over the stories.");
    problems
}

fn removal_again(town: &Town, viewer: &Viewer, caller: &Caller, tree: &Tree, section: &Section, problems: &Problems) -> Response {
    let body = pages::removal(tree, section, problems);
    html_with(StatusCode::UNPROCESSABLE_ENTITY, page(town, viewer, caller, &format!("Remove “{}”?", section.name), &body))
}

/// Every page shows the section bar, so every kept page is drawn anew.
async fn done(town: &Town, changed: Option<SectionId>) -> Result {
    town.reload().await?;
    let section = changed.map(sections::tag);
    town.pages.changed(&section.into_iter().chain([Tag("listing", 0), Tag("front", 0)]).collect::<Vec<_>>());
    Ok(see_other("/admin/sections?done=saved"))
}
