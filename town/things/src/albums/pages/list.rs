//! The list of albums; for those who make them with what readers do not see.

use maud::{Markup, html};
use people::pictures::Place;
use talk::Cursor;
use web::{
    Frame, Page,
    kit::{self, icon},
};

use crate::{
    albums::{address, store::Listed},
    stories::show::Now,
};

const COVER: Place = Place { sizes: "(min-width: 61rem) 24rem, (min-width: 40rem) 50vw, 100vw", first: false };

/// What stands on the page.
pub(in crate::albums) struct List<'a> {
    pub albums: &'a [Listed],
    /// Not public.
    pub hidden: &'a [Listed],
    pub removed: &'a [Listed],
    pub first: bool,
    pub older: Option<Cursor>,
    /// Whether the viewer may begin one.
    pub writes: bool,
    pub now: &'a Now,
}

/// The page.
pub(in crate::albums) fn page(frame: &Frame, list: &List) -> Markup {
    let bare = list.albums.is_empty() && list.hidden.is_empty();
    let body = html! {
        div.page.albums {
            div.desk-head {
                div { h1 { "Albums" } p.standfirst.small { "Pictures of a day, a place, a street, one after the other." } }
                @if list.writes && !bare { (begin("primary")) }
            }
            @if !list.hidden.is_empty() { (hidden(list)) }
            @if list.albums.is_empty() { (nothing(list)) } @else {
                ul.album-list { @for album in list.albums { li { (card(album, list.now)) } } }
            }
            (kit::pager((!list.first).then_some("/albums"), list.older.map(|cursor| format!("/albums?before={cursor}")).as_deref()))
            @if !list.removed.is_empty() { (removed(list)) }
        }
    };
    let page = Page::new("Albums").description("Albums of pictures.").current("/albums");
    let page = if list.first { page.canonical("/albums") } else { page.private() };
    page.draw(frame, &body)
}

fn begin(class: &str) -> Markup {
    html! { form method="post" action="/albums" { button class={ "button " (class) } { (icon("images")) "Begin an album" } } }
}

fn card(album: &Listed, now: &Now) -> Markup {
    html! {
        article.card {
            @if let Some(cover) = album.first.first() { div.picture { (cover.markup(COVER)) } }
            @else if album.sensitive { p.cover-away { (icon("eye-off")) " Sensitive pictures" } }
            h2.headline.small dir="auto" { a href=(address(album.id, &album.slug)) { (album.title) } }
            p.byline {
                span { bdi { (album.author.name) } }
                span { (text::count(album.count, "picture", "pictures")) }
                span { (text::times::markup(album.at, now.ms, &now.zone)) }
            }
        }
    }
}

fn named(album: &Listed) -> &str {
    if album.title.is_empty() { "No title yet" } else { &album.title }
}

fn hidden(list: &List) -> Markup {
    html! {
        section.albums-hidden {
            h2 { "In the works" }
            ul.list.ruled { @for album in list.hidden { li {
                h3 { a href={ "/albums/" (album.id) "/edit" } dir="auto" { (named(album)) } }
                p.meta { bdi { (album.author.name) } ", " (text::count(album.count, "picture", "pictures")) ", changed " (text::times::markup(album.at, list.now.ms, &list.now.zone)) }
            } } }
        }
    }
}

fn removed(list: &List) -> Markup {
    html! {
        section.albums-removed {
            h2 { "Deleted" }
            p.hint { "For 30 days a deleted album can be restored; then it is gone for good. Its pictures stay in the library." }
            ul.list.ruled { @for album in list.removed { li {
                h3 dir="auto" { (named(album)) }
                form method="post" action={ "/albums/" (album.id) "/removal/undo" } {
                    button.button.small { (icon("rotate-ccw")) "Restore" span.visually-hidden { " " (named(album)) } }
                }
            } } }
        }
    }
}

fn nothing(list: &List) -> Markup {
    html! {
        div.empty {
            @if list.first {
                h2 { "No albums yet" }
                p { "An album shows the pictures of one thing in an order, each with its caption." }
                @if list.writes && list.hidden.is_empty() { (begin("primary")) }
            } @else {
                h2 { "That was all" }
                p { a.button href="/albums" { "To the newest albums" } }
            }
        }
    }
}
