//! The addresses of readers' context.

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::IntoResponse as _,
    routing::{get, post},
};
use people::{Caller, Permission, Town};
use web::{Error, Form, Problems, Result, html, html_with, see_other};

use super::{
    Content, ContextId,
    content::Said,
    judging,
    pages::{about, list},
    standing, state, store, takedown,
};
use crate::PostId;

pub(crate) fn routes() -> Router<Town> {
    Router::new()
        .route("/context", get(explain))
        .route("/context/ratings.csv", get(hand_out_ratings))
        .route("/context/contexts.csv", get(hand_out_contexts))
        .route("/posts/{id}/context", get(show).post(create))
        .route("/contexts/{id}", get(lead_there))
        .route("/contexts/{id}/rating", post(rate))
        .route("/contexts/{id}/rating/undo", post(unrate))
        .route("/contexts/{id}/removal", post(remove))
        .merge(takedown::routes())
}

pub(super) fn id_in(text: &str) -> Result<ContextId> {
    text.parse().map_err(|_| Error::NotFound)
}

async fn explain(State(town): State<Town>, caller: Caller) -> Result {
    let (viewer, state) = town.read(&caller, |tx, _| Ok(state::read(tx)?)).await?;
    let downloads = viewer.may(Permission::ManageSite);
    Ok(html(about::page(&town.frame(&viewer, &caller), &state, downloads, (town.now(), town.zone()))))
}

fn file(name: &str, content: String) -> Result {
    let head = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8; header=present")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")).map_err(Error::broken)?),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((head, content).into_response())
}

async fn hand_out_ratings(State(town): State<Town>, caller: Caller) -> Result {
    let now = town.now();
    let (_, ratings) = town
        .read(&caller, move |tx, viewer| {
            viewer.must(Permission::ManageSite)?;
            Ok(judging::ratings(tx, now)?)
        })
        .await?;
    file("context-ratings.csv", state::ratings_file(&ratings))
}

async fn hand_out_contexts(State(town): State<Town>, caller: Caller) -> Result {
    let (_, content) = town
        .read(&caller, |tx, viewer| {
            viewer.must(Permission::ManageSite)?;
            Ok(state::contexts_file(tx)?)
        })
        .await?;
    file("contexts.csv", content)
}

async fn show(State(town): State<Town>, caller: Caller, Path(id): Path<String>) -> Result {
    let id: PostId = id.parse().map_err(|_| Error::NotFound)?;
    page(&town, &caller, id, StatusCode::OK, (&Form::default(), &Problems::default())).await
}

/// The page of a post's contexts, with what was typed.
async fn page(town: &Town, caller: &Caller, id: PostId, status: StatusCode, typed: (&Form, &Problems)) -> Result {
    let now = town.now();
    let (viewer, (subject, listed, hindrance, rates_not)) = town
        .read(caller, move |tx, viewer| {
            let me = viewer.must_be_member()?.id;
            let subject = store::subject(tx, viewer, id)?;
            let hindrance = match store::hindrance(tx, viewer, &subject, now) {
                Err(Error::Forbidden(words)) => Some(words.into_owned()),
                found => found?,
            };
            let rates_not = match (subject.authors.contains(&me), viewer.may(Permission::React)) {
                (true, _) => Some("This is your own post: others say whether context helps."),
                (_, false) => Some("Your level does not include rating."),
                _ => standing::lacks(tx, me, now)?,
            };
            let listed = store::listed(tx, viewer, id)?;
            Ok((subject, listed, hindrance, rates_not))
        })
        .await?;
    let under = list::Under {
        subject: &subject,
        listed: &listed,
        hindrance: hindrance.as_deref(),
        rates_not,
        moderates: viewer.may(Permission::ModerateNotes),
        typed,
        now: (now, town.zone()),
    };
    Ok(html_with(status, list::page(&town.frame(&viewer, caller), &under)))
}

async fn create(State(town): State<Town>, caller: Caller, Path(id): Path<String>, form: Form) -> Result {
    let id: PostId = id.parse().map_err(|_| Error::NotFound)?;
    let limited = town.limits.comment.by(&town.viewer(&caller).await?.must_be_member()?.id);
    let mut problems = Problems::default();
    let (content, now) = (Content::parse(&form, &mut problems), town.now());
    let written = match (limited, problems.or(())) {
        (Err(error), _) => Err(error),
        (_, Err(problems)) => Err(Error::Invalid(problems)),
        (Ok(_), Ok(())) => town.write(&caller, move |tx, viewer| store::write(tx, viewer, id, &content, now)).await,
    };
    match written {
        Ok((_, context)) => Ok(see_other(&format!("{}?done=context-added#context-{context}", list::back(id)))),
        Err(error) => {
            let status = error.status();
            let problems = store::said(error)?;
            page(&town, &caller, id, status, (&form, &problems)).await
        }
    }
}

async fn lead_there(State(town): State<Town>, caller: Caller, Path(id): Path<String>) -> Result {
    let id = id_in(&id)?;
    let (_, context) = town
        .read(&caller, move |tx, viewer| {
            viewer.must_be_member()?;
            store::find(tx, viewer, id)
        })
        .await?;
    Ok(see_other(&format!("{}#context-{id}", list::back(context.subject))))
}

async fn rate(State(town): State<Town>, caller: Caller, Path(id): Path<String>, form: Form) -> Result {
    let (id, now) = (id_in(&id)?, town.now());
    town.limits.press.by(&town.viewer(&caller).await?.must_be_member()?.id)?;
    let mut problems = Problems::default();
    let said = Said::parse(&form, &mut problems);
    let Some(said) = said else { return Err(Error::Invalid(problems)) };
    let (_, subject) = town.write(&caller, move |tx, viewer| store::rate(tx, viewer, id, (said.value, &said.reasons), now)).await?;
    town.wake();
    Ok(see_other(&format!("{}?done=context-rated#context-{id}", list::back(subject))))
}

async fn unrate(State(town): State<Town>, caller: Caller, Path(id): Path<String>) -> Result {
    let (id, now) = (id_in(&id)?, town.now());
    town.limits.press.by(&town.viewer(&caller).await?.must_be_member()?.id)?;
    let (_, subject) = town.write(&caller, move |tx, viewer| store::unrate(tx, viewer, id, now)).await?;
    town.wake();
    Ok(see_other(&format!("{}#context-{id}", list::back(subject))))
}

async fn remove(State(town): State<Town>, caller: Caller, Path(id): Path<String>) -> Result {
    let (id, now) = (id_in(&id)?, town.now());
    let (_, subject) = town
        .write(&caller, move |tx, viewer| {
            let context = store::find(tx, viewer, id)?;
            if context.author != viewer.must_be_member()?.id {
                return Err(Error::Forbidden("Only its author can delete context.".into()));
            }
            // What was taken down stays where those who run the site can read it.
            if context.removed.is_some() {
                return Err(Error::Gone);
            }
            store::delete(tx, id, now)?;
            Ok(context.subject)
        })
        .await?;
    town.pages.changed(&store::tags(subject));
    town.wake();
    Ok(see_other(&list::back(subject)))
}
