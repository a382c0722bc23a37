//! How lists of people look, and the page where a member sees to their connections.

use maud::{Markup, html};
use people::{
    Me,
    accounts::Author,
    connections::{Connected, ShownTo},
    finding,
};
use things::stories::show::Now;
use web::{
    Frame, Page, Problems,
    kit::{self, Field, Size, icon},
};

use super::{
    buttons::{follow_button, hidden},
    overview::{MAX_NAME, Read},
    suggest::Suggestion,
};

const PATH: &str = "/connections";

/// What the page shows.
pub(super) struct Overview<'a> {
    pub me: &'a Me,
    pub read: &'a Read,
    /// The name that was looked for.
    pub typed: &'a str,
    /// Whether contacts were looked for.
    pub by_contacts: bool,
    /// What digests of contacts are salted with.
    pub salt: &'a str,
    pub problems: &'a Problems,
    pub now: &'a Now,
}

/// The page where a member sees to their connections.
pub(super) fn overview(frame: &Frame, of: &Overview) -> Markup {
    let read = of.read;
    let body = html! {
        div.page.connections {
            header.section-header { h1 { "Connections" } p { "Whom you know here, and whom you may like to." } }
            (tabs(&of.me.handle, PATH))
            (kit::problems(of.problems))
            @if !read.waiting.is_empty() { (waiting(&read.waiting, of.now)) }
            (find(of))
            @if !read.suggested.is_empty() {
                section.form-part id="suggestions" {
                    h2 { "You may like to follow" }
                    (suggestions(&read.suggested, PATH))
                }
            }
            @if !read.asked.is_empty() { (asked(&read.asked, of.now)) }
            (contacts(of))
            (choices(of))
        }
    };
    let scripts: &[&str] = &["contacts.js"];
    Page::new("Connections").private().current(PATH).with(scripts, &[]).draw(frame, &body)
}

/// The pages of a member's own connections.
pub(crate) fn tabs(handle: &str, current: &str) -> Markup {
    let own = |tab: &str| format!("/@{handle}/{tab}");
    let tab = |address: &str, words: &str| html! { a href=(address) aria-current=[(address == current).then_some("page")] { (words) } };
    html! {
        nav.tabs aria-label="Your connections" {
            (tab(PATH, "Find people"))
            (tab(&own("friends"), "Friends"))
            (tab(&own("followers"), "Followers"))
            (tab(&own("following"), "Following"))
            (tab("/lists", "Lists"))
            (tab("/connections/blocked", "Blocked and muted"))
        }
    }
}

/// Somebody in a list of people, with what can be done at the end.
pub(crate) fn person(who: &Author, below: &Markup, acts: &Markup) -> Markup {
    html! {
        li.person {
            (who.avatar(Size::Medium))
            div.who {
                h3.headline.small { a href=(who.address()) dir="auto" { (who.name) } " " span.meta { "@" (who.handle) } }
                (below)
            }
            div.actions { (acts) }
        }
    }
}

fn waiting(requests: &[Connected], now: &Now) -> Markup {
    html! {
        section.form-part id="requests" {
            h2 { "They ask to be your friends" }
            ul.list.connected {
                @for Connected { who, at } in requests {
                    (person(who, &html! { p.meta { "Asked " (text::times::markup(*at, now.ms, &now.zone)) } }, &html! {
                        (act(who, "request/acceptance", "button small primary", &html! { "Become friends" span.visually-hidden { " with " bdi { (who.name) } } }))
                        (act(who, "request/refusal", "button small", &html! { "Refuse" span.visually-hidden { " " bdi { (who.name) } } }))
                    }))
                }
            }
        }
    }
}

fn asked(requests: &[Connected], now: &Now) -> Markup {
    html! {
        section.form-part {
            h2 { "You asked them" }
            ul.list.connected {
                @for Connected { who, at } in requests {
                    (person(who, &html! { p.meta { "Asked " (text::times::markup(*at, now.ms, &now.zone)) } }, &html! {
                        (act(who, "request/removal", "button small", &html! { "Take back" span.visually-hidden { " what you asked " bdi { (who.name) } } }))
                    }))
                }
            }
        }
    }
}

/// A form of this page that does something with somebody.
fn act(who: &Author, path: &str, class: &str, words: &Markup) -> Markup {
    html! {
        form method="post" action={ "/connections/" (who.id) "/" (path) } {
            (hidden(PATH, ""))
            button class=(class) { (words) }
        }
    }
}

