//! The page of one file: what it shows, what is said of it, what uses it.

use jiff::tz::TimeZone;
use maud::{Markup, html};
use people::{
    accounts::Account,
    pictures::{Focus, MAX_NAME, MAX_WORDS, Picture, Place, Shown},
};
use web::{
    Form, Frame, Page, Problems,
    kit::{self, Field, icon},
};

use super::{item::Item, pages::measure, store::Use};

const LARGE: Place = Place { sizes: "(min-width: 60rem) 44rem, 100vw", first: true };
const CROP: Place = Place { sizes: "12rem", first: false };

/// What stands on the page.
pub(super) struct One<'a> {
    pub item: &'a Item,
    pub uses: &'a [Use],
    pub owner: Option<&'a Account>,
    /// Whether the viewer may change it.
    pub editable: bool,
    /// A form that could not be taken.
    pub form: Option<&'a Form>,
    pub now: i64,
    pub zone: &'a TimeZone,
}

/// The page.
pub(super) fn page(frame: &Frame, one: &One, problems: &Problems) -> Markup {
    let name = one.item.name();
    let body = html! {
        div.page.library-one {
            nav.breadcrumbs aria-label="Way here" { ol { li { a href="/library" { "Library" } } } }
            h1 dir="auto" { (name) }
            (kit::problems(problems))
            @if one.item.removed_at().is_some() { (removed(one)) }
            div.library-parts {
                div.library-shown { (shown(one)) (facts(one)) }
                div.library-words {
                    @if one.editable { (words(one, problems)) }
                    (embed(one.item))
                    (used(one))
                    @if one.item.removed_at().is_none() { (removal(one)) }
                }
            }
        }
    };
    Page::new(name).private().current("/library").draw(frame, &body)
}

fn removed(one: &One) -> Markup {
    html! {
        div.flash.warn role="status" {
            (icon("trash-2"))
            p { "This file was taken out of the library " (text::times::markup(one.item.removed_at().unwrap_or(0), one.now, one.zone)) "." }
            @if one.editable {
                form method="post" action={ (one.item.address()) "/removal/undo" } { button.button.small { (icon("rotate-ccw")) "Put it back" } }
            }
        }
    }
}

/// The file itself. A point on a picture can be chosen with the element's script, and by its numbers without.
fn shown(one: &One) -> Markup {
    match one.item {
        Item::Picture(picture) => {
            let alt = if picture.words.alt.is_empty() { one.item.name() } else { &picture.words.alt };
            let large = Shown { focus: Focus::default(), ..Shown::of(picture, alt) };
            html! {
                @if one.editable {
                    focus-point data-fields="words" { (large.markup(LARGE)) span class={ "focus-mark " (picture.focus.class().unwrap_or_default()) } {} }
                    (crops(picture))
                } @else { div { (large.markup(LARGE)) } }
            }
        }
        Item::Recording(recording) => recording.markup(""),
    }
}

/// What is left of it in lists and on phones.
fn crops(picture: &Picture) -> Markup {
    let shown = Shown::of(picture, "");
    html! {
        div.crops aria-hidden="true" {
            div.picture { (shown.markup(CROP)) }
            div.picture.square { (shown.markup(CROP)) }
            div.picture.wide { (shown.markup(CROP)) }
        }
    }
}

fn facts(one: &One) -> Markup {
    let item = one.item;
    html! {
        dl.facts.meta {
            div { dt { (item.kind()) } dd { (measure(item)) ", " (size(item.bytes())) } }
            div {
                dt { "Added" }
                dd {
                    (text::times::markup(item.created_at(), one.now, one.zone))
                    @if let Some(owner) = one.owner { " by " a href=(owner.author().address()) dir="auto" { (owner.name) } }
                }
            }
            div { dt { "File" } dd { (files(item)) } }
        }
    }
}

fn files(item: &Item) -> Markup {
    match item {
        Item::Picture(picture) => html! {
            @for (index, (width, address)) in people::pictures::files(&picture.key).enumerate() {
                @if index > 0 { ", " }
                a href=(address) { (width) " px" }
            }
        },
        Item::Recording(recording) => html! { a href=(people::recordings::address(&recording.key)) { (recording.content_type) } },
    }
}

