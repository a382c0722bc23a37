//! A note's own page.

use maud::{Markup, html};
use people::{decisions::MAX_REASON, pictures::social_address};
use talk::{comments, moderation::Held, posts::Visibility};
use web::{
    Form, Frame, Page, Problems,
    kit::{self, Field, icon},
    layout::Surroundings,
};

use super::card::{Standing, card};
use crate::notes::Note;

/// The page.
pub(in crate::notes) fn show(frame: &Frame, note: &Note, standing: &Standing, talk: &Markup) -> Markup {
    let (title, address) = (note.title(), note.address());
    let body = html! {
        div.page { div.narrow.note-page {
            h1.visually-hidden { (title) }
            nav.breadcrumbs aria-label="Way here" { ol { li { a href="/square/local" { "Town square" } } li { a href={ (note.author.address()) "/posts" } { bdi { (note.author.name) } } } } }
            div.feed { (card(note, None, standing)) }
            (talk)
        } }
    };
    let summary = note.content.excerpt(160);
    let page = Page::new(&title).description(&summary).canonical(&address).current("/square").with(comments::scripts(standing.viewer), &[]);
    let page = if note.visibility == Visibility::Public { page.head(preview(&frame.site, note, &title, &summary)) } else { page.private() };
    page.draw(frame, &body)
}

/// What other sites show of a link to it (the Open Graph protocol).
fn preview(site: &Surroundings, note: &Note, title: &str, summary: &str) -> Markup {
    // What is behind a warning or a cover here is not shown elsewhere.
    let shows = note.content.warning.is_empty() && !note.is_sensitive();
    html! {
        meta property="og:type" content="article";
        meta property="og:site_name" content=(site.name);
        meta property="og:title" content=(title);
        @if !summary.is_empty() { meta property="og:description" content=(summary); }
        meta property="og:url" content={ (site.origin) (note.address()) };
        @if let Some(shown) = note.pictures.first().filter(|_| shows) {
            meta property="og:image" content={ (site.origin) (social_address(&shown.key)) };
            meta property="og:image:type" content="image/jpeg";
            meta property="og:image:alt" content=(shown.alt);
        }
        meta property="article:published_time" content=(text::times::iso(note.posted_at));
        meta name="twitter:card" content=(if note.pictures.is_empty() || !shows { "summary" } else { "summary_large_image" });
    }
}

/// What its author, and whoever may bring it back, see of one that was taken down.
pub(in crate::notes) fn taken_down(frame: &Frame, note: &str, (why, held): (&str, Option<&Held>), restore: Option<&str>) -> Markup {
    let body = html! {
        div.page { div.narrow.note-page {
            h1 { "Taken down" }
            div.flash.warn { (icon("trash-2"))
                p { "The people who run this site took this post down. Nobody else sees it." }
                @if let Some(restore) = restore { form method="post" action=(restore) { button.button.small { (icon("rotate-ccw")) "Bring it back" } } }
            }
            h2 { "The reason" }
            p dir="auto" { (why) }
            @if let Some(held) = held { (held.ways()) }
            @if !note.is_empty() { blockquote.post-quote dir="auto" { (note) } }
            p.actions { a.button href="/square/local" { "To the town square" } }
        } }
    };
    Page::new("Taken down").private().current("/square").draw(frame, &body)
}

/// Where the staff say why they take one down.
pub(in crate::notes) fn take_down(frame: &Frame, note: &Note, form: &Form, problems: &Problems) -> Markup {
    let body = html! {
        div.page { div.narrow.note-page {
            h1 { "Take down this post" }
            (kit::problems(problems))
            p { "By " a href=(note.author.address()) { bdi { (note.author.name) } } ". Nobody sees it any more, and its author gets a letter with the reason. It can be brought back for 30 days." }
            blockquote.post-quote dir="auto" { (note.content.excerpt(400)) }
            form.form method="post" action={ "/notes/" (note.id) "/takedown" } {
                (Field::area("why", "Why, for the letter to its author", 4).value(form.text("why")).max(MAX_REASON).required().problem(problems))
                p.actions { button.button.danger { "Take it down" } a.button href=(note.address()) { "Leave it" } }
            }
        } }
    };
    Page::new("Take down this post").private().current("/square").draw(frame, &body)
}

/// What its author sees of one that they removed.
pub(in crate::notes) fn removed(frame: &Frame, note: &str, restore: &str) -> Markup {
    let body = html! {
        div.page { div.narrow.note-page {
            h1 { "Deleted" }
            div.flash.warn { (icon("trash-2"))
                p { "Your post is deleted: nobody sees it. It can be restored for 30 days." }
                form method="post" action=(restore) { button.button.small { (icon("rotate-ccw")) "Undo" } }
            }
            @if !note.is_empty() { blockquote.post-quote dir="auto" { (note) } }
            p.actions { a.button href="/square/local" { "To the town square" } }
        } }
    };
    Page::new("Deleted").private().current("/square").draw(frame, &body)
}
