//! The parts of a story's page, in the order in which they stand on it.

use maud::{Markup, html};
use people::{accounts::Author, pictures::Place, site::Licence};
use talk::places;
use web::kit::{Size, icon};

use super::{Now, Tongue, cards};
use crate::{
    sections::{Section, Tree},
    stories::{Card, Source, Story, Work},
};

/// The section, with those above it if it has any.
pub(super) fn section(tree: &Tree, card: &Card) -> Markup {
    let path = tree.path(card.section);
    let link = |section: &Section| html! { a href=(section.address()) dir="auto" { (section.name) } };
    let class = card.section_colour.class();
    html! {
        @if path.len() > 1 {
            nav class={ "breadcrumbs kicker " (class) } aria-label="Section of this story" {
                ol { @for section in path.iter().rev() { li { (link(section)) } } }
            }
        } @else {
            p class={ "kicker " (class) } {
                // A preview may not know its section yet.
                @if let Some(section) = path.first() { (link(section)) } @else { (card.section_name) }
            }
        }
    }
}

/// Who wrote it, when, what type of work it is, how long it takes to read; then the way to edit it.
pub(super) fn byline(story: &Story, now: &Now, edit: bool) -> Markup {
    let card = &story.card;
    html! {
        div.story-byline {
            span.avatars { @for author in story.authors.iter().take(4) { (author.avatar(Size::Medium)) } }
            div.who {
                p.authors { @for (index, author) in story.authors.iter().enumerate() { (between(index, story.authors.len())) (name(author)) } }
                p.byline {
                    span.published { (card.time(now.ms, &now.zone)) }
                    @if story.revisions > 1 { span.updated { "updated " (text::times::markup(story.updated_at, now.ms, &now.zone)) } }
                    (work(card.work))
                    span.minutes { (card.minutes()) " min read" }
                }
            }
            @if edit {
                a.button.quiet href={ "/stories/" (card.id) "/numbers" } { (icon("chart-column")) "Numbers" }
                a.button href={ "/stories/" (card.id) "/edit" } { (icon("pen-line")) "Edit" }
            }
        }
    }
}

fn between(index: usize, count: usize) -> &'static str {
    match index {
        0 => "",
        _ if index + 1 == count => " and ",
        _ => ", ",
    }
}

fn name(author: &Author) -> Markup {
    html! {
        span.author {
            a rel="author" href=(author.address()) dir="auto" { (author.name) }
            " "
            span.meta { "@" (author.handle) }
        }
    }
}

/// The label, and for what the newsroom did not write a few words that leave no doubt.
fn work(work: Work) -> Markup {
    let who = match work {
        Work::Sponsored => "Paid for by its sender",
        Work::Press => "Sent in by whom it is about",
        _ => "",
    };
    html! { span.work { (cards::work_label(work)) @if !who.is_empty() { " " strong { (who) } } } }
}

/// The picture over the story, fetched before everything else in the page.
pub(super) fn picture(story: &Story, tongue: Tongue) -> Markup {
    html! {
        @if let Some(shown) = &story.card.picture {
            figure.wide {
                div.picture { (shown.markup(Place { sizes: "(min-width: 64rem) 60rem, 100vw", first: true })) }
                @if !story.caption.is_empty() || !story.credit.is_empty() {
                    figcaption lang=[tongue.lang] dir=(tongue.dir) {
                        (story.caption)
                        @if !story.credit.is_empty() { " " span.credit { (story.credit) } }
                    }
                }
            }
        }
    }
}

/// What was wrong, and where to see the difference.
pub(super) fn corrections(story: &Story, now: &Now) -> Markup {
    html! {
        @for correction in &story.corrections {
            aside.note.correction id={ "correction-" (correction.number) } {
                h2 { (icon("history")) span { "Correction, " (text::times::markup(correction.created_at, now.ms, &now.zone)) } }
                p dir="auto" { (correction.note) }
                p { a href={ "/stories/" (story.card.id) "/history/" (correction.number) } { "See what changed" } }
            }
        }
    }
}

