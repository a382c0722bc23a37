//! The site's own links: one form for the bar, one for the footer.

use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use http::StatusCode;
use maud::Markup;
use people::{
    Caller, Permission, Town, Viewer,
    decisions::Entry,
    looks::{self, Menu, Menus, Own},
};
use web::{Error, Form, Problems, Result, html, html_with, see_other};

use super::pages;
use crate::desk::frame::{Place, draw};

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/admin/menus", get(edit)).route("/admin/menus/{menu}", post(update))
}

/// The page with both forms; one of them as it was sent, if it could not be taken.
fn page(town: &Town, viewer: &Viewer, caller: &Caller, sent: Option<(Menu, &Form)>, problems: &Problems) -> Markup {
    let (looks, usual) = (town.looks(), usual_footer(town));
    let footer = if looks.menus.footer.is_empty() { usual.as_slice() } else { &looks.menus.footer };
    let body = pages::menus(&[(Menu::Bar, &looks.menus.bar), (Menu::Footer, footer)], sent, problems);
    draw(&town.frame(viewer, caller), viewer, Place::Menus, "Menus", &body)
}

/// The footer that the program brings along, to begin with.
fn usual_footer(town: &Town) -> Vec<Own> {
    let columns = town.usual_footer();
    let own = |(heading, links): (String, Vec<web::layout::Link>)| {
        links.into_iter().map(move |link| Own { heading: heading.clone(), label: link.words, address: link.address, who: link.who })
    };
    columns.into_iter().flat_map(own).collect()
}

async fn edit(State(town): State<Town>, caller: Caller) -> Result {
    let viewer = town.viewer(&caller).await?;
    viewer.must(Permission::ManageSite)?;
    Ok(html(page(&town, &viewer, &caller, None, &Problems::default())))
}

async fn update(State(town): State<Town>, caller: Caller, Path(menu): Path<String>, form: Form) -> Result {
    let viewer = town.viewer(&caller).await?;
    viewer.must(Permission::ManageSite)?;
    let menu = Menu::ALL.into_iter().find(|known| known.name() == menu).ok_or(Error::NotFound)?;
    let mut problems = Problems::default();
    let links = if form.text("do") == "usual" { Vec::new() } else { Menus::parse(menu, &form, &mut problems) };
    if !problems.is_empty() {
        return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page(&town, &viewer, &caller, Some((menu, &form)), &problems)));
    }
    let links = if menu == Menu::Footer && links == usual_footer(&town) { Vec::new() } else { links };
    let now = town.now();
    town.write(&caller, move |tx, viewer| {
        viewer.must(Permission::ManageSite)?;
        looks::save_menus(tx, menu, &links)?;
        Ok(Entry::new("looks.menus", format!("Changed the links in the {}", menu.name())).by(tx, viewer, now)?)
    })
    .await?;
    town.reload().await?;
    Ok(see_other(&format!("/admin/menus?done=saved#{}", menu.name())))
}
