//! What each level may do: a grid of boxes.

use axum::{Router, extract::State, routing::get};
use db::Tx;
use http::StatusCode;
use maud::{Markup, html};
use people::{
    Caller, Permission, Town, Viewer,
    levels::{self, Level},
};
use web::{Error, Form, Problems, Result, html, html_with, kit, see_other};

use super::{
    frame::{Place, draw},
    people::rules::somebody_manages,
};

/// Guests have no account, and everything in the grid needs one.
const WITHOUT_ACCOUNT: &str = "guest";
/// The level that always keeps [`KEPT`], so that nobody can lock everybody out.
const TOP: &str = "administrator";
const KEPT: [Permission; 2] = [Permission::ManagePeople, Permission::ManageSite];

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/admin/levels", get(edit).post(update))
}

async fn edit(State(town): State<Town>, caller: Caller) -> Result {
    let (viewer, ()) = town.read(&caller, |_, viewer| viewer.must(Permission::ManagePeople).map(|_| ())).await?;
    Ok(html(page(&town, &viewer, &caller, &Problems::default())))
}

async fn update(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    let written = town
        .write(&caller, move |tx, viewer| {
            viewer.must(Permission::ManagePeople)?;
            save(tx, viewer, &form)
        })
        .await;
    match written {
        Ok(_) => {
            town.reload().await?;
            Ok(see_other("/admin/levels?done=saved"))
        }
        Err(Error::Invalid(problems)) => {
            let (viewer, ()) = town.read(&caller, |_, _| Ok(())).await?;
            Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page(&town, &viewer, &caller, &problems)))
        }
        Err(error) => Err(error),
    }
}

fn save(tx: &mut Tx, viewer: &Viewer, form: &Form) -> Result<(), Error> {
    for level in levels::all(tx)?.all().iter().filter(|level| level.name != WITHOUT_ACCOUNT) {
        let chosen: Vec<Permission> = Permission::ALL.into_iter().filter(|permission| granted(level, *permission, viewer, form)).collect();
        levels::grant(tx, &level.name, &chosen)?;
    }
    somebody_manages(tx, "levels")
}

/// A box counts when the viewer may change it; other boxes stay as they were.
fn granted(level: &Level, permission: Permission, viewer: &Viewer, form: &Form) -> bool {
    if is_kept(level, permission) {
        return true;
    }
    if may_change(viewer, permission) { form.ticked(&name(level, permission)) } else { level.permissions.has(permission) }
}

/// People give and take what they may do themselves. Whoever holds all that administrators keep may change every box:
/// one that was unticked for every level would otherwise be lost for good.
fn may_change(viewer: &Viewer, permission: Permission) -> bool {
    viewer.may(permission) || KEPT.into_iter().all(|kept| viewer.may(kept))
}

fn is_kept(level: &Level, permission: Permission) -> bool {
    level.name == TOP && KEPT.contains(&permission)
}

fn name(level: &Level, permission: Permission) -> String {
    format!("{}:{}", level.name, permission.name())
}

fn page(town: &Town, viewer: &Viewer, caller: &Caller, problems: &Problems) -> Markup {
    let levels = town.levels();
    let shown: Vec<&Level> = levels.all().iter().filter(|level| level.name != WITHOUT_ACCOUNT).collect();
    let body = html! {
        (kit::problems(problems))
        p { "What people at each level may do. It holds from their next click on." }
        form.form #levels method="post" action="/admin/levels" {
            div.table tabindex="0" role="region" aria-label="Levels and what they may do" { table {
                thead { tr { th scope="col" { "Permission" } @for level in &shown { th scope="col" { (level.title) } } } }
                tbody {
                    @for permission in Permission::ALL {
                        tr {
                            th scope="row" { (permission.words()) }
                            @for level in &shown { td { (tick(level, permission, viewer)) } }
                        }
                    }
                }
            } }
            p.hint { "Boxes that cannot be changed are either what administrators always may, or something that you may not do yourself." }
            p.actions { button.button.primary { "Save" } }
        }
    };
    draw(&town.frame(viewer, caller), viewer, Place::Levels, "Levels", &body)
}

fn tick(level: &Level, permission: Permission, viewer: &Viewer) -> Markup {
    let fixed = is_kept(level, permission) || !may_change(viewer, permission);
    let words = format!("{}: {}", level.title, permission.words());
    html! { input type="checkbox" name=(name(level, permission)) value="1" checked[level.permissions.has(permission)] disabled[fixed] aria-label=(words); }
}
