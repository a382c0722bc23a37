//! What waits to be read before it appears: notes and comments that a filter, the front porch or a flood holds.
//!
//! Whoever reads them lets them appear, or refuses them for a reason that their author is told and can appeal. Reviews that wait have a
//! place of their own ([`crate::desk`]), as their subjects are watched.

use axum::{
    Router,
    extract::{Path, Query, State},
    routing::{get, post},
};
use db::Tx;
use http::StatusCode;
use maud::{Markup, html};
use people::{
    Caller, Permission, Town, Viewer,
    accounts::{self, Author},
    decisions::{Entry, MAX_REASON},
    pictures::Shown,
};
use serde::Deserialize;
use talk::{PostId, comments, reviews};
use things::notes;
use web::{
    Error, Form, Problems, Result, Tag, html, html_with,
    kit::{self, Field, icon},
    see_other,
};

use super::{list::tabs, page};

const PATH: &str = "/admin/queue/held";
/// Posts on one page: each is read before it is decided on.
const PAGE: usize = 20;

pub(super) fn routes() -> Router<Town> {
    Router::new()
        .route("/admin/queue/held", get(list))
        .route("/admin/queue/held/{kind}/{id}/approval", post(approve))
        .route("/admin/queue/held/{kind}/{id}/refusal", get(ask).post(refuse))
}

/// Something that waits.
enum Held {
    Note(notes::Waiting, Vec<Shown>),
    Comment(comments::Waiting),
}

impl Held {
    fn place(&self) -> (i64, PostId) {
        match self {
            Self::Note(note, _) => (note.at, note.id),
            Self::Comment(comment) => (comment.at, comment.id),
        }
    }

    fn author(&self) -> &Author {
        match self {
            Self::Note(note, _) => &note.author,
            Self::Comment(comment) => &comment.author,
        }
    }

    fn address(&self) -> String {
        match self {
            Self::Note(note, _) => format!("{PATH}/note/{}", note.id),
            Self::Comment(comment) => format!("{PATH}/comment/{}", comment.id),
        }
    }

    fn markup(&self, town: &Town, viewer: &Viewer) -> Markup {
        match self {
            Self::Note(note, shown) => notes::waiting_to_read(town, viewer, note, shown),
            Self::Comment(comment) => comments::waiting_to_read(town, viewer, comment),
        }
    }

    /// One of them, by the kind and id of its address.
    fn find(tx: &mut Tx, kind: &str, id: PostId) -> Result<Self> {
        match kind {
            "note" => {
                let note = notes::waiting_one(tx, id)?;
                let shown = notes::pictures_of(tx, &note)?;
                Ok(Self::Note(note, shown))
            }
            "comment" => Ok(Self::Comment(comments::waiting_one(tx, id)?)),
            _ => Err(Error::NotFound),
        }
    }

    /// Those that wait, the longest waiting first.
    fn all(tx: &mut Tx, after: (i64, PostId), limit: usize) -> Result<Vec<Self>> {
        let most = u32::try_from(limit).unwrap_or(u32::MAX);
        let mut found: Vec<Self> = comments::waiting(tx, after, most)?.into_iter().map(Self::Comment).collect();
        for note in notes::waiting(tx, after, most)? {
            let shown = notes::pictures_of(tx, &note)?;
            found.push(Self::Note(note, shown));
        }
        found.sort_by_key(Self::place);
        found.truncate(limit);
        Ok(found)
    }
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    after: String,
}

fn id_in(text: &str) -> Result<PostId> {
    text.parse().map_err(|_| Error::NotFound)
}

async fn list(State(town): State<Town>, caller: Caller, Query(Asked { after }): Query<Asked>) -> Result {
    let after = match after.split_once('-') {
        Some((at, id)) => (at.parse().map_err(|_| Error::NotFound)?, id_in(id)?),
        None => (i64::MIN, PostId::new(0)),
    };
    let (viewer, (mut found, waiting)) = town
        .read(&caller, move |tx, viewer| {
            viewer.must(Permission::Moderate)?;
            let waiting = if viewer.may(Permission::ModerateNotes) { reviews::count_waiting(tx, 100)? } else { 0 };
            Ok((Held::all(tx, after, PAGE + 1)?, waiting))
        })
        .await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found.last().filter(|_| more).map(|last| format!("{}-{}", last.place().0, last.place().1));
    let body = html! {
        (tabs(PATH))
        p { "Posts that are read before they appear, the longest waiting first. " a href="/admin/filters" { "Choose which ones" } "." }
        @if waiting > 0 { p { a href="/admin/reviews" { (text::count(waiting, "review waits", "reviews wait")) } " as well." } }
        @if found.is_empty() { (kit::empty("Nothing waits", "What a filter or the front porch holds appears here until somebody has read it.", None)) }
        ul.list.ruled.held { @for one in &found { li { (row(&town, &viewer, one)) } } }
        @if let Some(next) = next { nav.pager aria-label="Pages" { a.button rel="next" href={ (PATH) "?after=" (next) } { "More" (icon("chevron-right")) } } }
    };
    Ok(html(page(&town, &viewer, &caller, "To read first", &body)))
}