fn size(bytes: i64) -> String {
    if bytes >= 1_000_000 { format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10) } else { format!("{} KB", (bytes + 999) / 1_000) }
}

fn words(one: &One, problems: &Problems) -> Markup {
    let typed = |name: &str, kept: &str| one.form.map_or_else(|| kept.to_owned(), |form| form.text(name).to_owned());
    html! {
        form.form id="words" method="post" action=(one.item.address()) {
            @match one.item {
                Item::Picture(picture) => {
                    @let (alt, caption, credit, name) = (typed("alt", &picture.words.alt), typed("caption", &picture.words.caption), typed("credit", &picture.words.credit), typed("name", &picture.words.name));
                    (Field::area("alt", "What it shows, in words", 2).value(&alt).hint("For people who cannot see it.").max(MAX_WORDS).problem(problems))
                    (Field::area("caption", "Caption", 2).value(&caption).hint("Stands under it, unless a story says something else.").max(MAX_WORDS).problem(problems))
                    (Field::line("credit", "Credit").value(&credit).hint("Who made it.").max(MAX_WORDS).problem(problems))
                    (Field::line("name", "Name in the library").value(&name).max(MAX_NAME).problem(problems))
                    (focus(picture, one.form))
                }
                Item::Recording(recording) => {
                    @let (title, caption, credit, name) = (typed("title", &recording.words.title), typed("caption", &recording.words.caption), typed("credit", &recording.words.credit), typed("name", &recording.words.name));
                    (Field::line("title", "Title").value(&title).hint("What the player is called: “The mayor on the water line”.").max(MAX_NAME).problem(problems))
                    (Field::area("caption", "Caption", 2).value(&caption).hint("What is heard or seen.").max(MAX_WORDS).problem(problems))
                    (Field::line("credit", "Credit").value(&credit).hint("Who made it.").max(MAX_WORDS).problem(problems))
                    (Field::line("name", "Name in the library").value(&name).max(MAX_NAME).problem(problems))
                }
            }
            div.actions { button.button.primary { "Save" } }
        }
    }
}

fn focus(picture: &Picture, form: Option<&Form>) -> Markup {
    let at = form.map_or(picture.focus, Focus::parse);
    let number = |name: &str, words: &str, value: u8| {
        html! { div.field { label for=(name) { (words) } input type="number" id=(name) name=(name) min="0" max="100" step="1" value=(value); } }
    };
    html! {
        fieldset.focus {
            legend { "What must stay in sight" }
            p.hint { "Where a picture is cropped, this point stays. In percent; or press on the picture." }
            div.fields { (number("focus_x", "From the left", at.x)) (number("focus_y", "From the top", at.y)) }
        }
    }
}

/// How a story names it, for those who write Markdown.
fn embed(item: &Item) -> Markup {
    html! {
        section.panel {
            h2 { "Put it into a story" }
            copy-text {
                div.field {
                    label for="markdown" { "Markdown" }
                    p.hint id="markdown-hint" { "On a line of its own, with an empty line before and after." }
                    textarea id="markdown" rows="2" readonly aria-describedby="markdown-hint" dir="auto" { "\n" (item.markdown()) }
                }
                p.actions { button.button.small type="button" hidden { (icon("code")) "Copy" } span.said role="status" {} }
            }
        }
    }
}

fn used(one: &One) -> Markup {
    html! {
        section.panel {
            h2 { "Where it is used" }
            @if one.uses.is_empty() { p.hint { "Nowhere yet." } } @else {
                ul.list { @for used in one.uses { li {
                    @if let Some(address) = &used.address { a href=(address) dir="auto" { (used.name) } } @else { span dir="auto" { (used.name) } }
                    span.meta { (used.kind) }
                } } }
            }
        }
    }
}

fn removal(one: &One) -> Markup {
    let public = one.uses.iter().any(|used| used.public);
    let (question, yes) = ("Delete this file from the library?", "Delete");
    html! {
        @if public { p.hint { "Readers see this file, so it cannot be deleted. Take it out of what shows it first." } }
        @else {
            form method="post" action={ (one.item.address()) "/removal" } data-confirm=(question) data-confirm-yes=(yes) {
                button.button.danger { (icon("trash-2")) "Delete" }
            }
        }
    }
}
