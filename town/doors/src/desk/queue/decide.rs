//! One case: reading it, deciding about it, taking that back, and notes between moderators.

use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::{get, post},
};
use db::Tx;
use http::StatusCode;
use people::{
    Caller, Permission, Town, Viewer, accounts,
    decisions::{self, Entry},
};
use std::sync::Arc;
use talk::moderation::{
    CaseId, MAX_REASON, StatementId,
    cases::{self, Case},
    rules, statements,
};
use web::{Error, Form, Problems, Result, html, html_with, see_other};

use super::{carry, case, choice::Choice, page};
use crate::moderation::{Seen, find};

/// Earlier decisions about somebody that stand beside a case.
const HISTORY: u32 = 10;

pub(super) fn routes() -> Router<Town> {
    Router::new()
        .route("/admin/queue/cases/{id}", get(show))
        .route("/admin/queue/cases/{id}/decision", post(decide))
        .route("/admin/queue/cases/{id}/notes", post(note))
        .route("/admin/queue/statements/{id}/undo", post(undo))
}

/// Who reported somebody, and what moderators say of it, is not theirs to read.
fn must_be_of_others(viewer: &Viewer, case: &Case, seen: Option<&Seen>) -> Result<()> {
    let me = viewer.must(Permission::Moderate)?.id;
    if case.account.as_ref().is_some_and(|who| who.id == me) || seen.is_some_and(|seen| seen.is_of(me)) {
        return Err(Error::Forbidden("This is about you. Somebody else has to decide.".into()));
    }
    Ok(())
}

/// Everything that a moderator reads of a case.
fn all(tx: &mut Tx, viewer: &Viewer, id: CaseId) -> Result<case::Whole> {
    viewer.must(Permission::Moderate)?;
    let mut case = cases::find(tx, id)?;
    let seen = find(tx, case.subject)?;
    must_be_of_others(viewer, &case, seen.as_ref())?;
    // One account stands for all who said something on the old site: the comment knows which of them this was.
    let guest = case.account.as_mut().filter(|who| who.is_elsewhere());
    if let (Some(who), Some(seen)) = (guest, &seen) {
        who.name.clone_from(&seen.author.name);
    }
    let history = match &case.account {
        Some(who) if who.is_elsewhere() => Vec::new(),
        Some(who) => decisions::about(tx, who.id, HISTORY)?,
        None => Vec::new(),
    };
    Ok(case::Whole {
        seen,
        reports: cases::reports_of(tx, id)?,
        notes: cases::notes_of(tx, id)?,
        statements: statements::of_case(tx, id)?,
        rules: rules::in_force(tx)?,
        history,
        case,
    })
}

async fn show(State(town): State<Town>, caller: Caller, Path(id): Path<CaseId>) -> Result {
    Ok(html(drawn(&town, &caller, id, &Form::default(), &Problems::default()).await?))
}

/// The page of a case; with a form that could not be taken, if there is one.
async fn drawn(town: &Town, caller: &Caller, id: CaseId, form: &Form, problems: &Problems) -> Result<maud::Markup> {
    let (viewer, (whole, may)) = town
        .read(caller, {
            let levels = town.levels();
            move |tx, viewer| {
                let whole = all(tx, viewer, id)?;
                let owner = match &whole.case.account {
                    Some(who) => accounts::by_id(tx, who.id)?,
                    None => None,
                };
                let may = owner.map_or(Ok(()), |owner| carry::must_decide_about(viewer, &levels, &owner)).map_err(|error| error.words());
                Ok((whole, may))
            }
        })
        .await?;
    let body = case::page(&whole, may.err().as_deref(), viewer.may(Permission::ManagePeople), (form, problems), (town.now(), &town.zone()));
    Ok(page(town, &viewer, caller, &format!("A reported {}", whole.case.subject.kind.words()), &body))
}

