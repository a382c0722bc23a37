//! The page that asks for a code on the way in.

use axum::{
    Router,
    extract::{Query, State},
    response::{AppendHeaders, IntoResponse as _},
    routing::get,
};
use http::{HeaderMap, StatusCode, header};
use serde::Deserialize;
use url::form_urlencoded::byte_serialize;
use web::{Form, Problems, Result, cookies, html, html::safe_path, html_with, see_other};

use super::{pages, passing::passes_in, routes::wrong};
use crate::{
    Caller, Town, Viewer,
    sign_in::{HALF_WAY_COOKIE, half_way, half_way_token, session_cookie, whole_way},
};

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/sign-in/second-step", get(show).post(create))
}

#[derive(Deserialize)]
struct Next {
    #[serde(default)]
    next: String,
}

/// Whoever is not half way in begins at the beginning.
fn begin(next: &str) -> axum::response::Response {
    let next: String = byte_serialize(safe_path(next).as_bytes()).collect();
    see_other(&format!("/sign-in?next={next}"))
}

async fn show(State(town): State<Town>, caller: Caller, headers: HeaderMap, Query(Next { next }): Query<Next>) -> Result {
    let tried = town.limits.sign_in_address.by_address(caller.address)?;
    let Some(token) = half_way_token(&headers) else { return Ok(begin(&next)) };
    let now = town.now();
    if town.db.read(move |tx| half_way(tx, &token, now)).await?.is_none() {
        return Ok(begin(&next));
    }
    tried.give_back();
    Ok(html(pages::ask(&town.frame(&Viewer::default(), &caller), safe_path(&next), &Problems::default())))
}

/// A wrong code leaves them half way in, for as long as that lasts.
async fn create(State(town): State<Town>, caller: Caller, headers: HeaderMap, form: Form) -> Result {
    let tried = town.limits.sign_in_address.by_address(caller.address)?;
    let next = safe_path(form.text("next"));
    let Some(token) = half_way_token(&headers) else { return Ok(begin(next)) };
    let (known, now) = (token.clone(), town.now());
    let Some(account) = town.db.read(move |tx| half_way(tx, &known, now)).await? else { return Ok(begin(next)) };
    let (inner, agent, typed) = (town.clone(), caller.agent.clone(), form.text("code").to_owned());
    let passed = town
        .db
        .write(move |tx| -> Result<Option<Option<String>>> {
            if !passes_in(tx, &inner, account, &typed)? {
                return Ok(None);
            }
            Ok(Some(whole_way(tx, &token, &agent, now)?))
        })
        .await?;
    town.wake();
    match passed {
        Some(Some(session)) => {
            tried.give_back();
            let cookies = AppendHeaders([
                (header::SET_COOKIE, session_cookie(&town, &session)),
                (header::SET_COOKIE, cookies::write(HALF_WAY_COOKIE, "", 0, town.secure)),
            ]);
            Ok((cookies, see_other(next)).into_response())
        }
        Some(None) => Ok(begin(next)),
        None => Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::ask(&town.frame(&Viewer::default(), &caller), next, &wrong()))),
    }
}
