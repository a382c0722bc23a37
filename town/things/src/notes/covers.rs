//! Covering what somebody else's note shows: by whoever may take notes down. Its author is told, and the log says who did it.

use axum::{
    Router,
    extract::{Path, State},
    routing::post,
};
use db::params;
use people::{Caller, Permission, Town};
use talk::{PostId, files::log_cover};
use web::{Form, Result, see_other};

use super::{store, write::done};

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
