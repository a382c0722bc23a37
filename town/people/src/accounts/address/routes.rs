//! The addresses by which somebody's mail goes elsewhere.

use axum::{
    Router,
    extract::{Path, Query, State},
    response::Response,
    routing::get,
};
use http::StatusCode;
use serde::Deserialize;
use url::form_urlencoded::byte_serialize;
use web::{Error, Form, Problems, Result, html, html_with, see_other};

use super::{BACK_MS, LINK_MS, letters, pages, store};
use crate::{
    AccountId, Caller, Town, Viewer,
    accounts::{self, Account, parse_email, taken},
    letters::{Values, send as send_letter},
    sign_in::{Purpose, RESET_MS, ask_again, issue, issue_about, peek_about, redeem},
};

/// The addresses of this part.
pub fn routes() -> Router<Town> {
    Router::new()
        .route("/settings/email", get(new).post(create))
        .route("/settings/email/{token}", get(edit).post(update))
        .route("/settings/email/{token}/return", get(edit_return).post(update_return))
}

/// Where somebody shows again that it is them before the form is shown, with what they had typed.
fn again(email: &str) -> Response {
    let typed = byte_serialize(email.as_bytes()).collect::<String>();
    ask_again(&if typed.is_empty() { "/settings/email".into() } else { format!("/settings/email?email={typed}") })
}

async fn own(town: &Town, caller: &Caller) -> Result<(Viewer, Account)> {
    town.read(caller, |tx, viewer| accounts::by_id(tx, viewer.must_be_member()?.id)?.ok_or(Error::NotFound)).await
}

#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    email: String,
}

async fn new(State(town): State<Town>, caller: Caller, Query(typed): Query<Typed>) -> Result {
    let (viewer, account) = own(&town, &caller).await?;
    if !viewer.must_be_member()?.proved_lately(town.now()) {
        return Ok(again(&typed.email));
    }
    Ok(html(pages::ask(&town.frame(&viewer, &caller), account.email.as_deref(), &typed.email, &Problems::default())))
}

async fn create(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    let (viewer, account) = own(&town, &caller).await?;
    if !viewer.must_be_member()?.proved_lately(town.now()) {
        return Ok(again(form.text("email")));
    }
    let mut problems = Problems::default();
    let email = parse_email(form.text("email")).map_err(|words| problems.add("email", words)).unwrap_or_default();
    if account.email.as_deref() == Some(email.as_str()) {
        problems.add("email", "This is your address already. Write the new one.");
    }
    if !problems.is_empty() {
        let page = pages::ask(&town.frame(&viewer, &caller), account.email.as_deref(), form.text("email"), &problems);
        return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page));
    }
    town.limits.join_email.by(&account.id)?;
    town.limits.join_email.by(&text::fold(&email))?;
    let (site, origin, now) = (town.site().name.clone(), town.origin().to_owned(), town.now());
    town.db
        .write(move |tx| -> Result<()> {
            // Both ways take the same steps and are answered alike: nobody learns here whose address is known.
            let owner = accounts::by_email(tx, &email)?.filter(|owner| owner.id != account.id);
            let token = issue_about(tx, Purpose::Email, Some(account.id), &email, LINK_MS, now)?;
            let link = format!("{origin}/settings/email/{token}");
            let (kind, to, handle) = match owner.as_ref().and_then(|owner| Some((owner, owner.email.as_deref()?))) {
                Some((owner, known)) => (&letters::TAKEN, known, &owner.handle),
                None => (&letters::PROOF, email.as_str(), &account.handle),
            };
            send_letter(tx, kind, ("", to), &[("site", &site), ("handle", handle), ("link", &link), ("origin", &origin)], now)
        })
        .await?;
    town.wake();
    Ok(see_other("/settings?done=address-asked"))
}

/// Whom a link is for, and which address it is about; `None` when it no longer works.
async fn about(town: &Town, caller: &Caller, purpose: Purpose, token: &str) -> Result<(Viewer, Option<(Account, String)>)> {
    let tried = town.limits.sign_in_address.by_address(caller.address)?;
    let (token, now) = (token.to_owned(), town.now());
    let (viewer, found) = town
        .read(caller, move |tx, _| {
            let Some((id, email)) = peek_about(tx, purpose, &token, now)? else { return Ok(None) };
            Ok(accounts::by_id(tx, id)?.map(|account| (account, email)))
        })
        .await?;
    if found.is_some() {
        tried.give_back();
    }
    Ok((viewer, found))
}

