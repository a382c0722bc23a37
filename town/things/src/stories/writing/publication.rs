//! The way to the readers and back: review, publishing, scheduling, taking off, deleting, restoring.

use axum::{
    extract::{Path, Request, State},
    response::Response,
};
use db::Tx;
use people::{
    Caller, Town, Viewer,
    decisions::{Entry, TAKEN_DOWN},
};
use talk::{PostId, moderation, posts};
use web::{Error, Result, Tag, see_other};

use super::{
    drafts::{beside, given_back},
    saving::{Rules, Sent},
    store,
};
use crate::stories::{self, Access, Draft, DraftState, Saved, draft, effects, lifecycle};

/// Characters of a public note.
const MAX_CORRECTION: usize = 1_000;

/// What became of a story whose form was sent.
enum Done {
    /// Where to go next, and the pages that have changed.
    There(String, Vec<Tag>),
    /// Somebody had saved meanwhile; nothing was published.
    Beside(Box<Draft>),
}

pub(super) async fn publish(State(town): State<Town>, caller: Caller, Path(story): Path<PostId>, request: Request) -> Result {
    send(&town, &caller, story, request, |tx, viewer, story, sent, rules| {
        let (me, access) = rules.admit(tx, viewer, story)?;
        access.must_publish()?;
        let me = me.id;
        let draft = draft::open(tx, story)?;
        let later = if sent.has_story() { draft.content.dated } else { draft.publish_at.or(draft.content.dated) };
        let correction = correction(tx, story, sent)?;
        if sent.form.text("do") == "schedule" || later.is_some_and(|at| at > rules.now) {
            let at = later.ok_or_else(|| Error::invalid("published_at", "Choose the time at which the story is to be published."))?;
            if correction.is_some() {
                let words = "A correction is published at once: clear the date, or leave the note for later.";
                return Err(Error::invalid("correction", words));
            }
            lifecycle::schedule(tx, story, at, me, rules.now)?;
            return Ok((format!("/stories/{story}/edit?done=scheduled"), Vec::new()));
        }
        let known = store::published_address(tx, story)?.is_some();
        let ((), tags) = effects::of(tx, story, |tx| lifecycle::publish(tx, story, correction.as_deref(), me, rules.now))?;
        let done = if correction.is_some() {
            "corrected"
        } else if known {
            "updated"
        } else {
            "published"
        };
        let address = store::published_address(tx, story)?.unwrap_or_else(|| format!("/stories/{story}"));
        Ok((format!("{address}?done={done}"), tags))
    })
    .await
}

/// The public note, when it is a published story that is changed.
fn correction(tx: &mut Tx, story: PostId, sent: &Sent) -> Result<Option<String>> {
    let note = text::clean_line(sent.form.text("correction"));
    if note.chars().count() > MAX_CORRECTION {
        return Err(Error::invalid("correction", format!("Use at most {MAX_CORRECTION} characters for the note.")));
    }
    Ok(Some(note).filter(|note| !note.is_empty()).filter(|_| store::published_address(tx, story).is_ok_and(|address| address.is_some())))
}

pub(super) async fn submit(State(town): State<Town>, caller: Caller, Path(story): Path<PostId>, request: Request) -> Result {
    send(&town, &caller, story, request, |tx, viewer, story, _, rules| {
        let (me, _) = rules.admit(tx, viewer, story)?;
        let done = match draft::open(tx, story)?.state {
            DraftState::Draft => {
                lifecycle::submit(tx, story, me.id, rules.now)?;
                "submitted"
            }
            DraftState::Submitted => "submitted",
            // Editors have seen these words: there is nothing to hand in.
            DraftState::Scheduled | DraftState::Clean => "saved",
        };
        Ok((format!("/stories/{story}/edit?done={done}"), Vec::new()))
    })
    .await
}

