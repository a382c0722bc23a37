//! Signing in with a passkey: nobody says who they are, the device knows.

use axum::{Router, extract::State, routing::get};
use http::StatusCode;
use passki::{AuthenticationCredential, AuthenticationOptions, AuthenticationState, Passki, UserVerificationRequirement};
use web::{Error, Form, Problems, Result, html::safe_path, html_with};

use super::{
    challenge::{self, Challenge, FOR_SIGN_IN},
    relying,
    routes::once,
    store::{self, Known},
};
use crate::{
    Caller, Town, Viewer,
    proof::{self, Proved},
    sign_in::{Arrival, By, arrive},
};

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/sign-in/passkey/challenge", get(new_challenge)).route("/sign-in/passkey", axum::routing::post(create))
}

async fn new_challenge(State(town): State<Town>, caller: Caller) -> Result {
    town.limits.challenge.by_address(caller.address)?;
    let Some(party) = relying::party(&town) else { return Err(Error::NotFound) };
    let mut options = AuthenticationOptions::default();
    options.timeout = challenge::LASTS_MS.unsigned_abs();
    options.user_verification = UserVerificationRequirement::Required;
    // No passkey is named: the device offers those it has for this site (discoverable credentials, WebAuthn §6.2.2).
    let (options, state) = party.start_passkey_authentication(&[], options).map_err(Error::broken)?;
    Ok(once(Challenge { options, state: challenge::lend(&town, FOR_SIGN_IN, &state)? }))
}

async fn create(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    let tried = town.limits.sign_in_address.by_address(caller.address)?;
    let next = safe_path(form.text("next"));
    match sign_in(&town, &caller, &form).await? {
        Ok(arrival) => {
            tried.give_back();
            Ok(arrival.lead(&town, next))
        }
        Err(words) => {
            let mut problems = Problems::default();
            problems.add("passkey", words);
            let page = crate::sign_in::page(&town.frame(&Viewer::default(), &caller), &town.providers, "", next, &problems);
            Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page))
        }
    }
}

const AGAIN: &str = "That did not work. Press the button again, or sign in another way.";
const UNKNOWN: &str = "This passkey is not known here: it may have been removed. Sign in another way.";

/// Somebody is in, or words that say why not.
async fn sign_in(town: &Town, caller: &Caller, form: &Form) -> Result<Result<Arrival, &'static str>> {
    let Some(party) = relying::party(town) else { return Ok(Err(AGAIN)) };
    let Some((state, spent)) = challenge::take_back::<AuthenticationState>(town, FOR_SIGN_IN, form.text("state")) else {
        return Ok(Err(AGAIN));
    };
    let Ok(credential) = serde_json::from_str::<AuthenticationCredential>(form.text("credential")) else { return Ok(Err(AGAIN)) };
    let Ok(id) = Passki::base64_decode(&credential.raw_id) else { return Ok(Err(AGAIN)) };
    let Some(known) = town.db.read(move |tx| store::by_credential(tx, &id)).await? else { return Ok(Err(UNKNOWN)) };
    let Some(counter) = signed_by(&party, &credential, &state, &known) else { return Ok(Err(AGAIN)) };
    let used = Used { known, counter, spent };
    let (from, now) = (caller.clone(), town.now());
    Ok(town.db.write(move |tx| used.let_in(tx, &from, now)).await?.ok_or(AGAIN))
}

/// The device's counter, if it is this passkey that signed this challenge, for this site, unlocked by its owner, whose the
/// device says it is (WebAuthn §7.2). A counter that went back is a copy of the key, and refused.
fn signed_by(party: &Passki, credential: &AuthenticationCredential, state: &AuthenticationState, known: &Known) -> Option<u32> {
    let checked = party.finish_passkey_authentication(credential, state, &known.stored);
    let result = checked.map_err(|error| tracing::warn!(%error, passkey = %known.id, "a passkey was refused")).ok()?;
    // Nobody was named, so the device has to say whose it is.
    result.user_handle.is_some_and(|handle| handle == known.user_handle).then_some(result.counter)
}

struct Used {
    known: Known,
    counter: u32,
    spent: Proved,
}

impl Used {
    fn let_in(&self, tx: &mut db::Tx, caller: &Caller, now: i64) -> Result<Option<Arrival>, db::Error> {
        if !proof::spend(tx, &self.spent)? || !store::used(tx, &self.known, self.counter, now)? {
            return Ok(None);
        }
        arrive(tx, caller, self.known.account, By::Passkey, now).map(Some)
    }
}
