//! Addresses of passkeys among the settings.

use axum::{
    Json, Router,
    extract::{Path, State},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use http::{HeaderValue, StatusCode, header};
use passki::{
    Passki, RegistrationCredential, RegistrationOptions, RegistrationState, ResidentKeyRequirement, StoredPasskey,
    UserVerificationRequirement,
};
use web::{Error, Form, Problems, Result, html, html_with, see_other, token};

use super::{
    MAX, MAX_NAME, Passkey, PasskeyId,
    challenge::{self, Challenge},
    pages, relying, sign_in as coming_in,
    store::{self, NewPasskey},
};
use crate::{
    Caller, Me, Town, Viewer, accounts,
    proof::{self, Proved},
    sign_in::{Change, Others, ask_again, session_cookie},
};

const PATH: &str = "/settings/passkeys";

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new()
        .route("/settings/passkeys", get(show).post(create))
        .route("/settings/passkeys/challenge", get(new_challenge))
        .route("/settings/passkeys/{id}/removal", post(remove))
        .merge(coming_in::routes())
}

async fn own(town: &Town, caller: &Caller) -> Result<(Viewer, Vec<Passkey>)> {
    town.read(caller, |tx, viewer| Ok(store::all_of(tx, viewer.must_be_member()?.id)?)).await
}

async fn show(State(town): State<Town>, caller: Caller) -> Result {
    let (viewer, own) = own(&town, &caller).await?;
    if !viewer.must_be_member()?.proved_lately(town.now()) {
        return Ok(ask_again(PATH));
    }
    Ok(html(page(&town, &viewer, &caller, &own, None, &Problems::default())))
}

fn page(town: &Town, viewer: &Viewer, caller: &Caller, own: &[Passkey], typed: Option<&str>, problems: &Problems) -> maud::Markup {
    let device = accounts::device(&caller.agent);
    let about = pages::About { own, name: typed.unwrap_or(&device), now: town.now(), zone: &town.zone() };
    pages::list(&town.frame(viewer, caller), &about, problems)
}

/// A challenge for a new passkey. A script asks, so what is missing is said in words and leads nowhere.
async fn new_challenge(State(town): State<Town>, caller: Caller) -> Result {
    let (viewer, known) = town.read(&caller, |tx, viewer| Ok(store::known_of(tx, viewer.must_be_member()?.id)?)).await?;
    let me = viewer.must_be_member()?;
    if !me.proved_lately(town.now()) {
        return Err(Error::Forbidden("It was too long ago that you showed that it is you. Load this page again.".into()));
    }
    let Some(party) = relying::party(&town) else { return Err(Error::NotFound) };
    // One handle for all passkeys of an account, so that a device shows the account once. Random: it tells nothing.
    let user_handle = known.first().map_or_else(|| token::digest(&token::fresh()), |known| known.user_handle.clone());
    let here: Vec<StoredPasskey> = known.into_iter().map(|known| known.stored).collect();
    let mut options = RegistrationOptions::default();
    options.timeout = challenge::LASTS_MS.unsigned_abs();
    options.resident_key = ResidentKeyRequirement::Required;
    options.user_verification = UserVerificationRequirement::Required;
    options.exclude_credentials = Some(&here);
    let (options, state) = party.start_passkey_registration(&user_handle, &me.handle, &me.name, options).map_err(Error::broken)?;
    let state = challenge::lend(&town, &challenge::for_registration(me), &state)?;
    Ok(once(Challenge { options, state }))
}

