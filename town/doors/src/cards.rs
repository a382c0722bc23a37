//! Lists of stories: how a page of one is cut, drawn, paged and kept. The cards themselves are the stories' own
//! ([`things::stories::show::cards`]); here they stand together.

use axum::{extract::FromRequestParts, http::request::Parts, response::Response};
use maud::{Markup, html};
use people::{Viewer, town::SITE};
use talk::{Cursor, views};
pub use things::stories::show::cards::{beside, card, lead, line, small};
use things::stories::{
    Card,
    show::{Now, fresh_for},
};
use web::{Cacheable, Error, Tag, kept, kit};

/// Stories on one page of a list.
pub const PAGE: usize = 20;
/// How many to ask the database for: one more tells whether there is an older page.
#[allow(clippy::cast_possible_truncation)]
pub const ASK: u32 = PAGE as u32 + 1;

/// Any story was listed or unlisted.
pub const LISTING: Tag = Tag("listing", 0);
/// The arrangement of the front page.
pub const FRONT: Tag = Tag("front", 0);
/// Any correction was made.
pub const CORRECTIONS: Tag = Tag("corrections", 0);

/// Where the asked page of a list begins: `?before=AT-ID`, else at the newest. An extractor.
#[derive(Clone, Copy, Debug)]
pub struct Before(pub Cursor);

impl<S: Send + Sync> FromRequestParts<S> for Before {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let asked = parts.uri.query().and_then(|query| query.split('&').find_map(|pair| pair.strip_prefix("before=")));
        let Some(asked) = asked else { return Ok(Self(Cursor::NEWEST)) };
        let cursor =
            asked.parse().map_err(|()| Error::Malformed("This list has no such page. Begin again at its newest stories.".into()))?;
        Ok(Self(cursor))
    }
}

/// One page of a list.
#[derive(Debug)]
pub struct Listed {
    /// Its stories, at most [`PAGE`].
    pub cards: Vec<Card>,
    older: Option<Cursor>,
    first: bool,
}

impl Listed {
    /// Cuts a page from what was found when [`ASK`] were asked for.
    pub fn cut(mut found: Vec<Card>, Before(before): Before) -> Self {
        let more = found.len() > PAGE;
        found.truncate(PAGE);
        let older = found.last().filter(|_| more).map(Card::cursor);
        Self { cards: found, older, first: before == Cursor::NEWEST }
    }

    /// Whether this is the page with the newest.
    pub fn is_first(&self) -> bool {
        self.first
    }

    /// The ways to older pages and back to the newest.
    pub fn pager(&self, path: &str) -> Markup {
        pager(path, self.first, self.older)
    }
}

/// The ways to older pages of a list and back to its newest.
pub fn pager(path: &str, first: bool, older: Option<Cursor>) -> Markup {
    let older = older.map(|cursor| format!("{path}?before={cursor}"));
    kit::pager((!first).then_some(path), older.as_deref())
}

/// Cards under one another, pictures at the side.
pub fn list(cards: &[Card], now: &Now) -> Markup {
    html! { div.archive { @for card in cards { (beside(card, now, 2)) } } }
}

/// Where a story that an address named before has its page now; `None` when this is the address.
pub fn right_address(asked: &str, right: &str, query: Option<&str>) -> Option<String> {
    (asked != right).then(|| query.map_or_else(|| right.to_owned(), |query| format!("{right}?{query}")))
}

/// Hands out a page that lists stories: kept for guests until anything on it changes.
pub fn answer<'a>(viewer: &Viewer, page: Markup, shown: impl IntoIterator<Item = &'a Card>, more: &[Tag], now: &Now) -> Response {
    if viewer.me.is_some() {
        return web::html(page);
    }
    kept(page, about(shown, more, now))
}

/// What a page that shows these stories depends on.
pub fn about<'a>(shown: impl IntoIterator<Item = &'a Card>, more: &[Tag], now: &Now) -> Cacheable {
    let mut tags = vec![SITE, LISTING];
    tags.extend_from_slice(more);
    let mut youngest = 0;
    for card in shown {
        tags.extend([views::tag(card.id.get()), Tag("account", card.author.id.get())]);
        youngest = youngest.max(card.published_at);
    }
    Cacheable { tags, fresh_for: fresh_for(youngest, now.ms), subject: None }
}
