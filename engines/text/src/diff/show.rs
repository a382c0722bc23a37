//! A comparison on a page. Line breaks of the texts are kept as they are: the stylesheet gives the
//! surrounding element `white-space: pre-wrap`.

use super::{Change, Hunk};
use crate::{count, markdown};
use maud::{Markup, html};

/// The whole comparison: `<del>` and `<ins>`, each announced in words that only screen readers see
/// (colour and strokes alone would not do: WCAG 2.2, 1.4.1).
pub fn markup(changes: &[Change<'_>]) -> Markup {
    html! { @for change in changes { (piece(change)) } }
}

/// The comparison with its long unchanged parts folded into `<details class="unchanged">`.
pub fn hunks_markup(hunks: &[Hunk<'_>]) -> Markup {
    html! {
        @for hunk in hunks {
            @match hunk {
                Hunk::Shown(changes) => (markup(changes)),
                Hunk::Folded(text) => details class="unchanged" {
                    summary { (folded_label(text)) }
                    (text)
                }
            }
        }
    }
}

fn piece(change: &Change<'_>) -> Markup {
    html! {
        @match change {
            Change::Same(text) => (text),
            Change::Gone(text) => del { span class="visually-hidden" { "removed: " } (text) },
            Change::New(text) => ins { span class="visually-hidden" { "added: " } (text) },
        }
    }
}

fn folded_label(text: &str) -> String {
    let words = markdown::words_of_plain(text);
    count(i64::try_from(words).unwrap_or(i64::MAX), "unchanged word", "unchanged words")
}
