//! Addresses of signing in and out.

use axum::{
    Router,
    extract::{Path, Query, State},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use http::{HeaderValue, StatusCode, header};
use serde::Deserialize;
use web::{Error, Form, Problems, Result, door::SESSION_COOKIE, html, html_with, see_other};

use super::{Purpose, RESET_MS, issue, pages, password, peek, redeem, sessions};
use crate::{Caller, Town, accounts, viewer::Viewer};

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new()
        .route("/sign-in", get(new).post(create))
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
    Ok(html(pages::sign_in(&town.frame(&viewer, &caller), "", &next, &Problems::default())))
}

async fn create(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    let name = text::clean_line(form.text("email"));
    town.limits.sign_in_address.by_address(caller.address)?;
    town.limits.sign_in_name.by(&accounts::sign_in_key(&name))?;
    let wanted = name.clone();
    let (_, found) = town.read(&caller, move |tx, _| Ok(accounts::credentials(tx, &wanted)?)).await?;
    let (account, hash) = found.unzip();
    let right = password::verify(form.text("password"), hash.flatten()).await?;
    let Some(account) = account.filter(|_| right) else {
        let mut problems = Problems::default();
        problems.add("email", "That e-mail address (or handle) and password do not go together. Look at both, or ask for a new password.");
        let page = pages::sign_in(&town.frame(&Viewer::default(), &caller), &name, form.text("next"), &problems);
        return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page));
    };
    let (agent, now) = (caller.agent.clone(), town.now());
    let before = caller.session.clone();
    let token = town
        .db
        .write(move |tx| {
            // This browser forgets its earlier session; nobody would ever end it.
            if let Some(before) = &before {
                sessions::end_by_digest(tx, before)?;
            }
            sessions::open(tx, account, &agent, now)
        })
        .await?;
    Ok(with_session(see_other(html::safe_path(form.text("next"))), &town, &token))
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
    Ok(html(pages::ask_reset(&town.frame(&Viewer::default(), &caller), "", &Problems::default())))
}

async fn create_reset(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    town.limits.reset.by_address(caller.address)?;
    let frame = town.frame(&Viewer::default(), &caller);
    let email = match accounts::parse_email(form.text("email")) {
        Ok(email) => email,
        Err(words) => {
            let mut problems = Problems::default();
            problems.add("email", words);
            return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::ask_reset(&frame, form.text("email"), &problems)));
        }
    };
    town.limits.reset_name.by(&text::fold(&email))?;
    let (origin, now) = (town.origin().to_owned(), town.now());
    let site = town.site();
    town.db
        .write(move |tx| -> Result<(), Error> {
            let Some(account) = accounts::by_email(tx, &email)?.filter(|account| account.suspended_at.is_none()) else { return Ok(()) };
            let token = issue(tx, Purpose::Reset, Some(account.id), RESET_MS, now)?;
            let letter = pages::reset_letter(&site.name, &account.name, &format!("{origin}/password-reset/{token}"));
            // To the address on file: the one that was typed may only look the same to the fold.
            let Some(address) = &account.email else { return Ok(()) };
            crate::town::post_mail(tx, &account.name, address, letter, now)
        })
        .await?;
    town.wake();
    Ok(html(pages::reset_asked(&frame)))
}

async fn edit_password(State(town): State<Town>, caller: Caller, Path(token): Path<String>) -> Result {
    town.limits.sign_in_address.by_address(caller.address)?;
    let now = town.now();
    let (viewer, found) = town.read(&caller, move |tx, _| Ok(peek(tx, Purpose::Reset, &token, now)?)).await?;
    let frame = town.frame(&viewer, &caller);
    match found {
        Some(_) => Ok(html(pages::new_password(&frame, &Problems::default()))),
        None => Ok(html_with(StatusCode::GONE, pages::link_expired(&frame))),
    }
}

async fn update_password(State(town): State<Town>, caller: Caller, Path(token): Path<String>, form: Form) -> Result {
    town.limits.sign_in_address.by_address(caller.address)?;
    let frame = town.frame(&Viewer::default(), &caller);
    let (wanted, now) = (token.clone(), town.now());
    if town.db.read(move |tx| peek(tx, Purpose::Reset, &wanted, now)).await?.is_none() {
        return Ok(html_with(StatusCode::GONE, pages::link_expired(&frame)));
    }
    let mut problems = Problems::default();
    if let Err(words) = password::check(form.text("password")) {
        problems.add("password", words);
        return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::new_password(&frame, &problems)));
    }
    let hash = password::hash(form.text("password")).await?;
    let agent = caller.agent.clone();
    let opened = town
        .db
        .write(move |tx| -> Result<Option<String>, db::Error> {
            let Some(Some(account)) = redeem(tx, Purpose::Reset, &token, now)? else { return Ok(None) };
            accounts::set_password(tx, account, &hash, now)?;
            // Whoever knew the old password is out.
            sessions::end_all(tx, account, None)?;
            sessions::open(tx, account, &agent, now).map(Some)
        })
        .await?;
    match opened {
        Some(token) => Ok(with_session(see_other("/settings?done=password"), &town, &token)),
        None => Ok(html_with(StatusCode::GONE, pages::link_expired(&frame))),
    }
}

fn with_session(response: Response, town: &Town, token: &str) -> Response {
    ([(header::SET_COOKIE, session_cookie(town, token))], response).into_response()
}

/// The cookie that carries a session.
pub fn session_cookie(town: &Town, token: &str) -> HeaderValue {
    web::cookies::write(SESSION_COOKIE, token, sessions::COOKIE_SECONDS, town.secure)
}
