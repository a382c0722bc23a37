//! A kept copy beside the newest version.

use jiff::tz::TimeZone;
use maud::{Markup, html};
use web::{Frame, Page};

use super::index::named;
use crate::stories::{Copy, Draft};

/// The page.
pub fn page(frame: &Frame, kept: &Copy, current: &Draft, changes: &Markup, now: i64, zone: &TimeZone) -> Markup {
    let address = format!("/stories/{}/drafts/{}", kept.story, kept.id);
    let body = html! {
        div.page { div.narrow.compare {
            h1 { "A kept copy" }
            p.meta {
                "Of “" a href={ "/stories/" (kept.story) "/edit" } dir="auto" { (named(&current.content.headline)) } "”. Words of " (kept.by.name) ", "
                (text::times::markup(kept.created_at, now, zone))
                @if let Some(by) = &current.by { "; the newest version is " (by.name) "’s, " (text::times::markup(current.updated_at, now, zone)) }
            }
            p.hint { "Struck words are only in the newest version, underlined ones only in this copy." }
            (changes)
            div.actions {
                form method="post" action=(address) {
                    input type="hidden" name="base" value=(current.version);
                    button.button.primary { "Use this copy" }
                }
                a.button href={ "/stories/" (kept.story) "/edit" } { "Keep the newest version" }
                form method="post" action={ (address) "/removal" } data-confirm="Discard this copy for good?" { button.button.danger { "Discard" } }
            }
        } }
    };
    Page::new("A kept copy").private().current("/write").draw(frame, &body)
}
