//! How a story looks in a list: as the lead, as a card, small, beside its picture, as a line. The headline's link covers
//! the whole card; every text finds its own direction, so a story in Arabic reads rightly on an English front page.

use maud::{Markup, html};
use people::pictures::Place;
use web::kit::Size;

use super::{Now, Tongue};
use crate::stories::{Card, Shown, Work};

/// The story at the top of a page: large picture, standfirst, counts.
pub fn lead(card: &Card, now: &Now) -> Markup {
    let tongue = now.tongue(&card.language);
    html! {
        article.card.lead-story {
            @if let Some(shown) = &card.picture { (picture(shown, "(min-width: 61rem) 33rem, (min-width: 48rem) 55vw, 100vw", true)) }
            div.text {
                (kicker(card))
                h2.headline.lead lang=[tongue.lang] dir=(tongue.dir) { (link(card)) }
                @if !card.standfirst.is_empty() { p.standfirst lang=[tongue.lang] dir=(tongue.dir) { (card.standfirst) } }
                p.byline {
                    (card.author.avatar(Size::Small))
                    span { "By " strong dir="auto" { (card.author.name) } }
                    span { (card.time(now.ms, &now.zone)) }
                    span { (card.minutes()) " min read" }
                }
                (card.counts)
            }
        }
    }
}

/// A card with its picture, for rows. `level` is the level of its heading: 2 or 3.
pub fn card(card: &Card, now: &Now, level: u8) -> Markup {
    html! {
        article.card {
            @if let Some(shown) = &card.picture { (picture(shown, "(min-width: 61rem) 18rem, (min-width: 40rem) 33vw, 100vw", false)) }
            (kicker(card))
            (heading(card, now, level, "headline"))
            (standfirst(card, now))
            (byline(card, now))
        }
    }
}

/// A card with a smaller headline and no standfirst, for strands.
pub fn small(card: &Card, now: &Now, level: u8) -> Markup {
    html! {
        article.card {
            @if let Some(shown) = &card.picture { (picture(shown, "(min-width: 61rem) 18rem, (min-width: 40rem) 33vw, 100vw", false)) }
            (kicker(card))
            (heading(card, now, level, "headline small"))
            (byline(card, now))
        }
    }
}

/// A card with its picture at the side, for long lists.
pub fn beside(card: &Card, now: &Now, level: u8) -> Markup {
    html! {
        article.card.beside {
            (kicker(card))
            (heading(card, now, level, "headline"))
            (standfirst(card, now))
            (byline(card, now))
            (card.counts)
            @if let Some(shown) = &card.picture { (picture(shown, "(min-width: 40rem) 10rem, 6rem", false)) }
        }
    }
}

/// A line in the rail, with whatever stands under its headline.
pub fn line(card: &Card, now: &Now, below: &Markup) -> Markup {
    html! {
        li.card {
            (heading(card, now, 3, "headline small"))
            p.meta { (below) }
        }
    }
}

/// Section and, where the work is no plain news, its type: nobody should open an advertisement as news.
fn kicker(card: &Card) -> Markup {
    html! {
        p class={ "kicker " (card.section_colour.class()) } {
            a href={ "/sections/" (card.section_slug) } dir="auto" { (card.section_name) }
            @if card.work != Work::News { " " (work_label(card.work)) }
        }
    }
}

/// The label that says what type of work a story is.
pub fn work_label(work: Work) -> Markup {
    html! { span class={ "label " (work.name()) } { (work.words()) } }
}

fn heading(card: &Card, now: &Now, level: u8, class: &str) -> Markup {
    let Tongue { lang, dir } = now.tongue(&card.language);
    html! {
        @if level <= 2 { h2 class=(class) lang=[lang] dir=(dir) { (link(card)) } } @else { h3 class=(class) lang=[lang] dir=(dir) { (link(card)) } }
    }
}

fn link(card: &Card) -> Markup {
    html! { a href=(card.address()) { (card.headline) } }
}

fn standfirst(card: &Card, now: &Now) -> Markup {
    let Tongue { lang, dir } = now.tongue(&card.language);
    html! { @if !card.standfirst.is_empty() { p.standfirst.small lang=[lang] dir=(dir) { (card.standfirst) } } }
}

fn byline(card: &Card, now: &Now) -> Markup {
    html! { p.byline { span { bdi { (card.author.name) } } span { (card.time(now.ms, &now.zone)) } } }
}

/// Only the first picture of a page is fetched at once. On a card the headline stands beside it, and its words say what
/// the picture shows to those who cannot see it.
fn picture(shown: &Shown, sizes: &str, first: bool) -> Markup {
    html! {
        div.picture { (shown.markup(Place { sizes, first })) }
    }
}
