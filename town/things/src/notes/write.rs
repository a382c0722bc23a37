//! Where notes are written, changed, removed, pinned and passed on.

use axum::{
    Router,
    extract::{DefaultBodyLimit, Path, Query, Request, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use db::Tx;
use maud::html;
use people::{
    AccountId, Caller, Permission, Town, Viewer,
    accounts::Author,
    lists::{self, List},
    organizations,
    uploads::{self, Family},
};
use serde::Deserialize;
use talk::{
    PostId,
    files::{self, Brought, shown},
    gate::{Gate, Passed, Words},
    moderation, pins, posts, shares, views,
};
use web::{Error, Form, Problems, Result, Tag, html as page_of, html::safe_path, html_with, see_other};

use super::{
    Content, Note, Written, drafts,
    note::MAX_PICTURES,
    pages::{
        card::{self, Standing},
        composer::Composer,
        edit,
    },
    rules, store, takedown, waiting,
};
use crate::stories::show::Now;

const STREAM: &str = "text/vnd.turbo-stream.html";

pub(super) fn routes() -> Router<Town> {
    Router::new()
        .route("/notes", post(create))
        .route("/notes/{id}/edit", get(edit_one).post(update))
        // What these read they count for themselves.
        .layer(DefaultBodyLimit::disable())
        .route("/notes/new", get(begin))
        .route("/notes/{id}/removal", post(remove))
        .route("/notes/{id}/removal/undo", post(restore))
        .route("/notes/{id}/pin", post(pin))
        .route("/notes/{id}/pin/removal", post(unpin))
        .route("/notes/{id}/share", post(share))
        .route("/notes/{id}/share/removal", post(unshare))
}

/// Reads a form that may carry files.
async fn brought(town: &Town, caller: &Caller, request: Request) -> Result<Brought> {
    let takes = |viewer: &Viewer| {
        viewer.must(Permission::WriteNotes)?;
        Ok(uploads::allowed(viewer)?.1)
    };
    files::brought(town, caller, takes, MAX_PICTURES, request).await
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    quote: String,
    /// The organization in whose name it is.
    #[serde(default)]
    speaker: String,
}

async fn begin(State(town): State<Town>, caller: Caller, Query(Asked { quote, speaker }): Query<Asked>) -> Result {
    let quoted: Option<PostId> = if quote.is_empty() { None } else { Some(quote.parse().map_err(|_| Error::NotFound)?) };
    let form = (!speaker.is_empty()).then(|| Form::from_pairs([("speaker", speaker)]));
    let page = composer_page(&town, &caller, form.as_ref(), &[], &Problems::default(), quoted).await?;
    Ok(page_of(page))
}

/// The composer on a page of its own: for quoting, and for a form that could not be taken.
pub(super) async fn composer_page(
    town: &Town,
    caller: &Caller,
    form: Option<&Form>,
    keys: &[String],
    problems: &Problems,
    quoted: Option<PostId>,
) -> Result<maud::Markup> {
    let asked = keys.to_vec();
    let (viewer, (quoted, shown, lists, voices)) = town
        .read(caller, move |tx, viewer| {
            viewer.must(Permission::WriteNotes)?;
            let quoted = quoted.map(|id| quotable(tx, viewer, id)).transpose()?;
            Ok((quoted, shown(tx, &asked)?, lists_of(tx, viewer)?, voices_of(tx, viewer)?))
        })
        .await?;
    let back = form.map_or("/square/local", |form| way_back(form.text("back")));
    let recording = keys.iter().find(|key| people::recordings::is_key(key)).map(String::as_str);
    let of = Composer {
        form,
        shown: &shown,
        recording,
        quoted: quoted.as_ref(),
        voices: &voices,
        ..Composer::new(&viewer, &lists, problems, back)
    };
    let now = Now::of(town);
    Ok(edit::new(&town.frame(&viewer, caller), &of, &Standing { now: &now, viewer: &viewer, back }))
}

/// The lists that a viewer may write to.
///
/// # Errors
/// When the database does not answer.
pub fn lists_of(tx: &mut Tx, viewer: &Viewer) -> Result<Vec<List>, db::Error> {
    match &viewer.me {
        Some(me) => lists::all_of(tx, me.id),
        None => Ok(Vec::new()),
    }
}

/// The organizations in whose name a viewer may post.
///
/// # Errors
/// When the database does not answer.
pub fn voices_of(tx: &mut Tx, viewer: &Viewer) -> Result<Vec<Author>, db::Error> {
    let Some(me) = viewer.must_be_member().ok().filter(|_| viewer.may(Permission::WriteNotes)) else { return Ok(Vec::new()) };
    let of = organizations::memberships(tx, me.id)?;
    Ok(of.into_iter().filter(|one| one.joined && one.here).map(|one| one.organization).collect())
}

fn must_be_own_list(tx: &mut Tx, me: AccountId, written: &Written) -> Result<()> {
    match written.audience.list {
        Some(list) if lists::find(tx, me, list)?.is_none() => {
            Err(Error::invalid("audience", "This list is not here any more. Choose another audience."))
        }
        _ => Ok(()),
    }
}

/// A note that somebody may speak of: one that they may pass on.
fn quotable(tx: &mut Tx, viewer: &Viewer, id: PostId) -> Result<Note> {
    let note = store::find(tx, viewer, id)?;
    if note.visibility.may_be_shared() || viewer.is(note.author.id) {
        return Ok(note);
    }
    Err(Error::Forbidden("This was written for some people alone, so it is not quoted.".into()))
}

async fn create(State(town): State<Town>, caller: Caller, request: Request) -> Result {
    let Brought { form, came, mut problems } = brought(&town, &caller, request).await?;
    let (written, now, draft) = (Written::parse(&form, &came, &mut problems), town.now(), form.text("draft").parse::<PostId>().ok());
    let gate = Gate::of(&town, &caller, &form);
    let later = drafts::later(&form, &town.zone(), now, &mut problems);
    let keeps = form.text("do") == "draft";
    let keys = written.content.keys();
    let quoted = written.content.quoted;
    let posted = match problems.or(()) {
        Err(problems) => Err(Error::Invalid(problems)),
        Ok(()) => {
            let (written, words) = (written.clone(), Words::of(&written.words()));
            town.write_within(
                &caller,
                |limits| &limits.note,
                move |tx, viewer| {
                    let me = viewer.must(Permission::WriteNotes)?.id;
                    if let Some(quoted) = written.content.quoted {
                        quotable(tx, viewer, quoted)?;
                    }
                    posts::mentioned::must_be_few(viewer, &written.content.body)?;
                    must_be_own_list(tx, me, &written)?;
                    if let Some(speaker) = written.speaker {
                        organizations::must_write_for(tx, me, speaker, now)?;
                    }
                    let there = standing(tx, me, draft)?;
                    files::must_be_usable(tx, me, &written.content.keys(), &there)?;
                    if keeps || later.is_some() {
                        drafts::keep(tx, me, draft, &written, (later.filter(|_| !keeps), now))?;
                        return Ok(Done::Kept);
                    }
                    rules::must_have_left(tx, viewer, written.speaker, now)?;
                    through(tx, viewer, (&gate, &words), (draft, &written), now)
                },
            )
            .await
        }
    };
    match posted {
        Ok((_, Done::Kept)) => {
            town.wake();
            Ok(see_other(if keeps { "/notes/drafts?done=drafted" } else { "/notes/drafts?done=scheduled" }))
        }
        Ok((_, Done::Held)) => Ok(see_other("/waiting?done=waits")),
        Ok((_, Done::Posted(id, tags))) => {
            town.pages.changed(&tags);
            town.wake();
            let undescribed = written.content.pictures.iter().any(|attached| attached.alt.is_empty());
            Ok(see_other(&after(id, form.text("back"), undescribed)))
        }
        Err(error) => {
            let status = error.status();
            let problems = rules::said(error)?;
            let page = composer_page(&town, &caller, Some(&form), &keys, &problems, quoted).await?;
            Ok(html_with(status, page))
        }
    }
}

/// What became of a form.
enum Done {
    Posted(PostId, Vec<Tag>),
    Kept,
    Held,
}

/// Posts a note, or keeps it until somebody has read it.
fn through(
    tx: &mut Tx,
    viewer: &Viewer,
    (gate, words): (&Gate, &Words),
    (draft, written): (Option<PostId>, &Written),
    now: i64,
) -> Result<Done> {
    let me = viewer.must_be_member()?.id;
    let passed = if written.is_for_others() { gate.judge(tx, viewer, (words, draft))? } else { Passed::default() };
    if let Some(held) = waiting::held(&passed) {
        let id = drafts::hold(tx, me, draft, written, (held, now))?;
        gate.remember(tx, viewer, id, words)?;
        return Ok(Done::Held);
    }
    let (id, tags) = match draft {
        Some(id) => (id, drafts::publish(tx, me, id, written, now)?),
        None => store::post(tx, me, written, now)?,
    };
    if !passed.label.is_empty() {
        posts::set_label(tx, id, &passed.label)?;
    }
    if written.is_for_others() {
        gate.remember(tx, viewer, id, words)?;
    }
    Ok(Done::Posted(id, tags))
}

/// The files that stand in a draft already.
fn standing(tx: &mut Tx, me: AccountId, draft: Option<PostId>) -> Result<Vec<String>> {
    let Some(id) = draft else { return Ok(Vec::new()) };
    Ok(store::draft(tx, me, id)?.map(|draft| draft.written.content.keys()).unwrap_or_default())
}

/// Where somebody comes who has posted: to the feed they wrote on, or to where pictures without words get them.
fn after(id: PostId, back: &str, undescribed: bool) -> String {
    if undescribed {
        return format!("/notes/{id}/edit?done=describe#pictures");
    }
    match back {
        "" => format!("/notes/{id}?done=posted"),
        back => done(back, "posted", id),
    }
}

/// The page somebody came from, with a word for what was done, at the note.
pub(super) fn done(back: &str, word: &str, id: PostId) -> String {
    let path = way_back(back);
    let path = path.split(['#', '?']).next().unwrap_or("/");
    format!("{path}?done={word}#note-{id}")
}

fn way_back(back: &str) -> &str {
    if back.is_empty() { "/square/local" } else { safe_path(back) }
}

/// A note of the viewer's own, or of an organization that they run, that they may change.
fn mine(tx: &mut Tx, viewer: &Viewer, id: PostId) -> Result<Note> {
    viewer.must(Permission::WriteNotes)?;
    let note = store::find(tx, viewer, id)?;
    if note.may_change { Ok(note) } else { Err(Error::Forbidden("Only its author can change a post.".into())) }
}

async fn edit_one(State(town): State<Town>, caller: Caller, Path(id): Path<PostId>) -> Result {
    Ok(page_of(edit_page(&town, &caller, id, None, None, &Problems::default()).await?))
}

async fn edit_page(
    town: &Town,
    caller: &Caller,
    id: PostId,
    form: Option<&Form>,
    keys: Option<Vec<String>>,
    problems: &Problems,
) -> Result<maud::Markup> {
    let (viewer, (note, shown, takes)) = town
        .read(caller, move |tx, viewer| {
            let note = mine(tx, viewer, id)?;
            let shown = match &keys {
                Some(keys) => shown(tx, keys)?,
                None => note.pictures.clone(),
            };
            Ok((note, shown, uploads::allowed(viewer)?.1))
        })
        .await?;
    let recording = note.content.recording.as_deref();
    let desk = edit::Desk { note: &note, takes: takes as &[Family], form, shown: &shown, recording, problems };
    Ok(edit::edit(&town.frame(&viewer, caller), &desk))
}

async fn update(State(town): State<Town>, caller: Caller, Path(id): Path<PostId>, request: Request) -> Result {
    let Brought { form, came, mut problems } = brought(&town, &caller, request).await?;
    let (mut content, now) = (Content::parse(&form, &came, &mut problems), town.now());
    content.quoted = None;
    let (keys, gate) = (content.keys(), Gate::of(&town, &caller, &form));
    let changed = match problems.or(()) {
        Err(problems) => Err(Error::Invalid(problems)),
        Ok(()) => {
            town.write_within(
                &caller,
                |limits| &limits.note,
                move |tx, viewer| {
                    let note = mine(tx, viewer, id)?;
                    let content = Content { quoted: note.content.quoted, ..content.clone() };
                    if content.body.is_empty() && content.keys().is_empty() {
                        return Err(Error::invalid("body", "Nothing would be left of it. Write something, or delete the post."));
                    }
                    if content.body.is_empty() && note.poll.is_some() {
                        return Err(Error::invalid("body", "Write the question that the choices answer."));
                    }
                    let me = viewer.must_be_member()?.id;
                    posts::mentioned::must_be_few(viewer, &content.body)?;
                    files::must_be_usable(tx, me, &content.keys(), &note.content.keys())?;
                    let label = waiting::may_change(tx, viewer, &gate, &note, &content)?;
                    if !label.is_empty() && note.label.is_empty() {
                        posts::set_label(tx, id, &label)?;
                    }
                    store::change(tx, id, me, &content, now)
                },
            )
            .await
        }
    };
    match changed {
        Ok((_, tags)) => {
            town.pages.changed(&tags);
            Ok(see_other(&format!("/notes/{id}?done=saved")))
        }
        Err(error) => {
            let status = error.status();
            let problems = rules::said(error)?;
            let page = edit_page(&town, &caller, id, Some(&form), Some(keys), &problems).await?;
            Ok(html_with(status, page))
        }
    }
}

async fn remove(State(town): State<Town>, caller: Caller, Path(id): Path<PostId>) -> Result {
    let now = town.now();
    let (_, (tags, address)) = town
        .write(&caller, move |tx, viewer| {
            let note = mine(tx, viewer, id)?;
            posts::remove(tx, id, now)?;
            Ok((store::tags(tx, id, note.author.id)?, note.address()))
        })
        .await?;
    town.pages.changed(&tags);
    Ok(see_other(&address))
}

async fn restore(State(town): State<Town>, caller: Caller, Path(id): Path<PostId>) -> Result {
    let now = town.now();
    let (_, tags) = town
        .write(&caller, move |tx, viewer| {
            let (author, removed) = store::author_and_state(tx, id)?;
            let me = viewer.must(Permission::WriteNotes)?.id;
            let by_staff = posts::taken_down(tx, id)?.is_some();
            let own = author == me || organizations::may_change(tx, me, author, id.get())?;
            moderation::must_bring_back(tx, viewer, id)?;
            match (own, by_staff) {
                (true, _) => {}
                (false, true) => takedown::log_restored(tx, viewer, (id, author), now)?,
                (false, false) => return Err(Error::NotFound),
            }
            if removed.is_some() && !posts::restore(tx, id, now)? {
                return Err(Error::Gone);
            }
            Ok(store::tags(tx, id, author)?)
        })
        .await?;
    town.pages.changed(&tags);
    Ok(see_other(&format!("/notes/{id}?done=restored")))
}

async fn pin(State(town): State<Town>, caller: Caller, Path(id): Path<PostId>, form: Form) -> Result {
    pressed(&town, &caller).await?;
    let now = town.now();
    let (_, tags) = town
        .write(&caller, move |tx, viewer| {
            let note = mine(tx, viewer, id)?;
            pins::put(tx, note.author.id, id, now)?;
            Ok(store::tags(tx, id, note.author.id)?)
        })
        .await?;
    town.pages.changed(&tags);
    Ok(see_other(&done(form.text("back"), "pinned", id)))
}

async fn unpin(State(town): State<Town>, caller: Caller, Path(id): Path<PostId>, form: Form) -> Result {
    pressed(&town, &caller).await?;
    let (_, tags) = town
        .write(&caller, move |tx, viewer| {
            let note = mine(tx, viewer, id)?;
            pins::take_out(tx, note.author.id, id)?;
            Ok(store::tags(tx, id, note.author.id)?)
        })
        .await?;
    town.pages.changed(&tags);
    Ok(see_other(&done(form.text("back"), "unpinned", id)))
}

/// Small things are done often, but not by the thousand.
async fn pressed(town: &Town, caller: &Caller) -> Result<AccountId> {
    let viewer = town.viewer(caller).await?;
    let me = viewer.must(Permission::WriteNotes)?.id;
    town.limits.press.by(&me)?;
    Ok(me)
}

async fn share(State(town): State<Town>, caller: Caller, Path(id): Path<PostId>, headers: HeaderMap, form: Form) -> Result {
    let me = pressed(&town, &caller).await?;
    let now = town.now();
    let (_, note) = town
        .write(&caller, move |tx, viewer| {
            viewer.must(Permission::WriteNotes)?;
            store::find(tx, viewer, id)?;
            shares::put(tx, viewer, id, now)?;
            store::find(tx, viewer, id)
        })
        .await?;
    Ok(shared(&town, me, &headers, &note, form.text("back"), "shared"))
}

async fn unshare(State(town): State<Town>, caller: Caller, Path(id): Path<PostId>, headers: HeaderMap, form: Form) -> Result {
    let me = pressed(&town, &caller).await?;
    let (_, note) = town
        .write(&caller, move |tx, viewer| {
            shares::take_back(tx, viewer.must_be_member()?.id, id)?;
            store::find(tx, viewer, id)
        })
        .await?;
    Ok(shared(&town, me, &headers, &note, form.text("back"), "unshared"))
}

/// Only the button changes where scripts run.
fn shared(town: &Town, me: AccountId, headers: &HeaderMap, note: &Note, back: &str, word: &str) -> Response {
    town.pages.changed(&[views::tag(note.id.get()), Tag("account", me.get())]);
    let accepts = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !accepts.contains(STREAM) {
        return see_other(&done(back, word, note.id));
    }
    let stream = html! {
        turbo-stream action="replace" method="morph" target={ "share-" (note.id) } { template { (card::share(note, way_back(back))) } }
    };
    ([(header::CONTENT_TYPE, HeaderValue::from_static("text/vnd.turbo-stream.html; charset=utf-8"))], stream.into_string()).into_response()
}
