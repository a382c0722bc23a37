//! Where somebody founds an organization.

use axum::{
    Router,
    extract::State,
    routing::{get, post},
};
use http::StatusCode;
use people::{
    Caller, Permission, Town,
    accounts::{by_id, names},
    organizations::{self, New},
};
use web::{Error, Form, Problems, Result, html, html_with, see_other};

use super::pages;

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/organizations/new", get(new)).route("/organizations", post(create))
}

async fn new(State(town): State<Town>, caller: Caller) -> Result {
    let viewer = town.viewer(&caller).await?;
    viewer.must(Permission::FoundOrganizations)?;
    Ok(html(pages::found(&town.frame(&viewer, &caller), &Form::default(), &Problems::default())))
}

async fn create(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    let viewer = town.viewer(&caller).await?;
    let me = viewer.must(Permission::FoundOrganizations)?.id;
    town.limits.save.by(&me.get())?;
    let mut problems = Problems::default();
    let parsed = New::parse(&form, &mut problems);
    let founded = match parsed.filter(|_| problems.is_empty()) {
        None => Err(Error::Invalid(problems)),
        Some(new) => {
            let (site, now) = (town.site().name.clone(), town.now());
            town.write(&caller, move |tx, viewer| {
                let me = viewer.must(Permission::FoundOrganizations)?.id;
                let mut problems = Problems::default();
                names::check(tx, &new.name, &site, None, &mut problems)?;
                names::check_handle(tx, &new.handle, None, now, &mut problems)?;
                problems.or(())?;
                organizations::must_have_room(tx, me, "display_name")?;
                let id = things::organizations::found(tx, &new, me, now)?;
                by_id(tx, id)?.ok_or(Error::NotFound)
            })
            .await
        }
    };
    match founded {
        Ok((_, account)) => {
            town.pages.changed(&super::tags(account.id));
            Ok(see_other(&format!("{}?done=founded", account.author().address())))
        }
        Err(Error::Invalid(problems)) => {
            let page = pages::found(&town.frame(&viewer, &caller), &form, &problems);
            Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page))
        }
        Err(error) => Err(error),
    }
}
