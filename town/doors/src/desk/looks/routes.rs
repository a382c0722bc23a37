//! Colours: chosen, checked for contrast, or given back to the program.

use axum::{Router, extract::State, routing::get};
use http::StatusCode;
use maud::Markup;
use people::{
    Caller, Permission, Town, Viewer,
    decisions::Entry,
    looks::{self, Colours},
};
use web::{Form, Problems, Result, html, html_with, see_other};

use super::pages;
use crate::desk::frame::{Place, draw_with};

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/admin/looks", get(edit).post(update))
}

/// The page with all forms of looks.
pub(super) fn page(town: &Town, viewer: &Viewer, caller: &Caller, form: Option<&Form>, problems: &Problems) -> Markup {
    let body = pages::looks(&town.looks(), &town.site().name, form, problems);
    draw_with(&town.frame(viewer, caller), viewer, Place::Looks, "Looks", &body, &["colours.js"])
}

async fn edit(State(town): State<Town>, caller: Caller) -> Result {
    let viewer = town.viewer(&caller).await?;
    viewer.must(Permission::ManageSite)?;
    Ok(html(page(&town, &viewer, &caller, None, &Problems::default())))
}

async fn update(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    let viewer = town.viewer(&caller).await?;
    viewer.must(Permission::ManageSite)?;
    let (mut problems, usual) = (Problems::default(), form.text("do") == "usual");
    let colours = if usual { Colours::default() } else { Colours::parse(&form, &mut problems) };
    if !problems.is_empty() {
        return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page(&town, &viewer, &caller, Some(&form), &problems)));
    }
    let now = town.now();
    town.write(&caller, move |tx, viewer| {
        viewer.must(Permission::ManageSite)?;
        looks::save_colours(tx, colours)?;
        let words = if usual { "Went back to the usual colours" } else { "Changed the colours" };
        Ok(Entry::new("looks.colours", words).by(tx, viewer, now)?)
    })
    .await?;
    town.reload().await?;
    Ok(see_other("/admin/looks?done=saved"))
}
