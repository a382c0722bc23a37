//! Pictures and a recording in a note: as readers see them, and in a form.

use maud::{Markup, html};
use people::{
    Sensitive,
    pictures::{self, MAX_WORDS, Place, Shown},
    uploads::{Family, Tray},
};
use web::{Form, Problems, kit::icon};

use crate::notes::{MAX_PICTURES, Note};

/// A picture that has its row for itself, and one that shares it.
const WHOLE: Place = Place { sizes: "(min-width: 61rem) 34rem, (min-width: 40rem) 90vw, 100vw", first: false };
const PART: Place = Place { sizes: "(min-width: 61rem) 17rem, 50vw", first: false };

/// A note's pictures in a grid, each leading to itself in full, or its recording; behind a cover where they are sensitive.
pub(super) fn shown(note: &Note, sensitive: Sensitive) -> Markup {
    if !note.is_sensitive() || (note.pictures.is_empty() && note.recording.is_none()) {
        return plainly(note);
    }
    cover(sensitive, if note.recording.is_some() { "A sensitive recording" } else { "Sensitive pictures" }, &plainly(note))
}

/// What is sensitive, as it comes before a viewer. A closed cover needs no script, and nothing in it is fetched before it is opened:
/// its pictures are lazy, and have no box.
pub(crate) fn cover(sensitive: Sensitive, what: &str, inside: &Markup) -> Markup {
    match sensitive {
        Sensitive::Shown => html! { (inside) },
        Sensitive::Withheld => html! { p.cover-away { (icon("eye-off")) " " (what) ", not shown to young members" } },
        Sensitive::Covered => html! {
            details.post-warning.cover {
                summary { (icon("eye-off")) span { (what) } span.show { "Show" } }
                div.stack { (inside) }
            }
        },
    }
}

/// The box in which somebody says that what they show is sensitive.
pub(crate) fn sensitive_field(ticked: bool) -> Markup {
    html! {
        label.check {
            input type="checkbox" name="sensitive" value="1" checked[ticked];
            span { "Sensitive: cover it until somebody opens it" span.hint { "Wounds, bare skin, an accident, a dead animal." } }
        }
    }
}

fn plainly(note: &Note) -> Markup {
    let count = note.pictures.len();
    html! {
        @if count > 0 {
            ul.note-pictures data-count=(count) {
                @for (index, shown) in note.pictures.iter().enumerate() {
                    li { a.picture href=(pictures::address(&shown.key)) data-turbo="false" { (described(shown, index, count)) } }
                }
            }
        }
        @if let Some(recording) = &note.recording { div.note-recording { (recording.markup("")) } }
    }
}

/// A picture that nobody described says at least that.
fn described(shown: &Shown, index: usize, count: usize) -> Markup {
    let place = if count == 1 { WHOLE } else { PART };
    if !shown.alt.is_empty() {
        return shown.markup(place);
    }
    let alt = if count == 1 {
        "A picture without a description".into()
    } else {
        format!("Picture {} of {count}, without a description", index + 1)
    };
    Shown { alt, ..shown.clone() }.markup(place)
}

/// The fields for files in a form: those that are there, each with its words, and a tray for more.
pub(super) fn fields(
    shown: &[Shown],
    recording: Option<&str>,
    takes: &[Family],
    (form, kept): (Option<&Form>, bool),
    problems: &Problems,
) -> Markup {
    let sensitive = form.map_or(kept, |form| form.ticked("sensitive"));
    let tray = Tray { label: "Choose pictures", id: "file", takes, many: true, problem: problems.of("file") };
    html! {
        div.note-files id="pictures" {
            @if let Some(words) = problems.of("pictures") { p.error { (icon("triangle-alert")) (words) } }
            ul.note-alts {
                @for shown in shown { (row(shown, form)) }
                @if let Some(key) = recording {
                    li {
                        input type="hidden" name="picture" value=(key);
                        span.thumb { (icon("play")) }
                        span { "A recording" }
                        label.check { input type="checkbox" name="without" value=(key); "Take it out" }
                    }
                }
            }
            p.hint { "Up to " (MAX_PICTURES) " pictures" @if takes.len() > 1 { ", or one recording" } ". Say of each what it shows, for those who cannot see it." }
            (tray.within("file", "uploaded"))
            (sensitive_field(sensitive))
        }
    }
}

/// One that is there: the script makes the same for one that has just come.
fn row(shown: &Shown, form: Option<&Form>) -> Markup {
    let name = format!("alt-{}", shown.key);
    let alt = form.and_then(|form| form.get(&name)).unwrap_or(&shown.alt);
    html! {
        li {
            input type="hidden" name="picture" value=(shown.key);
            img.thumb src=(pictures::small_address(&shown.key)) alt="" width="72" height="72" loading="lazy";
            div.field {
                label for=(name) { "What does it show?" }
                textarea id=(name) name=(name) rows="2" maxlength=(MAX_WORDS) dir="auto" { "\n" (alt) }
            }
            label.check { input type="checkbox" name="without" value=(shown.key); "Take it out" }
        }
    }
}