/// Only in the browser of the account itself: whoever reads the mailbox alone has not shown that they asked.
fn must_be_theirs(viewer: &Viewer, account: AccountId) -> Result<()> {
    if viewer.must_be_member()?.id == account {
        return Ok(());
    }
    Err(Error::Forbidden(
        "This link is for another account than the one you are signed in to. Sign in to that one, and open it again.".into(),
    ))
}

/// A page with a button and not the change itself: programs that read mail open every link in it.
async fn edit(State(town): State<Town>, caller: Caller, Path(token): Path<String>) -> Result {
    let (viewer, found) = about(&town, &caller, Purpose::Email, &token).await?;
    let frame = town.frame(&viewer, &caller);
    let Some((account, email)) = found else { return Ok(html_with(StatusCode::GONE, pages::expired(&frame))) };
    must_be_theirs(&viewer, account.id)?;
    Ok(html(pages::confirm(&frame, &email)))
}

async fn update(State(town): State<Town>, caller: Caller, Path(token): Path<String>) -> Result {
    let (viewer, found) = about(&town, &caller, Purpose::Email, &token).await?;
    let frame = town.frame(&viewer, &caller);
    let Some((account, email)) = found else { return Ok(html_with(StatusCode::GONE, pages::expired(&frame))) };
    must_be_theirs(&viewer, account.id)?;
    let (site, origin, now) = (town.site().name.clone(), town.origin().to_owned(), town.now());
    let written = town
        .db
        .write(move |tx| -> Result<bool> {
            if redeem(tx, Purpose::Email, &token, now)? != Some(Some(account.id)) {
                return Ok(false);
            }
            store::set(tx, account.id, &email, now).map_err(taken)?;
            if let Some(before) = &account.email {
                let token = issue_about(tx, Purpose::EmailBack, Some(account.id), before, BACK_MS, now)?;
                let link = format!("{origin}/settings/email/{token}/return");
                let values: Values = &[("site", &site), ("name", &account.name), ("link", &link)];
                send_letter(tx, &letters::CHANGED, (&account.name, before), values, now)?;
            }
            Ok(true)
        })
        .await;
    match written {
        Ok(true) => {
            town.wake();
            Ok(see_other("/settings?done=address"))
        }
        Ok(false) => Ok(html_with(StatusCode::GONE, pages::expired(&frame))),
        Err(Error::Invalid(_)) => Ok(html_with(StatusCode::CONFLICT, pages::taken(&frame))),
        Err(other) => Err(other),
    }
}

async fn edit_return(State(town): State<Town>, caller: Caller, Path(token): Path<String>) -> Result {
    let (viewer, found) = about(&town, &caller, Purpose::EmailBack, &token).await?;
    let frame = town.frame(&viewer, &caller);
    Ok(match found {
        Some((account, email)) => html(pages::take_back(&frame, &account.handle, &email)),
        None => html_with(StatusCode::GONE, pages::expired(&frame)),
    })
}

/// Leads on to a new password: the one there was is known to somebody else.
async fn update_return(State(town): State<Town>, caller: Caller, Path(token): Path<String>) -> Result {
    let (viewer, found) = about(&town, &caller, Purpose::EmailBack, &token).await?;
    let frame = town.frame(&viewer, &caller);
    let Some((account, email)) = found else { return Ok(html_with(StatusCode::GONE, pages::expired(&frame))) };
    let now = town.now();
    let written = town
        .db
        .write(move |tx| -> Result<Option<String>> {
            if redeem(tx, Purpose::EmailBack, &token, now)? != Some(Some(account.id)) {
                return Ok(None);
            }
            store::set(tx, account.id, &email, now).map_err(taken)?;
            store::lock(tx, account.id, now)?;
            Ok(Some(issue(tx, Purpose::Reset, Some(account.id), RESET_MS, now)?))
        })
        .await;
    match written {
        Ok(Some(token)) => Ok(see_other(&format!("/password-reset/{token}"))),
        Ok(None) => Ok(html_with(StatusCode::GONE, pages::expired(&frame))),
        Err(Error::Invalid(_)) => Ok(html_with(StatusCode::CONFLICT, pages::taken(&frame))),
        Err(other) => Err(other),
    }
}
