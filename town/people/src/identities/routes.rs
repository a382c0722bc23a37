//! Addresses of identities: on the way to a provider, and one's own among the settings.

use axum::{
    Router,
    extract::{Path, Query, State},
    response::IntoResponse as _,
    routing::{get, post},
};
use http::header;
use serde::Deserialize;
use web::{Error, Result, html, html::safe_path, see_other};

use super::{
    Identity, IdentityId, coming_back,
    errand::{Errand, Why},
    pages::{self, Refused},
    provider::Kept,
    store,
};
use crate::{
    Caller, Town, Viewer,
    sign_in::{Change, Others, ask_again, session_cookie},
};

pub(super) const PATH: &str = "/settings/identities";

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new()
        .route("/sign-in/with/{provider}", get(enter))
        .route("/settings/identities", get(show))
        .route("/settings/identities/new/{provider}", get(connect))
        .route("/settings/identities/{id}/removal", post(remove))
        .merge(coming_back::routes())
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    next: String,
    invitation: Option<String>,
}

/// The way to a provider, to sign in or to join.
async fn enter(State(town): State<Town>, caller: Caller, Path(provider): Path<String>, Query(asked): Query<Asked>) -> Result {
    town.limits.sign_in_address.by_address(caller.address)?;
    let viewer = town.viewer(&caller).await?;
    if viewer.me.is_some() {
        return Ok(see_other(safe_path(&asked.next)));
    }
    let kept = town.providers.named(&provider).ok_or(Error::NotFound)?;
    send(&town, &caller, &viewer, kept, Why::Enter { invitation: asked.invitation }, safe_path(&asked.next)).await
}

async fn send(town: &Town, caller: &Caller, viewer: &Viewer, kept: &Kept, why: Why, next: &str) -> Result {
    match kept.look_up(town).await {
        Ok(known) => Errand::new(&kept.provider, why, next).send(town, &kept.provider, &known),
        Err(error) => {
            tracing::warn!(provider = kept.provider.name, %error, "a provider cannot be used");
            Ok(pages::refused(&town.frame(viewer, caller), &kept.provider, &Refused::Unanswered))
        }
    }
}

async fn own(town: &Town, caller: &Caller) -> Result<(Viewer, Vec<Identity>)> {
    town.read(caller, |tx, viewer| Ok(store::all_of(tx, viewer.must_be_member()?.id)?)).await
}

async fn show(State(town): State<Town>, caller: Caller) -> Result {
    let (viewer, own) = own(&town, &caller).await?;
    if !viewer.must_be_member()?.proved_lately(town.now()) {
        return Ok(ask_again(PATH));
    }
    let frame = town.frame(&viewer, &caller);
    Ok(html(pages::list(&frame, &own, &town.providers, (town.now(), &town.zone()))))
}

/// The way to a provider, to connect what they are there. A link and no form: no form of ours may end on another site.
async fn connect(State(town): State<Town>, caller: Caller, Path(provider): Path<String>) -> Result {
    let viewer = town.viewer(&caller).await?;
    let me = viewer.must_be_member()?;
    if !me.proved_lately(town.now()) {
        return Ok(ask_again(PATH));
    }
    let kept = town.providers.named(&provider).ok_or(Error::NotFound)?;
    send(&town, &caller, &viewer, kept, Why::Connect { account: me.id, session: me.session }, PATH).await
}

async fn remove(State(town): State<Town>, caller: Caller, Path(id): Path<IdentityId>) -> Result {
    let viewer = town.viewer(&caller).await?;
    let me = viewer.must_be_member()?.clone();
    if !me.proved_lately(town.now()) {
        return Ok(ask_again(PATH));
    }
    let inner = town.clone();
    let token = town
        .db
        .write(move |tx| -> Result<_> {
            let Some(issuer) = store::remove(tx, me.id, id)? else { return Ok(None) };
            let what = format!("signing in with {} was ended", inner.providers.title_of(&issuer));
            Change::new(&inner, me.id, what).follow(tx, &me, Others::End).map(Some)
        })
        .await?;
    town.wake();
    Ok(match token {
        Some(token) => {
            ([(header::SET_COOKIE, session_cookie(&town, &token))], see_other("/settings/identities?done=disconnected")).into_response()
        }
        None => see_other(PATH),
    })
}
