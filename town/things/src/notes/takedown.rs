//! Taking down somebody else's note: by whoever may, for a reason that its author is told, with a way back for 30 days.

use axum::{
    Router,
    extract::{Path, State},
    routing::get,
};
use db::Tx;
use http::StatusCode;
use people::{
    AccountId, Caller, Permission, Town, Viewer,
    decisions::{Entry, MAX_REASON, TAKEN_DOWN},
};
use talk::{
    PostId,
    moderation::{self, Kind, Subject},
    posts,
};
use web::{Error, Form, Problems, Result, html, html_with, see_other};

use super::{Note, pages::page, store};

/// Characters of a note that its author is told of.
const EXCERPT: usize = 3_000;

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/notes/{id}/takedown", get(ask).post(take_down))
}

/// A note that the viewer may take down.
fn others(tx: &mut Tx, viewer: &Viewer, id: PostId) -> Result<Note> {
    viewer.must(Permission::ModerateNotes)?;
    store::find(tx, viewer, id)
}

async fn ask(State(town): State<Town>, caller: Caller, Path(id): Path<PostId>) -> Result {
    let (viewer, note) = town.read(&caller, move |tx, viewer| others(tx, viewer, id)).await?;
    Ok(html(page::take_down(&town.frame(&viewer, &caller), &note, &Form::default(), &Problems::default())))
}

async fn take_down(State(town): State<Town>, caller: Caller, Path(id): Path<PostId>, form: Form) -> Result {
    let why = form.text("why").trim().to_owned();
    let mut problems = Problems::default();
    if why.is_empty() {
        problems.add("why", "Write why: its author is told.");
    } else if why.chars().count() > MAX_REASON {
        problems.add("why", format!("Use at most {MAX_REASON} characters for the reason."));
    }
    if !problems.is_empty() {
        let (viewer, note) = town.read(&caller, move |tx, viewer| others(tx, viewer, id)).await?;
        let page = page::take_down(&town.frame(&viewer, &caller), &note, &form, &problems);
        return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page));
    }
    let (now, site, origin) = (town.now(), town.site(), town.origin().to_owned());
    let (_, (tags, address)) = town
        .write(&caller, move |tx, viewer| {
            let note = others(tx, viewer, id)?;
            posts::take_down(tx, id, viewer.must_be_member()?.id, &why, now)?;
            let author = note.author.id;
            Entry::new(TAKEN_DOWN, "Took down a post").about(author).post(id.get()).because(&why).by(tx, viewer, now)?;
            let subject = Subject { kind: Kind::Note, id: id.get() };
            moderation::taken_down(tx, viewer, (subject, author, &note.content.excerpt(EXCERPT)), &why, (&site.name, &origin), now)?;
            Ok((store::tags(tx, id, author)?, note.address()))
        })
        .await?;
    town.pages.changed(&tags);
    town.wake();
    Ok(see_other(&address))
}

/// Somebody of the staff brings a note back.
pub(super) fn log_restored(tx: &mut Tx, viewer: &Viewer, (id, author): (PostId, AccountId), now: i64) -> Result<()> {
    if !viewer.may(Permission::ModerateNotes) {
        return Err(Error::NotFound);
    }
    Ok(Entry::new("post.restored", "Brought a post back").about(author).post(id.get()).by(tx, viewer, now)?)
}
