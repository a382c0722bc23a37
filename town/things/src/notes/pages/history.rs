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
    let (keys, count) = (content.keys(), i64::try_from(content.keys().len()).unwrap_or(0));
    let shows = || text::count(count, "picture or recording", "pictures and recordings");
    let Some(before) = before else { return (count > 0).then(|| format!("With {}.", shows())) };
    if before.keys() == keys {
        return (before.pictures != content.pictures).then(|| "The words on its pictures were changed.".to_owned());
    }
    Some(if count == 0 { "Its pictures were taken out.".into() } else { format!("Its pictures were changed: now {}.", shows()) })
}
