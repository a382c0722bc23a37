//! Addresses of what one does for one's safety.

use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use db::Tx;
use http::StatusCode;
use std::time::Duration;
use web::{Cacheable, Error, Form, Result, html, html_with, kept, see_other};

use super::{Choices, Mentions, Requests, choices, choose, lock, pages, unlock};
use crate::{
    Caller, Town,
    accounts::{self, Account},
    sign_in::{self, Change, Purpose},
    town::SITE,
    viewer::Viewer,
};

const FRESH: Duration = Duration::from_secs(24 * 60 * 60);

/// The addresses of this room.
pub(crate) fn routes() -> Router<Town> {
    Router::new()
        .route("/help", get(help))
        .route("/settings/safety", get(edit).post(update))
        .route("/settings/lock", get(ask).post(create))
        .route("/settings/lock/removal", post(remove))
        .route("/lock", get(sign_in::ask_for_lock).post(sign_in::send_lock))
        .route("/lock/{token}", get(show_link).post(redeem_link))
}

async fn help(State(town): State<Town>, caller: Caller) -> Result {
    let viewer = town.viewer(&caller).await?;
    let page = pages::help(&town.frame(&viewer, &caller), &town.safety().help, viewer.me.is_some());
    if viewer.me.is_some() {
        return Ok(html(page));
    }
    Ok(kept(page, Cacheable { tags: vec![SITE], fresh_for: FRESH, subject: None }))
}

async fn edit(State(town): State<Town>, caller: Caller) -> Result {
    let (viewer, chosen) = town.read(&caller, |tx, viewer| Ok(choices(tx, viewer.must_be_member()?.id)?)).await?;
    Ok(html(pages::choices(&town.frame(&viewer, &caller), viewer.must_be_member()?, chosen)))
}

async fn update(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    let chosen = Choices {
        shows_sensitive: form.text("sensitive") == "show",
        mentions: Mentions::named(form.text("mentions")),
        requests: Requests::named(form.text("requests")),
    };
    town.write(&caller, move |tx, viewer| Ok(choose(tx, viewer.must_be_member()?.id, chosen)?)).await?;
    Ok(see_other("/settings/safety?done=saved"))
}

async fn ask(State(town): State<Town>, caller: Caller) -> Result {
    let (viewer, ()) = town.read(&caller, |_, viewer| viewer.must_be_member().map(|_| ())).await?;
    Ok(html(pages::lock(&town.frame(&viewer, &caller), viewer.must_be_member()?)))
}

/// Locking asks for nothing: whoever needs it may have no time. Lifting the lock does.
async fn create(State(town): State<Town>, caller: Caller) -> Result {
    let now = town.now();
    let inner = town.clone();
    town.write(&caller, move |tx, viewer| {
        let me = viewer.must_be_member()?;
        if lock(tx, me.id, Some(me.session), now)? {
            Change::new(&inner, me.id, "your account was locked").tell(tx)?;
        }
        Ok(())
    })
    .await?;
    town.pages.changed(&[SITE]);
    town.wake();
    Ok(see_other("/settings/lock?done=locked"))
}

async fn remove(State(town): State<Town>, caller: Caller) -> Result {
    let now = town.now();
    let viewer = town.viewer(&caller).await?;
    if !viewer.must_be_member()?.proved_lately(now) {
        return Ok(sign_in::ask_again("/settings/lock"));
    }
    let inner = town.clone();
    town.write(&caller, move |tx, viewer| {
        let me = viewer.must_be_member()?;
        if unlock(tx, me.id, now)? {
            Change::new(&inner, me.id, "the lock of your account was lifted").tell(tx)?;
        }
        Ok(())
    })
    .await?;
    town.pages.changed(&[SITE]);
    town.wake();
    Ok(see_other("/settings/lock?done=unlocked"))
}

fn whose(tx: &mut Tx, token: &str, now: i64) -> Result<Option<Account>, db::Error> {
    let Some(Some(account)) = sign_in::peek(tx, Purpose::Lock, token, now)? else { return Ok(None) };
    accounts::by_id(tx, account)
}

/// A page with a button: programs that read mail open every link in it.
async fn show_link(State(town): State<Town>, caller: Caller, Path(token): Path<String>) -> Result {
    town.limits.sign_in_address.by_address(caller.address)?;
    let now = town.now();
    let (viewer, found) = town.read(&caller, move |tx, _| Ok(whose(tx, &token, now)?)).await?;
    let frame = town.frame(&viewer, &caller);
    Ok(match found {
        Some(account) => html(pages::follow_link(&frame, &account)),
        None => html_with(StatusCode::GONE, pages::link_expired(&frame)),
    })
}

/// The link stays good until it runs out: it can do nothing but lock, and who holds it may have to do so again.
async fn redeem_link(State(town): State<Town>, caller: Caller, Path(token): Path<String>) -> Result {
    town.limits.sign_in_address.by_address(caller.address)?;
    let now = town.now();
    let locked = town
        .db
        .write(move |tx| -> Result<bool, Error> {
            let Some(account) = whose(tx, &token, now)? else { return Ok(false) };
            lock(tx, account.id, None, now)?;
            Ok(true)
        })
        .await?;
    town.pages.changed(&[SITE]);
    let frame = town.frame(&Viewer::default(), &caller);
    Ok(if locked { html(pages::locked(&frame)) } else { html_with(StatusCode::GONE, pages::link_expired(&frame)) })
}
