//! The working copy: opening it, saving it, what to do when somebody was faster, previewing it.

use axum::{
    Json,
    extract::{Path, Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
};

use people::{Caller, Town, pictures};
use serde_json::json;
use std::sync::Arc;
use talk::{PostId, reactions::Reactions};
use web::{Error, Form, Problems, Result, html, html_with, see_other};

use super::{
    changes, fields,
    pages::{copy, edit},
    saving::{Rules, Sent, must_change_words},
    store,
};
use crate::{
    sections,
    stories::{self, Draft, Saved, draft, lifecycle, show},
};

pub(super) async fn edit(State(town): State<Town>, caller: Caller, Path(story): Path<PostId>) -> Result {
    let (me, page) = desk(&town, &caller, story, edit::Given::Nothing, &Problems::default()).await?;
    let now = town.now();
    // Being told who else writes is a courtesy: the page does not wait for it, nor fail with it.
    let noted = town.db.write(move |tx| draft::seen_by(tx, story, me, now)).await;
    if let Err(error) = noted {
        tracing::warn!(%error, "not noted who is writing");
    }
    Ok(html(page))
}

/// The page with the form: as it was saved, or with the words that were given.
async fn desk(
    town: &Town,
    caller: &Caller,
    story: PostId,
    given: edit::Given,
    problems: &Problems,
) -> Result<(people::AccountId, maud::Markup)> {
    let (rules, words) = (Rules::of(town), given.form());
    let drawn = rules.clone();
    let (viewer, mut desk) = town
        .read(caller, move |tx, viewer| {
            let (me, access) = rules.admit(tx, viewer, story)?;
            let draft = draft::open(tx, story)?;
            let form = match &words {
                Some(form) => Arc::clone(form),
                None => Arc::new(fields::form(tx, &draft, &rules)?),
            };
            let lead = pictures::find(tx, form.text("picture_id"))?;
            Ok(edit::Desk {
                focusable: lead.as_ref().is_some_and(|picture| picture.editable_by(viewer)),
                lead,
                body_html: lifecycle::render_for_editing(form.text("body")),
                others: draft::editors_of(tx, story, me.id, rules.now)?,
                copies: draft::copies(tx, story)?,
                address: store::published_address(tx, story)?,
                choices: sections::all(tx)?.choices(),
                base: form.number("base").unwrap_or(draft.version),
                language: draft.content.found_language().map(text::language::name),
                beside: None,
                access,
                draft,
                form,
            })
        })
        .await?;
    if let edit::Given::Beside { version, changes, by, .. } = given {
        desk.base = version;
        desk.beside = Some((by, changes));
    }
    let me = viewer.must_be_member()?.id;
    Ok((me, edit::page(&town.frame(&viewer, caller), &desk, problems, drawn.now, &drawn.zone)))
}

pub(super) async fn save(
    State(town): State<Town>,
    caller: Caller,
    Path(story): Path<PostId>,
    headers: HeaderMap,
    request: Request,
) -> Result {
    let rules = Rules::of(&town);
    let sent = Sent::receive(&town, &caller, story, request).await?;
    let (inner, unit) = (sent.clone(), rules.clone());
    let saved = town
        .write(&caller, move |tx, viewer| {
            let saved = inner.save(tx, viewer, story, &unit)?;
            let me = viewer.must_be_member()?.id;
            Ok((saved, draft::editors_of(tx, story, me, unit.now)?))
        })
        .await;
    let by_script = headers.get(header::ACCEPT).is_some_and(|accept| accept.as_bytes().starts_with(b"application/json"));
    match saved {
        Ok((_, (saved, others))) if by_script => Ok(as_json(story, &saved, &others, &rules)),
        Ok((_, (Saved::Newest(_), _))) if sent.form.text("do") == "preview" => Ok(see_other(&format!("/stories/{story}/preview"))),
        Ok((_, (Saved::Newest(_), _))) => Ok(see_other(&format!("/stories/{story}/edit?done=saved"))),
        Ok((_, (Saved::Beside { theirs, .. }, _))) => beside(&town, &caller, &sent, &theirs).await,
        Err(error) if by_script => Err(error),
        Err(error) => given_back(&town, &caller, story, &sent, error).await,
    }
}

fn as_json(story: PostId, saved: &Saved, others: &[String], rules: &Rules) -> Response {
    match saved {
        Saved::Newest(version) => {
            let at = text::times::clock(rules.now, &rules.zone);
            Json(json!({ "version": version, "saved_at": at, "others": others })).into_response()
        }
        Saved::Beside { theirs, copy } => {
            let (by, at) = (name_of(theirs), text::times::clock(theirs.updated_at, &rules.zone));
            let kept = format!("/stories/{story}/drafts/{copy}");
            let words = json!({ "version": theirs.version, "by": by, "at": at, "mine": kept, "compare": kept });
            (StatusCode::CONFLICT, Json(words)).into_response()
        }
    }
}

fn name_of(draft: &Draft) -> String {
    draft.by.as_ref().map_or_else(|| "Somebody".to_owned(), |by| by.name.clone())
}

/// Somebody was faster: both versions side by side, and the person's own words in the form.
pub(super) async fn beside(town: &Town, caller: &Caller, sent: &Sent, theirs: &Draft) -> Result {
    let (rules, current, inner, story) = (Rules::of(town), theirs.content.clone(), sent.clone(), theirs.story);
    let (_, (old, new)) = town
        .read(caller, move |tx, _| {
            let tree = sections::all(tx)?;
            let mine = inner.content(tx, &rules, &current.coauthors)?;
            Ok((fields::parts(tx, &current, &tree, &rules)?, fields::parts(tx, &mine, &tree, &rules)?))
        })
        .await?;
    let changes = changes::between(old, new).await?;
    let given = edit::Given::Beside { form: Arc::clone(&sent.form), version: theirs.version, changes, by: name_of(theirs) };
    Ok(html_with(StatusCode::CONFLICT, desk(town, caller, story, given, &Problems::default()).await?.1))
}

/// Something is wrong with a form: it comes back with the person's words and what to do. Other errors stay errors.
pub(super) async fn given_back(town: &Town, caller: &Caller, story: PostId, sent: &Sent, error: Error) -> Result {
    let Error::Invalid(problems) = error else { return Err(error) };
    let given = if sent.has_story() { edit::Given::Words(Arc::clone(&sent.form)) } else { edit::Given::Nothing };
    Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, desk(town, caller, story, given, &problems).await?.1))
}