/// Saves what the form holds, if it holds a story, and goes on in the same transaction: either all of it happens or none.
async fn send<F>(town: &Town, caller: &Caller, story: PostId, request: Request, mut then: F) -> Result
where
    F: FnMut(&mut Tx, &Viewer, PostId, &Sent, &Rules) -> Result<(String, Vec<Tag>)> + Send + 'static,
{
    let rules = Rules::of(town);
    let sent = Sent::receive(town, caller, story, request).await?;
    let inner = sent.clone();
    let done = town
        .write(caller, move |tx, viewer| {
            if inner.has_story()
                && let Saved::Beside { theirs, .. } = inner.save(tx, viewer, story, &rules)?
            {
                return Ok(Done::Beside(theirs));
            }
            let (next, tags) = then(tx, viewer, story, &inner, &rules)?;
            Ok(Done::There(next, tags))
        })
        .await;
    match done {
        Ok((_, Done::There(next, tags))) => Ok(leave(town, &next, &tags)),
        Ok((_, Done::Beside(theirs))) => beside(town, caller, &sent, &theirs).await,
        Err(error) => given_back(town, caller, story, &sent, error).await,
    }
}

/// Goes on after a committed change.
fn leave(town: &Town, next: &str, tags: &[Tag]) -> Response {
    town.pages.changed(tags);
    town.wake();
    see_other(next)
}

pub(super) async fn return_to_author(State(town): State<Town>, caller: Caller, Path(story): Path<PostId>) -> Result {
    let rules = Rules::of(&town);
    town.write(&caller, move |tx, viewer| {
        let (me, access) = rules.admit(tx, viewer, story)?;
        // Authors take back what they handed in; what is scheduled, only those who could have published it.
        if draft::open(tx, story)?.state == DraftState::Scheduled {
            access.must_publish()?;
        }
        lifecycle::return_to_author(tx, story, me.id, rules.now)
    })
    .await?;
    Ok(see_other(&format!("/stories/{story}/edit?done=returned")))
}

pub(super) async fn unpublish(State(town): State<Town>, caller: Caller, Path(story): Path<PostId>) -> Result {
    let rules = Rules::of(&town);
    let (_, tags) = town
        .write(&caller, move |tx, viewer| {
            let (me, access) = rules.admit(tx, viewer, story)?;
            access.must_publish()?;
            Ok(effects::of(tx, story, |tx| lifecycle::unpublish(tx, story, me.id, rules.now))?.1)
        })
        .await?;
    Ok(leave(&town, &format!("/stories/{story}/edit?done=unpublished"), &tags))
}

pub(super) async fn remove(State(town): State<Town>, caller: Caller, Path(story): Path<PostId>) -> Result {
    let rules = Rules::of(&town);
    let (_, tags) = town
        .write(&caller, move |tx, viewer| {
            let access = stories::access(tx, viewer, story, rules.review_required)?;
            may_take_away(tx, story, access)?;
            let me = viewer.must_be_member()?.id;
            log_removal(tx, viewer, story, rules.now)?;
            Ok(effects::of(tx, story, |tx| lifecycle::remove(tx, story, me, rules.now))?.1)
        })
        .await?;
    Ok(leave(&town, "/write?done=removed", &tags))
}

/// A story that somebody else takes away from its authors is a decision of the staff.
fn log_removal(tx: &mut Tx, viewer: &Viewer, story: PostId, now: i64) -> Result<()> {
    let authors = posts::authors_of(tx, story)?;
    if authors.iter().any(|author| viewer.is(author.id)) {
        return Ok(());
    }
    let Some(first) = authors.first() else { return Ok(()) };
    let headline = text::excerpt(&draft::open(tx, story)?.content.headline, 80);
    let entry = Entry::new(TAKEN_DOWN, format!("Deleted the story “{headline}”")).about(first.id).post(story.get());
    Ok(entry.by(tx, viewer, now)?)
}

pub(super) async fn restore(State(town): State<Town>, caller: Caller, Path(story): Path<PostId>) -> Result {
    let rules = Rules::of(&town);
    let (_, tags) = town
        .write(&caller, move |tx, viewer| {
            let access = stories::access(tx, viewer, story, rules.review_required)?;
            if !access.removed {
                return Ok(Vec::new());
            }
            moderation::must_bring_back(tx, viewer, story)?;
            if store::was_public(tx, story)? {
                access.must_publish()?;
            }
            Ok(effects::of(tx, story, |tx| lifecycle::restore(tx, story, rules.now))?.1)
        })
        .await?;
    Ok(leave(&town, &format!("/stories/{story}/edit?done=restored"), &tags))
}

/// What readers see is taken away only by those who may publish; a draft by any of its authors.
fn may_take_away(tx: &mut Tx, story: PostId, access: Access) -> Result<()> {
    if store::published_address(tx, story)?.is_some() { access.must_publish() } else { Ok(()) }
}
