//! Addresses of signing in and out.

use axum::{
    Router,
    extract::{Path, Query, State},
    response::IntoResponse as _,
    routing::{get, post},
};
use http::{HeaderValue, StatusCode, header};
use serde::Deserialize;
use web::{Form, Problems, Result, door::SESSION_COOKIE, html, html_with, limits::Try, see_other};

use super::{
    Purpose, again,
    arriving::{Arrival, By, arrive},
    by_letter,
    changes::Change,
    mailed::{Errand, asking, send},
    pages, password, peek, redeem, revoke, sessions,
};
use crate::{AccountId, Caller, Town, accounts, viewer::Viewer};

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new()
        .route("/sign-in", get(new).post(create))
        .merge(by_letter::routes())
        .merge(again::routes())
        .route("/sign-out", post(remove))
        .route("/password-reset", get(new_reset).post(create_reset))
        .route("/password-reset/{token}", get(edit_password).post(update_password))
}

#[derive(Deserialize)]
struct Next {
    #[serde(default)]
    next: String,
}

async fn new(State(town): State<Town>, caller: Caller, Query(Next { next }): Query<Next>) -> Result {
    let (viewer, ()) = town.read(&caller, |_, _| Ok(())).await?;
    if viewer.me.is_some() {
        return Ok(see_other(html::safe_path(&next)));
    }
    Ok(html(pages::sign_in(&town.frame(&viewer, &caller), &town.providers, "", &next, &Problems::default())))
}

async fn create(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    let name = text::clean_line(form.text("email"));
    let tries = [town.limits.sign_in_address.by_address(caller.address)?, town.limits.sign_in_name.by(&accounts::sign_in_key(&name))?];
    let wanted = name.clone();
    let (_, found) = town.read(&caller, move |tx, _| Ok(accounts::credentials(tx, &wanted)?)).await?;
    let Some(account) = right_one(found, name.contains('@'), form.text("password")).await? else {
        let mut problems = Problems::default();
        problems.add("email", "That e-mail address (or handle) and password do not go together. Look at both, or ask for a new password.");
        let page = pages::sign_in(&town.frame(&Viewer::default(), &caller), &town.providers, &name, form.text("next"), &problems);
        return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page));
    };
    tries.into_iter().for_each(Try::give_back);
    let (from, now) = (caller.clone(), town.now());
    let arrived = town.db.write(move |tx| arrive(tx, &from, account, By::Password, now)).await?;
    Ok(arrived.lead(&town, form.text("next")))
}

/// Whose password it is. An address is tried at both accounts that may have it, so that the time says nothing of how many
/// have; a handle belongs to one.
async fn right_one(
    (known, claiming): (Option<accounts::Credentials>, Option<accounts::Credentials>),
    address: bool,
    typed: &str,
) -> Result<Option<AccountId>> {
    let mut right = None;
    for tried in [Some(known), address.then_some(claiming)].into_iter().flatten() {
        let (account, hash) = tried.unzip();
        if password::verify(typed, hash.flatten()).await? {
            right = right.or(account);
        }
    }
    Ok(right)
}

async fn remove(State(town): State<Town>, caller: Caller) -> Result {
    town.write(&caller, |tx, viewer| match &viewer.me {
        Some(me) => Ok(sessions::end(tx, me.id, me.session)?),
        None => Ok(()),
    })
    .await?;
    Ok(([(header::SET_COOKIE, web::cookies::write(SESSION_COOKIE, "", 0, town.secure))], see_other("/")).into_response())
}

async fn new_reset(State(town): State<Town>, caller: Caller) -> Result {
    asking(Errand::NewPassword, &town.frame(&Viewer::default(), &caller))
}

async fn create_reset(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    send(Errand::NewPassword, &town, &caller, &form).await
}

async fn edit_password(State(town): State<Town>, caller: Caller, Path(token): Path<String>) -> Result {
    let tried = town.limits.sign_in_address.by_address(caller.address)?;
    let now = town.now();
    let (viewer, found) = town.read(&caller, move |tx, _| Ok(peek(tx, Purpose::Reset, &token, now)?)).await?;
    let frame = town.frame(&viewer, &caller);
    match found {
        Some(_) => {
            tried.give_back();
            Ok(html(pages::new_password(&frame, &Problems::default())))
        }
        None => Ok(html_with(StatusCode::GONE, pages::link_expired(&frame, Errand::NewPassword))),
    }
}

async fn update_password(State(town): State<Town>, caller: Caller, Path(token): Path<String>, form: Form) -> Result {
    let tried = town.limits.sign_in_address.by_address(caller.address)?;
    let frame = town.frame(&Viewer::default(), &caller);
    let (wanted, now) = (token.clone(), town.now());
    if town.db.read(move |tx| peek(tx, Purpose::Reset, &wanted, now)).await?.is_none() {
        return Ok(html_with(StatusCode::GONE, pages::link_expired(&frame, Errand::NewPassword)));
    }
    tried.give_back();
    let mut problems = Problems::default();
    if let Err(words) = password::check(form.text("password")) {
        problems.add("password", words);
        return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::new_password(&frame, &problems)));
    }
    let hash = password::hash(form.text("password")).await?;
    let (from, inner) = (caller.clone(), town.clone());
    let arrived = town
        .db
        .write(move |tx| -> Result<Option<Arrival>> {
            let Some(Some(account)) = redeem(tx, Purpose::Reset, &token, now)? else { return Ok(None) };
            accounts::set_password(tx, account, &hash, now)?;
            // Whoever knew the old password is out.
            sessions::end_all(tx, account, None)?;
            revoke(tx, account)?;
            Change::new(&inner, account, "a new password was chosen, by a link,").tell(tx)?;
            Ok(Some(arrive(tx, &from, account, By::NewPassword, now)?))
        })
        .await?;
    town.wake();
    match arrived {
        Some(arrival) => Ok(arrival.lead(&town, "/settings?done=password")),
        None => Ok(html_with(StatusCode::GONE, pages::link_expired(&frame, Errand::NewPassword))),
    }
}

/// The cookie that carries a session.
pub fn session_cookie(town: &Town, token: &str) -> HeaderValue {
    web::cookies::write(SESSION_COOKIE, token, sessions::COOKIE_SECONDS, town.secure)
}
