//! The library's list.

use maud::{Markup, html};
use people::{
    accounts::{Account, Author},
    pictures::{self, Place, Shown},
    recordings::Kind,
    removals::UNUSED_DAYS,
    uploads::{Family, Tray},
};
use web::{
    Frame, Page,
    kit::{self, icon},
};

use super::{
    asked::{Asked, EVERYBODY, Show},
    item::Item,
    store::Shelf,
};

/// How wide a picture of the grid is.
const TILE: Place = Place { sizes: "(min-width: 40rem) 14rem, 50vw", first: false };

/// One page of a library.
pub(super) struct Index<'a> {
    pub shelf: &'a Shelf,
    pub asked: &'a Asked,
    /// Whose it is; `None` for everybody's.
    pub of: Option<&'a Account>,
    /// Whether it is the viewer's own.
    pub own: bool,
    /// Whose libraries the viewer may look into, if into any but their own.
    pub people: &'a [Author],
    /// Files that were not taken, and why.
    pub refused: &'a [(String, String)],
}

impl Index<'_> {
    fn title(&self) -> String {
        match self.of {
            _ if self.own => "Library".into(),
            Some(of) => format!("Library of {}", of.name),
            None => "Everybody’s library".into(),
        }
    }
}

/// The page.
pub(super) fn index(frame: &Frame, index: &Index) -> Markup {
    let title = index.title();
    let bare = index.shelf.items.is_empty() && !index.asked.is_narrow() && index.asked.before.is_none();
    let body = html! {
        div.page.library {
            div.desk-head { h1 dir="auto" { (title) } a.button.quiet href="/albums" { (icon("images")) "Albums" } }
            @if !index.refused.is_empty() { (refused(index.refused)) }
            @if index.own { (upload()) }
            @if !bare || !index.people.is_empty() { (search(index)) }
            @if !bare { (parts(index.asked)) }
            @if index.asked.show == Show::Unused && !index.shelf.items.is_empty() { (kept_until()) }
            @if index.shelf.items.is_empty() { (nothing(index)) } @else { (grid(index)) }
            (pager(index))
        }
    };
    Page::new(&title).private().current("/library").with(&["uploads.js"], &[]).draw(frame, &body)
}

/// Says of each file that was not taken what is wrong with it.
fn refused(refused: &[(String, String)]) -> Markup {
    html! {
        div.errors role="alert" tabindex="-1" autofocus {
            h2 { "Not everything could be taken" }
            ul { @for (name, words) in refused { li { strong dir="auto" { (name) } ": " (words) } } }
        }
    }
}

fn upload() -> Markup {
    let tray = Tray { label: "Add pictures, audio or video", id: "file", takes: &Family::ALL, many: true, problem: None };
    html! {
        form.library-upload method="post" action="/library" enctype="multipart/form-data" {
            (tray.sending())
            p.actions { button.button.primary { (icon("upload")) "Add to the library" } }
        }
    }
}

fn search(index: &Index) -> Markup {
    let asked = index.asked;
    html! {
        form.filters role="search" aria-label="This library" action="/library" {
            @if asked.show != Show::All { input type="hidden" name="kind" value=(asked.show.name()); }
            div.field {
                label for="q" { "Search" }
                input type="search" id="q" name="q" value=(asked.search) maxlength="200" placeholder="Words, credit, file name" dir="auto";
            }
            @if !index.people.is_empty() {
                div.field {
                    label for="of" { "Whose" }
                    select id="of" name="of" {
                        option value="" { "Yours" }
                        option value=(EVERYBODY) selected[asked.of == EVERYBODY] { "Everybody’s" }
                        @for person in index.people { option value=(person.handle) selected[asked.of == person.handle] { (person.name) } }
                    }
                }
            }
            button.button { (icon("search")) "Look" }
        }
    }
}

fn parts(asked: &Asked) -> Markup {
    html! {
        nav.tabs aria-label="Parts of the library" {
            @for show in Show::ALL {
                a href=(asked.address(show, None)) aria-current=[(show == asked.show).then_some("page")] { (show.words()) }
            }
        }
    }
}

/// What happens to files without a use.
fn kept_until() -> Markup {
    html! {
        p.hint { "What you added here stays until you delete it. What was sent for a story or a profile and is in none of them goes after "
            (UNUSED_DAYS) " days." }
    }
}

fn grid(index: &Index) -> Markup {
    html! {
        ul.library-grid { @for item in &index.shelf.items {
            li {
                a.tile href=(item.address()) {
                    (tile(item))
                    span.name dir="auto" { (item.name()) }
                }
                p.meta {
                    (measure(item))
                    @if item.is_undescribed() { " " span.label.warn { "No words yet" } }
                    @if index.asked.show != Show::Unused && !index.shelf.used.contains(item.key()) { " " span.label { "Unused" } }
                }
            }
        } }
    }
}

/// A picture of it, or what stands for one. Its name is beside it.
fn tile(item: &Item) -> Markup {
    match item {
        Item::Picture(picture) => html! { div.picture { (Shown::of(picture, "").markup(TILE)) } },
        Item::Recording(recording) => {
            let sign = if recording.kind == Kind::Video { "square-play" } else { "volume-2" };
            html! {
                div.picture.sound {
                    @if let Some(poster) = &recording.poster { img src=(pictures::social_address(poster)) alt="" loading="lazy"; }
                    (icon(sign))
                }
            }
        }
    }
}

/// How large or how long it is.
pub(super) fn measure(item: &Item) -> Markup {
    match item {
        Item::Picture(picture) => html! { (picture.width) " × " (picture.height) },
        Item::Recording(recording) => html! {
            (item.kind())
            @if let Some(duration) = recording.duration_ms { ", " (length(duration)) }
        },
    }
}

/// Hours, minutes and seconds as players show them.
fn length(milliseconds: i64) -> String {
    let seconds = milliseconds / 1_000;
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

fn nothing(index: &Index) -> Markup {
    let asked = index.asked;
    let all = asked.address(Show::All, None);
    if !asked.search.is_empty() {
        return kit::empty(
            "Nothing found",
            "No file has all of these words. Try fewer, or look at everything.",
            Some(("/library", "The whole library")),
        );
    }
    match asked.show {
        Show::Unused => {
            kit::empty("Everything is in use", "Each file here is in a story, an album or a profile.", Some((&all, "The whole library")))
        }
        Show::Removed => kit::empty(
            "Nothing was deleted",
            "What you delete waits here for a while and can be put back.",
            Some((&all, "The whole library")),
        ),
        Show::All if index.own && asked.before.is_none() => {
            kit::empty("Nothing in your library yet", "Choose files above. What you add while you write a story comes here, too.", None)
        }
        _ => kit::empty("Nothing here", "There are no files of this kind.", Some((&all, "The whole library"))),
    }
}

fn pager(index: &Index) -> Markup {
    let asked = index.asked;
    let newest = asked.before.is_some().then(|| asked.address(asked.show, None));
    let older = index.shelf.older.as_deref().map(|cursor| asked.address(asked.show, Some(cursor)));
    kit::pager(newest.as_deref(), older.as_deref())
}

#[cfg(test)]
mod tests {
    use super::length;

    #[test]
    fn lengths_read_as_on_players() {
        assert_eq!((length(0), length(61_900), length(3_661_000)), ("0:00".into(), "1:01".into(), "1:01:01".into()));
    }
}
