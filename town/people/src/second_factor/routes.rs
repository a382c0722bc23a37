//! Addresses of two-step sign-in: its page among the settings.

use axum::{
    Router,
    extract::State,
    response::{AppendHeaders, IntoResponse as _, Response},
    routing::{get, post},
};
use http::{HeaderName, HeaderValue, StatusCode, header};
use web::{Error, Form, Problems, Result, html, html_with, see_other};

use super::{
    RecoveryCodes, WRONG, pages,
    passing::about,
    setup::{self, Setup},
    sign_in as coming_in, store, totp,
};
use crate::{
    Caller, Me, Town, Viewer,
    sign_in::{Change, Others, ask_again, session_cookie},
};

const PATH: &str = "/settings/two-step";

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new()
        .route("/settings/two-step", get(show).post(create))
        .route("/settings/two-step/codes", post(renew_codes))
        .route("/settings/two-step/removal", post(remove))
        .merge(coming_in::routes())
}

/// The page; for somebody who has not shown lately that it is them, the one that asks.
async fn show(State(town): State<Town>, caller: Caller) -> Result {
    let (viewer, on) = town
        .read(&caller, |tx, viewer| {
            let me = viewer.must_be_member()?;
            let Some(since) = store::since(tx, me.id)? else { return Ok(None) };
            Ok(Some((since, store::codes_left(tx, me.id)?)))
        })
        .await?;
    let me = viewer.must_be_member()?;
    if !me.proved_lately(town.now()) {
        return Ok(ask_again(PATH));
    }
    let frame = town.frame(&viewer, &caller);
    match on {
        Some((since, left)) => Ok(html(pages::is_on(&frame, since, left, (town.now(), &town.zone())))),
        None => Ok(html(setting_up(&town, &viewer, &caller, &Setup::begin(&town, me)?, &Problems::default())?)),
    }
}

fn setting_up(town: &Town, viewer: &Viewer, caller: &Caller, setup: &Setup, problems: &Problems) -> Result<maud::Markup> {
    let me = viewer.must_be_member()?;
    let address = totp::address(&setup.secret, &town.site().name, &me.handle);
    Ok(pages::set_up(&town.frame(viewer, caller), setup, &setup::picture(&address)?, &address, problems))
}

/// A right code of the new secret turns it on. The form carries the secret, sealed for this session, which had shown that it
/// is them when it got it: whoever first had to install an app is not asked again.
async fn create(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    let viewer = town.viewer(&caller).await?;
    let me = viewer.must_be_member()?;
    let Some(setup) = Setup::go_on(&town, me, form.text("setup")) else { return Ok(see_other(PATH)) };
    let code: String = form.text("code").chars().filter(|character| !character.is_whitespace()).collect();
    let Some(step) = totp::step_of(&setup.secret, &code, town.now()) else {
        let mut problems = Problems::default();
        problems.add(
            "code",
            "That is not the code of this moment. Look whether the clock of your telephone is right, and type the newest code.",
        );
        return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, setting_up(&town, &viewer, &caller, &setup, &problems)?));
    };
    let codes = RecoveryCodes::fresh()?;
    let sealed = town.seal.close(&about(me.id), &setup.secret)?;
    let change = Change::new(&town, me.id, "two-step sign-in was turned on");
    let (kept, me, now) = (codes.clone(), me.clone(), town.now());
    let token = town
        .db
        .write(move |tx| -> Result<_> {
            if !store::insert(tx, me.id, &sealed, step, now)? {
                return Ok(None);
            }
            store::set_codes(tx, me.id, &kept)?;
            change.follow(tx, &me, Others::End).map(Some)
        })
        .await?;
    let Some(token) = token else { return Ok(see_other(PATH)) };
    town.wake();
    Ok(codes_once(&town, &viewer, &caller, &codes, &token))
}

/// New recovery codes in place of the old ones.
async fn renew_codes(State(town): State<Town>, caller: Caller) -> Result {
    let viewer = town.viewer(&caller).await?;
    let me = viewer.must_be_member()?;
    if !me.proved_lately(town.now()) {
        return Ok(ask_again(PATH));
    }
    let codes = RecoveryCodes::fresh()?;
    let change = Change::new(&town, me.id, "new recovery codes were made, and the old ones no longer work,");
    let (kept, me) = (codes.clone(), me.clone());
    let token = town
        .db
        .write(move |tx| -> Result<_> {
            if !store::is_on(tx, me.id)? {
                return Ok(None);
            }
            store::set_codes(tx, me.id, &kept)?;
            change.follow(tx, &me, Others::GoOn).map(Some)
        })
        .await?;
    let Some(token) = token else { return Ok(see_other(PATH)) };
    town.wake();
    Ok(codes_once(&town, &viewer, &caller, &codes, &token))
}

/// The only page that ever shows them. No cache keeps it.
fn codes_once(town: &Town, viewer: &Viewer, caller: &Caller, codes: &RecoveryCodes, token: &str) -> Response {
    let head: AppendHeaders<[(HeaderName, HeaderValue); 2]> =
        AppendHeaders([(header::SET_COOKIE, session_cookie(town, token)), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))]);
    (head, html(pages::codes(&town.frame(viewer, caller), codes, &town.site().name))).into_response()
}

async fn remove(State(town): State<Town>, caller: Caller) -> Result {
    let viewer = town.viewer(&caller).await?;
    let me: Me = viewer.must_be_member()?.clone();
    if !me.proved_lately(town.now()) {
        return Ok(ask_again(PATH));
    }
    let change = Change::new(&town, me.id, "two-step sign-in was turned off");
    let token = town
        .db
        .write(move |tx| -> Result<_, Error> {
            if store::remove(tx, me.id)? { change.follow(tx, &me, Others::End).map(Some) } else { Ok(None) }
        })
        .await?;
    town.wake();
    let done = see_other("/settings?done=two-step-off");
    Ok(match token {
        Some(token) => ([(header::SET_COOKIE, session_cookie(&town, &token))], done).into_response(),
        None => done,
    })
}

/// A code that is not taken, at its field.
pub(super) fn wrong() -> Problems {
    let mut problems = Problems::default();
    problems.add("code", WRONG);
    problems
}