/// Never kept: a challenge is for one answer.
pub(super) fn once(challenge: Challenge<impl serde::Serialize>) -> Response {
    ([(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], Json(challenge)).into_response()
}

async fn create(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    let (viewer, own) = own(&town, &caller).await?;
    let me = viewer.must_be_member()?;
    let mut problems = Problems::default();
    let name = parse_name(form.text("name"), &mut problems);
    let made = made(&town, me, &form, &mut problems);
    let added = match made.filter(|_| problems.is_empty()) {
        Some((passkey, spent)) => add(&town, me, NewPasskey { name, ..passkey }, spent).await,
        None => Err(Error::Invalid(problems)),
    };
    match added {
        Ok(token) => {
            town.wake();
            Ok(([(header::SET_COOKIE, session_cookie(&town, &token))], see_other("/settings/passkeys?done=passkey-added")).into_response())
        }
        Err(Error::Invalid(problems)) => {
            let page = page(&town, &viewer, &caller, &own, Some(form.text("name")), &problems);
            Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page))
        }
        Err(error) => Err(error),
    }
}

fn parse_name(typed: &str, problems: &mut Problems) -> String {
    let name = text::clean_line(typed);
    if name.is_empty() {
        problems.add("name", "Give the passkey a name, so that you know it again.");
    } else if name.chars().count() > MAX_NAME {
        problems.add("name", format!("Use at most {MAX_NAME} characters for the name."));
    }
    name
}

/// What a device made, if it answers our challenge to this person, with what has to be spent for it.
fn made(town: &Town, me: &Me, form: &Form, problems: &mut Problems) -> Option<(NewPasskey, Proved)> {
    let Some(party) = relying::party(town) else {
        problems.add("passkey", "Passkeys need HTTPS and a name instead of a number in the address of this site.");
        return None;
    };
    let brought = challenge::take_back::<RegistrationState>(town, &challenge::for_registration(me), form.text("state"));
    let checked = brought.and_then(|(state, spent)| {
        let credential: RegistrationCredential = serde_json::from_str(form.text("credential")).ok()?;
        let finished = party.finish_passkey_registration(&credential, &state);
        let stored = finished.map_err(|error| tracing::info!(%error, account = %me.id, "a new passkey was refused")).ok()?;
        Some((NewPasskey { account: me.id, user_handle: Passki::base64_decode(&state.user.id).ok()?, stored, name: String::new() }, spent))
    });
    if checked.is_none() {
        problems.add("passkey", "Your device did not make a passkey for this site. Press the button again, and follow what it says.");
    }
    checked
}

async fn add(town: &Town, me: &Me, new: NewPasskey, spent: Proved) -> Result<String> {
    let change = Change::new(town, me.id, format!("a passkey, “{}”, was added", new.name));
    let (me, now) = (me.clone(), town.now());
    town.db
        .write(move |tx| {
            if !proof::spend(tx, &spent)? {
                return Err(Error::invalid("passkey", "This form was sent before. Press the button again."));
            }
            if store::count_of(tx, me.id)? >= MAX {
                return Err(Error::invalid("passkey", format!("You have {MAX} passkeys. Remove one that you no longer use first.")));
            }
            store::insert(tx, &new, now).map_err(taken)?;
            change.follow(tx, &me, Others::GoOn)
        })
        .await
}

fn taken(error: db::Error) -> Error {
    if error.violates("passkeys.credential") {
        return Error::invalid("passkey", "This passkey is here already.");
    }
    error.into()
}

async fn remove(State(town): State<Town>, caller: Caller, Path(id): Path<PasskeyId>) -> Result {
    let viewer = town.viewer(&caller).await?;
    let me = viewer.must_be_member()?.clone();
    if !me.proved_lately(town.now()) {
        return Ok(ask_again(PATH));
    }
    let inner = town.clone();
    let token = town
        .db
        .write(move |tx| -> Result<_> {
            let Some(name) = store::remove(tx, me.id, id)? else { return Ok(None) };
            Change::new(&inner, me.id, format!("the passkey “{name}” was removed")).follow(tx, &me, Others::End).map(Some)
        })
        .await?;
    town.wake();
    Ok(match token {
        Some(token) => {
            ([(header::SET_COOKIE, session_cookie(&town, &token))], see_other("/settings/passkeys?done=passkey-removed")).into_response()
        }
        None => see_other(PATH),
    })
}
