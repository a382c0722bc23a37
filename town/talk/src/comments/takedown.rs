//! Taking down somebody else's comment: by whoever may, for a reason that its author is told, with a way back for 30 days.

use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    routing::get,
};
use db::Tx;
use people::{
    AccountId, Caller, Permission, Town, Viewer,
    decisions::{Entry, MAX_REASON, TAKEN_DOWN},
};
use web::{Error, Form, Problems, Result, html, html_with, see_other};

use super::{Comment, lead, pages::forms, read::id_in, store};
use crate::{
    PostId,
    moderation::{self, Kind, Subject},
};

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/comments/{id}/takedown", get(ask).post(take_down))
}

/// A comment that the viewer may take down.
fn others(tx: &mut Tx, viewer: &Viewer, id: PostId) -> Result<Comment> {
    viewer.must(Permission::ModerateNotes)?;
    store::find(tx, viewer, id)
}

async fn ask(State(town): State<Town>, caller: Caller, Path(id): Path<String>) -> Result {
    let id = id_in(&id)?;
    let (viewer, comment) = town.read(&caller, move |tx, viewer| others(tx, viewer, id)).await?;
    Ok(html(forms::take_down(&town.frame(&viewer, &caller), &comment, &Form::default(), &Problems::default())))
}

async fn take_down(State(town): State<Town>, caller: Caller, Path(id): Path<String>, form: Form) -> Result {
    let (id, why) = (id_in(&id)?, form.text("why").trim().to_owned());
    let mut problems = Problems::default();
    if why.is_empty() {
        problems.add("why", "Write why: its author is told, and the log keeps it.");
    } else if why.chars().count() > MAX_REASON {
        problems.add("why", format!("Use at most {MAX_REASON} characters for the reason."));
    }
    if !problems.is_empty() {
        let (viewer, comment) = town.read(&caller, move |tx, viewer| others(tx, viewer, id)).await?;
        let page = forms::take_down(&town.frame(&viewer, &caller), &comment, &form, &problems);
        return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page));
    }
    let (now, site, origin) = (town.now(), town.site(), town.origin().to_owned());
    let (_, (tags, subject)) = town
        .write(&caller, move |tx, viewer| {
            let comment = others(tx, viewer, id)?;
            let tags = store::take_down(tx, id, viewer.must_be_member()?.id, &why, now)?;
            let author = comment.author.id;
            Entry::new(TAKEN_DOWN, "Took down a comment").about(author).post(id.get()).because(&why).by(tx, viewer, now)?;
            let subject = Subject { kind: Kind::Comment, id: id.get() };
            moderation::taken_down(tx, viewer, (subject, author, &comment.content.facts()), &why, (&site.name, &origin), now)?;
            let head = store::head(tx, viewer, comment.subject, now)?;
            Ok((tags, lead(&head.kind, head.subject)))
        })
        .await?;
    town.pages.changed(&tags);
    town.wake();
    Ok(see_other(&format!("{subject}#comments")))
}

/// Somebody of the staff brings a comment back.
pub(super) fn log_restored(tx: &mut Tx, viewer: &Viewer, (id, author): (PostId, AccountId), now: i64) -> Result<()> {
    if !viewer.may(Permission::ModerateNotes) {
        return Err(Error::NotFound);
    }
    Ok(Entry::new("post.restored", "Brought a comment back").about(author).post(id.get()).by(tx, viewer, now)?)
}
