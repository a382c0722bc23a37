//! Feeds of what was posted in the town square: how a page of one is read, drawn, paged and kept. The cards are the notes' own
//! ([`things::notes::card`]).

use axum::response::Response;
use db::Tx;
use maud::{Markup, html};
use people::{AccountId, Viewer, town::SITE};
use std::time::Duration;
use talk::{Cursor, pins, views};
use things::{
    notes::{self, Item, Note, Quoted, Standing},
    stories::show::Now,
};
use web::{Cacheable, Tag, kept};

use crate::cards::{self, Before};

/// Notes on one page of a feed.
pub const PAGE: usize = 20;

/// One page of a feed.
#[derive(Debug)]
pub struct Posted {
    /// What its owner pinned; on the first page alone.
    pub pinned: Vec<Note>,
    /// Its notes, the newest first.
    pub items: Vec<Item>,
    older: Option<Cursor>,
    first: bool,
}

impl Posted {
    /// A page of the feed of this owner; with what they pinned, if it is somebody's.
    pub fn read(
        tx: &mut Tx,
        viewer: &Viewer,
        owner: i64,
        pins_of: Option<AccountId>,
        Before(before): Before,
        now: i64,
    ) -> Result<Self, db::Error> {
        let first = before == Cursor::NEWEST;
        let (items, more) = notes::items(tx, viewer, owner, before, PAGE, now)?;
        let older = items.last().filter(|_| more).map(|item| item.entry.cursor());
        let pinned = match pins_of.filter(|_| first) {
            Some(account) => {
                let ids = pins::of(tx, viewer, account)?;
                notes::notes(tx, viewer, &ids)?.into_iter().map(|note| Note { pinned: true, ..note }).collect()
            }
            None => Vec::new(),
        };
        Ok(Self { pinned, items, older, first })
    }

    /// A page of these, that begins there.
    pub fn of(items: Vec<Item>, more: bool, Before(before): Before) -> Self {
        let older = items.last().filter(|_| more).map(|item| item.entry.cursor());
        Self { pinned: Vec::new(), items, older, first: before == Cursor::NEWEST }
    }

    /// Whether this is the page with the newest.
    pub fn is_first(&self) -> bool {
        self.first
    }

    /// Whether nothing is on it.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty() && self.pinned.is_empty()
    }

    /// What is on it, under one another: what is pinned above, and below it once more where it stands.
    pub fn list(&self, viewer: &Viewer, now: &Now, back: &str) -> Markup {
        let standing = Standing { now, viewer, back };
        // An id stands once on a page: what is pinned is shown above alone.
        let below: Vec<&Item> = self.items.iter().filter(|item| !self.pinned.iter().any(|note| note.id == item.note.id)).collect();
        html! {
            @if !self.pinned.is_empty() { div.feed.pinned { @for note in &self.pinned { (notes::card(note, None, &standing)) } } }
            div.feed { @for item in below { (notes::card(&item.note, item.shared_by.as_ref(), &standing)) } }
        }
    }

    /// The ways to older pages and back to the newest.
    pub fn pager(&self, path: &str) -> Markup {
        cards::pager(path, self.first, self.older)
    }

    /// Hands out the page: kept for guests until anything on it changes.
    pub fn answer(&self, viewer: &Viewer, page: Markup, more: &[Tag], now: &Now) -> Response {
        if viewer.me.is_some() {
            return web::html(page);
        }
        kept(page, self.about(more, now))
    }

    fn about(&self, more: &[Tag], now: &Now) -> Cacheable {
        let mut tags = vec![SITE];
        tags.extend_from_slice(more);
        // Empty, it says nothing of times.
        let mut fresh_for = Duration::from_secs(600);
        for note in self.pinned.iter().chain(self.items.iter().map(|item| &item.note)) {
            tags.extend(tags_of(note));
            fresh_for = fresh_for.min(note.fresh_for(now.ms));
        }
        tags.extend(self.items.iter().filter_map(|item| item.shared_by.as_ref()).map(|by| Tag("account", by.id.get())));
        Cacheable { tags, fresh_for, subject: None }
    }
}

/// What a note on a guest's page depends on.
pub fn tags_of(note: &Note) -> Vec<Tag> {
    let mut tags = vec![views::tag(note.id.get()), Tag("account", note.author.id.get())];
    if let Some(Quoted::Note(quoted)) = &note.quoted {
        tags.extend([views::tag(quoted.id.get()), Tag("account", quoted.author.id.get())]);
    }
    tags
}

/// The two kinds of things that something gathers, each behind its tab.
pub fn tabs(label: &str, address: &str, posts: bool) -> Markup {
    let current = |is: bool| is.then_some("page");
    html! {
        nav.tabs aria-label=(label) {
            a href=(address) aria-current=[current(!posts)] { "Stories" }
            a href={ (address) "/posts" } aria-current=[current(posts)] { "Posts" }
        }
    }
}
