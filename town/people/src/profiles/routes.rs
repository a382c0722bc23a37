//! The address by which members say more of themselves.

use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRequest as _, Request, State},
    routing::get,
};
use http::StatusCode;
use web::{Error, Form, Problems, Result, Tag, html, html_with, see_other};

use super::{pages, profile::Profile, proof, store};
use crate::{Caller, Town, pictures};

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new().route("/settings/profile", get(edit).post(update)).layer(DefaultBodyLimit::max(web::form::MAX_FILE + 1024 * 1024))
}

async fn page(town: &Town, caller: &Caller, problems: &Problems, form: Option<&Form>) -> Result<maud::Markup> {
    let (viewer, profile) = town
        .read(caller, |tx, viewer| {
            let me = viewer.must_be_member()?;
            Ok(store::own(tx, me.id)?)
        })
        .await?;
    let handle = &viewer.must_be_member()?.handle;
    Ok(pages::edit(&town.frame(&viewer, caller), handle, &profile, form, problems))
}

async fn edit(State(town): State<Town>, caller: Caller) -> Result {
    Ok(html(page(&town, &caller, &Problems::default(), None).await?))
}

async fn update(State(town): State<Town>, caller: Caller, request: Request) -> Result {
    let me = town.viewer(&caller).await?.must_be_member()?.id;
    town.limits.save.by(&me.get())?;
    // Read only now: nobody else gets to send megabytes.
    let form = Form::from_request(request, &town).await?;
    let mut problems = Problems::default();
    let profile = Profile::parse(&form, &mut problems);
    let mut cover = None;
    if let Some(file) = form.file("cover").filter(|_| problems.is_empty()) {
        match pictures::accept(&town, me, file.bytes.clone()).await {
            Ok(accepted) => cover = Some(accepted.key),
            Err(words) => problems.add("cover", words),
        }
    }
    if !problems.is_empty() {
        return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page(&town, &caller, &problems, Some(&form)).await?));
    }
    let (now, without) = (town.now(), form.ticked("without_cover"));
    town.write(&caller, move |tx, viewer| -> Result<(), Error> {
        let me = viewer.must_be_member()?.id;
        store::save(tx, me, &profile)?;
        if cover.is_some() || without {
            store::set_cover(tx, me, cover.as_deref())?;
        }
        if profile.links.is_empty() { Ok(()) } else { Ok(proof::want(tx, me, now)?) }
    })
    .await?;
    town.wake();
    town.pages.changed(&[Tag("account", me.get())]);
    Ok(see_other("/settings/profile?done=saved"))
}
