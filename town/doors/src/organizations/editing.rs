//! Where those who run an organization change its page.

use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRequest as _, Path, Request, State},
    routing::get,
};
use http::StatusCode;
use maud::Markup;
use people::{
    AccountId, Caller, Town,
    accounts::{self, names, parse_name},
    organizations::{self, Details, Role, must_run},
    pictures, profiles,
};
use web::{Form, Problems, Result, html, html_with, see_other};

use super::{as_typed, id_in, pages, tags};

pub(super) fn routes() -> Router<Town> {
    Router::new()
        .route("/organizations/{id}/edit", get(edit).post(update))
        .layer(DefaultBodyLimit::max(2 * web::form::MAX_FILE + 1024 * 1024))
}

async fn page(town: &Town, caller: &Caller, id: AccountId, form: Option<&Form>, problems: &Problems) -> Result<Markup> {
    let (viewer, (organization, cover)) = town
        .read(caller, move |tx, viewer| {
            let (organization, _) = must_run(tx, viewer, id, Role::Editor)?;
            Ok((organization, profiles::own(tx, id)?.cover.is_some()))
        })
        .await?;
    let typed = as_typed(&organization);
    Ok(pages::edit(&town.frame(&viewer, caller), &organization, form.unwrap_or(&typed), problems, cover))
}

async fn edit(State(town): State<Town>, caller: Caller, Path(id): Path<String>) -> Result {
    Ok(html(page(&town, &caller, id_in(&id)?, None, &Problems::default()).await?))
}

async fn update(State(town): State<Town>, caller: Caller, Path(id): Path<String>, request: Request) -> Result {
    let id = id_in(&id)?;
    let (viewer, before) = town.read(&caller, move |tx, viewer| Ok(must_run(tx, viewer, id, Role::Editor)?.0)).await?;
    let me = viewer.must_be_member()?.id;
    town.limits.save.by(&me.get())?;
    // Read only now: nobody else gets to send megabytes.
    let form = Form::from_request(request, &town).await?;
    let mut problems = Problems::default();
    let name = parse_name(form.text("display_name"), &mut problems);
    let details = Details::parse(&form, &mut problems);
    if name != before.account.name && problems.is_empty() {
        let (site, wanted) = (town.site().name.clone(), name.clone());
        problems = town
            .db
            .read(move |tx| -> Result<_> {
                let mut problems = Problems::default();
                names::check(tx, &wanted, &site, Some(id), &mut problems)?;
                Ok(problems)
            })
            .await?;
    }
    let mut pictures = [None, None];
    for (field, taken) in ["picture", "cover"].into_iter().zip(&mut pictures) {
        if let Some(file) = form.file(field).filter(|_| problems.is_empty()) {
            match pictures::accept(&town, me, file.bytes.clone()).await {
                Ok(accepted) => *taken = Some(accepted.key),
                Err(words) => problems.add(field, words),
            }
        }
    }
    if !problems.is_empty() {
        return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page(&town, &caller, id, Some(&form), &problems).await?));
    }
    let (now, [picture, cover]) = (town.now(), pictures);
    let (without_picture, without_cover, official) =
        (form.ticked("without_picture"), form.ticked("without_cover"), form.ticked("official"));
    let (_, account) = town
        .write(&caller, move |tx, viewer| {
            let (organization, _) = must_run(tx, viewer, id, Role::Editor)?;
            organizations::save(tx, id, &name, &details, now)?;
            if picture.is_some() || without_picture {
                accounts::set_picture(tx, id, picture.as_deref(), now)?;
            }
            if cover.is_some() || without_cover {
                profiles::set_cover(tx, id, cover.as_deref())?;
            }
            if official {
                organizations::ask_to_be_official(tx, id, now)?;
            }
            Ok(organization.account)
        })
        .await?;
    town.pages.changed(&tags(id));
    Ok(see_other(&format!("{}?done=saved", account.author().address())))
}
