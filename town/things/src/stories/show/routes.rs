//! The addresses of a story for its readers.

use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
    routing::get,
};
use db::Tx;
use maud::{Markup, html};
use people::{Caller, Permission, Town, Viewer, town::SITE};
use talk::{Cursor, PostId, views};
use web::{Cacheable, Error, Frame, Page, Result, Tag, html_with, kept, moved, viewed};

use super::{Now, View, fresh_for, page};
use crate::{
    sections::{self, Tree},
    stories::{self, Card, Story},
};

/// Other stories of the section at the end of a story.
const MORE: usize = 3;

pub(in crate::stories) fn routes() -> Router<Town> {
    Router::new().route("/stories/{id}", get(lead_there)).route("/stories/{id}/{slug}", get(show))
}

async fn lead_there(state: State<Town>, caller: Caller, Path(id): Path<String>) -> Result {
    show(state, caller, Path((id, String::new()))).await
}

async fn show(State(town): State<Town>, caller: Caller, Path((id, slug)): Path<(String, String)>) -> Result {
    let id: PostId = id.parse().map_err(|_| Error::NotFound)?;
    let (viewer, found) = town.read(&caller, move |tx, viewer| find(tx, viewer, id)).await?;
    let frame = town.frame(&viewer, &caller);
    let Found::Story(shown) = found else { return Ok(hidden(&frame, id)) };
    if shown.story.card.slug != slug {
        return Ok(moved(&shown.story.card.address()));
    }
    let now = Now::of(&town);
    let edit = may_edit(&viewer, &shown.story);
    let view = View { story: &shown.story, tree: &shown.tree, more: &shown.more, now: &now, edit, banner: None };
    Ok(answer(&viewer, page(&frame, &view), &shown, now.ms))
}

/// What a unit of reading brings to the page.
struct Parts {
    story: Story,
    tree: Tree,
    more: Vec<Card>,
}

enum Found {
    Story(Box<Parts>),
    /// Not published, but this viewer may write on it.
    Hidden,
}

fn find(tx: &mut Tx, viewer: &Viewer, id: PostId) -> Result<Found> {
    let story = match stories::find(tx, id) {
        Ok(story) => story,
        Err(Error::NotFound) if viewer.me.is_some() => {
            // Whoever may not write on it learns nothing, not even that it exists.
            let access = stories::access(tx, viewer, id, false).map_err(|_| Error::NotFound)?;
            return if access.write { Ok(Found::Hidden) } else { Err(Error::NotFound) };
        }
        Err(error) => return Err(error),
    };
    let tree = sections::all(tx)?;
    let mut more = stories::on_shelf(tx, story.card.section.get(), Cursor::NEWEST, MORE as u32 + 1)?;
    more.retain(|other| other.id != id);
    more.truncate(MORE);
    Ok(Found::Story(Box::new(Parts { story, tree, more })))
}

fn is_author(viewer: &Viewer, story: &Story) -> bool {
    story.authors.iter().any(|author| viewer.is(author.id))
}

fn may_edit(viewer: &Viewer, story: &Story) -> bool {
    viewer.may(Permission::EditStories) || (viewer.may(Permission::WriteStories) && is_author(viewer, story))
}

/// Authors looking at their own story are no readers; everyone else is counted.
fn answer(viewer: &Viewer, page: Markup, shown: &Parts, now: i64) -> Response {
    let id = shown.story.card.id.get();
    if viewer.me.is_some() {
        return if is_author(viewer, &shown.story) { web::html(page) } else { viewed(page, id) };
    }
    let about = Cacheable { tags: tags(shown), fresh_for: fresh_for(youngest(shown), now), subject: Some(id) };
    kept(page, about)
}

/// Everything that the page shows. A change to a story below it changes that story's section, which is one of ours.
fn tags(shown: &Parts) -> Vec<Tag> {
    let story = &shown.story;
    let sections = shown.tree.path(story.card.section).into_iter().map(|section| sections::tag(section.id));
    let shelved = shown.more.iter().map(|card| sections::tag(card.section));
    let authors = story.authors.iter().chain(shown.more.iter().map(|card| &card.author));
    let authors = authors.map(|author| Tag("account", author.id.get()));
    [SITE, views::tag(story.card.id.get())].into_iter().chain(sections).chain(shelved).chain(authors).collect()
}

fn youngest(shown: &Parts) -> i64 {
    let story = &shown.story;
    let updated = (story.revisions > 1).then_some(story.updated_at);
    let corrected = story.corrections.iter().map(|correction| correction.created_at);
    let more = shown.more.iter().map(|card| card.published_at);
    updated.into_iter().chain(corrected).chain(more).fold(story.card.published_at, i64::max)
}

/// The page that readers do not get, for those who write on the story.
fn hidden(frame: &Frame, id: PostId) -> Response {
    let body = html! {
        div.page { div.narrow {
            h1 { "Not published" }
            p { "Readers do not see this story. You can work on it, and publish it from there." }
            p.actions { a.button.primary href={ "/stories/" (id) "/edit" } { "Open it for writing" } }
        } }
    };
    html_with(StatusCode::NOT_FOUND, Page::new("Not published").private().draw(frame, &body))
}
