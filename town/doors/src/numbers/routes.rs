//! The addresses of numbers: a page each, and beside it its tables as files.

use axum::{
    Router,
    extract::{Path, Query, State},
    response::IntoResponse as _,
    routing::get,
};
use db::Tx;
use http::{HeaderValue, header};
use maud::{Markup, html};
use people::{Caller, Town, Viewer};
use serde::Deserialize;
use talk::{PostId, numbers::Whose};
use things::{
    sections::{self, Section},
    stories,
};
use web::{Error, Page, Result, html, kit::icon};

use super::{
    pages::{self, About},
    period::Period,
    report::{Report, report},
    rules,
};
use crate::desk;

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new()
        .route("/stories/{id}/numbers", get(story))
        .route("/stories/{id}/numbers/{file}", get(story_file))
        .route("/numbers", get(own))
        .route("/numbers/{file}", get(own_file))
        .route("/admin/numbers", get(site))
        .route("/admin/numbers/{file}", get(site_file))
        .route("/admin/numbers/sections/{slug}", get(section))
        .route("/admin/numbers/sections/{slug}/{file}", get(section_file))
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    period: String,
}

type Ask = Query<Asked>;

async fn story(state: State<Town>, caller: Caller, Path(id): Path<String>, ask: Ask) -> Result {
    show(state, caller, Of::Story(id.parse().map_err(|_| Error::NotFound)?), ask).await
}

async fn story_file(state: State<Town>, caller: Caller, Path((id, file)): Path<(String, String)>, ask: Ask) -> Result {
    hand_out(state, caller, Of::Story(id.parse().map_err(|_| Error::NotFound)?), file, ask).await
}

async fn own(state: State<Town>, caller: Caller, ask: Ask) -> Result {
    show(state, caller, Of::Own, ask).await
}

async fn own_file(state: State<Town>, caller: Caller, Path(file): Path<String>, ask: Ask) -> Result {
    hand_out(state, caller, Of::Own, file, ask).await
}

async fn site(state: State<Town>, caller: Caller, ask: Ask) -> Result {
    show(state, caller, Of::Site, ask).await
}

async fn site_file(state: State<Town>, caller: Caller, Path(file): Path<String>, ask: Ask) -> Result {
    hand_out(state, caller, Of::Site, file, ask).await
}

async fn section(state: State<Town>, caller: Caller, Path(slug): Path<String>, ask: Ask) -> Result {
    show(state, caller, Of::Section(slug), ask).await
}

async fn section_file(state: State<Town>, caller: Caller, Path((slug, file)): Path<(String, String)>, ask: Ask) -> Result {
    hand_out(state, caller, Of::Section(slug), file, ask).await
}

/// What an address asks about.
#[derive(Clone)]
enum Of {
    Story(PostId),
    Own,
    Section(String),
    Site,
}

/// What it turned out to be, for a viewer who may see it.
enum Found {
    /// Its headline, and its page if it has one.
    Story(PostId, String, Option<String>),
    Own,
    Section(Box<Section>),
    Site,
}

async fn show(State(town): State<Town>, caller: Caller, of: Of, ask: Ask) -> Result {
    let (viewer, (found, report)) = read(&town, &caller, of, &ask).await?;
    Ok(html(page(&town, &viewer, &caller, &found, &report)))
}

async fn hand_out(State(town): State<Town>, caller: Caller, of: Of, file: String, ask: Ask) -> Result {
    let name = file.strip_suffix(".csv").ok_or(Error::NotFound)?;
    let (_, (found, report)) = read(&town, &caller, of, &ask).await?;
    let times = report.times();
    let table = report.tables.iter().chain([&times]).find(|table| table.name == name).ok_or(Error::NotFound)?;
    let file = format!("attachment; filename=\"{}-{name}-{}.csv\"", found.file(), report.span.period.name());
    let head = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8; header=present")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(&file).map_err(Error::broken)?),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((head, table.csv().map_err(Error::broken)?).into_response())
}

