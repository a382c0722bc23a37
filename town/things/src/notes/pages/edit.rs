//! The pages on which a note is begun alone, and changed.

use maud::{Markup, html};
use people::{pictures::Shown, uploads::Family};
use talk::files::Fields;
use web::{Form, Frame, Page, Problems, kit};

use super::{
    card::{Standing, audience_icon, card},
    composer::{Composer, SCRIPTS, composer, language, place, sure, warning, words},
};
use crate::notes::{MAX_PICTURES, Note};

/// A composer on a page of its own, with what it is to speak of.
pub(in crate::notes) fn new(frame: &Frame, of: &Composer, standing: &Standing) -> Markup {
    let body = html! {
        div.page { div.narrow.note-page {
            h1 { @if of.quoted.is_some() { "Quote a post" } @else { "A new post" } }
            (kit::problems(of.problems))
            (composer(of))
            @if let Some(quoted) = of.quoted { div.feed { (card(quoted, None, standing)) } }
        } }
    };
    Page::new("A new post").private().current("/square").with(SCRIPTS, &[]).draw(frame, &body)
}

/// What a note is changed with.
pub(in crate::notes) struct Desk<'a> {
    pub note: &'a Note,
    pub takes: &'a [Family],
    /// A form that could not be taken.
    pub form: Option<&'a Form>,
    /// Its pictures, as far as they are here.
    pub shown: &'a [Shown],
    pub recording: Option<&'a str>,
    pub problems: &'a Problems,
}

/// The page on which a note is changed.
pub(in crate::notes) fn edit(frame: &Frame, desk: &Desk) -> Markup {
    let note = desk.note;
    let typed = |field: &str, kept: &str| desk.form.and_then(|form| form.get(field)).unwrap_or(kept).to_owned();
    let content = &note.content;
    let fields = Fields {
        id: "",
        most: MAX_PICTURES,
        shown: desk.shown,
        recording: desk.recording,
        takes: desk.takes,
        form: desk.form,
        sensitive: content.sensitive,
        problems: desk.problems,
    };
    let body = html! {
        div.page { div.narrow.note-page {
            h1 { "Change your post" }
            (kit::problems(desk.problems))
            note-composer.compose data-max=(crate::notes::MAX_BODY) {
                form.form method="post" action={ "/notes/" (note.id) "/edit" } enctype="multipart/form-data" id="compose" {
                    (sure(desk.problems, desk.form))
                    (words(&typed("body", &content.body), "What is happening near you?", desk.problems))
                    (fields.markup())
                    (warning(&typed("warning", &content.warning), desk.problems))
                    (place(&typed("place", &content.place), desk.problems))
                    (language(&typed("language", &content.language)))
                    p.hint { (kit::icon(audience_icon(note.visibility))) " For: " (note.visibility.words()) ". Whom a post is for stays as it was chosen; what it said before stays readable in its history." }
                    @if note.poll.is_some() { p.hint { "Its poll stays as it was asked." } }
                    div.actions { button.button.primary { "Save" } a.button.quiet href=(note.address()) { "Cancel" } }
                }
            }
        } }
    };
    Page::new("Change your post").private().current("/square").with(SCRIPTS, &[]).draw(frame, &body)
}
