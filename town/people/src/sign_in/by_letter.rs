//! Signing in by a mailed link, beside the password: for those who forgot theirs, or never want to type one on a phone.

use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::get,
};
use db::Tx;
use http::StatusCode;
use web::{Form, Result, html, html_with};

use super::{
    Purpose,
    arriving::{Arrival, By, arrive},
    mailed::{Errand, asking, send},
    pages, peek, redeem,
};
use crate::{
    Caller, Town,
    accounts::{self, Account},
    viewer::Viewer,
};

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/sign-in/link", get(new).post(create)).route("/sign-in/link/{token}", get(show).post(redeem_link))
}

async fn new(State(town): State<Town>, caller: Caller) -> Result {
    asking(Errand::SignIn, &town.frame(&Viewer::default(), &caller))
}

async fn create(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    send(Errand::SignIn, &town, &caller, &form).await
}

fn whose(tx: &mut Tx, token: &str, now: i64) -> Result<Option<Account>> {
    let Some(Some(account)) = peek(tx, Purpose::SignIn, token, now)? else { return Ok(None) };
    Ok(accounts::by_id(tx, account)?.filter(|account| account.suspended_at.is_none()))
}

/// A page with a button: programs that read mail open every link in it, and would use this one up.
async fn show(State(town): State<Town>, caller: Caller, Path(token): Path<String>) -> Result {
    let tried = town.limits.sign_in_address.by_address(caller.address)?;
    let now = town.now();
    let (viewer, found) = town.read(&caller, move |tx, _| whose(tx, &token, now)).await?;
    let frame = town.frame(&viewer, &caller);
    let Some(account) = found else { return Ok(gone(&frame)) };
    tried.give_back();
    Ok(html(pages::follow_link(&frame, &account)))
}

async fn redeem_link(State(town): State<Town>, caller: Caller, Path(token): Path<String>) -> Result {
    let tried = town.limits.sign_in_address.by_address(caller.address)?;
    let (from, now) = (caller.clone(), town.now());
    let arrived = town
        .db
        .write(move |tx| -> Result<Option<Arrival>> {
            let Some(account) = whose(tx, &token, now)? else { return Ok(None) };
            if redeem(tx, Purpose::SignIn, &token, now)?.is_none() {
                return Ok(None);
            }
            Ok(Some(arrive(tx, &from, account.id, By::Letter, now)?))
        })
        .await?;
    let Some(arrival) = arrived else { return Ok(gone(&town.frame(&Viewer::default(), &caller))) };
    tried.give_back();
    Ok(arrival.lead(&town, "/"))
}

fn gone(frame: &web::Frame) -> Response {
    html_with(StatusCode::GONE, pages::link_expired(frame, Errand::SignIn))
}
