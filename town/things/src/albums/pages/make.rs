//! The page on which an album is made. Every button of its form saves first; it is whole without a script.

use jiff::tz::TimeZone;
use maud::{Markup, html};
use people::{
    pictures::{self, MAX_WORDS},
    uploads::{Family, Tray},
};
use talk::files::sensitive_field;
use web::{
    Form, Frame, Page, Problems,
    kit::{self, Field, icon},
};

use crate::albums::{Access, Album, Entry};

/// What stands on the page.
pub(in crate::albums) struct Desk<'a> {
    pub album: &'a Album,
    pub access: Access,
    /// A form that could not be taken.
    pub form: Option<&'a Form>,
    pub now: i64,
    pub zone: &'a TimeZone,
    pub origin: &'a str,
}

impl Desk<'_> {
    fn typed(&self, name: &str, kept: &str) -> String {
        self.form.and_then(|form| form.get(name)).unwrap_or(kept).to_owned()
    }

    /// The pictures in the order in which the form had them, those it did not know at the end.
    fn entries(&self) -> Vec<&Entry> {
        let order: Vec<&str> = self.form.map(|form| form.all("picture").collect()).unwrap_or_default();
        let mut entries: Vec<&Entry> = self.album.entries.iter().collect();
        entries.sort_by_key(|entry| order.iter().position(|key| *key == entry.picture.key).unwrap_or(usize::MAX));
        entries
    }
}

/// The page.
pub(in crate::albums) fn page(frame: &Frame, desk: &Desk, problems: &Problems) -> Markup {
    let album = desk.album;
    let body = html! {
        div.page.album-make {
            nav.breadcrumbs aria-label="Way here" { ol { li { a href="/albums" { "Albums" } } } }
            div.desk-head { h1 dir="auto" { (album.named()) } (standing(desk)) }
            (kit::problems(problems))
            @if album.removed_at.is_some() { (removed(album)) } @else {
                (form(desk, problems))
                (more(desk))
            }
        }
    };
    Page::new(album.named()).private().current("/albums").draw(frame, &body)
}

fn standing(desk: &Desk) -> Markup {
    let album = desk.album;
    html! {
        p.meta {
            @if let Some(at) = album.listed_at {
                span.label.ok { "Published " (text::times::markup(at, desk.now, desk.zone)) } " "
                a href=(album.address()) { "See it as readers do" }
            } @else {
                span.label { "Not published" } " "
                @if !album.entries.is_empty() { a href=(album.address()) { "See how it looks" } }
            }
        }
    }
}

fn removed(album: &Album) -> Markup {
    html! {
        div.flash.warn { (icon("trash-2")) p { "This album was deleted." }
            form method="post" action={ "/albums/" (album.id) "/removal/undo" } { button.button.small { (icon("rotate-ccw")) "Restore" } }
        }
    }
}

fn form(desk: &Desk, problems: &Problems) -> Markup {
    let album = desk.album;
    let others = album.authors.iter().skip(1).map(|author| format!("@{}", author.handle)).collect::<Vec<_>>().join(", ");
    let (title, description, coauthors) =
        (desk.typed("title", &album.title), desk.typed("description", &album.description), desk.typed("coauthors", &others));
    html! {
        form.form.album-form id="album" method="post" action={ "/albums/" (album.id) "/edit" } {
            // The first button of a form is what the Enter key presses: it must only save.
            button.visually-hidden name="do" value="save" formnovalidate tabindex="-1" aria-hidden="true" { "Save" }
            (Field::line("title", "Title").value(&title).required().problem(problems))
            (Field::area("description", "Description", 2).value(&description).hint("A few words above the pictures.").problem(problems))
            (Field::line("coauthors", "Made with").value(&coauthors).hint("Handles such as @ana_duarte, separated by commas. They can work on this album, too.").problem(problems))
            (sensitive_field(desk.form.map_or(album.sensitive, |form| form.ticked("sensitive"))))
            section.album-pictures id="pictures" aria-labelledby="pictures-heading" {
                h2 id="pictures-heading" { "Pictures" }
                @if album.entries.is_empty() { p.hint { "None yet. Save your words, then add pictures below." } }
                ol.sortable { (rows(desk)) }
            }
            div.write-bar {
                button.button name="do" value="save" formnovalidate { "Save" }
                @if !album.is_public() && desk.access.publish { button.button.primary name="do" value="publish" { "Publish" } }
                @if !desk.access.publish && !album.is_public() { p.hint { "An editor publishes it. Tell one when it is ready." } }
            }
        }
    }
}