pub(super) async fn show_copy(State(town): State<Town>, caller: Caller, Path((story, id)): Path<(PostId, i64)>) -> Result {
    let rules = Rules::of(&town);
    let (now, zone) = (rules.now, rules.zone.clone());
    let (viewer, (kept, current, old, new)) = town
        .read(&caller, move |tx, viewer| {
            rules.admit(tx, viewer, story)?;
            let (kept, current, tree) = (draft::copy(tx, story, id)?, draft::open(tx, story)?, sections::all(tx)?);
            let (old, new) = (fields::parts(tx, &current.content, &tree, &rules)?, fields::parts(tx, &kept.content, &tree, &rules)?);
            Ok((kept, current, old, new))
        })
        .await?;
    let changes = changes::between(old, new).await?;
    Ok(html(copy::page(&town.frame(&viewer, &caller), &kept, &current, &changes, now, &zone)))
}

pub(super) async fn take_up(State(town): State<Town>, caller: Caller, Path((story, id)): Path<(PostId, i64)>, form: Form) -> Result {
    let (rules, base) = (Rules::of(&town), form.number("base").unwrap_or(0));
    let (_, saved) = town
        .write(&caller, move |tx, viewer| {
            let (me, access) = rules.admit(tx, viewer, story)?;
            must_change_words(&draft::open(tx, story)?, access)?;
            lifecycle::take_up(tx, story, id, base, me.id, rules.now)
        })
        .await?;
    match saved {
        Saved::Newest(_) => Ok(see_other(&format!("/stories/{story}/edit?done=saved"))),
        Saved::Beside { .. } => Err(Error::Conflict(
            "The story has been changed since you compared it with this copy. Go back and compare them again; nothing is lost.".into(),
        )),
    }
}

pub(super) async fn discard(State(town): State<Town>, caller: Caller, Path((story, id)): Path<(PostId, i64)>) -> Result {
    let rules = Rules::of(&town);
    town.write(&caller, move |tx, viewer| {
        rules.admit(tx, viewer, story)?;
        Ok(draft::discard_copies(tx, story, id)?)
    })
    .await?;
    Ok(see_other(&format!("/stories/{story}/edit")))
}

pub(super) async fn preview(State(town): State<Town>, caller: Caller, Path(story): Path<PostId>) -> Result {
    let rules = Rules::of(&town);
    let (viewer, (shown, tree)) = town
        .read(&caller, move |tx, viewer| {
            rules.admit(tx, viewer, story)?;
            let draft = draft::open(tx, story)?;
            Ok((stories::preview::story(tx, &draft, rules.now)?, sections::all(tx)?))
        })
        .await?;
    let banner = Some(edit::preview_banner(story));
    let view = show::View {
        story: &shown,
        tree: &tree,
        more: &[],
        mentions: &[],
        now: &show::Now::of(&town),
        edit: true,
        licence: town.site().licence,
        saved: false,
        reactions: &Reactions::default(),
        summary: &shown.summary(),
        beneath: show::Beneath::nothing(),
        banner,
    };
    Ok(html(show::page(&town.frame(&viewer, &caller), &view)))
}
