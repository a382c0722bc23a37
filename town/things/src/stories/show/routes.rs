//! The addresses of a story for its readers.

use axum::{
    Router,
    extract::{Path, Query, State},
    http::{HeaderValue, StatusCode, Uri, header},
    response::Response,
    routing::{get, post},
};
use db::Tx;
use maud::{Markup, html};
use people::{Caller, Permission, Town, Viewer, town::SITE};
use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};
use talk::{
    Cursor, PostId,
    comments::{self, Conversation},
    context,
    mentions::{self, Mention},
    moderation::{Held, Kind, Subject, held_for},
    reactions::{self, Reactions},
    reviews::{self, Summary},
    saved, views,
};
use web::{Cacheable, Error, Form, Frame, Page, Pages, Result, Tag, html_with, kept, moved, pages::Epoch, viewed};

use super::{Beneath, Now, View, cards, fresh_for, page, sharing, social};
use crate::{
    sections::{self, SectionId, Tree},
    stories::{self, Card, Story},
};

/// Other stories of the section at the end of a story.
const MORE: usize = 3;

/// Whoever links to a story tells us here (W3C Webmention §3.1.2).
const TELL_US: HeaderValue = HeaderValue::from_static("</webmention>; rel=\"webmention\"");

pub(in crate::stories) fn routes() -> Router<Town> {
    Router::new()
        .route("/stories/{id}", get(lead_there))
        .route("/stories/{id}/{slug}", get(show))
        .route("/stories/{id}/social.jpg", get(social::show))
        .route("/stories/{id}/sharing", post(share))
}

async fn lead_there(state: State<Town>, caller: Caller, Path(id): Path<String>, asked: Query<comments::Asked>, uri: Uri) -> Result {
    show(state, caller, Path((id, String::new())), asked, uri).await
}

async fn show(
    State(town): State<Town>,
    caller: Caller,
    Path((id, slug)): Path<(String, String)>,
    Query(asked): Query<comments::Asked>,
    uri: Uri,
) -> Result {
    let id: PostId = id.parse().map_err(|_| Error::NotFound)?;
    let (pages, born) = (Arc::clone(&town.pages), town.pages.begin());
    let now = town.now();
    let (viewer, found) = town.read(&caller, move |tx, viewer| find(tx, viewer, id, &asked, &Shared { pages: &pages, born, now })).await?;
    let frame = town.frame(&viewer, &caller);
    let shown = match found {
        Found::Story(shown) => shown,
        Found::Hidden => return Ok(hidden(&frame, id)),
        Found::Held(held) => return Ok(held_back(&frame, &held)),
    };
    if shown.story.card.slug != slug {
        let address = shown.story.card.address();
        return Ok(moved(&uri.query().map_or_else(|| address.clone(), |query| format!("{address}?{query}"))));
    }
    let now = Now::of(&town);
    let edit = may_edit(&viewer, &shown.story);
    let Parts { story, tree, newest, mentions, saved, reactions, reviewed, talk, contexts } = &*shown;
    let more = newest.drawn_but(id, &now);
    let address = story.card.address();
    let standing = comments::Standing::of(&town, &viewer, &address);
    let (comments, scripts) = (comments::section(talk, &standing), comments::scripts(&viewer));
    let reviewed = reviewed.as_ref();
    let reviews = reviews::section(id, reviewed, is_author(&viewer, story), &standing);
    let authors: Vec<_> = story.authors.iter().map(|author| author.id).collect();
    let context = context::section(contexts, id, &viewer, &authors);
    let (licence, summary) = (town.site().licence, story.summary());
    let (saved, summary) = (*saved, &*summary);
    let beneath = Beneath { context, comments, reviews, reviewed, scripts };
    let view = View { story, tree, more: &more, mentions, now: &now, edit, licence, saved, reactions, summary, beneath, banner: None };
    let mut response = answer(&viewer, page(&frame, &view), &shown, now.ms);
    response.headers_mut().insert(header::LINK, TELL_US);
    Ok(response)
}

/// Leads a reader to their own Mastodon server.
async fn share(State(town): State<Town>, caller: Caller, Path(id): Path<String>, form: Form) -> Result {
    let id: PostId = id.parse().map_err(|_| Error::NotFound)?;
    let (viewer, found) = town.read(&caller, move |tx, _| Ok(stories::cards_by_ids(tx, &[id])?)).await?;
    let card = found.first().ok_or(Error::NotFound)?;
    let (right, page) = sharing::page(&town.frame(&viewer, &caller), card, form.text("server"));
    Ok(html_with(if right { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }, page))
}

/// What a unit of reading brings to the page.
struct Parts {
    story: Story,
    tree: Arc<Tree>,
    newest: Arc<Newest>,
    mentions: Vec<Mention>,
    saved: bool,
    reactions: Reactions,
    reviewed: Option<Summary>,
    talk: Conversation,
    contexts: Vec<context::Shown>,
}

impl Parts {
    /// The other stories that stand under this one.
    fn more(&self) -> impl Iterator<Item = &Card> {
        self.newest.but(self.story.card.id).map(|(_, card)| card)
    }
}

/// The newest stories of a section: one more than are shown, for the story itself may be among them.
struct Newest {
    cards: Vec<Card>,
    /// Drawn when they are first shown, for every page that shows them until one of them changes or its time reads otherwise.
    drawn: OnceLock<Vec<Markup>>,
}

impl Newest {
    /// Those that stand under this story.
    fn but(&self, id: PostId) -> impl Iterator<Item = (usize, &Card)> {
        self.cards.iter().enumerate().filter(move |(_, card)| card.id != id).take(MORE)
    }

