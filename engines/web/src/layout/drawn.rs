//! What is the same on every page of a site is drawn once: a member's page is drawn for every look at it, and a fifth of its bytes are these.

use maud::{Markup, html};
use std::sync::OnceLock;

use super::{Frame, Link, Surroundings};
use crate::assets;

/// Parts of pages, drawn when they are first needed and kept with the [`Surroundings`] they show.
#[derive(Debug, Default)]
pub struct Drawn {
    head: OnceLock<Markup>,
    sections: OnceLock<Vec<[Markup; 2]>>,
    footers: [OnceLock<Markup>; 4],
}

/// Whoever copies surroundings means to change them, so a copy has nothing drawn.
impl Clone for Drawn {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// Whom a footer is for: all that [`super::Who`] tells apart.
fn kind(frame: &Frame) -> usize {
    match &frame.person {
        None => usize::from(frame.unknown),
        Some(person) => 2 + usize::from(person.has_desk()),
    }
}

/// Icons, fonts, styles and scripts of the site.
pub(super) fn head(site: &Surroundings) -> &Markup {
    site.drawn.head.get_or_init(|| {
        html! {
            meta name="color-scheme" content="light dark";
            @match &site.icon {
                Some((small, large, _)) => { link rel="icon" type="image/webp" href=(small); link rel="apple-touch-icon" href=(large); },
                None => {
                    link rel="icon" type="image/svg+xml" href=(assets::address("favicon.svg"));
                    link rel="apple-touch-icon" href=(assets::address("apple-touch-icon.png"));
                },
            }
            @for font in ["inter-latin.woff2", "serif-latin.woff2"] { link rel="preload" as="font" type="font/woff2" crossorigin="anonymous" href=(assets::address(font)); }
            script src=(assets::address("theme.js")) {}
            link rel="stylesheet" href=(assets::address("site.css"));
            @if let Some(styles) = &site.styles { link rel="stylesheet" href=(styles); }
            script type="module" src=(assets::address("site.js")) {}
            link rel="search" type="application/opensearchdescription+xml" title=(site.name) href="/opensearch.xml";
        }
    })
}

/// The sections in the bar: each as it stands on other pages, and on its own.
pub(super) fn sections(site: &Surroundings) -> &[[Markup; 2]] {
    site.drawn.sections.get_or_init(|| {
        let item = |link: &Link, current: Option<&str>| html! { li { a href=(link.address) aria-current=[current] { (link.words) } } };
        site.sections.iter().map(|link| [item(link, None), item(link, Some("page"))]).collect()
    })
}

pub(super) fn footer(frame: &Frame) -> &Markup {
    let site = &*frame.site;
    site.drawn.footers[kind(frame)].get_or_init(|| {
        html! {
            footer.site {
                div.page {
                    div { h2 { (site.name) } p.site-sentence dir="auto" { (site.sentence) } @if let Some((address, words)) = &site.contact { p { a href=(address) { (words) } } } }
                    @for (heading, links) in &site.footer {
                        @let links: Vec<&Link> = links.iter().filter(|link| link.who.is(frame)).collect();
                        @if !links.is_empty() { div { h3 { (heading) } ul { @for link in links { li { a href=(link.address) { (link.words) } } } } } }
                    }
                }
            }
        }
    })
}
