//! Words that are not posted yet: kept by their author, or posted by themselves when their time comes.

use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use db::Tx;
use jiff::tz::TimeZone;
use people::{
    AccountId, Caller, Permission, Town, Viewer,
    accounts::{self, Account, Standing},
    levels::Levels,
    organizations,
};
use serde::{Deserialize, Serialize};
use talk::{
    PostId,
    gate::{Gate, Held, Passed, Words},
    posts,
};
use web::{Error, Form, Problems, Result, Tag, html, see_other};

use super::{Written, pages::drafts as pages, rules, store, told, waiting, write};
use crate::stories::show::Now;

/// Drafts of one member: more are a diary.
const MOST: i64 = 100;
/// How far ahead a note is scheduled: a year.
const FAR_MS: i64 = 366 * 24 * 60 * 60 * 1000;

/// The job that posts a note whose time has come.
#[derive(Debug, Serialize, Deserialize)]
pub struct Due {
    /// The id that it will have.
    pub note: PostId,
}

impl jobs::Job for Due {
    const KIND: &'static str = "note.due";
}

fn key(note: PostId) -> String {
    format!("note.due:{note}")
}

pub(super) fn routes() -> Router<Town> {
    Router::new()
        .route("/notes/drafts", get(index))
        .route("/notes/drafts/{id}", get(go_on))
        .route("/notes/drafts/{id}/removal", post(discard))
}

/// When the form's note is to be posted, if not at once.
pub(super) fn later(form: &Form, zone: &TimeZone, now: i64, problems: &mut Problems) -> Option<i64> {
    let typed = form.text("post_at").trim();
    if typed.is_empty() {
        return None;
    }
    match text::times::parse_local(typed, zone) {
        Ok(at) if at <= now => {
            problems.add("post_at", "That time has passed. Choose one in the future, or leave it empty to post at once.");
        }
        Ok(at) if at - now > FAR_MS => problems.add("post_at", "Choose a time within a year from now."),
        Ok(at) => return Some(at),
        Err(words) => problems.add("post_at", words),
    }
    None
}

/// Keeps words as a draft: a new one, or one of the author's that is gone on with. With a time it is posted by itself then.
pub(super) fn keep(
    tx: &mut Tx,
    author: AccountId,
    draft: Option<PostId>,
    written: &Written,
    (later, now): (Option<i64>, i64),
) -> Result<PostId> {
    let id = match draft {
        Some(id) => {
            store::draft(tx, author, id)?.ok_or(Error::NotFound)?;
            id
        }
        None if store::count_drafts(tx, author)? >= MOST => {
            return Err(Error::Conflict(format!("You have {MOST} drafts, which is all there is room for. Delete one first.").into()));
        }
        None => PostId::fresh(),
    };
    store::keep_draft(tx, id, author, written, (now, now))?;
    schedule(tx, id, later)?;
    Ok(id)
}

/// Keeps words that wait to be read before they are posted.
pub(super) fn hold(
    tx: &mut Tx,
    author: AccountId,
    draft: Option<PostId>,
    written: &Written,
    (held, now): ((&Held, &str), i64),
) -> Result<PostId> {
    let id = keep(tx, author, draft, written, (None, now))?;
    store::hold_draft(tx, id, held, now)?;
    Ok(id)
}

/// A draft is posted by itself at this time, or waits for its author.
pub(super) fn schedule(tx: &mut Tx, id: PostId, later: Option<i64>) -> Result<(), db::Error> {
    store::set_time(tx, id, later)?;
    match later {
        Some(at) => jobs::enqueue_unique(tx, &key(id), &Due { note: id }, at).map(drop),
        None => jobs::cancel(tx, &key(id)).map(drop),
    }
}

/// Posts a draft under its own id.
pub(super) fn publish(tx: &mut Tx, author: AccountId, draft: PostId, written: &Written, now: i64) -> Result<Vec<Tag>> {
    store::draft(tx, author, draft)?.ok_or(Error::NotFound)?;
    schedule(tx, draft, None)?;
    store::end_draft(tx, draft)?;
    store::publish(tx, draft, author, written, now)
}

/// Posts a note whose time has come. Nothing happens when it was taken back meanwhile. Where it may not be posted (any more) it stays a
/// draft, and its author is told.
///
/// # Errors
/// When the database does not answer; the queue tries again.
pub async fn post_due(town: Town, due: Due) -> anyhow::Result<()> {
    let (now, levels, id, gate) = (town.now(), town.levels(), due.note, Gate::unasked(&town));
    let (site, origin) = (town.site(), town.origin().to_owned());
    let tags = town
        .db
        .write(move |tx| -> Result<Vec<Tag>> {
            let Some((author, written)) = store::due(tx, id, now)? else { return Ok(Vec::new()) };
            let Some(account) = accounts::by_id(tx, author)? else { return Ok(Vec::new()) };
            let of = Scheduled { id, account, written, spoken: (&site.name, &origin) };
            if !may_post(tx, &of, &levels, now)? {
                return keep_back(tx, &of, now);
            }
            // Who has posted as much as their level allows posts this as soon as it allows more.
            let speaker = of.written.speaker.unwrap_or(author);
            if let Some(again) = rules::again_at(tx, speaker, levels.limits(&of.account.level), now)? {
                schedule(tx, id, Some(again))?;
                return Ok(Vec::new());
            }
            post_by_itself(tx, (&Viewer::away(&of.account, &levels), &gate), &of, now)
        })
        .await
        .map_err(|error| anyhow::anyhow!("note {id} was not posted: {}", error.words()))?;
    town.pages.changed(&tags);
    town.wake();
    Ok(())
}

