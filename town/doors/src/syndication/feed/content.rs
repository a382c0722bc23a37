//! What of a story travels in a feed: all of it, as HTML that needs nothing from this site but its pictures.

use jiff::tz::TimeZone;
use maud::{Markup, PreEscaped, html};
use people::site::Site;
use things::stories::{Source, Story, Work};

use super::{Entry, absolute::absolute};

/// Bytes of HTML in one feed. Beyond it a story is represented by its standfirst, so that no feed grows past what
/// readers' programs take (several stop at a few megabytes).
const MAX_FEED: usize = 1_500_000;

/// The stories as entries, as long as the feed has room with their words, then without.
pub(super) fn entries<'a>(origin: &str, site: &Site, stories: &'a [Story]) -> Vec<Entry<'a>> {
    let (mut room, zone) = (MAX_FEED, site.zone());
    let entry = |story: &'a Story| {
        let url = format!("{origin}{}", story.card.address());
        let whole = !story.body_html.is_empty() && story.body_html.len() <= room;
        room = room.saturating_sub(if whole { story.body_html.len() } else { 0 });
        let html = absolute(&markup(story, whole, &url, &zone).into_string(), origin, &url);
        let (year, _, _) = text::times::date(story.card.published_at, &zone);
        let terms = story.licence.or(site.licence).map(|licence| (licence, licence.notice(&format!("{year} {}", site.name))));
        Entry { story, id: format!("{origin}/stories/{}", story.card.id), url, html, terms }
    };
    stories.iter().map(entry).collect()
}

fn markup(story: &Story, whole: bool, url: &str, zone: &TimeZone) -> Markup {
    html! {
        @if let Some(words) = label(story.card.work) { p { strong { (words) } } }
        @if !story.card.standfirst.is_empty() { p { em { (story.card.standfirst) } } }
        (picture(story))
        @if whole { (PreEscaped(&story.body_html)) } @else { p { a href=(url) { "Read the whole story" } } }
        @for correction in &story.corrections {
            p { strong { "Correction, " (text::times::day(correction.created_at, zone)) ":" } " " (correction.note) }
        }
        @if !story.sources.is_empty() {
            h2 { "Sources" }
            ol { @for from in &story.sources { li { (source(from)) } } }
        }
    }
}

/// What leaves no doubt who speaks, wherever the story is read.
fn label(work: Work) -> Option<&'static str> {
    match work {
        Work::News => None,
        Work::Sponsored => Some("Sponsored: paid for by its sender"),
        Work::Press => Some("Press release: sent in by whom it is about"),
        Work::Analysis | Work::Opinion | Work::Review => Some(work.words()),
    }
}

fn picture(story: &Story) -> Markup {
    html! {
        @if let Some(shown) = &story.card.picture {
            figure {
                @let file = shown.social();
                img src=(file.address) alt=(shown.alt) width=(file.width) height=(file.height);
                @if !story.caption.is_empty() || !story.credit.is_empty() {
                    figcaption { (story.caption) @if !story.credit.is_empty() { " " small { (story.credit) } } }
                }
            }
        }
    }
}

fn source(source: &Source) -> Markup {
    html! { @if source.url.is_empty() { (source.title) } @else { a href=(source.url) { (source.title) } } }
}
