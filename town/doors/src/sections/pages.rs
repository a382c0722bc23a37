//! The pages of sections.

use maud::{Markup, html};
use std::collections::HashMap;
use things::{
    sections::{Section, SectionId, Tree},
    stories::{Card, show::Now},
};
use web::{Frame, Page, kit};

use crate::{
    cards::{self, Listed},
    connections::follow_button,
};

/// All sections, each under the one it stands in.
pub(super) fn list(frame: &Frame, tree: &Tree, newest: &HashMap<SectionId, Card>, now: &Now) -> Markup {
    let body = html! {
        div.page {
            header.section-header { h1 { "Sections" } p { "Everything that is written here, by what it is about." } }
            @if tree.is_empty() {
                (kit::empty("There are no sections yet", "Editors make them at the desk; every story stands in one.", Some(("/", "To the front page"))))
            } @else {
                ul.section-tree { @for top in tree.under(None) { (entry(top, tree, newest, now)) } }
            }
        }
    };
    Page::new("Sections").description("All sections of this site.").canonical("/sections").current("/sections").draw(frame, &body)
}

fn entry(section: &Section, tree: &Tree, newest: &HashMap<SectionId, Card>, now: &Now) -> Markup {
    html! {
        li class=(section.colour.class()) {
            h2 { a href=(section.address()) dir="auto" { (section.name) } }
            @if !section.description.is_empty() { p dir="auto" { (section.description) } }
            @if let Some(card) = newest.get(&section.id) {
                @let tongue = now.tongue(&card.language);
                p.meta { "Newest: " a.link href=(card.address()) lang=[tongue.lang] dir=(tongue.dir) { (card.headline) } ", " (card.time(now.ms, &now.zone)) }
            }
            @if tree.height(section.id) > 0 {
                ul { @for inner in tree.under(Some(section.id)) { (inner_entry(inner, tree)) } }
            }
        }
    }
}

fn inner_entry(section: &Section, tree: &Tree) -> Markup {
    html! {
        li class=(section.colour.class()) {
            h3 { a href=(section.address()) dir="auto" { (section.name) } }
            @if !section.description.is_empty() { p.meta dir="auto" { (section.description) } }
            @if tree.height(section.id) > 0 {
                p.tags { @for inner in tree.under(Some(section.id)) { a href=(inner.address()) dir="auto" { (inner.name) } } }
            }
        }
    }
}

/// What a section's page shows.
pub(super) struct Shown<'a> {
    pub section: &'a Section,
    pub tree: &'a Tree,
    pub listed: &'a Listed,
    /// Whether the viewer follows it.
    pub follows: bool,
    pub now: &'a Now,
}

/// A section's page: its newest story large, then the list.
pub(super) fn show(frame: &Frame, shown: &Shown) -> Markup {
    let Shown { section, tree, listed, follows, now } = *shown;
    let address = section.address();
    let top = tree.path(section.id).last().map_or_else(|| address.clone(), |top| top.address());
    let (first, rest) = match listed.cards.split_first() {
        Some((first, rest)) if listed.is_first() => (Some(first), rest),
        _ => (None, &listed.cards[..]),
    };
    let body = html! {
        div.page.section-page {
            (header(section, tree, follows))
            @if listed.cards.is_empty() { (nothing(listed, &address)) }
            @if let Some(first) = first { (cards::lead(first, now)) }
            (cards::list(rest, now))
            (listed.pager(&address))
        }
    };
    let page = Page::new(&section.name).description(&section.description).current(&top).feeds(&address);
    let page = if listed.is_first() { page.canonical(&address) } else { page };
    page.draw(frame, &body)
}

fn header(section: &Section, tree: &Tree, follows: bool) -> Markup {
    let above: Vec<&Section> = tree.path(section.id).into_iter().skip(1).collect();
    html! {
        header class={ "section-header " (section.colour.class()) } {
            @if !above.is_empty() {
                nav.breadcrumbs aria-label="Sections above" {
                    ol { @for section in above.iter().rev() { li { a href=(section.address()) dir="auto" { (section.name) } } } }
                }
            }
            h1 dir="auto" { (section.name) }
            @if !section.description.is_empty() { p dir="auto" { (section.description) } }
            (follow_button(section.id.get(), follows, &section.address(), &section.name))
            @if tree.height(section.id) > 0 {
                nav.tags aria-label="Sections in this one" {
                    @for inner in tree.under(Some(section.id)) { a href=(inner.address()) dir="auto" { (inner.name) } }
                }
            }
        }
    }
}

fn nothing(listed: &Listed, address: &str) -> Markup {
    if listed.is_first() {
        kit::empty("Nothing here yet", "The first story of this section will stand here.", Some(("/", "To the front page")))
    } else {
        kit::empty("That was all", "There are no older stories in this section.", Some((address, "To its newest stories")))
    }
}
