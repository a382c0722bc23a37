//! What a note said before.

use maud::{Markup, html};
use talk::revisions::Revision;
use web::{Frame, Page};

use crate::{
    notes::{Content, Note},
    stories::show::Now,
};

/// All versions, the newest first, each with what changed in it.
pub(in crate::notes) fn page(frame: &Frame, note: &Note, versions: &[(Revision, Content)], now: &Now) -> Markup {
    let body = html! {
        div.page { div.narrow.note-page {
            h1 { "History" }
            p.meta { "Every version of " a href=(note.address()) { "a post by " bdi { (note.author.name) } } ". Struck words were taken out, underlined ones were added." }
            ol.list.ruled.revisions reversed {
                @for (at, (revision, content)) in versions.iter().enumerate() {
                    li {
                        h2 { "Version " (revision.number) }
                        p.meta { (text::times::markup(revision.created_at, now.ms, &now.zone)) }
                        (changes(versions.get(at + 1).map(|(_, before)| before), content))
                    }
                }
            }
        } }
    };
    Page::new("History of a post").private().current("/square").draw(frame, &body)
}

fn changes(before: Option<&Content>, content: &Content) -> Markup {
    let words = |content: &Content| {
        if content.warning.is_empty() { content.body.clone() } else { format!("{}\n\n{}", content.warning, content.body) }
    };
    let (new, old) = (words(content), before.map(words));
    html! {
        div.diff dir="auto" {
            @match &old { Some(old) => (text::diff::markup(&text::diff::words(old, &new))), None => (new) }
        }
        @if let Some(told) = place(before, content) { p.meta { (told) } }
        @if let Some(told) = files(before, content) { p.meta { (told) } }
    }
}

/// What changed of where it is, in words.
fn place(before: Option<&Content>, content: &Content) -> Option<String> {
    let place = &content.place;
    match (before.map_or("", |before| &before.place), place.is_empty()) {
        (before, _) if before == place => None,
        (_, true) => Some("Its place was taken out.".into()),
        (_, false) => Some(format!("Place: {place}.")),
    }
}

/// What changed of what it shows, in words.
fn files(before: Option<&Content>, content: &Content) -> Option<String> {
    let before = before.map(|before| (before.keys(), before.pictures.as_slice()));
    talk::files::changes(before.as_ref().map(|(keys, pictures)| (keys.as_slice(), *pictures)), (&content.keys(), &content.pictures))
}
