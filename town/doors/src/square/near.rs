//! What is said near a member: about the place where they are at home, and by those who say that they are at home there, too.

use axum::extract::State;
use db::Tx;
use maud::{Markup, html};
use people::{
    AccountId, Caller, Town, Viewer,
    accounts::Author,
    lists::{self, List},
    profiles::{self, Fact},
};
use talk::places::{self, Place};
use things::{
    notes::{self, Composer, SCRIPTS, composer},
    stories::show::Now,
};
use web::{
    Frame, Page, Problems, Result, html as page_of,
    kit::{self, icon},
    see_other,
};

use super::{
    Feed, caught_up,
    feed::{self, Item},
    pages::items_with,
    tabs,
};
use crate::{
    cards::{self, Before},
    local,
};

/// Its address.
pub(super) const ADDRESS: &str = "/square/near";

/// What there is near a member.
enum Near {
    /// They have not said where they are at home.
    Nowhere,
    /// Nobody has said anything about it.
    Quiet(String),
    Feed(Place, Feed),
}

pub(super) async fn show(State(town): State<Town>, caller: Caller, before: Before) -> Result {
    // Guests have not said where they are at home: they read what everyone here says.
    if caller.has_no_session() {
        return Ok(see_other(local::ADDRESS));
    }
    let now = Now::of(&town);
    let ms = now.ms;
    let (viewer, (near, lists, voices)) = town
        .read(&caller, move |tx, viewer| {
            let me = viewer.must_be_member()?.id;
            Ok((near(tx, viewer, me, before, ms)?, lists::all_of(tx, me)?, notes::voices_of(tx, viewer)?))
        })
        .await?;
    Ok(page_of(page(&town.frame(&viewer, &caller), &viewer, &near, (&lists, &voices), &now)))
}

fn near(tx: &mut Tx, viewer: &Viewer, me: AccountId, Before(before): Before, now: i64) -> Result<Near> {
    // Whoever it is told to: it is the member's own page.
    let said = profiles::own(tx, me)?.fact(Fact::Place).map(|told| told.value.clone());
    let Some(name) = said.and_then(|said| text::place::parse(&said)) else { return Ok(Near::Nowhere) };
    match places::by_key(tx, &name.key)? {
        Some(place) => {
            let feed = feed::near(tx, viewer, &place, before, now)?;
            Ok(Near::Feed(place, feed))
        }
        None => Ok(Near::Quiet(name.name)),
    }
}

fn page(frame: &Frame, viewer: &Viewer, near: &Near, (lists, voices): (&[List], &[Author]), now: &Now) -> Markup {
    let name = match near {
        Near::Nowhere => "",
        Near::Quiet(name) => name,
        Near::Feed(place, _) => &place.name,
    };
    let body = html! {
        div.page.square {
            header.section-header {
                h1 { "Near me" }
                @if name.is_empty() { p { "What is said about the place where you are at home, and by your neighbours there." } }
                @else { p { "What is said about " bdi { (name) } ", and by those who are at home there. " a.link href="/settings/profile" { "You live elsewhere?" } } }
            }
            (tabs(lists, ADDRESS))
            @match near {
                Near::Nowhere => (kit::empty("Where are you at home?", "Name your neighbourhood, and what is said there stands here. You choose who else sees it.", Some(("/settings/profile", "Say where")))),
                Near::Quiet(name) => { (begin(viewer, (lists, voices), name)) (quiet()) }
                Near::Feed(place, feed) => { (begin(viewer, (lists, voices), &place.name)) (read(place, feed, now)) }
            }
        }
    };
    Page::new("Near me").private().current("/square").with(SCRIPTS, &[]).draw(frame, &body)
}

/// A composer that has the place filled in.
fn begin(viewer: &Viewer, (lists, voices): (&[List], &[Author]), name: &str) -> Markup {
    let problems = Problems::default();
    composer(&Composer { place: name, voices, ..Composer::new(viewer, lists, &problems, ADDRESS) })
}

fn quiet() -> Markup {
    kit::empty("It is quiet here", "Nobody has posted about this place so far, and no neighbour has said anything. Begin.", None)
}

fn read(place: &Place, feed: &Feed, now: &Now) -> Markup {
    if feed.items.is_empty() && feed.is_first() {
        return quiet();
    }
    html! {
        (items_with(feed, now, ADDRESS, |item| reason(place, item)))
        @if feed.older.is_none() { (caught_up("This is all from near you.")) }
        (cards::pager(ADDRESS, feed.is_first(), feed.older))
    }
}

fn reason(place: &Place, item: &Item) -> Markup {
    let about = item.why.iter().any(|name| name.address == place.address());
    html! {
        p.why {
            @if about { (icon("map-pin")) span { "About " a href=(place.address()) { bdi { (place.name) } } } }
            @else { (icon("users")) span { "By a neighbour" } }
        }
    }
}
