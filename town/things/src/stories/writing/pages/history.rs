//! Every published version of a story, and what changed between two.

use jiff::tz::TimeZone;
use maud::{Markup, html};
use talk::{PostId, revisions::Revision};
use web::{Frame, Page};

/// The list of revisions, newest first.
pub fn index(frame: &Frame, story: PostId, headline: &str, all: &[Revision], now: i64, zone: &TimeZone) -> Markup {
    let address = format!("/stories/{story}/history");
    let body = html! {
        div.page { div.narrow {
            h1 { "History" }
            p.meta { "Every published version of “" a href={ "/stories/" (story) } dir="auto" { (headline) } "”." }
            ol.list.ruled.revisions reversed {
                @for revision in all { li { (row(&address, revision, now, zone)) } }
            }
        } }
    };
    Page::new(&format!("History: {headline}")).canonical(&address).draw(frame, &body)
}

fn row(address: &str, revision: &Revision, now: i64, zone: &TimeZone) -> Markup {
    html! {
        h2 { a href={ (address) "/" (revision.number) } { "Version " (revision.number) } }
        p.meta { (revision.by.name) " · " (text::times::markup(revision.created_at, now, zone)) }
        @if let Some(note) = &revision.correction { p.correction { strong { "Correction: " } span dir="auto" { (note) } } }
    }
}

/// What changed up to one revision from an earlier one (0 is the empty page).
pub fn show(
    frame: &Frame,
    story: PostId,
    headline: &str,
    (revision, earlier): (&Revision, i64),
    changes: &Markup,
    (now, zone): (i64, &TimeZone),
) -> Markup {
    let (address, number) = (format!("/stories/{story}/history"), revision.number);
    let title = format!("Version {number}: {headline}");
    let body = html! {
        div.page { div.narrow.compare {
            h1 { "Version " (number) }
            p.meta { "Of “" a href={ "/stories/" (story) } dir="auto" { (headline) } "” by " (revision.by.name) ", " (text::times::markup(revision.created_at, now, zone)) }
            @if let Some(note) = &revision.correction { p.correction { strong { "Correction: " } span dir="auto" { (note) } } }
            p.hint { @if earlier == 0 { "The first version." } @else { "Compared with version " (earlier) ": struck words were taken out, underlined ones were added." } }
            (changes)
            (choose(&address, number, earlier))
            p { a href=(address) { "All versions" } }
        } }
    };
    Page::new(&title).canonical(&format!("{address}/{number}")).draw(frame, &body)
}

fn choose(address: &str, number: i64, earlier: i64) -> Markup {
    html! {
        @if number > 1 {
            form.filters method="get" action={ (address) "/" (number) } {
                div.field { label for="with" { "Compare with version" } input type="number" id="with" name="with" min="1" value=(earlier.max(1)); }
                button.button { "Compare" }
            }
        }
    }
}
