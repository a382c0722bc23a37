//! The front page.

use maud::{Markup, html};
use things::stories::{Card, show::Now};
use web::{Frame, Page, kit};

use super::{FrontPage, Strand};
use crate::{cards, corrections::Corrected};

/// What the front page shows.
pub(super) struct Shown<'a> {
    pub front: &'a FrontPage,
    pub most_read: &'a [Card],
    pub corrections: &'a [Corrected],
    /// Whether the viewer writes stories.
    pub writes: bool,
    pub now: &'a Now,
    pub banner: Option<Markup>,
}

/// The whole page.
pub(super) fn show(frame: &Frame, shown: &Shown) -> Markup {
    let body = html! {
        @if let Some(banner) = &shown.banner { div.page { (banner) } }
        h1.visually-hidden { (frame.site.name) }
        @if shown.front.lead.is_none() { div.page.front.single { (empty(frame, shown.writes)) } } @else { (full(shown)) }
    };
    let page = Page::new("").description(&frame.site.tagline).canonical("/").current("/").feeds("/feed");
    let page = if shown.banner.is_some() { page.private() } else { page };
    page.head(html! { meta property="og:type" content="website"; meta property="og:title" content=(frame.site.name); }).draw(frame, &body)
}

fn full(shown: &Shown) -> Markup {
    let (front, now) = (shown.front, shown.now);
    let rail = rail(shown);
    html! {
        div class={ "page front" @if rail.is_none() { " single" } } {
            div {
                @if let Some(lead) = &front.lead { (cards::lead(lead, now)) }
                @if !front.row.is_empty() { div.row { @for card in &front.row { (cards::card(card, now, 2)) } } }
                @for strand in &front.strands { (one_strand(strand, now)) }
            }
            @if let Some(rail) = rail { aside.rail aria-label="Also in the news" { (rail) } }
        }
    }
}

fn one_strand(strand: &Strand, now: &Now) -> Markup {
    let section = &strand.section;
    html! {
        section class={ "strand " (section.colour.class()) } {
            header {
                h2 { a href=(section.address()) dir="auto" { (section.name) } }
                a href=(section.address()) { "All of it" span.visually-hidden { ": " (section.name) } }
            }
            div.row { @for card in &strand.cards { (cards::small(card, now, 3)) } }
        }
    }
}

fn rail(shown: &Shown) -> Option<Markup> {
    let now = shown.now;
    let empty = shown.most_read.is_empty() && shown.front.latest.is_empty() && shown.corrections.is_empty();
    (!empty).then(|| {
        html! {
            @if !shown.front.latest.is_empty() {
                section.strand {
                    header { h2 { "Latest" } a href="/archive" { "Archive" } }
                    ul.list { @for card in &shown.front.latest { (cards::line(card, now, &card.time(now.ms, &now.zone))) } }
                }
            }
            @if !shown.most_read.is_empty() {
                section.strand {
                    header { h2 { "Most read this week" } }
                    ol.list.numbered { @for card in shown.most_read { (cards::line(card, now, &html! { (text::count(card.counts.views, "view", "views")) })) } }
                }
            }
            @if !shown.corrections.is_empty() { (corrected(shown.corrections, now)) }
        }
    })
}

fn corrected(corrections: &[Corrected], now: &Now) -> Markup {
    html! {
        section.strand {
            header { h2 { "Corrections" } a href="/corrections" { "All" span.visually-hidden { " corrections" } } }
            ul.list {
                @for corrected in corrections {
                    li {
                        p dir="auto" { a href={ (corrected.card.address()) "#correction-" (corrected.correction.number) } { (text::excerpt(&corrected.correction.note, 140)) } }
                        p.meta { (text::times::markup(corrected.correction.created_at, now.ms, &now.zone)) }
                    }
                }
            }
        }
    }
}

fn empty(frame: &Frame, writes: bool) -> Markup {
    if writes {
        return kit::empty(
            "Every newspaper began with an empty page",
            "Write the first story; it will stand here the moment you publish it.",
            Some(("/write", "Write a story")),
        );
    }
    let words = format!("{} is just beginning. The first stories are being written; come back soon.", frame.site.name);
    kit::empty("Good morning", &words, frame.person.is_none().then_some(("/sign-in", "Sign in to write")))
}
