//! An album, and each of its pictures, as readers see them.

use maud::{Markup, html};
use people::{
    AccountId, Permission, Sensitive, Viewer,
    accounts::Author,
    pictures::{Place, Shown},
};
use talk::{
    comments, files,
    moderation::Held,
    reactions::{self, Reactions},
};
use web::{
    Frame, Page,
    kit::{Size, icon},
};

use super::head;
use crate::{
    albums::{Album, Entry},
    stories::show::Now,
};

const TILE: &str = "(min-width: 61rem) 24rem, (min-width: 40rem) 50vw, 100vw";
const LARGE: Place = Place { sizes: "(min-width: 76rem) 76rem, 100vw", first: true };
/// Tiles that are in sight when the page opens.
const IN_SIGHT: usize = 2;

/// The album's page.
pub(in crate::albums) fn album(
    frame: &Frame,
    album: &Album,
    (edit, held): (bool, Option<&Held>),
    viewer: &Viewer,
    reactions: &Reactions,
    now: &Now,
    talk: Option<&Markup>,
) -> Markup {
    let address = album.address();
    let body = html! {
        article.page.album {
            header {
                nav.breadcrumbs.kicker aria-label="Way here" { ol { li { a href="/albums" { "Albums" } } } }
                h1 dir="auto" { (album.named()) }
                @if !album.description.is_empty() { p.standfirst.album-words dir="auto" { (album.description) } }
                div.story-byline {
                    span.avatars { @for author in album.authors.iter().take(4) { (author.avatar(Size::Medium)) } }
                    div.who {
                        p.authors { (authors(&album.authors)) }
                        p.byline {
                            @if let Some(at) = album.listed_at { span { (text::times::markup(at, now.ms, &now.zone)) } } @else if let Some(held) = held { span.label.warn { (held.title()) } } @else { span.label.warn { "Not published" } }
                            span { (text::count(i64::try_from(album.entries.len()).unwrap_or(0), "picture", "pictures")) }
                            @if album.is_public() { span { (icon("eye")) " " (text::count(album.counts.views, "view", "views")) } }
                        }
                    }
                    @if edit { a.button href={ "/albums/" (album.id) "/edit" } { (icon("pen-line")) "Edit" } }
                }
                @if let Some(held) = held { (held.banner()) }
                (talk::moderation::label(&album.label))
                @if album.is_public() {
                    div.actions {
                        (reactions::button(album.id, reactions, &address))
                        @if viewer.may(Permission::ModerateNotes) && (album.covered || !album.sensitive) && !viewer.is(album.authors.first().map_or(AccountId::new(0), |first| first.id)) { (staff_cover(album)) }
                        a.button.small.quiet href={ "/reports/album/" (album.id) } rel="nofollow" { (icon("flag")) "Report" span.visually-hidden { " this album" } }
                    }
                }
            }
            @if album.entries.is_empty() {
                div.empty { h2 { "No pictures yet" } p { "Its authors have not put any into it." } }
            }
            (grid(album, viewer.sensitive()))
            @if let Some(talk) = talk { (talk) }
        }
    };
    let live = format!("posts={}", album.id);
    let page = Page::new(album.named())
        .description(&album.description)
        .canonical(&address)
        .current("/albums")
        .with(comments::scripts(viewer), &[]);
    let page = if album.is_public() { page.head(head::of_album(&frame.site, album)).live(&live) } else { page.private() };
    page.draw(frame, &body)
}

/// Its pictures; behind a cover where they are sensitive, and then none of them is fetched before it is opened.
fn grid(album: &Album, sensitive: Sensitive) -> Markup {
    let covered = album.is_sensitive() && sensitive != Sensitive::Shown;
    let far = if covered { IN_SIGHT } else { 0 };
    let tiles =
        html! { ol.album-grid { @for (index, entry) in album.entries.iter().enumerate() { li { (tile(album, entry, index + far)) } } } };
    if covered { files::cover(sensitive, "Sensitive pictures", &tiles) } else { tiles }
}

fn tile(album: &Album, entry: &Entry, index: usize) -> Markup {
    let shown = Shown::of(&entry.picture, entry.alt());
    html! {
        figure {
            a href=(album.address_of(entry)) { div.picture { (shown.markup(Place { sizes: TILE, first: index < IN_SIGHT })) } }
            @if !entry.caption().is_empty() { figcaption dir="auto" { (entry.caption()) } }
        }
    }
}

fn staff_cover(album: &Album) -> Markup {
    let (path, words) = if album.covered { ("cover/removal", "Uncover its pictures") } else { ("cover", "Cover its pictures") };
    html! {
        form method="post" action={ "/albums/" (album.id) "/" (path) } { button.button.small.quiet { (icon("eye-off")) (words) } }
    }
}

fn authors(authors: &[Author]) -> Markup {
    html! {
        @for (index, author) in authors.iter().enumerate() {
            @if index > 0 { @if index + 1 == authors.len() { " and " } @else { ", " } }
            a rel="author" href=(author.address()) dir="auto" { (author.name) }
        }
    }
}

/// The page of one picture: large, with what is said of it, and the ways to the one before and the one after.
pub(in crate::albums) fn picture(
    frame: &Frame,
    album: &Album,
    at: usize,
    (edit, held): (bool, Option<&Held>),
    sensitive: Sensitive,
) -> Markup {
    let (entry, count) = (&album.entries[at], album.entries.len());
    let previous = at.checked_sub(1).map(|at| album.address_of(&album.entries[at]));
    let next = album.entries.get(at + 1).map(|entry| album.address_of(entry));
    let title = format!("{}, picture {} of {count}", album.named(), at + 1);
    let address = album.address_of(entry);
    let words = &entry.picture.words;
    let body = html! {
        album-keys.page.album-picture {
            h1.album-title {
                a href=(album.address()) { (icon("arrow-left")) span dir="auto" { (album.named()) } }
                span.visually-hidden { ", " }
                span.meta { "Picture " (at + 1) " of " (count) }
            }
            @if let Some(held) = held { (held.banner()) }
            figure {
                @if album.is_sensitive() && sensitive != Sensitive::Shown {
                    (files::cover(sensitive, "A sensitive picture", &Shown::of(&entry.picture, entry.alt()).markup(Place { first: false, ..LARGE })))
                } @else { (Shown::of(&entry.picture, entry.alt()).markup(LARGE)) }
                @if !entry.caption().is_empty() || !words.credit.is_empty() {
                    figcaption dir="auto" {
                        (entry.caption())
                        @if !words.credit.is_empty() { " " span.credit { (words.credit) } }
                    }
                }
            }
            nav.album-steps aria-label="Pictures of this album" {
                @if let Some(address) = &previous { a.button rel="prev" href=(address) { (icon("arrow-left")) "Previous" } }
                @if let Some(address) = &next { a.button.primary rel="next" href=(address) { "Next" (icon("arrow-right")) } }
                @else { a.button href=(album.address()) { "Back to the album" } }
            }
            @if edit { p.actions { a.button.small.quiet href={ "/library/" (entry.picture.key) } { (icon("pen-line")) "Its page in the library" } } }
        }
    };
    let page = Page::new(&title).description(entry.caption()).canonical(&address).current("/albums");
    let page = if album.is_public() {
        page.head(head::of_picture(&frame.site, album, entry, previous.as_deref(), next.as_deref()))
    } else {
        page.private()
    };
    page.draw(frame, &body)
}
