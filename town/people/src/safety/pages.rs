//! Pages of what one does for one's safety.

use maud::{Markup, PreEscaped, html};
use web::{
    Frame, Page,
    kit::{Field, icon},
};

use super::{Choices, Mentions, Requests, USUAL, leave};
use crate::{Me, accounts::Account};

/// Whom to call, and what one can do.
pub(super) fn help(frame: &Frame, written: &str, member: bool) -> Markup {
    let words = if written.trim().is_empty() { USUAL } else { written };
    let body = html! {
        div.page { div.narrow {
            h1 { "Help and safety" }
            (leave())
            div.prose dir="auto" { (PreEscaped(text::markdown::render(words, &|_| None))) }
            p.actions {
                @if member { a.button href="/settings/lock" { (icon("lock")) "Lock my account" } a.button.quiet href="/settings/safety" { "Choose who reaches you" } }
                @else { a.button href="/lock" { (icon("lock")) "Lock my account by a letter" } }
            }
        } }
    };
    Page::new("Help and safety").description("Whom to call in danger, and what you can do here.").canonical("/help").draw(frame, &body)
}

/// The page on which somebody chooses who reaches them.
pub(super) fn choices(frame: &Frame, me: &Me, chosen: Choices) -> Markup {
    let pairs = |(name, words): (&str, &str)| (name.to_owned(), words.to_owned());
    let body = html! {
        div.page { div.narrow.settings {
            h1 { "Your safety" }
            p { "If you are in danger, or somebody else has come into your account: " a href="/settings/lock" { "lock your account" } ". " a href="/help" { "Whom to call" } " stands on a page of its own." }
            form.form method="post" action="/settings/safety" {
                @if me.minor {
                    p.hint { "Sensitive pictures are not shown to young members, only friends of your friends can ask to be your friend, and grown-ups reach you by naming you only if you follow them." }
                } @else {
                    (Field::choice("sensitive", "Sensitive pictures and videos", [("cover", "Cover them until I open them"), ("show", "Show them at once")].into_iter().map(pairs))
                        .value(if chosen.shows_sensitive { "show" } else { "cover" }))
                }
                (Field::choice("mentions", "Who reaches you by naming you", Mentions::ALL.into_iter().map(|one| pairs((one.name(), one.words()))))
                    .value(chosen.mentions.name()).hint("Others may still write your name. You do not hear of it."))
                (Field::choice("requests", "Who may ask to be your friend", Requests::ALL.into_iter().map(|one| pairs((one.name(), one.words()))))
                    .value(chosen.requests.name()))
                p.actions { button.button.primary { "Save" } a.button.quiet href="/settings" { "Back to the settings" } }
            }
            section.form-part {
                h2 { "Blocked and muted people" }
                p { "Nobody whom you block sees you here, nor do you see them. What you mute stays off your pages." }
                p.actions { a.button href="/connections/blocked" { "See who they are" } }
            }
        } }
    };
    Page::new("Your safety").private().current("/settings").draw(frame, &body)
}

fn what_it_does() -> Markup {
    html! {
        ul {
            li { "Every other device is signed out, also those that somebody else holds." }
            li { "Your page and what you posted are seen by your friends alone. Stories of the newsroom keep your byline." }
            li { "Nobody can follow you, ask to be your friend or reach you by naming you, and you hear of nothing that others do." }
            li { "Nobody signs in with your password or a passkey. Only a link in a letter to your address opens the account, and your second step, if you have one." }
            li { "Nothing is deleted. You lift the lock yourself, whenever you want." }
        }
    }
}

/// The page with the switch.
pub(super) fn lock(frame: &Frame, me: &Me) -> Markup {
    let body = html! {
        div.page { div.narrow.settings {
            @if me.locked {
                h1 { "Your account is locked" }
                (what_it_does())
                p { "Does somebody else read your mail? Then choose another address first, under " a href="/settings/email" { "Settings" } "." }
                form method="post" action="/settings/lock/removal" { p.actions { button.button { (icon("rotate-ccw")) "Lift the lock" } a.button.quiet href="/help" { "Help and safety" } } }
                p.hint { "We ask you to show that it is you." }
            } @else {
                h1 { "Lock my account" }
                p { "For when you are threatened, or somebody has come into your account. It takes one press:" }
                (what_it_does())
                form method="post" action="/settings/lock" { p.actions { button.button.danger { (icon("lock")) "Lock my account now" } a.button.quiet href="/settings" { "Not now" } } }
                p { "Are you in danger? " a href="/help" { "Whom to call" } "." }
            }
        } }
    };
    Page::new(if me.locked { "Your account is locked" } else { "Lock my account" }).private().current("/settings").draw(frame, &body)
}

fn narrow(frame: &Frame, title: &str, body: &Markup) -> Markup {
    Page::new(title).private().draw(frame, &html! { div.page { div.narrow { h1 { (title) } (body) } } })
}

/// The page behind the link of a letter.
pub(super) fn follow_link(frame: &Frame, account: &Account) -> Markup {
    narrow(
        frame,
        "Lock my account",
        &html! {
            p { "Lock the account of " strong { bdi { (account.name) } } " (@" (account.handle) ")?" }
            (what_it_does())
            // The answer is a page and no redirect, which Turbo would not show.
            form method="post" data-turbo="false" { p.actions { button.button.danger { (icon("lock")) "Lock my account now" } a.button.quiet href="/" { "Not now" } } }
        },
    )
}

/// It is done.
pub(super) fn locked(frame: &Frame) -> Markup {
    narrow(
        frame,
        "Your account is locked",
        &html! {
            p { "Every device is signed out, and your friends alone see you. A link in a letter lets you in again, whenever you want." }
            p.actions { a.button href="/sign-in/link" { "Have a link mailed to me" } a.button.quiet href="/help" { "Help and safety" } }
        },
    )
}

/// The link is too old, or was never ours.
pub(super) fn link_expired(frame: &Frame) -> Markup {
    narrow(
        frame,
        "This link no longer works",
        &html! {
            p { "Have another one mailed to you. The latest letter counts." }
            p.actions { a.button.primary href="/lock" { "Send me a link" } }
        },
    )
}
