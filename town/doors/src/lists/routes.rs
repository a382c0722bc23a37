//! The addresses of lists.

use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use http::StatusCode;
use people::{
    AccountId, Caller, Town,
    accounts::{self, Standing},
    lists::{self, List, ListId, MAX_MEMBERS},
};
use things::stories::show::Now;
use web::{Error, Form, Problems, Result, html, html_with, see_other};

use super::pages;
use crate::{cards::Before, square};

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new()
        .route("/lists", get(all).post(make))
        .route("/lists/{id}", get(feed).post(rename))
        .route("/lists/{id}/edit", get(edit))
        .route("/lists/{id}/removal", post(remove))
        .route("/lists/{id}/members", post(put))
        .route("/lists/{id}/members/{account}/removal", post(take_off))
}

async fn all(State(town): State<Town>, caller: Caller) -> Result {
    index(&town, &caller, "", &Problems::default()).await
}

async fn index(town: &Town, caller: &Caller, typed: &str, problems: &Problems) -> Result {
    let (viewer, lists) = town.read(caller, |tx, viewer| Ok(lists::all_of(tx, viewer.must_be_member()?.id)?)).await?;
    let me = viewer.must_be_member()?;
    let page = pages::index(&town.frame(&viewer, caller), me, &lists, typed, problems);
    Ok(html_with(status(problems), page))
}

fn status(problems: &Problems) -> StatusCode {
    if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
}

async fn make(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    town.limits.connect.by(&town.viewer(&caller).await?.must_be_member()?.id)?;
    let mut problems = Problems::default();
    let name = lists::parse_name(&form, &mut problems);
    if !problems.is_empty() {
        return index(&town, &caller, form.text("name"), &problems).await;
    }
    let now = town.now();
    match town.write(&caller, move |tx, viewer| lists::make(tx, viewer.must_be_member()?.id, &name, now)).await {
        Ok((_, list)) => Ok(see_other(&format!("/lists/{list}/edit?done=list-made"))),
        Err(Error::Invalid(problems)) => index(&town, &caller, form.text("name"), &problems).await,
        Err(error) => Err(error),
    }
}

async fn feed(State(town): State<Town>, caller: Caller, Path(id): Path<ListId>, before: Before) -> Result {
    let now = Now::of(&town);
    let ms = now.ms;
    let (viewer, (list, all, feed)) = town
        .read(&caller, move |tx, viewer| {
            let me = viewer.must_be_member()?.id;
            let list = lists::find(tx, me, id)?.ok_or(Error::NotFound)?;
            Ok((list, lists::all_of(tx, me)?, square::of_list(tx, viewer, id, before.0, ms)?))
        })
        .await?;
    Ok(html(pages::feed(&town.frame(&viewer, &caller), &list, &all, &feed, &now)))
}

async fn edit(State(town): State<Town>, caller: Caller, Path(id): Path<ListId>) -> Result {
    one(&town, &caller, id, &Form::default(), &Problems::default()).await
}

/// The page of one list's name and members, with what was typed.
async fn one(town: &Town, caller: &Caller, id: ListId, form: &Form, problems: &Problems) -> Result {
    let most = u32::try_from(MAX_MEMBERS).unwrap_or(u32::MAX);
    let (viewer, (list, members)) = town
        .read(caller, move |tx, viewer| {
            let list = lists::find(tx, viewer.must_be_member()?.id, id)?.ok_or(Error::NotFound)?;
            Ok((list, lists::members(tx, id, "", most)?))
        })
        .await?;
    let page = pages::edit(
        &town.frame(&viewer, caller),
        viewer.must_be_member()?,
        &pages::Edit { list: &list, members: &members, form, problems },
    );
    Ok(html_with(status(problems), page))
}

async fn rename(State(town): State<Town>, caller: Caller, Path(id): Path<ListId>, form: Form) -> Result {
    town.limits.connect.by(&town.viewer(&caller).await?.must_be_member()?.id)?;
    let mut problems = Problems::default();
    let name = lists::parse_name(&form, &mut problems);
    if !problems.is_empty() {
        return one(&town, &caller, id, &form, &problems).await;
    }
    match town.write(&caller, move |tx, viewer| lists::rename(tx, viewer.must_be_member()?.id, id, &name)).await {
        Ok(_) => Ok(see_other(&format!("/lists/{id}/edit?done=saved"))),
        Err(Error::Invalid(problems)) => one(&town, &caller, id, &form, &problems).await,
        Err(error) => Err(error),
    }
}

async fn remove(State(town): State<Town>, caller: Caller, Path(id): Path<ListId>) -> Result {
    town.write(&caller, move |tx, viewer| {
        let me = viewer.must_be_member()?.id;
        let _: List = lists::find(tx, me, id)?.ok_or(Error::NotFound)?;
        Ok(lists::remove(tx, me, id)?)
    })
    .await?;
    Ok(see_other("/lists?done=list-removed"))
}

async fn put(State(town): State<Town>, caller: Caller, Path(id): Path<ListId>, form: Form) -> Result {
    town.limits.connect.by(&town.viewer(&caller).await?.must_be_member()?.id)?;
    let (handle, now) = (form.text("handle").trim().trim_start_matches('@').to_owned(), town.now());
    let put = town
        .write(&caller, move |tx, viewer| {
            let me = viewer.must_be_member()?.id;
            let found = accounts::by_handle(tx, &handle)?.filter(|who| who.standing == Standing::Member && who.suspended_at.is_none());
            let nobody = || Error::invalid("handle", format!("Nobody here is called @{handle}."));
            let who = found.ok_or_else(nobody)?;
            lists::find(tx, me, id)?.ok_or(Error::NotFound)?;
            // Whoever a block hides is nobody here, too.
            lists::put(tx, me, id, who.id, now).map_err(|error| if matches!(error, Error::NotFound) { nobody() } else { error })
        })
        .await;
    match put {
        Ok(_) => Ok(see_other(&format!("/lists/{id}/edit?done=saved"))),
        Err(Error::Invalid(problems)) => one(&town, &caller, id, &form, &problems).await,
        Err(Error::Forbidden(words)) => {
            let mut problems = Problems::default();
            problems.add("handle", words);
            one(&town, &caller, id, &form, &problems).await
        }
        Err(error) => Err(error),
    }
}

async fn take_off(State(town): State<Town>, caller: Caller, Path((id, who)): Path<(ListId, AccountId)>) -> Result {
    town.write(&caller, move |tx, viewer| Ok(lists::take_off(tx, viewer.must_be_member()?.id, id, who)?)).await?;
    Ok(see_other(&format!("/lists/{id}/edit?done=saved")))
}