/// A note whose time has come, with whoever wrote it, and how the site is spoken of: its name and origin.
struct Scheduled<'a> {
    id: PostId,
    account: Account,
    written: Written,
    spoken: (&'a str, &'a str),
}

/// Whether its author may post it now, in the name of whom it says: nobody posts while they are suspended or only read.
fn may_post(tx: &mut Tx, of: &Scheduled, levels: &Levels, now: i64) -> Result<bool> {
    let Scheduled { account, written, .. } = of;
    let here = account.standing == Standing::Member && account.suspended_at.is_none();
    let writes = levels.permissions(&account.level).has(Permission::WriteNotes) && !accounts::is_limited(tx, account.id, now)?;
    let Some(speaker) = written.speaker.filter(|_| here && writes) else { return Ok(here && writes) };
    match organizations::must_write_for(tx, account.id, speaker, now) {
        Err(Error::Forbidden(_)) => Ok(false),
        answer => answer.map(|_| true),
    }
}

/// It stays a draft, and its author is told.
fn keep_back(tx: &mut Tx, of: &Scheduled, now: i64) -> Result<Vec<Tag>> {
    store::set_time(tx, of.id, None)?;
    told::tell_not_posted(tx, &of.account, (of.id, &of.written.content), of.spoken, now)?;
    Ok(Vec::new())
}

/// Posts what the gate lets through. What it does not take stays a draft, what it holds waits.
fn post_by_itself(tx: &mut Tx, (viewer, gate): (&Viewer, &Gate), of: &Scheduled, now: i64) -> Result<Vec<Tag>> {
    let (id, written) = (of.id, &of.written);
    let author = viewer.must_be_member()?.id;
    let words = Words::of(&written.words());
    let passed = match gate.judge(tx, viewer, (&words, Some(id))) {
        _ if !written.is_for_others() => Passed::default(),
        Err(Error::Invalid(_)) => return keep_back(tx, of, now),
        passed => passed?,
    };
    if let Some(held) = waiting::held(&passed) {
        store::hold_draft(tx, id, held, now)?;
        return Ok(Vec::new());
    }
    store::end_draft(tx, id)?;
    let tags = store::publish(tx, id, author, written, now)?;
    if !passed.label.is_empty() {
        posts::set_label(tx, id, &passed.label)?;
    }
    if written.is_for_others() {
        gate.remember(tx, viewer, id, &words)?;
    }
    Ok(tags)
}

async fn index(State(town): State<Town>, caller: Caller) -> Result {
    let (viewer, drafts) = town
        .read(&caller, |tx, viewer| {
            let me = viewer.must(Permission::WriteNotes)?.id;
            store::drafts_of(tx, me, u32::try_from(MOST).unwrap_or(u32::MAX))
        })
        .await?;
    Ok(html(pages::list(&town.frame(&viewer, &caller), &drafts, &Now::of(&town))))
}

fn mine(tx: &mut Tx, viewer: &Viewer, id: PostId) -> Result<store::Draft> {
    store::draft(tx, viewer.must(Permission::WriteNotes)?.id, id)?.ok_or(Error::NotFound)
}

async fn go_on(State(town): State<Town>, caller: Caller, Path(id): Path<String>) -> Result {
    let id: PostId = id.parse().map_err(|_| Error::NotFound)?;
    let (_, draft) = town.read(&caller, move |tx, viewer| mine(tx, viewer, id)).await?;
    let form = form_of(&draft, &town.zone());
    let (keys, quoted) = (draft.written.content.keys(), draft.written.content.quoted);
    let page = write::composer_page(&town, &caller, Some(&form), &keys, &Problems::default(), quoted).await?;
    Ok(html(page))
}

async fn discard(State(town): State<Town>, caller: Caller, Path(id): Path<String>) -> Result {
    let id: PostId = id.parse().map_err(|_| Error::NotFound)?;
    town.write(&caller, move |tx, viewer| {
        mine(tx, viewer, id)?;
        schedule(tx, id, None)?;
        Ok(store::discard(tx, id)?)
    })
    .await?;
    Ok(see_other("/notes/drafts?done=discarded"))
}

/// The composer as it was when the draft was kept.
fn form_of(draft: &store::Draft, zone: &TimeZone) -> Form {
    let (written, content) = (&draft.written, &draft.written.content);
    let mut pairs = vec![
        ("draft".to_owned(), draft.id.to_string()),
        ("body".into(), content.body.clone()),
        ("warning".into(), content.warning.clone()),
        ("language".into(), content.language.clone()),
        ("place".into(), content.place.clone()),
        ("audience".into(), written.audience.to_string()),
        ("speaker".into(), written.speaker.map(|speaker| speaker.to_string()).unwrap_or_default()),
        ("back".into(), "/notes/drafts".into()),
    ];
    pairs.extend(content.pictures.iter().map(|attached| (format!("alt-{}", attached.key), attached.alt.clone())));
    if let Some(poll) = &written.poll {
        pairs.extend(poll.choices.iter().map(|choice| ("poll_choice".to_owned(), choice.clone())));
        pairs.push(("poll_hours".into(), poll.hours.to_string()));
        pairs.extend(poll.several.then(|| ("poll_several".to_owned(), "1".to_owned())));
    }
    pairs.extend(draft.publish_at.map(|at| ("post_at".to_owned(), text::times::to_local(at, zone))));
    Form::from_pairs(pairs)
}
