//! Who runs an organization: inviting, accepting, roles, going.

use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use http::StatusCode;
use maud::Markup;
use people::{
    AccountId, Caller, Town,
    accounts::{self, Standing},
    departures,
    organizations::{self, Role, must_run},
};
use web::{Error, Form, Problems, Result, html, html_with, see_other};

use super::{PATH, id_in, people_page as pages, tags};

pub(super) fn routes() -> Router<Town> {
    Router::new()
        .route("/organizations/{id}/people", get(show).post(invite))
        .route("/organizations/{id}/people/{account}/role", post(set_role))
        .route("/organizations/{id}/people/{account}/removal", post(remove))
        .route("/organizations/{id}/membership", post(accept))
        .route("/organizations/{id}/membership/removal", post(leave))
        .route("/organizations/{id}/membership/name", post(set_named))
}

async fn page(town: &Town, caller: &Caller, id: AccountId, form: &Form, problems: &Problems) -> Result<Markup> {
    let (viewer, (organization, role, people, closes_at)) = town
        .read(caller, move |tx, viewer| {
            let (organization, role) = must_run(tx, viewer, id, Role::Contributor)?;
            Ok((organization, role, organizations::people(tx, id)?, departures::leaves_at(tx, id)?))
        })
        .await?;
    let closes = closes_at.map(|at| text::times::dateline(at, &town.zone()));
    let of = pages::Shows {
        organization: &organization,
        me: viewer.must_be_member()?.id,
        role,
        people: &people,
        closes: closes.as_deref(),
        form,
        problems,
    };
    Ok(pages::page(&town.frame(&viewer, caller), &of))
}

async fn show(State(town): State<Town>, caller: Caller, Path(id): Path<String>) -> Result {
    Ok(html(page(&town, &caller, id_in(&id)?, &Form::default(), &Problems::default()).await?))
}

/// Hands out the page again for what could not be taken.
async fn answer(town: &Town, caller: &Caller, id: AccountId, done: Result<&'static str>, form: &Form) -> Result {
    match done {
        Ok(done) => {
            town.pages.changed(&tags(id));
            town.wake();
            Ok(see_other(&format!("{PATH}/{id}/people?done={done}")))
        }
        Err(Error::Invalid(problems)) => Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page(town, caller, id, form, &problems).await?)),
        Err(error) => Err(error),
    }
}

async fn invite(State(town): State<Town>, caller: Caller, Path(id): Path<String>, form: Form) -> Result {
    let (id, now) = (id_in(&id)?, town.now());
    let me = town.viewer(&caller).await?.must_be_member()?.id;
    town.limits.friend_request.by(&me)?;
    let handle = form.text("handle").trim().trim_start_matches('@').to_owned();
    let role = Role::named(form.text("role"));
    let done = town
        .write(&caller, move |tx, viewer| {
            must_run(tx, viewer, id, Role::Owner)?;
            let role = role.ok_or_else(|| Error::invalid("role", "Choose a role."))?;
            let account = accounts::by_handle(tx, &handle)?
                .filter(|account| account.standing == Standing::Member && account.suspended_at.is_none() && !account.is_organization);
            let account = account
                .ok_or_else(|| Error::invalid("handle", "No member has this handle. Look for it on their page, under their name."))?;
            organizations::invite(tx, id, account.id, role, now)
        })
        .await;
    answer(&town, &caller, id, done.map(|_| "invited-to-run"), &form).await
}

async fn set_role(State(town): State<Town>, caller: Caller, Path((id, account)): Path<(String, String)>, form: Form) -> Result {
    let (id, account, now) = (id_in(&id)?, id_in(&account)?, town.now());
    let role = Role::named(form.text("role"));
    let done = town
        .write(&caller, move |tx, viewer| {
            must_run(tx, viewer, id, Role::Owner)?;
            let role = role.ok_or_else(|| Error::invalid("role", "Choose a role."))?;
            organizations::set_role(tx, id, (account, viewer.must_be_member()?.id), role, now)
        })
        .await;
    answer(&town, &caller, id, done.map(|_| "role-changed"), &form).await
}

async fn remove(State(town): State<Town>, caller: Caller, Path((id, account)): Path<(String, String)>) -> Result {
    let (id, account) = (id_in(&id)?, id_in(&account)?);
    let done = town
        .write(&caller, move |tx, viewer| {
            must_run(tx, viewer, id, Role::Owner)?;
            if organizations::end(tx, id, account)? { Ok(()) } else { Err(Error::NotFound) }
        })
        .await;
    answer(&town, &caller, id, done.map(|_| "saved"), &Form::default()).await
}

async fn accept(State(town): State<Town>, caller: Caller, Path(id): Path<String>) -> Result {
    let (id, now) = (id_in(&id)?, town.now());
    let done = town
        .write(&caller, move |tx, viewer| {
            let me = viewer.must_be_member()?.id;
            if organizations::accept(tx, id, me, now)? { Ok(()) } else { Err(Error::NotFound) }
        })
        .await;
    match done {
        // There is no form on which this could be said.
        Err(Error::Invalid(problems)) => Err(Error::Conflict(problems.sentence().into())),
        done => answer(&town, &caller, id, done.map(|_| "joined-organization"), &Form::default()).await,
    }
}

/// Somebody refuses an invitation, or goes.
async fn leave(State(town): State<Town>, caller: Caller, Path(id): Path<String>) -> Result {
    let id = id_in(&id)?;
    town.write(&caller, move |tx, viewer| {
        let me = viewer.must_be_member()?.id;
        if organizations::end(tx, id, me)? { Ok(()) } else { Err(Error::NotFound) }
    })
    .await?;
    town.pages.changed(&tags(id));
    Ok(see_other(&format!("{PATH}?done=left-organization")))
}

async fn set_named(State(town): State<Town>, caller: Caller, Path(id): Path<String>, form: Form) -> Result {
    let (id, named) = (id_in(&id)?, form.ticked("named"));
    let done = town
        .write(&caller, move |tx, viewer| {
            let me = viewer.must_be_member()?.id;
            must_run(tx, viewer, id, Role::Contributor)?;
            Ok(organizations::set_named(tx, id, me, named)?)
        })
        .await;
    answer(&town, &caller, id, done.map(|_| "saved"), &form).await
}
