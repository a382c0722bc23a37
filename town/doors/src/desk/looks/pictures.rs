//! The logo and the icon: uploaded through the way that all pictures take, or taken away.

use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRequest as _, Path, Request, State},
    routing::post,
};
use http::StatusCode;
use people::{
    Caller, Permission, Town,
    decisions::Entry,
    looks::{self, Role},
    pictures,
};
use web::{Error, Form, Problems, Result, html_with, see_other};

use super::routes::page;

/// Pixels that an icon has at least: what home screens and those who show stories elsewhere ask for.
const SMALLEST_ICON: i64 = 180;
/// Pixels that a logo has at least, downwards.
const SMALLEST_LOGO: i64 = 40;
/// Longer than this for its height, a logo leaves no room for anything beside it on a phone.
const LONGEST_LOGO: i64 = 8;

pub(super) fn routes() -> Router<Town> {
    Router::new()
        .route("/admin/looks/{role}", post(upload))
        .layer(DefaultBodyLimit::max(web::form::MAX_FILE + 1024 * 1024))
        .route("/admin/looks/{role}/removal", post(remove))
}

/// Which picture, and the field that it is sent in.
fn role(name: &str) -> Result<(Role, &'static str)> {
    match name {
        "logo" => Ok((Role::Logo, "logo")),
        "icon" => Ok((Role::Icon, "icon")),
        _ => Err(Error::NotFound),
    }
}

async fn upload(State(town): State<Town>, caller: Caller, Path(name): Path<String>, request: Request) -> Result {
    let (role, field) = role(&name)?;
    let viewer = town.viewer(&caller).await?;
    let me = viewer.must(Permission::ManageSite)?.id;
    // Read only now: nobody else gets to send megabytes.
    let form = Form::from_request(request, &town).await?;
    let taken = match form.file(field) {
        Some(file) => pictures::accept(&town, me, file.bytes.clone())
            .await
            .and_then(|picture| fits(role, picture.width, picture.height).map(|()| picture.key)),
        None => Err("Choose a picture first.".into()),
    };
    let key = match taken {
        Ok(key) => key,
        Err(words) => {
            let mut problems = Problems::default();
            problems.add(field, words);
            return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page(&town, &viewer, &caller, None, &problems)));
        }
    };
    save(&town, &caller, role, Some(key)).await
}

async fn remove(State(town): State<Town>, caller: Caller, Path(name): Path<String>) -> Result {
    let (role, _) = role(&name)?;
    save(&town, &caller, role, None).await
}

async fn save(town: &Town, caller: &Caller, role: Role, key: Option<String>) -> Result {
    let (now, what) = (town.now(), if role == Role::Logo { "logo" } else { "icon" });
    town.write(caller, move |tx, viewer| {
        viewer.must(Permission::ManageSite)?;
        looks::save_picture(tx, role, key.as_deref())?;
        let done = if key.is_some() { "Changed" } else { "Took away" };
        Ok(Entry::new("looks.pictures", format!("{done} the {what}")).by(tx, viewer, now)?)
    })
    .await?;
    town.reload().await?;
    Ok(see_other("/admin/looks?done=saved"))
}

fn fits(role: Role, width: i64, height: i64) -> Result<(), String> {
    match role {
        Role::Icon if width != height || width < SMALLEST_ICON => {
            Err(format!("This picture is {width} by {height} pixels. An icon is a square of at least {SMALLEST_ICON}."))
        }
        Role::Logo if height < SMALLEST_LOGO || width > height * LONGEST_LOGO => Err(format!(
            "This picture is {width} by {height} pixels. A logo is at least {SMALLEST_LOGO} high, and at most {LONGEST_LOGO} times as long as high."
        )),
        _ => Ok(()),
    }
}
