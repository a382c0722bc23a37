//! Choosing pictures from one's library for an album.

use maud::{Markup, html};
use people::pictures::{Picture, Place, Shown};
use web::{
    Frame, Page,
    kit::{self, icon},
};

use crate::albums::Album;

const TILE: Place = Place { sizes: "(min-width: 40rem) 14rem, 50vw", first: false };

/// What stands on the page.
pub(in crate::albums) struct Choice<'a> {
    pub album: &'a Album,
    pub found: &'a [Picture],
    pub sought: &'a str,
    pub first: bool,
    pub older: Option<String>,
}

/// The page.
pub(in crate::albums) fn page(frame: &Frame, choice: &Choice) -> Markup {
    let album = choice.album;
    let here = format!("/albums/{}/pictures", album.id);
    let body = html! {
        div.page.library {
            nav.breadcrumbs aria-label="Way here" { ol { li { a href="/albums" { "Albums" } } li { a href={ "/albums/" (album.id) "/edit" } dir="auto" { (album.named()) } } } }
            h1 { "Choose pictures" }
            form.filters role="search" aria-label="Your library" action=(here) {
                div.field { label for="q" { "Search" } input type="search" id="q" name="q" value=(choice.sought) maxlength="200" placeholder="Words, credit, file name" dir="auto"; }
                button.button { (icon("search")) "Look" }
            }
            @if choice.found.is_empty() { (nothing(choice, &here)) } @else { (grid(choice, &here)) }
            (pager(choice, &here))
        }
    };
    Page::new("Choose pictures").private().current("/albums").draw(frame, &body)
}

fn grid(choice: &Choice, here: &str) -> Markup {
    html! {
        form method="post" action=(here) {
            ul.library-grid { @for picture in choice.found { li {
                @let standing = choice.album.entries.iter().any(|entry| entry.picture.key == picture.key);
                label.choice {
                    span.picture { (Shown::of(picture, "").markup(TILE)) }
                    span.check { input type="checkbox" name="picture" value=(picture.key) disabled[standing]; span.name dir="auto" { (name(picture)) } }
                }
                @if standing { p.meta { "In this album" } }
            } } }
            div.write-bar { button.button.primary { (icon("plus")) "Add to the album" } a.button.quiet href={ "/albums/" (choice.album.id) "/edit" } { "Cancel" } }
        }
    }
}

fn name(picture: &Picture) -> &str {
    [&*picture.words.name, &picture.words.alt].into_iter().find(|name| !name.is_empty()).unwrap_or("Picture")
}

fn nothing(choice: &Choice, here: &str) -> Markup {
    if choice.sought.is_empty() {
        let back = format!("/albums/{}/edit", choice.album.id);
        return kit::empty(
            "No pictures in your library",
            "Upload some on the album’s page: they come into your library, too.",
            Some((&back, "To the album")),
        );
    }
    kit::empty("Nothing found", "No picture of yours has all of these words.", Some((here, "All your pictures")))
}

fn pager(choice: &Choice, here: &str) -> Markup {
    let query = |before: &str| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        if !choice.sought.is_empty() {
            query.append_pair("q", choice.sought);
        }
        format!("{here}?{}", query.append_pair("before", before).finish())
    };
    kit::pager((!choice.first).then_some(here), choice.older.as_deref().map(query).as_deref())
}
