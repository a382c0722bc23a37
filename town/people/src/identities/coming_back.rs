//! Back from the provider, with a code.

use axum::{
    Router,
    extract::{Path, Query, State},
    response::{AppendHeaders, IntoResponse as _, Response},
    routing::get,
};
use fetch::{Asking, Limits};
use http::{HeaderMap, header};
use serde::Deserialize;
use web::{Error, Result, see_other, token};

use super::{
    Newcomer,
    claims::{Claims, Unbelievable},
    discovery::Known,
    errand::{self, Errand, Why},
    pages::{self, Refused},
    provider::Kept,
    routes::PATH,
    store,
};
use crate::{
    AccountId, Caller, Town, accounts,
    joining::Mode,
    sign_in::{Arrival, By, Change, Others, SessionId, arrive, session_cookie},
};

/// An answer to a code has some kilobytes.
const BYTES: u64 = 128 * 1024;

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/sign-in/with/{provider}/return", get(show))
}

/// What the provider has the browser bring (RFC 6749 §4.1.2, RFC 9207).
#[derive(Deserialize)]
struct Brought {
    #[serde(default)]
    state: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    error: String,
    iss: Option<String>,
}

async fn show(
    State(town): State<Town>,
    caller: Caller,
    headers: HeaderMap,
    Path(provider): Path<String>,
    Query(brought): Query<Brought>,
) -> Result {
    town.limits.sign_in_address.by_address(caller.address)?;
    let kept = town.providers.named(&provider).ok_or(Error::NotFound)?;
    let viewer = town.viewer(&caller).await?;
    let answered = match errand_of(&town, &headers, kept, &brought) {
        Ok(errand) => come_back(&town, &caller, kept, &errand, &brought).await?,
        Err(refused) => Err(refused),
    };
    let response = answered.unwrap_or_else(|refused| pages::refused(&town.frame(&viewer, &caller), &kept.provider, &refused));
    Ok((AppendHeaders([errand::forget(&town)]), response).into_response())
}

/// The errand on which this very browser was sent to this provider.
fn errand_of(town: &Town, headers: &HeaderMap, kept: &Kept, brought: &Brought) -> Result<Errand, Refused> {
    let errand = Errand::of(town, headers).filter(|errand| errand.provider == kept.provider.name);
    let errand = errand.filter(|errand| token::same(errand.state.as_bytes(), brought.state.as_bytes())).ok_or(Refused::Lost)?;
    match brought.error.as_str() {
        "" => Ok(errand),
        // Whoever changed their mind is told so; everything else is between the provider and us.
        "access_denied" => Err(Refused::Stopped),
        error => {
            tracing::warn!(provider = kept.provider.name, error = error.chars().take(100).collect::<String>(), "a provider refused");
            Err(Refused::Unanswered)
        }
    }
}

async fn come_back(town: &Town, caller: &Caller, kept: &Kept, errand: &Errand, brought: &Brought) -> Result<Result<Response, Refused>> {
    let claims = match believed(town, kept, errand, brought).await {
        Ok(claims) => claims,
        Err(error) => {
            tracing::warn!(provider = kept.provider.name, %error, "what a provider says is not believed");
            return Ok(Err(Refused::Unanswered));
        }
    };
    match &errand.why {
        Why::Connect { account, session } => connect(town, caller, kept, &claims, (*account, *session)).await,
        Why::Enter { invitation } => enter(town, caller, kept, errand, &claims, invitation.clone()).await,
    }
}

/// What the provider states for this code.
async fn believed(town: &Town, kept: &Kept, errand: &Errand, brought: &Brought) -> anyhow::Result<Claims> {
    let known = kept.look_up(town).await?;
    let says = brought.iss.as_deref();
    let silent = says.is_none() && known.metadata.authorization_response_iss_parameter_supported;
    if silent || says.is_some_and(|says| says != kept.provider.issuer) {
        anyhow::bail!("it was another provider that sent them back");
    }
    let token = trade(town, kept, &known, errand, &brought.code).await?;
    match Claims::read(&token, &known, &kept.provider, errand, town.now()) {
        Err(Unbelievable::UnknownKey) => {
            let known = kept.look_up_again(town).await?;
            Ok(Claims::read(&token, &known, &kept.provider, errand, town.now())?)
        }
        read => Ok(read?),
    }
}