/// What the story rests on, for readers to check.
pub(super) fn sources(story: &Story) -> Markup {
    html! {
        @if !story.sources.is_empty() {
            section.sources {
                h2 { "Sources" }
                // The number stays where numbers of this page stand, whichever way the words run.
                ol { @for from in &story.sources { li { bdi { (source(from)) } } } }
            }
        }
    }
}

fn source(source: &Source) -> Markup {
    if source.url.is_empty() {
        return html! { (source.title) };
    }
    html! {
        a href=(source.url) rel="nofollow noopener" { (source.title) }
        @if let Some(host) = host(&source.url).filter(|_| source.title != source.url) { " " span.meta dir="ltr" { (host) } }
    }
}

/// The name of the site an address leads to, without "www.", a port or a name and password before it.
fn host(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://")?;
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let host = authority.rsplit('@').next()?;
    let host = if host.starts_with('[') { host } else { host.split(':').next()? };
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then_some(host)
}

/// Topics and place.
pub(super) fn topics(story: &Story) -> Markup {
    html! {
        @if !story.topics.is_empty() || !story.place.is_empty() {
            ul.tags aria-label="Topics and place" {
                @for topic in &story.topics { li { a href=(topic.address()) rel="tag" { bdi { "#" (topic.name) } } } }
                @if let Some(place) = text::place::parse(&story.place) {
                    li.place { a href=(places::address(&place.key)) { (icon("map-pin")) span dir="auto" { (story.place) } } }
                } @else if !story.place.is_empty() { li.place { (icon("map-pin")) span dir="auto" { (story.place) } } }
            }
        }
    }
}

/// The way to earlier versions, when there are any.
pub(super) fn history(story: &Story) -> Markup {
    html! {
        @if story.revisions > 1 {
            p.meta.history {
                (icon("history")) a href={ "/stories/" (story.card.id) "/history" } { (text::count(story.revisions, "version", "versions")) " of this story" }
            }
        }
    }
}

/// Under which terms it may be used.
pub(super) fn licence(licence: Option<Licence>, site: &str, story: &Story, now: &Now) -> Markup {
    let (year, _, _) = text::times::date(story.card.published_at, &now.zone);
    html! {
        @if let Some(licence) = licence {
            p.meta.licence {
                (icon("copyright")) "© " (year) " " bdi { (site) } ". "
                @match licence.address() {
                    Some(address) => { a rel="license" href=(address) { (licence.words()) } ": " (licence.meaning()) "." },
                    None => { (licence.words()) "." },
                }
            }
        }
    }
}

/// On paper: where the story stands.
pub(super) fn printed_from(card: &Card, origin: &str) -> Markup {
    html! { p.only-print.meta { "Printed from " span dir="ltr" { (origin) (card.address()) } } }
}

/// Other stories of the section.
pub(super) fn more(tree: &Tree, card: &Card, more: &[&Markup]) -> Markup {
    let colour = tree.get(card.section).map_or(card.section_colour, |section| section.colour);
    html! {
        @if !more.is_empty() {
            section class={ "strand wide more " (colour.class()) } {
                header {
                    h2 dir="auto" { "More from " (card.section_name) }
                    a href={ "/sections/" (card.section_slug) } { "All of it" span.visually-hidden { ": " (card.section_name) } }
                }
                div.row { @for other in more { (other) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn a_source_shows_where_it_leads() {
        assert_eq!(host("https://www.example.org/a?b"), Some("example.org"));
        assert_eq!(host("https://bank.example@evil.example:8080/"), Some("evil.example"));
        assert_eq!(host("http://[::1]:80/x"), Some("[::1]:80"));
        assert_eq!(host("https://example.org\\@x"), Some("example.org"));
        assert_eq!(host("https://"), None);
        assert_eq!(host("words"), None);
    }
}