async fn read(town: &Town, caller: &Caller, of: Of, ask: &Ask) -> Result<(Viewer, (Found, Report))> {
    let period = if ask.period.is_empty() { Some(Period::default()) } else { Period::named(&ask.period) };
    let period = period.ok_or_else(|| Error::Malformed("There is no such period. Choose one of those on the page.".into()))?;
    let (now, zone) = (town.now(), town.zone());
    town.read(caller, move |tx, viewer| {
        let found = find(tx, viewer, &of)?;
        let report = report(tx, found.whose(viewer)?, period, now, &zone)?;
        Ok((found, report))
    })
    .await
}

fn find(tx: &mut Tx, viewer: &Viewer, of: &Of) -> Result<Found> {
    Ok(match of {
        Of::Story(id) => {
            rules::may_see_story(tx, viewer, *id)?;
            match stories::cards_by_ids(tx, &[*id])?.pop() {
                Some(card) => Found::Story(*id, card.headline.clone(), Some(card.address())),
                None => Found::Story(*id, stories::open_draft(tx, *id)?.content.headline, None),
            }
        }
        Of::Own => {
            rules::has_own(viewer)?;
            Found::Own
        }
        Of::Section(slug) => {
            rules::may_see_all(viewer)?;
            Found::Section(Box::new(sections::by_slug(tx, slug)?.ok_or(Error::NotFound)?))
        }
        Of::Site => {
            rules::may_see_all(viewer)?;
            Found::Site
        }
    })
}

impl Found {
    fn whose(&self, viewer: &Viewer) -> Result<Whose> {
        Ok(match self {
            Self::Story(id, ..) => Whose::Post(*id),
            Self::Own => Whose::Shelf(viewer.must_be_member()?.id.get()),
            Self::Section(section) => Whose::Shelf(section.id.get()),
            Self::Site => Whose::Site,
        })
    }

    fn address(&self) -> String {
        match self {
            Self::Story(id, ..) => format!("/stories/{id}/numbers"),
            Self::Own => "/numbers".into(),
            Self::Section(section) => format!("/admin/numbers/sections/{}", section.slug),
            Self::Site => "/admin/numbers".into(),
        }
    }

    /// The first part of a file's name, in letters that every system takes.
    fn file(&self) -> String {
        match self {
            Self::Story(id, ..) => format!("story-{id}"),
            Self::Own => "my-stories".into(),
            Self::Section(section) => format!("section-{}", text::slug(&section.slug)),
            Self::Site => "site".into(),
        }
    }
}

fn page(town: &Town, viewer: &Viewer, caller: &Caller, found: &Found, report: &Report) -> Markup {
    let (frame, address, site) = (town.frame(viewer, caller), found.address(), town.site());
    let body = |nothing| pages::body(report, &About { address: &address, nothing, zone: &site.time_zone });
    match found {
        Found::Story(_, headline, place) => {
            let headline = if headline.is_empty() { "A story without a headline" } else { headline };
            let main = html! {
                div.page { header.section-header {
                    p.kicker { a href="/numbers" { "Numbers" } }
                    h1 dir="auto" { (headline) }
                    @if let Some(address) = place { p { a.link href=(address) { "To the story" } } }
                }
                (body("As soon as somebody reads this story, its numbers stand here.")) }
            };
            Page::new(&format!("Numbers: {headline}")).private().draw(&frame, &main)
        }
        Found::Own => {
            let main = html! {
                div.page {
                    div.desk-head { header.section-header { h1 { "Your numbers" } p { "How all that you wrote is read." } } a.button href="/write" { (icon("square-pen")) "Your stories" } }
                    (body("As soon as somebody reads a story of yours, its numbers stand here."))
                }
            };
            Page::new("Your numbers").private().current("/write").draw(&frame, &main)
        }
        Found::Section(section) => {
            let main = html! { p { a.link href="/admin/numbers" { "The whole site" } } (body("As soon as somebody reads a story of this section, its numbers stand here.")) };
            desk::draw(&frame, viewer, desk::Place::Numbers, &format!("Numbers: {}", section.name), &main)
        }
        Found::Site => {
            desk::draw(&frame, viewer, desk::Place::Numbers, "Numbers", &body("As soon as somebody reads a story, the numbers stand here."))
        }
    }
}