#[derive(Deserialize)]
struct Traded {
    id_token: String,
}

/// Trades the code for the statement. A redirect is not followed: the form holds our secret.
async fn trade(town: &Town, kept: &Kept, known: &Known, errand: &Errand, code: &str) -> anyhow::Result<String> {
    let back = kept.provider.return_address(town.origin());
    let mut fields = vec![
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", &back),
        ("client_id", &kept.provider.client_id),
        ("code_verifier", &errand.verifier),
    ];
    fields.extend(kept.provider.secret.as_deref().map(|secret| ("client_secret", secret)));
    let asking = Asking::form(&known.metadata.token_endpoint, &fields).accept("application/json").staying();
    let answer = town.fetch.ask(asking.within(Limits::of_bytes(BYTES))).await?;
    if !answer.status.is_success() {
        let said: String = answer.text().chars().take(300).collect();
        anyhow::bail!("it does not take the code: {} {said:?}", answer.status);
    }
    Ok(serde_json::from_slice::<Traded>(&answer.body)?.id_token)
}

/// Connects what they are there to the account that asked for it, in the session that asked for it.
async fn connect(
    town: &Town,
    caller: &Caller,
    kept: &Kept,
    claims: &Claims,
    (account, session): (AccountId, SessionId),
) -> Result<Result<Response, Refused>> {
    let change = Change::new(town, account, format!("signing in with {} was turned on", kept.provider.title));
    let newcomer = Newcomer::of(claims, &kept.provider, None);
    let now = town.now();
    let (_, connected) = town
        .write(caller, move |tx, viewer| {
            let me = viewer.must_be_member()?;
            if me.id != account || me.session != session {
                return Ok(Err(Refused::Lost));
            }
            match store::whose(tx, &newcomer.issuer, &newcomer.subject)? {
                Some((_, owner)) if owner == account => return Ok(Err(Refused::Connected)),
                Some(_) => return Ok(Err(Refused::Taken)),
                None => store::insert(tx, account, (&newcomer.issuer, &newcomer.subject), &newcomer.label(), now)?,
            };
            Ok(Ok(change.follow(tx, me, Others::GoOn)?))
        })
        .await?;
    town.wake();
    Ok(connected.map(|token| {
        let cookie = AppendHeaders([(header::SET_COOKIE, session_cookie(town, &token))]);
        (cookie, see_other(&format!("{PATH}?done=connected"))).into_response()
    }))
}

/// Lets somebody in whose identity is known; leads others to the form of joining, where the site lets people join.
async fn enter(
    town: &Town,
    caller: &Caller,
    kept: &Kept,
    errand: &Errand,
    claims: &Claims,
    invitation: Option<String>,
) -> Result<Result<Response, Refused>> {
    let newcomer = Newcomer::of(claims, &kept.provider, invitation);
    let (from, they, now) = (caller.clone(), newcomer.clone(), town.now());
    let entered = town
        .db
        .write(move |tx| -> Result<Result<Option<Arrival>, Refused>> {
            let Some((identity, account)) = store::whose(tx, &they.issuer, &they.subject)? else {
                // Never by the address alone: they sign in to that account first, and connect.
                let known = they.verified && accounts::by_email(tx, &they.email)?.is_some();
                return Ok(if known { Err(Refused::Known) } else { Ok(None) });
            };
            if accounts::by_id(tx, account)?.is_none_or(|account| account.suspended_at.is_some()) {
                return Ok(Err(Refused::Suspended));
            }
            store::used(tx, identity, &they.label(), now)?;
            Ok(Ok(Some(arrive(tx, &from, account, By::Provider, now)?)))
        })
        .await?;
    match entered {
        Err(refused) => Ok(Err(refused)),
        Ok(Some(arrival)) => Ok(Ok(arrival.lead(town, &errand.next))),
        Ok(None) if town.site().joining == Mode::Closed => Ok(Err(Refused::Closed)),
        Ok(None) if newcomer.invitation.is_none() && !town.site().joining.offers() => Ok(Err(Refused::ByInvitation)),
        Ok(None) => {
            let form = see_other(&format!("/join/with/{}", kept.provider.name));
            Ok(Ok((AppendHeaders([newcomer.keep(town)?]), form).into_response()))
        }
    }
}
