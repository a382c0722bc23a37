//! Pages and letters of signing in.

use maud::{Markup, html};
use web::{
    Frame, Page, Problems,
    kit::{self, Field},
};

use super::{
    again::{Asked, Means},
    mailed::Errand,
    password,
};
use crate::{
    accounts::Account,
    identities::{self, Providers},
    passkeys,
};

fn narrow(frame: &Frame, title: &str, body: &Markup) -> Markup {
    Page::new(title).private().draw(frame, &html! { div.page { div.narrow { h1 { (title) } (body) } } })
}

/// The sign-in form. `name` is what was typed before.
pub fn sign_in(frame: &Frame, providers: &Providers, name: &str, next: &str, problems: &Problems) -> Markup {
    narrow(
        frame,
        "Sign in",
        &html! {
            (kit::problems(problems))
            form.form method="post" action="/sign-in" {
                input type="hidden" name="next" value=(next);
                (Field::line("email", "E-mail address or handle").value(name).required().max(254).autocomplete("username").problem(problems))
                (Field::input("password", "password", "Password").required().autocomplete("current-password"))
                p.actions { button.button.primary { "Sign in" } a href="/password-reset" { "Forgot your password?" } }
            }
            (passkeys::button(frame, next, problems))
            (identities::links(providers, "Continue", next, None))
            p.meta { "Or have a " a href="/sign-in/link" { "link mailed to you" } " that signs you in without a password." }
            p.meta { "Is somebody else in your account? " a href="/lock" { "Lock it by a letter" } "." }
            @if frame.site.join { p.meta { "New here? " a href="/join" { "Join " (frame.site.name) } "." } }
        },
    )
}

/// Asks for the address to which a link is mailed.
pub fn ask_letter(frame: &Frame, errand: Errand, email: &str, problems: &Problems) -> Markup {
    let (title, words, (otherwise, back)) = match errand {
        Errand::SignIn => (
            "Sign in by mail",
            "Write the e-mail address of your account. We send a link that signs you in within a quarter of an hour, without a password.",
            ("/sign-in", "Sign in with a password"),
        ),
        Errand::NewPassword => (
            "Forgot your password?",
            "Write the e-mail address of your account. We send a link that lets you choose a new password within an hour.",
            ("/sign-in", "Back to sign in"),
        ),
        Errand::Lock => (
            "Lock my account",
            "Write the e-mail address of your account. We send a link that locks it: every device is signed out, your friends alone see you, and only a letter lets you in again.",
            ("/help", "Help and safety"),
        ),
    };
    narrow(
        frame,
        title,
        &html! {
            (kit::problems(problems))
            p { (words) }
            // The answer is a page and no redirect, which Turbo would not show.
            form.form method="post" action=(errand.path()) data-turbo="false" {
                (Field::input("email", "email", "E-mail address").value(email).required().max(254).autocomplete("email").problem(problems))
                p.actions { button.button.primary { "Send the link" } a href=(otherwise) { (back) } }
            }
        },
    )
}

/// The same whether or not there is such an account.
pub fn letter_asked(frame: &Frame, errand: Errand) -> Markup {
    narrow(
        frame,
        "Look at your mail",
        &html! {
            p { "If that address belongs to an account here, a letter with a link is on its way. The link works for " (lasting(errand)) "." }
            p.meta {
                "Nothing came? Look in the spam folder, or "
                @match errand {
                    Errand::SignIn => { a href="/sign-in" { "sign in with your password" } "." },
                    Errand::NewPassword => "ask the people who run this site: they can print a link for you.",
                    Errand::Lock => "ask the people who run this site: they can lock you out of harm’s way, too.",
                }
            }
        },
    )
}

fn lasting(errand: Errand) -> &'static str {
    match errand {
        Errand::SignIn => "a quarter of an hour",
        Errand::NewPassword | Errand::Lock => "an hour",
    }
}

