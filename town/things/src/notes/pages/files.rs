//! Pictures and a recording in a note, as readers see them.

use maud::{Markup, html};
use people::Sensitive;
use talk::files::{self, Widths};

use crate::notes::Note;

/// In the column of a feed.
const WIDTHS: Widths = Widths { whole: "(min-width: 61rem) 34rem, (min-width: 40rem) 90vw, 100vw", part: "(min-width: 61rem) 17rem, 50vw" };

/// A note's pictures in a grid, or its recording; behind a cover where they are sensitive.
pub(super) fn shown(note: &Note, sensitive: Sensitive) -> Markup {
    if !note.is_sensitive() || (note.pictures.is_empty() && note.recording.is_none()) {
        return plainly(note);
    }
    files::cover(sensitive, if note.recording.is_some() { "A sensitive recording" } else { "Sensitive pictures" }, &plainly(note))
}

fn plainly(note: &Note) -> Markup {
    html! {
        (files::pictures(&note.pictures, WIDTHS))
        @if let Some(recording) = &note.recording { div.note-recording { (recording.markup("")) } }
    }
}
