//! The pages of lists.

use maud::{Markup, html};
use people::{
    Me,
    accounts::Author,
    lists::{List, MAX_NAME},
};
use things::stories::show::Now;
use web::{
    Form, Frame, Page, Problems,
    kit::{self, Field, icon},
};

use crate::{
    cards,
    connections::{person, tabs},
    square::{self, Feed},
};

const PATH: &str = "/lists";

/// All lists of a member, and the form for another.
pub(super) fn index(frame: &Frame, me: &Me, lists: &[List], typed: &str, problems: &Problems) -> Markup {
    let body = html! {
        div.page.connections {
            header.section-header { h1 { "Your lists" } p { "Circles of people. Each is a feed of its own. Nobody else sees them, and whoever is on one is not told." } }
            (tabs(&me.handle, PATH))
            (kit::problems(problems))
            @if lists.is_empty() { (kit::empty("No lists yet", "Make one for your family, your choir, your street: below.", None)) } @else {
                ul.list.lists {
                    @for list in lists {
                        li {
                            h2.headline.small { a href={ (PATH) "/" (list.id) } dir="auto" { (list.name) } }
                            p.meta { (text::count(list.members, "person", "people")) }
                            p.actions { a.button.small href={ (PATH) "/" (list.id) "/edit" } { (icon("users")) "Who is on it" span.visually-hidden { ": " bdi { (list.name) } } } }
                        }
                    }
                }
            }
            section.form-part {
                h2 { "A new list" }
                form.form method="post" action=(PATH) {
                    (Field::line("name", "Name").value(typed).required().max(MAX_NAME).autocomplete("off").problem(problems))
                    p.actions { button.button.primary { "Make the list" } }
                }
            }
        }
    };
    Page::new("Your lists").private().current(PATH).draw(frame, &body)
}

/// The feed of one list.
pub(super) fn feed(frame: &Frame, list: &List, all: &[List], feed: &Feed, now: &Now) -> Markup {
    let here = format!("{PATH}/{}", list.id);
    let body = html! {
        div.page.square {
            header.section-header {
                h1 dir="auto" { (list.name) }
                p { (text::count(list.members, "person", "people")) " on this list, the newest first. " a.link href={ (here) "/edit" } { "Change the list" } }
            }
            (square::tabs(all, &here))
            @if feed.items.is_empty() {
                (nothing(list, feed, &here))
            } @else {
                (square::items(feed, now, &format!("/lists/{}", list.id)))
                @if feed.older.is_none() { (square::caught_up("This is all from the people on this list.")) }
            }
            (cards::pager(&here, feed.is_first(), feed.older))
        }
    };
    Page::new(&list.name).private().draw(frame, &body)
}

fn nothing(list: &List, feed: &Feed, here: &str) -> Markup {
    let edit = format!("{here}/edit");
    if !feed.is_first() {
        kit::empty("That was all", "Nobody on this list published anything before.", Some((here, "To the newest")))
    } else if list.members == 0 {
        kit::empty("Nobody is on this list", "Put people on it, and what they publish stands here.", Some((&edit, "Put people on it")))
    } else {
        kit::empty("Nothing here yet", "Nobody on this list has published anything so far.", Some(("/square", "To the square")))
    }
}

/// A list's name and members, to be changed.
pub(super) struct Edit<'a> {
    pub list: &'a List,
    pub members: &'a [Author],
    pub form: &'a Form,
    pub problems: &'a Problems,
}

/// The page where a list is changed.
pub(super) fn edit(frame: &Frame, me: &Me, of: &Edit) -> Markup {
    let Edit { list, members, form, problems } = *of;
    let here = format!("{PATH}/{}", list.id);
    let body = html! {
        div.page.connections {
            header.section-header { h1 { "Change “" bdi { (list.name) } "”" } p { a.link href=(here) { "To its feed" } } }
            (tabs(&me.handle, PATH))
            (kit::problems(problems))
            section.form-part {
                h2 { "Who is on it" }
                form.form method="post" action={ (here) "/members" } {
                    (Field::line("handle", "Handle of somebody to put on it").value(form.text("handle")).required().max(text::handle::MAX + 1).autocomplete("off").problem(problems))
                    p.actions { button.button.primary { "Put them on the list" } }
                }
                @if members.is_empty() { p.nobody { "Nobody so far. On somebody’s page you find your lists under “More”." } }
                ul.list.connected {
                    @for who in members {
                        (person(who, &html! {}, &html! {
                            form method="post" action={ (here) "/members/" (who.id) "/removal" } {
                                button.button.small { "Take off" span.visually-hidden { " the list: " bdi { (who.name) } } }
                            }
                        }))
                    }
                }
            }
            section.form-part {
                h2 { "Its name" }
                form.form method="post" action=(here) {
                    (Field::line("name", "Name").value(form.get("name").unwrap_or(&list.name)).required().max(MAX_NAME).autocomplete("off").problem(problems))
                    p.actions { button.button { "Rename" } }
                }
            }
            section.form-part {
                h2 { "Delete it" }
                p { "The people stay whom they are to you." }
                form method="post" action={ (here) "/removal" } data-confirm={ "Delete the list “" (list.name) "”?" } data-confirm-yes="Delete" {
                    button.button.danger { "Delete the list" }
                }
            }
        }
    };
    Page::new(&list.name).private().draw(frame, &body)
}
