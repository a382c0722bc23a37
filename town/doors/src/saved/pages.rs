//! The list's page.

use maud::{Markup, html};
use people::Viewer;
use talk::{
    Cursor,
    saved::{self, Saved},
};
use things::{
    notes::{self, Note, Standing},
    stories::{Card, show::Now},
};
use web::{Frame, Page, kit};

use crate::cards;

const PATH: &str = "/saved";

/// Something on the list: a story or a note; neither when readers no longer see it.
pub(super) struct Item {
    pub saved: Saved,
    pub card: Option<Card>,
    pub note: Option<Note>,
}

/// One page of the list.
pub(super) struct List<'a> {
    pub viewer: &'a Viewer,
    pub items: &'a [Item],
    pub before: Cursor,
    pub older: Option<Cursor>,
    pub now: &'a Now,
}

pub(super) fn list(frame: &Frame, list: &List) -> Markup {
    let first = list.before == Cursor::NEWEST;
    let here = if first { PATH.to_owned() } else { format!("{PATH}?before={}", list.before) };
    let body = html! {
        div.page {
            header.section-header { h1 { "Saved" } p { "What you keep for later. Nobody else sees this list." } }
            @if list.items.is_empty() { (nothing(first)) } @else {
                ul.archive.saved { @for item in list.items { li { (shown(item, &here, list)) } } }
            }
            (cards::pager(PATH, first, list.older))
        }
    };
    Page::new("Saved").private().draw(frame, &body)
}

fn shown(item: &Item, here: &str, list: &List) -> Markup {
    let (Saved { post, at }, now) = (item.saved, list.now);
    html! {
        @if let Some(card) = &item.card { (cards::beside(card, now, 2)) }
        // Its button is among its own.
        @else if let Some(note) = &item.note { (notes::card(note, None, &Standing { now, viewer: list.viewer, back: here })) }
        @else {
            div.gone {
                h2.headline { "No longer available" }
                p.standfirst.small { "This was taken off the site after you saved it." }
            }
        }
        div.actions {
            @if item.note.is_none() { (saved::button(post, true, here)) }
            span.meta { "Saved " (text::times::markup(at, now.ms, &now.zone)) }
        }
    }
}

fn nothing(first: bool) -> Markup {
    if first {
        let words = "Press “Save” under a story’s headline or a post, and it waits here for you until you take it off again.";
        kit::empty("Nothing saved yet", words, Some(("/", "Find something to read")))
    } else {
        kit::empty("That was all", "You saved nothing before these.", Some((PATH, "To what you saved last")))
    }
}