    fn drawn_but(&self, id: PostId, now: &Now) -> Vec<&Markup> {
        let drawn = self.drawn.get_or_init(|| self.cards.iter().map(|card| cards::small(card, now, 3)).collect());
        self.but(id).filter_map(|(place, _)| drawn.get(place)).collect()
    }
}

enum Found {
    Story(Box<Parts>),
    /// Not published, but this viewer may write on it.
    Hidden,
    /// Taken down by the staff, before somebody who may know of it.
    Held(Box<Held>),
}

/// What is the same on many pages is read once and remembered until it changes.
struct Shared<'a> {
    pages: &'a Pages,
    born: Epoch,
    now: i64,
}

impl Shared<'_> {
    fn tree(&self, tx: &mut Tx) -> Result<Arc<Tree>> {
        const NAME: &str = "sections";
        if let Some(tree) = self.pages.recall(NAME) {
            return Ok(tree);
        }
        let about = Cacheable { tags: vec![SITE], fresh_for: Duration::from_secs(600), subject: None };
        Ok(self.pages.remember(NAME, sections::all(tx)?, &about, self.born))
    }

    fn kinds(&self, tx: &mut Tx) -> Result<Arc<Vec<reactions::Kind>>> {
        const NAME: &str = "reactions";
        if let Some(kinds) = self.pages.recall(NAME) {
            return Ok(kinds);
        }
        let about = Cacheable { tags: vec![SITE], fresh_for: Duration::from_secs(600), subject: None };
        Ok(self.pages.remember(NAME, reactions::all(tx)?, &about, self.born))
    }

    fn newest_of(&self, tx: &mut Tx, section: SectionId) -> Result<Arc<Newest>> {
        let name = format!("newest of {section}");
        if let Some(cards) = self.pages.recall(&name) {
            return Ok(cards);
        }
        let cards = stories::on_shelf(tx, section.get(), Cursor::NEWEST, MORE as u32 + 1)?;
        let shown = cards.iter().flat_map(|card| [sections::tag(card.section), Tag("account", card.author.id.get())]);
        let tags = [SITE, sections::tag(section)].into_iter().chain(shown).collect();
        let youngest = cards.first().map_or(0, |card| card.published_at);
        let about = Cacheable { tags, fresh_for: fresh_for(youngest, self.now), subject: None };
        Ok(self.pages.remember(&name, Newest { cards, drawn: OnceLock::new() }, &about, self.born))
    }
}

fn find(tx: &mut Tx, viewer: &Viewer, id: PostId, asked: &comments::Asked, shared: &Shared) -> Result<Found> {
    let story = match stories::find(tx, id) {
        Ok(story) => story,
        Err(error @ (Error::Gone | Error::NotFound)) if viewer.me.is_some() => {
            if let Some(held) = held_for(tx, viewer, Subject { kind: Kind::Story, id: id.get() })? {
                return Ok(Found::Held(Box::new(held)));
            }
            if matches!(error, Error::Gone) {
                return Err(error);
            }
            // Whoever may not write on it learns nothing, not even that it exists.
            let access = stories::access(tx, viewer, id, false).map_err(|_| Error::NotFound)?;
            return if access.write { Ok(Found::Hidden) } else { Err(Error::NotFound) };
        }
        Err(error) => return Err(error),
    };
    let tree = shared.tree(tx)?;
    let newest = shared.newest_of(tx, story.card.section)?;
    let saved = match &viewer.me {
        Some(me) => saved::has(tx, me.id, id)?,
        None => false,
    };
    let mentions = mentions::shown_of(tx, id)?;
    let kinds = shared.kinds(tx)?;
    let reactions = reactions::of_one_among(tx, viewer, id, &kinds)?;
    let of = (id, story.card.section.get());
    let reviewed = reviews::summary(tx, viewer, of, story.card.counts.reviews, shared.now)?;
    let talk = comments::of(tx, viewer, id, asked, shared.now)?;
    let contexts = context::shown_of(tx, id, story.contexts)?;
    Ok(Found::Story(Box::new(Parts { story, tree, newest, mentions, saved, reactions, reviewed, talk, contexts })))
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
    let shelved = shown.more().map(|card| sections::tag(card.section));
    let authors = story.authors.iter().chain(shown.more().map(|card| &card.author));
    let authors = authors.map(|author| Tag("account", author.id.get()));
    let reviewers = shown.reviewed.iter().flat_map(Summary::tags);
    let own = [SITE, views::tag(story.card.id.get())].into_iter();
    own.chain(sections).chain(shelved).chain(authors).chain(reviewers).chain(shown.talk.tags()).collect()
}

fn youngest(shown: &Parts) -> i64 {
    let story = &shown.story;
    let updated = (story.revisions > 1).then_some(story.updated_at);
    let corrected = story.corrections.iter().map(|correction| correction.created_at);
    let more = shown.more().map(|card| card.published_at);
    let mentioned = shown.mentions.iter().map(|mention| mention.received_at);
    let said = [shown.talk.youngest(), shown.reviewed.as_ref().map_or(0, Summary::youngest)];
    updated.into_iter().chain(corrected).chain(more).chain(mentioned).chain(said).fold(story.card.published_at, i64::max)
}

/// What stands where a story was taken down, before its authors and the staff.
fn held_back(frame: &Frame, held: &Held) -> Response {
    let body = html! {
        div.page { div.narrow {
            h1 { (held.title()) }
            (held.banner())
            (held.said())
        } }
    };
    web::html(Page::new(held.title()).private().draw(frame, &body))
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
