//! The page of the local feed.

use maud::{Markup, html};
use people::{Viewer, accounts::Author, lists::List};
use things::{
    notes::{Composer, SCRIPTS, composer},
    stories::show::Now,
};
use web::{
    Frame, Page, Problems,
    kit::{self, icon},
};

use super::ADDRESS;
use crate::{posted::Posted, square};

/// The page.
pub(super) fn show(
    frame: &Frame,
    viewer: &Viewer,
    (lists, voices): (&[List], &[Author]),
    posted: &Posted,
    (live, now): (&str, &Now),
) -> Markup {
    let (problems, address) = (Problems::default(), ADDRESS);
    let body = html! {
        div.page.square {
            header.section-header {
                h1 { "Everyone here" }
                p { "What people here post for all to read, the newest first." }
            }
            @if viewer.me.is_none() { (guests(frame)) }
            (square::feeds(viewer.me.is_some().then_some(lists), address))
            (composer(&Composer { voices, ..Composer::new(viewer, lists, &problems, address) }))
            @if posted.is_first() { (square::new_posts(address)) }
            @if posted.is_empty() { (nothing(posted, address)) }
            (posted.list(viewer, now, address))
            (posted.pager(address))
        }
    };
    let scripts = if viewer.me.is_some() { SCRIPTS } else { &[] };
    let page =
        Page::new("Everyone here").description("What people here post for everyone.").current("/square").feeds(address).with(scripts, &[]);
    let page = if posted.is_first() { page.canonical(address).live(live) } else { page };
    page.draw(frame, &body)
}

fn guests(frame: &Frame) -> Markup {
    html! {
        p.flash.info { (icon("info"))
            span {
                "This is the town square: neighbours write here what is happening. "
                @if frame.site.join { a href="/join" { "Join" } " to post, or " } @else { "To post, " }
                a href="/sign-in" { "sign in" } "."
            }
        }
    }
}

fn nothing(posted: &Posted, address: &str) -> Markup {
    if posted.is_first() {
        kit::empty("Nothing posted yet", "What people here post for everyone will stand here.", None)
    } else {
        kit::empty("You are caught up", "There are no older posts.", Some((address, "To the newest")))
    }
}