/// Asks whoever is signed in to show that it is them.
pub fn again(frame: &Frame, asked: &Asked, next: &str, problems: &Problems) -> Markup {
    let hidden = html! { input type="hidden" name="next" value=(next); };
    narrow(
        frame,
        "Is it you?",
        &html! {
            p { "Before this goes on, please show that it is you. You are asked once, and then not again for a quarter of an hour." }
            (kit::problems(problems))
            @if asked.passkeys { (passkeys::button(frame, next, problems)) }
            @match asked.means {
                Means::Password => form.form method="post" action="/sign-in/again" {
                    (hidden)
                    (Field::input("password", "password", "Password").required().autocomplete("current-password").problem(problems))
                    p.actions { button.button.primary { "Continue" } a href="/settings" { "Back to the settings" } }
                },
                Means::Code => form.form method="post" action="/sign-in/again" {
                    (hidden)
                    (Field::line("code", "Code").hint("Six digits from your app, or one of your recovery codes.").required().max(40).autocomplete("one-time-code").problem(problems))
                    p.actions { button.button.primary { "Continue" } a href="/settings" { "Back to the settings" } }
                },
                Means::Letter => {
                    p #letter tabindex="-1" { "You have no password here. Have a link mailed to you and open it: for a quarter of an hour after that you may change how you sign in." }
                    p.actions { a.button.primary href="/sign-in/link" { "Have a link mailed to you" } a href="/settings" { "Back to the settings" } }
                },
            }
        },
    )
}

/// The page behind the link.
pub fn follow_link(frame: &Frame, account: &Account) -> Markup {
    narrow(
        frame,
        "Sign in",
        &html! {
            p { "Sign in on this device as " strong { bdi { (account.name) } } " (@" (account.handle) ")?" }
            form method="post" { p.actions { button.button.primary { "Sign in" } a href="/" { "Not me" } } }
        },
    )
}

/// Chooses a new password.
pub fn new_password(frame: &Frame, problems: &Problems) -> Markup {
    let hint = format!("At least {} characters. Four or five unrelated words make a good one.", password::MIN);
    narrow(
        frame,
        "Choose a new password",
        &html! {
            (kit::problems(problems))
            form.form method="post" {
                (Field::input("password", "password", "New password").hint(hint).required().autocomplete("new-password").problem(problems))
                p.actions { button.button.primary { "Save and sign in" } }
                p.meta { "You will be signed out everywhere else." }
            }
        },
    )
}

/// The link was used, or is too old, or was never ours.
pub fn link_expired(frame: &Frame, errand: Errand) -> Markup {
    let what = match errand {
        Errand::SignIn => "that sign you in",
        Errand::NewPassword => "for a new password",
        Errand::Lock => "that lock an account",
    };
    narrow(
        frame,
        "This link no longer works",
        &html! {
            p { "Links " (what) " work once and for " (lasting(errand)) ", and only the latest one does." }
            p.actions { a.button.primary href=(errand.path()) { "Ask for a new one" } }
        },
    )
}

/// The letter with the link: subject and text.
pub fn letter(errand: Errand, site: &str, name: &str, link: &str) -> (String, String) {
    match errand {
        Errand::SignIn => (
            format!("Your link to sign in to {site}"),
            format!(
                "Hello {name},\n\nsomebody, hopefully you, wants to sign in to {site} without a password.\n\
                 Open this address within a quarter of an hour:\n\n{link}\n\n\
                 If it was not you, leave this letter alone, and show the link to nobody: it signs in whoever has it.\n"
            ),
        ),
        Errand::NewPassword => (
            format!("A new password for {site}"),
            format!(
                "Hello {name},\n\nsomebody, hopefully you, asked for a new password for your account at {site}.\n\
                 Open this address within an hour to choose one:\n\n{link}\n\n\
                 If it was not you, leave this letter alone: nothing has changed.\n"
            ),
        ),
        // It has a kind of its own.
        Errand::Lock => (String::new(), String::new()),
    }
}
