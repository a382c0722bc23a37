//! Addresses by which members see to their own account.

use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRequest as _, Path, Request, State},
    response::IntoResponse as _,
    routing::{get, post},
};
use http::{StatusCode, header};
use web::{Error, Form, Problems, Result, Tag, html, html_with, see_other};

use super::{Standing, account::MAX_BIO, address, handle, names, pages, parse_name, store};
use crate::{
    Caller, Permission, Town, pictures,
    sign_in::{self, SessionId, password},
};

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new()
        .route("/settings", get(edit).post(update))
        .layer(DefaultBodyLimit::max(web::form::MAX_FILE + 1024 * 1024))
        .route("/settings/password", post(update_password))
        .route("/settings/sessions", post(remove_other_sessions))
        .route("/settings/sessions/{id}/remove", post(remove_session))
        .merge(address::routes())
        .merge(handle::routes())
}

async fn settings(town: &Town, caller: &Caller, problems: &Problems, form: Option<&Form>) -> Result<(web::Frame, maud::Markup)> {
    let now = town.now();
    let (viewer, (account, sessions, ways)) = town
        .read(caller, move |tx, viewer| {
            let me = viewer.must_be_member()?;
            let account = store::by_id(tx, me.id)?.ok_or(Error::NotFound)?;
            Ok((account, sign_in::all_of(tx, me.id, now)?, sign_in::Ways::of(tx, me.id)?))
        })
        .await?;
    let frame = town.frame(&viewer, caller);
    let session = viewer.must_be_member()?.session;
    let levels = town.levels();
    let page = pages::settings(
        &frame,
        &pages::Settings {
            account: &account,
            sessions: &sessions,
            ways: &ways,
            providers: &town.providers,
            level: levels.named(&account.level).map_or("Member", |level| level.title.as_str()),
            current: session,
            now,
            zone: &town.zone(),
            form,
        },
        problems,
    );
    Ok((frame, page))
}

async fn edit(State(town): State<Town>, caller: Caller) -> Result {
    match town.viewer(&caller).await?.must_be_signed_in()?.standing {
        Standing::Member => {}
        Standing::Leaving | Standing::Gone => return Ok(see_other("/settings/departure")),
        Standing::Unconfirmed | Standing::Waiting => return Ok(see_other("/join/confirmation")),
    }
    Ok(html(settings(&town, &caller, &Problems::default(), None).await?.1))
}

async fn update(State(town): State<Town>, caller: Caller, request: Request) -> Result {
    let (viewer, ()) = town.read(&caller, |_, viewer| viewer.must_be_member().map(|_| ())).await?;
    let me = viewer.must_be_member()?.id;
    // Read only now: nobody else gets to send megabytes.
    let form = Form::from_request(request, &town).await?;
    let mut problems = Problems::default();
    let name = parse_name(form.text("display_name"), &mut problems);
    let bio = form.text("bio").trim().to_owned();
    if bio.chars().count() > MAX_BIO {
        problems.add("bio", format!("Use at most {MAX_BIO} characters about yourself."));
    }
    let works_here = Permission::of_staff().any(|permission| viewer.may(permission));
    if !works_here && viewer.me.as_ref().is_some_and(|me| me.name != name) {
        let (site, wanted) = (town.site().name.clone(), name.clone());
        problems = town
            .db
            .read(move |tx| -> Result<_> {
                let mut problems = problems.clone();
                names::check(tx, &wanted, &site, Some(me), &mut problems)?;
                Ok(problems)
            })
            .await?;
    }
    let mut picture = None;
    if let Some(file) = form.file("picture").filter(|_| problems.is_empty()) {
        match pictures::accept(&town, me, file.bytes.clone()).await {
            Ok(accepted) => picture = Some(accepted.key),
            Err(words) => problems.add("picture", words),
        }
    }
    if !problems.is_empty() {
        return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, settings(&town, &caller, &problems, Some(&form)).await?.1));
    }
    let (now, without) = (town.now(), form.ticked("without_picture"));
    town.db
        .write(move |tx| -> Result<(), db::Error> {
            store::save_profile(tx, me, &name, &bio, now)?;
            if picture.is_some() || without {
                store::set_picture(tx, me, picture.as_deref(), now)?;
            }
            Ok(())
        })
        .await?;
    town.pages.changed(&[Tag("account", me.get())]);
    Ok(see_other("/settings?done=saved"))
}

async fn update_password(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    let (viewer, hash) = town
        .read(&caller, |tx, viewer| {
            let me = viewer.must_be_member()?;
            Ok(store::credentials(tx, &me.handle)?.0.and_then(|(_, hash)| hash))
        })
        .await?;
    let me = viewer.must_be_member()?;
    let tried = town.limits.sign_in_name.by(&store::sign_in_key(&me.handle))?;
    let mut problems = Problems::default();
    if password::verify(form.text("current_password"), hash).await? {
        tried.give_back();
    } else {
        problems.add("current_password", "That is not your current password.");
    }
    if let Err(words) = password::check(form.text("new_password")) {
        problems.add("new_password", words);
    }
    if !problems.is_empty() {
        return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, settings(&town, &caller, &problems, None).await?.1));
    }
    let hash = password::hash(form.text("new_password")).await?;
    let change = sign_in::Change::new(&town, me.id, "a new password was chosen");
    let (me, now) = (me.clone(), town.now());
    let token = town
        .db
        .write(move |tx| -> Result<String> {
            store::set_password(tx, me.id, &hash, now)?;
            sign_in::revoke(tx, me.id)?;
            change.follow(tx, &me, sign_in::Others::End)
        })
        .await?;
    town.wake();
    let cookie = [(header::SET_COOKIE, sign_in::session_cookie(&town, &token))];
    Ok((cookie, see_other("/settings?done=password")).into_response())
}

async fn remove_session(State(town): State<Town>, caller: Caller, Path(session): Path<SessionId>) -> Result {
    town.write(&caller, move |tx, viewer| Ok(sign_in::end(tx, viewer.must_be_member()?.id, session)?)).await?;
    Ok(see_other("/settings?done=saved#sessions"))
}

async fn remove_other_sessions(State(town): State<Town>, caller: Caller) -> Result {
    town.write(&caller, |tx, viewer| {
        let me = viewer.must_be_member()?;
        Ok(sign_in::end_all(tx, me.id, Some(me.session))?)
    })
    .await?;
    Ok(see_other("/settings?done=signed-out#sessions"))
}