fn row(town: &Town, viewer: &Viewer, one: &Held) -> Markup {
    let name = &one.author().name;
    html! {
        article aria-label={ "By " (name) } {
            (one.markup(town, viewer))
            div.actions {
                form method="post" action={ (one.address()) "/approval" } {
                    button.button.small.primary { (icon("check")) "Let it appear" span.visually-hidden { ": by " (name) } }
                }
                a.button.small href={ (one.address()) "/refusal" } { (icon("x")) "Refuse…" span.visually-hidden { " what " (name) " wrote" } }
            }
        }
    }
}

/// Whoever may not post any more posts nothing by having waited.
fn must_still_post(tx: &mut Tx, one: &Held, now: i64) -> Result<()> {
    let who = accounts::by_id(tx, one.author().id)?;
    if accounts::is_limited(tx, one.author().id, now)?
        || who.is_none_or(|who| who.suspended_at.is_some() || who.standing != accounts::Standing::Member)
    {
        return Err(Error::Conflict("Its author may not post just now, so it cannot appear. Refuse it, or leave it waiting.".into()));
    }
    Ok(())
}

async fn approve(State(town): State<Town>, caller: Caller, Path((kind, id)): Path<(String, String)>) -> Result {
    town.viewer(&caller).await?.must(Permission::Moderate)?;
    let (id, now) = (id_in(&id)?, town.now());
    let (_, tags) = town
        .write(&caller, move |tx, viewer| {
            viewer.must(Permission::Moderate)?;
            let one = Held::find(tx, &kind, id)?;
            must_still_post(tx, &one, now)?;
            let (id, tags) = match &one {
                Held::Note(note, _) => (note.id, notes::approve(tx, note.id, now)?),
                Held::Comment(comment) => comments::approve(tx, comment.id, now)?,
            };
            Entry::new("post.approved", "Let a post appear").about(one.author().id).post(id.get()).by(tx, viewer, now)?;
            Ok(tags)
        })
        .await?;
    done(&town, &tags)
}

fn done(town: &Town, tags: &[Tag]) -> Result {
    town.pages.changed(tags);
    town.wake();
    Ok(see_other("/admin/queue/held?done=saved"))
}

async fn ask(State(town): State<Town>, caller: Caller, Path((kind, id)): Path<(String, String)>) -> Result {
    Ok(html(refusal(&town, &caller, (kind, id_in(&id)?), &Form::default(), &Problems::default()).await?))
}

async fn refusal(town: &Town, caller: &Caller, (kind, id): (String, PostId), typed: &Form, problems: &Problems) -> Result<Markup> {
    let (viewer, one) = town
        .read(caller, move |tx, viewer| {
            viewer.must(Permission::Moderate)?;
            Held::find(tx, &kind, id)
        })
        .await?;
    let body = html! {
        (tabs(""))
        article aria-label={ "By " (one.author().name) } { (one.markup(town, &viewer)) }
        (kit::problems(problems))
        form.form.narrow method="post" action={ (one.address()) "/refusal" } {
            (Field::area("why", "Why", 3).value(typed.text("why")).required().max(MAX_REASON).problem(problems).hint("Its author is told, and can appeal."))
            p.actions { button.button.danger { "Refuse it" } a.button.quiet href=(PATH) { "Cancel" } }
        }
    };
    Ok(page(town, &viewer, caller, "Refuse a post", &body))
}

async fn refuse(State(town): State<Town>, caller: Caller, Path((kind, id)): Path<(String, String)>, form: Form) -> Result {
    town.viewer(&caller).await?.must(Permission::Moderate)?;
    let id = id_in(&id)?;
    let mut problems = Problems::default();
    let why = reviews::reason(&form, &mut problems);
    if !problems.is_empty() {
        return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, refusal(&town, &caller, (kind, id), &form, &problems).await?));
    }
    let (now, site, origin) = (town.now(), town.site(), town.origin().to_owned());
    let (_, tags) = town
        .write(&caller, move |tx, viewer| {
            viewer.must(Permission::Moderate)?;
            let spoken = (site.name.as_str(), origin.as_str());
            match Held::find(tx, &kind, id)? {
                Held::Note(note, _) => notes::refuse_waiting(tx, viewer, note.id, &why, spoken, now),
                Held::Comment(comment) => comments::refuse_waiting(tx, viewer, comment.id, &why, spoken, now),
            }
        })
        .await?;
    done(&town, &tags)
}
