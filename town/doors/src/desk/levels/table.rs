//! The table: rows are permissions and limits, columns are levels.

use axum::{Router, extract::State, routing::get};
use db::Tx;
use http::StatusCode;
use people::{
    Caller, Permission, Town, Viewer,
    decisions::Entry,
    levels::{self, GUEST, KEPT, Level, Limit, Limits, TOP},
};
use web::{Error, Form, Problems, Result, html, html_with, see_other};

use super::pages;
use crate::desk::{
    frame::{Place, draw},
    people::rules::somebody_manages,
};

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/admin/levels", get(edit).post(update))
}

async fn edit(State(town): State<Town>, caller: Caller) -> Result {
    let (viewer, ()) = town.read(&caller, |_, viewer| viewer.must(Permission::ManagePeople).map(|_| ())).await?;
    let body = pages::table(&town.levels(), &viewer, None, &Problems::default());
    Ok(html(draw(&town.frame(&viewer, &caller), &viewer, Place::Levels, "Levels", &body)))
}

async fn update(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    let (form, now) = (std::sync::Arc::new(form), town.now());
    let sent = std::sync::Arc::clone(&form);
    let written = town
        .write(&caller, move |tx, viewer| {
            viewer.must(Permission::ManagePeople)?;
            save(tx, viewer, &sent, now)
        })
        .await;
    match written {
        Ok(_) => {
            town.reload().await?;
            Ok(see_other("/admin/levels?done=saved"))
        }
        Err(Error::Invalid(problems)) => {
            let (viewer, ()) = town.read(&caller, |_, _| Ok(())).await?;
            let body = pages::table(&town.levels(), &viewer, Some(&form), &problems);
            let page = draw(&town.frame(&viewer, &caller), &viewer, Place::Levels, "Levels", &body);
            Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page))
        }
        Err(error) => Err(error),
    }
}

fn save(tx: &mut Tx, viewer: &Viewer, form: &Form, now: i64) -> Result<(), Error> {
    let mut changes = Vec::new();
    for level in levels::all(tx)?.all().iter().filter(|level| level.name != GUEST) {
        let chosen: Vec<Permission> = Permission::ALL.into_iter().filter(|permission| granted(level, *permission, viewer, form)).collect();
        let limits = limits_of(level, viewer, form)?;
        for permission in Permission::ALL {
            match (level.permissions.has(permission), chosen.contains(&permission)) {
                (false, true) => changes.push(format!("{} may now: {}", level.title, permission.words().to_lowercase())),
                (true, false) => changes.push(format!("{} may no longer: {}", level.title, permission.words().to_lowercase())),
                _ => {}
            }
        }
        for limit in Limit::ALL.into_iter().filter(|limit| level.limits.of(*limit) != limits.of(*limit)) {
            let most = limits.of(limit).map_or_else(|| "no limit".to_owned(), text::grouped);
            changes.push(format!("{}, {}: {most}", level.title, limit.words().to_lowercase()));
        }
        levels::grant(tx, &level.name, &chosen)?;
        levels::limit(tx, &level.name, limits)?;
    }
    if !changes.is_empty() {
        Entry::new("levels.changed", changes.join("; ")).by(tx, viewer, now)?;
    }
    somebody_manages(tx, "levels")
}

/// A box counts when the viewer may change it; other boxes stay as they were.
fn granted(level: &Level, permission: Permission, viewer: &Viewer, form: &Form) -> bool {
    if is_kept(level, permission) {
        return true;
    }
    if may_change(viewer, permission) { form.ticked(&box_name(level, permission)) } else { level.permissions.has(permission) }
}

/// What was typed for a level's limits. Whoever may not change what a level may do does not change how much of it, either.
fn limits_of(level: &Level, viewer: &Viewer, form: &Form) -> Result<Limits, Error> {
    let mut limits = level.limits;
    if !may_limit(viewer, level) {
        return Ok(limits);
    }
    for limit in Limit::ALL {
        if let Some(typed) = form.get(&field_name(level, limit)) {
            let most = Limit::parse(typed)
                .map_err(|words| Error::invalid("levels", format!("{}, {}: {words}", level.title, limit.words().to_lowercase())))?;
            limits.set(limit, most);
        }
    }
    Ok(limits)
}

/// People give and take what they may do themselves. Whoever holds all that administrators keep may change every box:
/// one that was unticked for every level would otherwise be lost for good.
pub(super) fn may_change(viewer: &Viewer, permission: Permission) -> bool {
    viewer.may(permission) || KEPT.into_iter().all(|kept| viewer.may(kept))
}

/// Whether a viewer may say how much a level allows: not of one that may more than they.
pub(super) fn may_limit(viewer: &Viewer, level: &Level) -> bool {
    Permission::ALL.into_iter().all(|permission| may_change(viewer, permission) || !level.permissions.has(permission))
}

pub(super) fn is_kept(level: &Level, permission: Permission) -> bool {
    level.name == TOP && KEPT.contains(&permission)
}

pub(super) fn box_name(level: &Level, permission: Permission) -> String {
    format!("{}:{}", level.name, permission.name())
}

pub(super) fn field_name(level: &Level, limit: Limit) -> String {
    format!("{}:{}", level.name, limit.name())
}
