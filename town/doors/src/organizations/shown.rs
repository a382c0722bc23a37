//! What the page of an account shows when it is an organization.

use maud::{Markup, html};
use people::organizations::{Organization, Person, Role};
use web::kit::{self, Size, icon};

use super::PATH;

/// The ways of those who run it to what they do there.
pub(crate) fn ways(of: &Organization, role: Role) -> Markup {
    let id = of.account.id;
    html! {
        p.actions {
            a.button.small href={ "/notes/new?speaker=" (id) } { (icon("pen-line")) "Post in its name" }
            @if role.edits() { a.button.small href={ (PATH) "/" (id) "/edit" } { (icon("settings")) "Change its page" } }
            a.button.small href={ (PATH) "/" (id) "/people" } { (icon("users")) "Who runs it" }
        }
    }
}

/// What it says of itself.
pub(crate) fn facts(of: &Organization) -> Markup {
    let details = &of.details;
    let bare = details.website.split_once("://").map_or("", |(_, rest)| rest).trim_end_matches('/');
    html! {
        dt { "What it is" } dd { (of.kind.words()) }
        @if !details.place.is_empty() { dt { "Where" } dd { bdi { (details.place) } } }
        @if !details.hours.is_empty() { dt { "Open" } dd dir="auto" { (lines(&details.hours)) } }
        @if !details.contact.is_empty() { dt { "Contact" } dd dir="auto" { (lines(&details.contact)) } }
        @if !details.website.is_empty() { dt { "Elsewhere" } dd { a href=(details.website) rel="ugc nofollow noopener" dir="auto" { (bare) } } }
    }
}

fn lines(words: &str) -> Markup {
    html! { @for (place, line) in words.lines().enumerate() { @if place > 0 { br; } (line) } }
}

/// Those of its people who wish to be named.
pub(crate) fn named(people: &[Person]) -> Markup {
    let named: Vec<&Person> = people.iter().filter(|person| person.named && person.joined_at.is_some()).collect();
    html! {
        h2.visually-hidden { "People" }
        @if named.is_empty() { (kit::empty("Nobody is named here", "Whoever runs an organization chooses whether its page says so.", None)) } @else {
            ul.list.people {
                @for person in named {
                    li.person {
                        (person.author.avatar(Size::Medium))
                        div {
                            h3.headline.small { a href=(person.author.address()) dir="auto" { (person.author.name) } " " span.meta { "@" (person.author.handle) } }
                            p.meta { (person.role.words()) }
                        }
                    }
                }
            }
        }
    }
}
