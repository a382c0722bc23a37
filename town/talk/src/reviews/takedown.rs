//! Taking down somebody else's review: by whoever may, for a reason that its author is told, with a way back for 30 days.

use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    routing::get,
};
use db::Tx;
use people::{
    Caller, Permission, Town, Viewer,
    decisions::{Entry, MAX_REASON, TAKEN_DOWN},
};
use web::{Form, Problems, Result, Tag, html, html_with, see_other};

use super::{Review, pages::one, read::id_in, store};
use crate::{
    PostId,
    moderation::{self, Kind, Subject},
};

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/reviews/{id}/takedown", get(ask).post(take_down))
}

/// A review that the viewer may take down.
fn others(tx: &mut Tx, viewer: &Viewer, id: PostId) -> Result<Review> {
    viewer.must(Permission::ModerateNotes)?;
    store::find(tx, viewer, id)
}

/// Reads `why`.
pub fn reason(form: &Form, problems: &mut Problems) -> String {
    let why = form.text("why").trim().to_owned();
    if why.is_empty() {
        problems.add("why", "Write why: its author is told.");
    } else if why.chars().count() > MAX_REASON {
        problems.add("why", format!("Use at most {MAX_REASON} characters for the reason."));
    }
    why
}

/// Takes a review down, or refuses one that waits: it is written down who did so and why, and its author is told, as the site is
/// `spoken` of (its name and origin).
///
/// # Errors
/// `Forbidden` for whoever may not.
pub fn carry_out(tx: &mut Tx, viewer: &Viewer, id: PostId, why: &str, spoken: (&str, &str), now: i64) -> Result<Vec<Tag>> {
    let me = viewer.must(Permission::ModerateNotes)?.id;
    let place = store::place(tx, id)?;
    let tags = store::take_down(tx, id, me, why, now)?;
    Entry::new(TAKEN_DOWN, "Took down a review").about(place.author).post(id.get()).because(why).by(tx, viewer, now)?;
    let subject = Subject { kind: Kind::Review, id: id.get() };
    moderation::taken_down(tx, viewer, (subject, place.author, &place.words), why, spoken, now)?;
    Ok(tags)
}

async fn ask(State(town): State<Town>, caller: Caller, Path(id): Path<String>) -> Result {
    let id = id_in(&id)?;
    let (viewer, review) = town.read(&caller, move |tx, viewer| others(tx, viewer, id)).await?;
    Ok(html(one::take_down(&town.frame(&viewer, &caller), &review, &Form::default(), &Problems::default())))
}

async fn take_down(State(town): State<Town>, caller: Caller, Path(id): Path<String>, form: Form) -> Result {
    let id = id_in(&id)?;
    let mut problems = Problems::default();
    let why = reason(&form, &mut problems);
    let (viewer, review) = town.read(&caller, move |tx, viewer| others(tx, viewer, id)).await?;
    if !problems.is_empty() {
        let page = one::take_down(&town.frame(&viewer, &caller), &review, &form, &problems);
        return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page));
    }
    let (now, site, origin) = (town.now(), town.site(), town.origin().to_owned());
    let (_, tags) = town.write(&caller, move |tx, viewer| carry_out(tx, viewer, id, &why, (&site.name, &origin), now)).await?;
    town.pages.changed(&tags);
    town.wake();
    Ok(see_other(&format!("/posts/{}/reviews", review.subject)))
}
