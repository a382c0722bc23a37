//! Taking down somebody's context: by whoever may, for a reason that its author is told, with a way back for 30 days.

use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    routing::{get, post},
};
use db::Tx;
use people::{
    Caller, Permission, Town, Viewer,
    accounts::{self, Account},
    decisions::{Entry, MAX_REASON, TAKEN_DOWN},
};
use web::{Form, Problems, Result, html, html_with, see_other};

use super::{
    ContextId,
    pages::list,
    routes::id_in,
    store::{self, Kept},
};
use crate::moderation::{self, Kind, Subject};

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/contexts/{id}/takedown", get(ask).post(take_down)).route("/contexts/{id}/takedown/undo", post(restore))
}

/// A context that the viewer may take down, and who wrote it.
fn others(tx: &mut Tx, viewer: &Viewer, id: ContextId) -> Result<(Kept, Option<Account>)> {
    viewer.must(Permission::ModerateNotes)?;
    let context = store::find(tx, viewer, id)?;
    let author = accounts::by_id(tx, context.author)?;
    Ok((context, author))
}

async fn ask(State(town): State<Town>, caller: Caller, Path(id): Path<String>) -> Result {
    page(&town, &caller, id_in(&id)?, StatusCode::OK, (&Form::default(), &Problems::default())).await
}

async fn page(town: &Town, caller: &Caller, id: ContextId, status: StatusCode, typed: (&Form, &Problems)) -> Result {
    let (viewer, (context, author)) = town.read(caller, move |tx, viewer| others(tx, viewer, id)).await?;
    let page = list::take_down(&town.frame(&viewer, caller), &context, author.as_ref(), typed);
    Ok(if status == StatusCode::OK { html(page) } else { html_with(status, page) })
}

async fn take_down(State(town): State<Town>, caller: Caller, Path(id): Path<String>, form: Form) -> Result {
    let (id, why) = (id_in(&id)?, form.text("why").trim().to_owned());
    let mut problems = Problems::default();
    if why.is_empty() {
        problems.add("why", "Write why: its author is told.");
    } else if why.chars().count() > MAX_REASON {
        problems.add("why", format!("Use at most {MAX_REASON} characters for the reason."));
    }
    if !problems.is_empty() {
        return page(&town, &caller, id, StatusCode::UNPROCESSABLE_ENTITY, (&form, &problems)).await;
    }
    let (now, site, origin) = (town.now(), town.site(), town.origin().to_owned());
    let (_, subject) = town
        .write(&caller, move |tx, viewer| {
            let (context, _) = others(tx, viewer, id)?;
            if context.removed.is_some() {
                return Ok(context.subject);
            }
            store::take_down(tx, id, viewer.must_be_member()?.id, &why, now)?;
            Entry::new(TAKEN_DOWN, "Took down context")
                .about(context.author)
                .post(context.subject.get())
                .because(&why)
                .by(tx, viewer, now)?;
            let subject = Subject { kind: Kind::Context, id: id.get() };
            moderation::taken_down(tx, viewer, (subject, context.author, &context.content.body), &why, (&site.name, &origin), now)?;
            Ok(context.subject)
        })
        .await?;
    town.pages.changed(&store::tags(subject));
    town.wake();
    Ok(see_other(&format!("{}#context-{id}", list::back(subject))))
}

async fn restore(State(town): State<Town>, caller: Caller, Path(id): Path<String>) -> Result {
    let (id, now) = (id_in(&id)?, town.now());
    let (_, subject) = town
        .write(&caller, move |tx, viewer| {
            let (context, _) = others(tx, viewer, id)?;
            if context.removed.is_some() {
                store::bring_back(tx, id, now)?;
                Entry::new("post.restored", "Brought context back")
                    .about(context.author)
                    .post(context.subject.get())
                    .by(tx, viewer, now)?;
            }
            Ok(context.subject)
        })
        .await?;
    town.pages.changed(&store::tags(subject));
    town.wake();
    Ok(see_other(&format!("{}?done=restored#context-{id}", list::back(subject))))
}
