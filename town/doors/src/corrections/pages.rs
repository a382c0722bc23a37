//! The page of corrections, and how one looks.

use maud::{Markup, html};
use talk::Cursor;
use things::stories::show::Now;
use web::{
    Frame, Page,
    kit::{self, icon},
};

use super::Corrected;
use crate::cards;

/// The page of corrections.
pub(super) fn list(frame: &Frame, found: &[Corrected], before: Cursor, older: Option<Cursor>, now: &Now) -> Markup {
    let first = before == Cursor::NEWEST;
    let body = html! {
        div.page {
            header.section-header {
                h1 { "Corrections" }
                p { "Where something was wrong, we say so here and on the story, and show what changed." }
            }
            @if found.is_empty() {
                (kit::empty("No corrections", "Nothing has had to be corrected so far. When something is, it will stand here.", Some(("/", "To the front page"))))
            }
            div.stack.corrections { @for corrected in found { (note(corrected, now)) } }
            (cards::pager("/corrections", first, older))
        }
    };
    let page = Page::new("Corrections").description("What was wrong in stories, and what is right.");
    let page = if first { page.canonical("/corrections") } else { page };
    page.draw(frame, &body)
}

/// One correction with its story.
pub fn note(corrected: &Corrected, now: &Now) -> Markup {
    let (correction, card) = (&corrected.correction, &corrected.card);
    let tongue = now.tongue(&card.language);
    html! {
        article.note.correction {
            h2 { (icon("history")) a href=(card.address()) lang=[tongue.lang] dir=(tongue.dir) { (card.headline) } }
            p dir="auto" { (correction.note) }
            p.meta {
                (text::times::markup(correction.created_at, now.ms, &now.zone)) " · "
                a href={ "/stories/" (card.id) "/history/" (correction.number) } { "See what changed" span.visually-hidden { " in " span lang=[tongue.lang] { (card.headline) } } }
            }
        }
    }
}
