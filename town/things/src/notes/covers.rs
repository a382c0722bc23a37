//! Covering what somebody else's note shows: by whoever may take notes down. Its author is told, and the log says who did it.

use axum::{
    Router,
    extract::{Path, State},
    routing::post,
};
use db::{Tx, params};
use people::{
    AccountId, Caller, Permission, Town, Viewer,
    decisions::Entry,
    notices::{Kind, News, Ways},
};
use talk::{PostId, told};
use web::{Form, Result, see_other};

use super::{store, write::done};

/// Members are told that what they showed is covered now.
pub const COVERED: Kind = Kind {
    name: "covered",
    title: "The moderators cover your pictures as sensitive",
    icon: "eye-off",
    one: "Your pictures are covered as sensitive now: whoever wants to see them opens them",
    many: "Your pictures are covered as sensitive now: whoever wants to see them opens them",
    usual: Ways::SITE,
};

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/notes/{id}/cover", post(cover)).route("/notes/{id}/cover/removal", post(uncover))
}

async fn cover(State(town): State<Town>, caller: Caller, Path(id): Path<PostId>, form: Form) -> Result {
    set(&town, &caller, id, true, &form).await
}

async fn uncover(State(town): State<Town>, caller: Caller, Path(id): Path<PostId>, form: Form) -> Result {
    set(&town, &caller, id, false, &form).await
}

async fn set(town: &Town, caller: &Caller, id: PostId, covered: bool, form: &Form) -> Result {
    let now = town.now();
    let (_, tags) = town
        .write(caller, move |tx, viewer| {
            viewer.must(Permission::ModerateNotes)?;
            let note = store::find(tx, viewer, id)?;
            let author = note.author.id;
            if note.covered != covered {
                tx.run("update posts set covered_at = $2 where id = $1", params![id, covered.then_some(now)])?;
                log_cover(tx, viewer, (id, author), covered, now)?;
            }
            Ok(store::tags(tx, id, author)?)
        })
        .await?;
    town.pages.changed(&tags);
    town.wake();
    Ok(see_other(&done(form.text("back"), if covered { "covered" } else { "uncovered" }, id)))
}

/// Writes down that somebody of the staff covered what a post shows, or uncovered it, and tells its author of the former.
///
/// # Errors
/// When the database does not answer.
pub(crate) fn log_cover(tx: &mut Tx, viewer: &Viewer, (id, author): (PostId, AccountId), covered: bool, now: i64) -> Result<()> {
    let (act, words) =
        if covered { ("post.covered", "Covered the pictures of a post") } else { ("post.uncovered", "Uncovered the pictures of a post") };
    Entry::new(act, words).about(author).post(id.get()).by(tx, viewer, now)?;
    if covered {
        told::tell(tx, author, &News { kind: &COVERED, by: None, about: id.get(), post: Some(id.get()), with: None }, now)?;
    }
    Ok(())
}