fn rows(desk: &Desk) -> Markup {
    let entries = desk.entries();
    let last = entries.len().saturating_sub(1);
    html! { @for (index, entry) in entries.iter().enumerate() { (row(desk, entry, index, index == last)) } }
}

fn row(desk: &Desk, entry: &Entry, index: usize, last: bool) -> Markup {
    let (key, words) = (&entry.picture.key, &entry.picture.words);
    let name = format!("caption-{key}");
    let caption = desk.typed(&name, &entry.own);
    let number = index + 1;
    let button = |act: &str, sign: &str, words: &str, off: bool| {
        html! {
            button.button.small.quiet name="do" value={ (act) ":" (key) } formnovalidate disabled[off] title=(words) {
                (icon(sign)) span.visually-hidden { (words) ": picture " (number) }
            }
        }
    };
    html! {
        li id={ "picture-" (key) } {
            input type="hidden" name="picture" value=(key);
            a.thumb href={ "/library/" (key) } { img src=(pictures::small_address(key)) alt={ "Picture " (number) ": " (words.name) } width="96" height="72" loading="lazy"; }
            div.field {
                label for=(name) { "Caption of picture " (number) }
                input type="text" id=(name) name=(name) value=(caption) placeholder=(words.caption) maxlength=(MAX_WORDS) dir="auto";
                @if entry.alt().is_empty() { p.hint { (icon("triangle-alert")) " Nothing says what it shows. A caption here does, or words in the library." } }
            }
            div.actions {
                (button("first", "star", "Make it the first, the cover", index == 0))
                (button("up", "arrow-up", "Move up", index == 0))
                (button("down", "arrow-down", "Move down", last))
                (button("remove", "x", "Take out of the album", false))
            }
        }
    }
}

fn more(desk: &Desk) -> Markup {
    let album = desk.album;
    let tray = Tray { label: "Or upload new ones", id: "file", takes: &[Family::Picture], many: true, problem: None };
    html! {
        section.panel {
            h2 { "Add pictures" }
            p { a.button href={ "/albums/" (album.id) "/pictures" } { (icon("library")) "Choose from your library" } }
            form.library-upload method="post" action={ "/albums/" (album.id) "/uploads" } enctype="multipart/form-data" {
                (tray.sending())
                p.actions { button.button { (icon("upload")) "Add to the album" } }
            }
        }
        @if album.is_public() {
            section.panel {
                h2 { "Put it into a story" }
                copy-text {
                    div.field {
                        label for="address" { "Address" }
                        p.hint id="address-hint" { "Alone on a line of a story it becomes a card of this album." }
                        input type="text" id="address" readonly value={ (desk.origin) (album.address()) } aria-describedby="address-hint" dir="ltr";
                    }
                    p.actions { button.button.small type="button" hidden { (icon("link")) "Copy" } span.said role="status" {} }
                }
            }
        }
        div.actions {
            @if album.is_public() && desk.access.publish {
                form method="post" action={ "/albums/" (album.id) "/publication/remove" } data-confirm="Take this album off the site? Readers will no longer see it." data-confirm-yes="Take it off" {
                    button.button { (icon("eye-off")) "Take it off the site" }
                }
            }
            form method="post" action={ "/albums/" (album.id) "/removal" } data-confirm="Delete this album? It can be restored for 30 days; its pictures stay in the library." data-confirm-yes="Delete" {
                button.button.danger { (icon("trash-2")) "Delete the album" }
            }
        }
    }
}
