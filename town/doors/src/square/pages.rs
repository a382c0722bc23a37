//! How feeds look.

use maud::{Markup, html};
use people::{connections::Order, lists::List};
use things::{notes::SCRIPTS, stories::show::Now};
use web::{
    Frame, Page,
    kit::{self, icon},
};

use super::{
    Feed, discussed,
    feed::Item,
    kinds::Name,
    near,
    ranking::{Closeness, Facts},
};
use crate::{
    cards,
    connections::{Suggestion, suggestions},
    local,
};

const PATH: &str = "/square";
/// What is younger is said to be new, in milliseconds.
const NEW_MS: i64 = 6 * 60 * 60 * 1000;

/// What the square shows.
pub(super) struct Shows<'a> {
    pub feed: &'a Feed,
    pub lists: &'a [List],
    /// How much the member follows; counted where there is nothing to read.
    pub following: i64,
    /// Whom to follow, for those who have nothing to read.
    pub suggested: &'a [Suggestion],
    /// Where the member writes.
    pub composer: &'a Markup,
    /// What its stream is asked for.
    pub live: &'a str,
    pub order: Order,
    pub now: &'a Now,
}

/// A member's home feed.
pub(super) fn home(frame: &Frame, shows: &Shows) -> Markup {
    let feed = shows.feed;
    let body = html! {
        div.page.square {
            header.section-header {
                h1 { "The square" }
                p { "The people, sections, topics and places you follow." }
            }
            (tabs(shows.lists, PATH))
            (shows.composer)
            @if feed.is_first() { (new_posts(PATH)) }
            @if feed.items.is_empty() && feed.is_first() { (nothing(shows)) } @else {
                (orders(shows.order))
                (items(feed, shows.now, PATH))
                @if let Some(next) = feed.ranked {
                    (kit::pager((!feed.is_first()).then_some(PATH), Some(&format!("{PATH}?ranked={next}"))))
                } @else {
                    @if feed.older.is_none() { (caught_up("This is all from what you follow.")) }
                    (cards::pager(PATH, feed.is_first(), feed.older))
                }
            }
        }
    };
    let page = Page::new("The square").private().current(PATH).with(SCRIPTS, &[]);
    let page = if feed.is_first() { page.live(shows.live) } else { page };
    page.draw(frame, &body)
}

/// The orders in which a feed is read, and what the ranked one goes by.
fn orders(chosen: Order) -> Markup {
    html! {
        div.orders {
            form method="post" action="/square/order" {
                fieldset {
                    legend.visually-hidden { "Order" }
                    @for order in Order::ALL { button.button.small name="order" value=(order.name()) aria-pressed=(if order == chosen { "true" } else { "false" }) { (order.words()) } }
                }
            }
            @if chosen == Order::Ranked {
                details {
                    summary { "What it goes by" }
                    p.meta {
                        "What is new, what others liked, answered or passed on, and who it is from: friends before people you follow, and these before sections, topics and places. "
                        "What you read or looked at does not count, and nobody can pay for a place."
                    }
                }
            }
        }
    }
}

/// What something is ranked by, in words.
fn ranked_by(facts: &Facts, now: &Now) -> Markup {
    let mut words = Vec::new();
    if now.ms - facts.at < NEW_MS {
        words.push("new".to_owned());
    }
    if facts.closeness == Closeness::Friend {
        words.push("from a friend".into());
    }
    for (count, one, many) in [(facts.likes, "like", "likes"), (facts.comments, "comment", "comments"), (facts.shares, "share", "shares")] {
        if count > 0 {
            words.push(text::count(count, one, many));
        }
    }
    html! { @if !words.is_empty() { p.why { (icon("chart-column")) span { "Stands here for: " (words.join(", ")) } } } }
}

/// Where a feed says that there is more above, without moving what is read. Scripts gather in the list what their stream tells.
pub(crate) fn new_posts(path: &str) -> Markup {
    html! { new-posts role="status" { a.button.primary.small href=(path) hidden { "New posts" } ul id="new-posts" hidden {} } }
}

/// The feeds that a member has.
pub(crate) fn tabs(lists: &[List], current: &str) -> Markup {
    feeds(Some(lists), current)
}

/// The same of somebody who may be a guest, with no lists: those that are the same for everybody.
pub(crate) fn feeds(lists: Option<&[List]>, current: &str) -> Markup {
    let tab = |address: &str, words: &str| html! { a href=(address) aria-current=[(address == current).then_some("page")] dir="auto" { (words) } };
    html! {
        nav.tabs aria-label=(if lists.is_some() { "Your feeds" } else { "Feeds" }) {
            @if lists.is_some() { (tab(PATH, "Home")) }
            (tab(local::ADDRESS, "Everyone here"))
            (tab(discussed::ADDRESS, "Most discussed"))
            @if let Some(lists) = lists {
                (tab(near::ADDRESS, "Near me"))
                @for list in lists { (tab(&format!("/lists/{}", list.id), &list.name)) }
                a href="/lists" { (icon("settings")) "Your lists" }
            }
        }
    }
}

/// What stands on a page of a feed, each with what brought it here.
pub(crate) fn items(feed: &Feed, now: &Now, back: &str) -> Markup {
    items_with(feed, now, back, |item| {
        html! {
            @if !item.why.is_empty() { @if item.is_shared() { (shared(&item.why)) } @else { (why(&item.why)) } }
            @if let Some(facts) = &item.ranked { (ranked_by(facts, now)) }
        }
    })
}

/// The same with other words on why something is there.
pub(super) fn items_with(feed: &Feed, now: &Now, back: &str, reason: impl Fn(&Item) -> Markup) -> Markup {
    html! {
        ul.archive.feed { @for item in &feed.items { li id=[item.id()] { (reason(item)) ((item.shown.draw)(now, back)) } } }
    }
}

fn why(names: &[Name]) -> Markup {
    html! { p.why { (icon("info")) span { "Because you follow " (listed(names)) } } }
}

/// Who passed something on.
fn shared(names: &[Name]) -> Markup {
    html! { p.why { (icon("repeat-2")) span { (listed(names)) " shared" } } }
}

fn listed(names: &[Name]) -> Markup {
    html! {
        @for (place, name) in names.iter().enumerate() {
            @if place > 0 { (if place + 1 == names.len() { " and " } else { ", " }) }
            a href=(name.address) { bdi { (name.words) } }
        }
    }
}

/// The end of a feed, said plainly.
pub(crate) fn caught_up(words: &str) -> Markup {
    html! {
        div.caught-up {
            (icon("check"))
            h2 { "You are caught up" }
            p {
                (words) " "
                a.link href="/connections" { "Find more to follow" }
            }
        }
    }
}

fn nothing(shows: &Shows) -> Markup {
    let (heading, words) = if shows.following == 0 {
        ("Your square is quiet", "Follow people, sections and topics, and what they publish stands here.")
    } else {
        ("Nothing here yet", "Nobody and nothing that you follow has published anything so far.")
    };
    html! {
        (kit::empty(heading, words, Some(("/sections", "Choose sections to follow"))))
        @if !shows.suggested.is_empty() {
            section.form-part {
                h2 { "You may like to follow" }
                (suggestions(shows.suggested, PATH))
            }
        }
    }
}
