//! Showing again that it is you: asked before somebody changes how they sign in, however long they have been signed in.
//!
//! By the password, or a passkey; whoever has neither enters a code of their second step, or has a link mailed to them.

use axum::{
    Router,
    extract::{Query, State},
    response::{IntoResponse as _, Response},
    routing::get,
};
use http::{StatusCode, header};
use serde::Deserialize;
use url::form_urlencoded::byte_serialize;
use web::{Form, Problems, Result, html, html::safe_path, html_with, see_other};

use super::{pages, password, session_cookie, sessions};
use crate::{Caller, Me, Town, Viewer, accounts, passkeys, second_factor};

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/sign-in/again", get(show).post(create))
}

/// Leads somebody to the page that asks, and from there to `next`.
pub fn ask_again(next: &str) -> Response {
    let next: String = byte_serialize(next.as_bytes()).collect();
    see_other(&format!("/sign-in/again?next={next}"))
}

/// By what somebody can show that it is them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Means {
    Password,
    Code,
    Letter,
}

/// What the page needs to know of somebody.
pub(super) struct Asked {
    pub means: Means,
    pub passkeys: bool,
    hash: Option<String>,
}

async fn asked(town: &Town, caller: &Caller) -> Result<(Viewer, Asked)> {
    town.read(caller, |tx, viewer| {
        let me = viewer.must_be_member()?;
        let hash = accounts::credentials(tx, &me.handle)?.0.and_then(|(_, hash)| hash);
        let means = match &hash {
            Some(_) => Means::Password,
            None if second_factor::is_on(tx, me.id)? => Means::Code,
            None => Means::Letter,
        };
        Ok(Asked { means, passkeys: passkeys::count_of(tx, me.id)? > 0, hash })
    })
    .await
}

#[derive(Deserialize)]
struct Next {
    #[serde(default)]
    next: String,
}

async fn show(State(town): State<Town>, caller: Caller, Query(Next { next }): Query<Next>) -> Result {
    let (viewer, asked) = asked(&town, &caller).await?;
    Ok(html(pages::again(&town.frame(&viewer, &caller), &asked, safe_path(&next), &Problems::default())))
}

async fn create(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    let (viewer, asked) = asked(&town, &caller).await?;
    let me = viewer.must_be_member()?;
    let mut problems = Problems::default();
    match asked.means {
        Means::Password => {
            let tried = town.limits.sign_in_name.by(&accounts::sign_in_key(&me.handle))?;
            if password::verify(form.text("password"), asked.hash.clone()).await? {
                tried.give_back();
            } else {
                problems.add("password", "That is not your password.");
            }
        }
        Means::Code => {
            if !second_factor::passes(&town, me.id, form.text("code")).await? {
                problems.add("code", second_factor::WRONG);
            }
        }
        Means::Letter => problems.add("letter", "Have a link mailed to you and open it: it shows that it is you."),
    }
    let next = safe_path(form.text("next"));
    if !problems.is_empty() {
        let page = pages::again(&town.frame(&viewer, &caller), &asked, next, &problems);
        return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page));
    }
    proved(&town, me, next).await
}

/// Notes that it is them, with a new token for their session.
async fn proved(town: &Town, me: &Me, next: &str) -> Result {
    let (session, now) = (me.session, town.now());
    let token = town.db.write(move |tx| sessions::renew(tx, session, now)).await?;
    Ok(([(header::SET_COOKIE, session_cookie(town, &token))], see_other(next)).into_response())
}