/// The same page with what could not be done.
async fn refused(town: &Town, caller: &Caller, id: CaseId, form: &Form, error: Error) -> Result<Response> {
    match error {
        Error::Invalid(problems) => Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, drawn(town, caller, id, form, &problems).await?)),
        Error::Conflict(words) => {
            let mut problems = Problems::default();
            problems.add("decision", words.into_owned());
            Ok(html_with(StatusCode::CONFLICT, drawn(town, caller, id, form, &problems).await?))
        }
        other => Err(other),
    }
}

async fn decide(State(town): State<Town>, caller: Caller, Path(id): Path<CaseId>, form: Form) -> Result {
    let (now, site, origin, levels) = (town.now(), town.site(), town.origin().to_owned(), town.levels());
    let form = Arc::new(form);
    let sent = Arc::clone(&form);
    let decided = town
        .write(&caller, move |tx, viewer| {
            let mut whole = all(tx, viewer, id)?;
            let mut problems = Problems::default();
            let Some(choice) = Choice::parse(&sent, whole.case.subject.kind, &whole.rules, now, &mut problems) else {
                return Err(Error::Invalid(problems));
            };
            // What its moderator saw decides; nothing is decided about what they have not seen.
            whole.case.version = sent.number("version").unwrap_or_default();
            let case = (&whole.case, whole.seen.as_ref());
            carry::carry_out(tx, (viewer, &levels), case, &choice, ((&site.name, &origin), now))
        })
        .await;
    match decided {
        Ok((_, tags)) => {
            town.pages.changed(&tags);
            town.wake();
            Ok(see_other("/admin/queue?done=decided"))
        }
        Err(error) => refused(&town, &caller, id, &form, error).await,
    }
}

async fn note(State(town): State<Town>, caller: Caller, Path(id): Path<CaseId>, form: Form) -> Result {
    let (words, now) = (text::note::clean(form.text("note")), town.now());
    let written = town
        .write(&caller, move |tx, viewer| {
            let me = viewer.must(Permission::Moderate)?.id;
            let case = cases::find(tx, id)?;
            must_be_of_others(viewer, &case, find(tx, case.subject)?.as_ref())?;
            if words.is_empty() {
                return Err(Error::invalid("note", "Write something first."));
            }
            if words.chars().count() > MAX_REASON {
                return Err(Error::invalid("note", format!("Use at most {MAX_REASON} characters for a note.")));
            }
            Ok(cases::note(tx, case.id, me, &words, now)?)
        })
        .await;
    match written {
        Ok(_) => Ok(see_other(&format!("/admin/queue/cases/{id}?done=saved"))),
        Err(error) => refused(&town, &caller, id, &form, error).await,
    }
}

async fn undo(State(town): State<Town>, caller: Caller, Path(id): Path<StatementId>) -> Result {
    let (now, site, origin, levels) = (town.now(), town.site(), town.origin().to_owned(), town.levels());
    let (_, (case, tags)) = town
        .write(&caller, move |tx, viewer| {
            viewer.must(Permission::Moderate)?;
            let of = statements::find(tx, id)?;
            if let Some(who) = &of.account
                && let Some(owner) = accounts::by_id(tx, who.id)?
            {
                carry::must_decide_about(viewer, &levels, &owner)?;
            }
            let tags = carry::undo(tx, &of, ((&site.name, &origin), now))?;
            let entry = Entry::new("moderation.undone", format!("Took back: {}", of.act.done(of.subject.kind)));
            let entry = if let Some(who) = &of.account { entry.about(who.id) } else { entry };
            entry.by(tx, viewer, now)?;
            if let Some(case) = of.case {
                cases::reopen(tx, case)?;
            }
            Ok((of.case, tags))
        })
        .await?;
    town.pages.changed(&tags);
    town.wake();
    Ok(see_other(&case.map_or_else(|| "/admin/queue?done=undone".to_owned(), |case| format!("/admin/queue/cases/{case}?done=undone"))))
}
