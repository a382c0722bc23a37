//! The pages of a topic or a place.

use maud::{Markup, html};
use people::Viewer;
use things::stories::show::Now;
use web::{Frame, Page, kit};

use super::subject::Subject;
use crate::{
    cards::{self, Listed},
    connections::follow_button,
    posted::{self, Posted},
};

/// The stories about it.
pub(super) fn show(frame: &Frame, subject: &Subject, listed: &Listed, follows: bool, now: &Now) -> Markup {
    let address = &subject.address;
    let body = html! {
        div.page {
            (header(subject, follows, address))
            (posted::tabs(subject.about(), address, false))
            @if listed.cards.is_empty() {
                (kit::empty("Nothing here just now", subject.no_story(), Some(("/", "To the front page"))))
            }
            (cards::list(&listed.cards, now))
            (listed.pager(address))
        }
    };
    let page = Page::new(&subject.title).feeds(address);
    let page = if listed.is_first() { page.canonical(address) } else { page };
    page.draw(frame, &body)
}

/// What is posted about it.
pub(super) fn posts(frame: &Frame, viewer: &Viewer, (subject, follows): (&Subject, bool), posted: &Posted, now: &Now) -> Markup {
    let (address, title) = (&subject.address, format!("{}, posts", subject.title));
    let here = format!("{address}/posts");
    let body = html! {
        div.page {
            (header(subject, follows, &here))
            (posted::tabs(subject.about(), address, true))
            @if posted.is_empty() {
                (kit::empty("Nothing here just now", "Nobody has posted about this for you to read.", Some(("/square/local", "To the town square"))))
            }
            div.narrow-feed { (posted.list(viewer, now, &here)) (posted.pager(&here)) }
        }
    };
    let page = Page::new(&title);
    let page = if posted.is_first() { page.canonical(&here) } else { page };
    page.draw(frame, &body)
}

fn header(subject: &Subject, follows: bool, here: &str) -> Markup {
    html! {
        header.section-header {
            p.kicker { (subject.kind.words()) }
            h1 { bdi { (subject.title) } }
            (follow_button(subject.id, follows, here, &subject.title))
        }
    }
}
