//! The addresses of notices.

use axum::{
    Router,
    extract::{Path, Query, State},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use http::{HeaderMap, StatusCode, header};
use people::{
    Caller, Town,
    notices::{self, NoticeId},
};
use serde::Deserialize;
use talk::{Cursor, PostId, told};
use things::stories::show::Now;
use web::{Error, Form, Result, html, see_other};

use super::{
    items, kinds,
    pages::{self, PATH, Shows},
    settings, staff, unsubscribing,
};
use crate::cards::Before;

/// Notices on one page.
const PAGE: usize = 30;

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new()
        .route("/notifications", get(list))
        .route("/notifications/reading", post(read_all))
        .route("/notifications/{id}/reading", post(read_one))
        .route("/notifications/messages/{id}", get(message))
        .merge(settings::routes())
        .merge(unsubscribing::routes())
        .merge(staff::routes())
}

#[derive(Deserialize)]
struct Asked {
    kind: Option<String>,
}

async fn list(State(town): State<Town>, caller: Caller, Query(asked): Query<Asked>, before: Before) -> Result {
    let now = Now::of(&town);
    let kind = match asked.kind.as_deref() {
        Some(name) => Some(kinds::named(name).ok_or(Error::NotFound)?.name),
        None => None,
    };
    let (ms, Before(from)) = (now.ms, before);
    let (mut viewer, (items, older, unseen)) = town
        .read(&caller, move |tx, viewer| {
            let me = viewer.must_be_member()?;
            let mut found = told::notices(tx, me.id, told::Which::Page(kind, from), PAGE as u32 + 1, ms)?;
            let more = found.len() > PAGE;
            found.truncate(PAGE);
            let older = found.last().filter(|_| more).map(|last| Cursor { at: last.at, id: PostId::new(last.id.get()) });
            // Only where something is counted can it be counted in vain.
            let unseen = if me.unread > 0 { told::unseen(tx, me.id, ms)? } else { Vec::new() };
            Ok((items::of(tx, viewer, found)?, older, unseen))
        })
        .await?;
    if !unseen.is_empty() {
        let unread = town
            .write(&caller, move |tx, viewer| {
                let me = viewer.must_be_member()?.id;
                notices::read_unseen(tx, me, &unseen, ms)?;
                Ok(notices::unread(tx, me)?)
            })
            .await?
            .1;
        if let Some(me) = &mut viewer.me {
            me.unread = unread;
        }
    }
    let unread = viewer.must_be_member()?.unread;
    let shows = Shows { items: &items, kind, first: from == Cursor::NEWEST, older, unread, now: &now };
    Ok(html(pages::list(&town.frame(&viewer, &caller), &shows)))
}

async fn read_all(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    let now = town.now();
    let until = form.number("until").unwrap_or(now);
    town.write(&caller, move |tx, viewer| Ok(notices::read_all(tx, viewer.must_be_member()?.id, until, now)?)).await?;
    Ok(see_other(PATH))
}

async fn read_one(State(town): State<Town>, caller: Caller, Path(id): Path<NoticeId>, headers: HeaderMap) -> Result {
    let now = town.now();
    town.write(&caller, move |tx, viewer| Ok(notices::read_one(tx, viewer.must_be_member()?.id, id, now)?)).await?;
    let accepts = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    // A script that leaves the page wants no other.
    Ok(if accepts.contains("text/html") { see_other(&format!("{PATH}#notice-{id}")) } else { nothing() })
}

fn nothing() -> Response {
    StatusCode::NO_CONTENT.into_response()
}

async fn message(State(town): State<Town>, caller: Caller, Path(id): Path<String>) -> Result {
    let (id, now): (db::Id, _) = (id.parse().map_err(|_| Error::NotFound)?, Now::of(&town));
    let (viewer, (message, unread)) = town
        .read(&caller, move |tx, viewer| {
            let me = viewer.must_be_member()?;
            let message = staff::messages(tx, me.id, &[id.get()])?.remove(&id.get()).ok_or(Error::NotFound)?;
            Ok((message, me.unread))
        })
        .await?;
    if unread > 0 {
        let ms = now.ms;
        let read = move |tx: &mut db::Tx, viewer: &people::Viewer| {
            Ok(notices::entered(tx, viewer.must_be_member()?.id, staff::STAFF.name, id.get(), ms)?)
        };
        town.write(&caller, read).await?;
    }
    Ok(html(pages::message(&town.frame(&viewer, &caller), &message, &now)))
}
