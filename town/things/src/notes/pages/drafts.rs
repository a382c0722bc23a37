//! The list of what somebody has not posted yet.

use maud::{Markup, html};
use web::{
    Frame, Page,
    kit::{self, icon},
};

use crate::{notes::store::Draft, stories::show::Now};

/// The page.
pub(in crate::notes) fn list(frame: &Frame, drafts: &[Draft], now: &Now) -> Markup {
    let body = html! {
        div.page { div.narrow.note-page {
            h1 { "Drafts" }
            p.meta { "What you have not posted yet. Nobody else sees it." }
            @if drafts.is_empty() {
                (kit::empty("No drafts", "“Keep as a draft” under a new post puts it here; a time under “More” posts it later.", Some(("/notes/new", "Write a post"))))
            } @else {
                ul.list.ruled { @for draft in drafts { li { (row(draft, now)) } } }
            }
        } }
    };
    Page::new("Drafts").private().current("/square").draw(frame, &body)
}

fn row(draft: &Draft, now: &Now) -> Markup {
    let words = draft.written.content.excerpt(120);
    let words = if words.is_empty() { "Pictures without words" } else { &words };
    html! {
        p { a href={ "/notes/drafts/" (draft.id) } dir="auto" { (words) } }
        p.meta {
            @if let Some(at) = draft.held_at { a.label.waits href="/waiting" { "Waits to be read since " (text::times::markup(at, now.ms, &now.zone)) } " " }
            @if let Some(at) = draft.publish_at { span.label.scheduled { "Posted " (text::times::markup(at, now.ms, &now.zone)) } " " }
            "For: " (draft.written.audience.visibility.words()) " · changed " (text::times::markup(draft.updated_at, now.ms, &now.zone))
        }
        div.actions {
            a.button.small href={ "/notes/drafts/" (draft.id) } { (icon("pen-line")) "Go on" span.visually-hidden { ": " (words) } }
            form method="post" action={ "/notes/drafts/" (draft.id) "/removal" } data-confirm="Delete this draft? It is gone for good." data-confirm-yes="Delete" {
                button.button.small.quiet { (icon("trash-2")) "Delete" span.visually-hidden { ": " (words) } }
            }
        }
    }
}