/// People to follow, each with the reason. `back` is the page they stand on.
pub(crate) fn suggestions(suggested: &[Suggestion], back: &str) -> Markup {
    html! {
        ul.list.connected {
            @for Suggestion { who, why } in suggested {
                (person(who, &html! { p.meta { bdi { (why) } } }, &html! {
                    (follow_button(who.id.get(), false, back, &who.name))
                    form method="post" action={ "/connections/" (who.id) "/dismissal" } {
                        (hidden(back, ""))
                        button.button.small.quiet { (icon("x")) span.visually-hidden { "Do not suggest " bdi { (who.name) } " again" } }
                    }
                }))
            }
        }
    }
}

fn find(of: &Overview) -> Markup {
    html! {
        section.form-part id="find" {
            h2 { "Find people" }
            form.find role="search" aria-label="People" action=(PATH) {
                label.search.large {
                    (icon("search"))
                    span.visually-hidden { "Name or handle" }
                    input type="search" name="q" value=(of.typed) maxlength=(MAX_NAME) placeholder="Name or handle" autocomplete="off" dir="auto";
                }
                button.button { "Find" }
            }
            @if let Some(found) = &of.read.found {
                @if found.is_empty() { p.nobody role="status" { (nobody(of)) } } @else {
                    ul.list.connected {
                        @for who in found {
                            (person(who, &html! {}, &follow_button_unless_own(of, who)))
                        }
                    }
                }
            }
        }
    }
}

fn follow_button_unless_own(of: &Overview, who: &Author) -> Markup {
    // A page that answers a form has no address to come back to.
    let back = if of.by_contacts { PATH.to_owned() } else { format!("{PATH}?q={}", encoded(of.typed)) };
    html! {
        @if who.id != of.me.id { (follow_button(who.id.get(), of.read.followed.contains(&who.id.get()), &back, &who.name)) }
    }
}

/// Words as a query carries them.
pub(super) fn encoded(words: &str) -> String {
    url::form_urlencoded::byte_serialize(words.as_bytes()).collect()
}

fn nobody(of: &Overview) -> &'static str {
    if of.by_contacts {
        "None of your contacts is here, or none of them wants to be found by their address."
    } else {
        "Nobody by this name. Try the beginning of a first or last name, or of a handle."
    }
}

/// Addresses are made into digests before anything is sent; without scripts there is nothing to press.
fn contacts(of: &Overview) -> Markup {
    html! {
        section.form-part id="by-contacts" {
            h2 { "Find people by their e-mail addresses" }
            p { "Your contacts stay in your browser. It sends a fingerprint of each address, which we compare with those of members who asked to be found, and do not keep." }
            find-contacts data-salt=(of.salt) data-most=(finding::MAX_BATCH) {
                p.hint.without { "This needs JavaScript, so that the addresses do not leave your browser. You can look for people by name or handle above." }
                form.form method="post" action="/connections/contacts" data-turbo="false" hidden {
                    // Neither has a name: what is in them is not sent.
                    div.field {
                        label for="contacts" { "E-mail addresses" }
                        p.hint id="contacts-hint" { "Paste them in any form, or choose a file of contacts (.vcf, .csv, .txt). At most " (text::grouped(i64::try_from(finding::MAX_BATCH).unwrap_or(0))) " at once." }
                        textarea id="contacts" rows="3" aria-describedby="contacts-hint" {}
                    }
                    div.field { label for="contacts-file" { "Or a file" } input type="file" id="contacts-file" accept=".vcf,.csv,.txt,text/vcard,text/csv,text/plain"; }
                    input type="hidden" name="digests";
                    p.actions { button.button { "Find them" } }
                    p.meta role="status" {}
                }
            }
        }
    }
}

fn choices(of: &Overview) -> Markup {
    let choices = of.read.choices;
    html! {
        section.form-part id="choices" {
            h2 { "Who sees your connections" }
            form.form method="post" action="/connections/choices" {
                (Field::choice("shown_to", "Who sees whom you follow, who follows you, and your friends", ShownTo::ALL.map(|shown| (shown.name().to_owned(), shown.words().to_owned())))
                    .value(choices.shown_to.name()).problem(of.problems))
                label.check {
                    input type="checkbox" name="by_email" value="1" checked[choices.by_email];
                    span { "People who know my e-mail address can find me by it" }
                }
                p.actions { button.button.primary { "Save" } }
            }
        }
    }
}
